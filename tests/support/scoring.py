"""Judges answers by the golden sets: what they say, what they quote, when they say no."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.types import Answer
from tests.support.said import amounts_of, flat, folded, quoted, says, says_no

# A pasted passage that happens to hold the value is no answer.
_LONGEST, _LONGEST_LIST = 800, 1500
_LISTS = frozenset(
    [
        "list",
        "threshold",
        "sum",
        "superlative",
        "partial",
        "adversarial",
        "chit-chat",
        "rank",
        "group",
    ]
)
_EXTRA_WON = 3
_ONE_AMOUNT = frozenset(["look-up", "dong-budget", "typo", "unit"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one answer did.

    Attributes:
        id: The case.
        kind: Its kind of question.
        asked: Its last turn.
        said: The answer's text.
        faults: What is wrong with the text; empty when it is right.
        cited: Whether the right paper and passage were quoted; None where none is asked for.
        invalid: Quotes that do not stand in their paper, with its name.
        answerable: Whether the papers answer the question.
        said_no: Whether the answer says that they do not.
        judged: Whether saying no counts for or against it.
    """

    id: str
    kind: str
    asked: str
    said: str
    faults: tuple[str, ...]
    cited: bool | None
    invalid: tuple[tuple[str, str], ...]
    answerable: bool
    said_no: bool
    judged: bool

    @property
    def right(self) -> bool:
        return not self.faults and self.cited is not False


def cases(path: Path) -> list[dict[str, object]]:
    """The cases of a golden file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def judge(case: Mapping[str, object], answer: Answer, papers: Mapping[str, str]) -> Verdict:
    """Judge the answer to a case's last turn.

    Args:
        case: A line of a golden file.
        answer: What was said.
        papers: Folded text of each paper by its name.
    """
    text = re.sub(r"\[\d{1,3}\]", " ", answer.text)
    answerable, judged = bool(case["answerable"]), not case.get("abstain_ok")
    no = says_no(text)
    faults = list(_faults(case, text))
    if judged and not answerable and not no:
        faults.append("does not say no")
    invalid = tuple(
        (citation.document, citation.quote)
        for citation in answer.citations
        if not quoted(citation.quote, papers[citation.document])
    )
    return Verdict(
        id=str(case["id"]),
        kind=str(case["kind"]),
        asked=" / ".join(_texts(case, "turns")),
        said=answer.text,
        faults=tuple(faults),
        cited=_cited(case, answer) if answerable and case["expect_source"] else None,
        invalid=invalid,
        answerable=answerable,
        said_no=no and (bool(faults) or not answerable),
        judged=judged,
    )


def _texts(case: Mapping[str, object], key: str) -> list[str]:
    value = case.get(key) or []
    return [value] if isinstance(value, str) else [str(one) for one in _list(value)]


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _numbers(case: Mapping[str, object], key: str) -> list[float]:
    return [float(str(one)) for one in _list(case.get(key) or [])]


def _faults(case: Mapping[str, object], text: str) -> Iterable[str]:
    if not text.strip():
        yield "is empty"
    yield from (f"lacks {one}" for one in _texts(case, "expect_all") if not says(one, text))
    some = _texts(case, "expect_any")
    if some and not any(says(one, text) for one in some):
        yield f"lacks any of {some}"
    yield from (f"has {one}" for one in _texts(case, "expect_none") if says(one, text))
    yield from _money_faults(case, text)
    at, bare = 0, flat(text)
    for one in map(flat, _texts(case, "expect_order")):
        at = bare.find(one, at) + 1
        if not at:
            yield f"lacks {one} in its order"
            break
    lists = case["kind"] in _LISTS
    longest = int(str(case.get("max_chars") or (_LONGEST_LIST if lists else _LONGEST)))
    if len(text) > longest:
        yield f"has {len(text)} characters"


def _money_faults(case: Mapping[str, object], text: str) -> Iterable[str]:
    said = amounts_of(text)
    near = float(str(case.get("won_tol") or 0))
    every, some = _numbers(case, "expect_won"), _numbers(case, "expect_won_any")

    def named(won: float, tolerance: float) -> bool:
        return any(abs(one - won) <= max(0.5, won * tolerance) for one in said)

    yield from (f"lacks {won:,.0f} won" for won in every if not named(won, near))
    if some and not any(named(won, near) for won in some):
        yield f"lacks any of {some} won"
    asked = every + some
    if (asked and case["kind"] in _ONE_AMOUNT) or "max_extra_won" in case:
        slack = max(near, 0.01)
        extra = {one for one in said if not any(abs(one - won) <= won * slack for won in asked)}
        if len(extra) > int(str(case.get("max_extra_won", _EXTRA_WON))):
            yield f"names {len(extra)} other amounts"


def _cited(case: Mapping[str, object], answer: Answer) -> bool:
    """Whether a wanted paper is cited, and one of the wanted passages is in a quote."""
    named = {citation.document for citation in answer.citations}
    quotes = folded(" ".join(citation.quote for citation in answer.citations))
    evidence = [folded(one) for one in _texts(case, "evidence")]
    return bool(named & set(_texts(case, "expect_source"))) and (
        not evidence or any(one in quotes for one in evidence)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a golden set did, as shares from 0 to 1.

    Attributes:
        right: Answers that say and quote what they should.
        said: Answers whose text alone is right.
        no_precision: Of the answers that say no, those that should.
        no_recall: Of the questions without an answer, those that were told so.
        invalid: Quotes that do not stand in their paper: document and quote.
    """

    right: float
    said: float
    no_precision: float
    no_recall: float
    invalid: tuple[tuple[str, str], ...]


def score(verdicts: Sequence[Verdict]) -> Score:
    """The figures of a set."""
    judged = [one for one in verdicts if one.judged]
    noes = [one for one in judged if one.said_no]
    unanswerable = [one for one in judged if not one.answerable]
    return Score(
        right=_share(one.right for one in verdicts),
        said=_share(not one.faults for one in verdicts),
        no_precision=_share(not one.answerable for one in noes),
        no_recall=_share(one.said_no for one in unanswerable),
        invalid=tuple(pair for one in verdicts for pair in one.invalid),
    )


def _share(values: Iterable[bool]) -> float:
    every = list(values)
    return sum(every) / len(every) if every else 1.0


def table(verdicts: Sequence[Verdict]) -> str:
    """One line a kind: how many, how many say the right thing, how many also quote it."""
    lines = [f"{'kind':20}{'n':>5}{'said':>8}{'right':>8}"]
    for kind in sorted({one.kind for one in verdicts}):
        lines.append(_line(kind, [one for one in verdicts if one.kind == kind]))
    figures = score(verdicts)
    lines.append(_line("all", verdicts))
    lines.append(f"says no: precision {figures.no_precision:.3f}, recall {figures.no_recall:.3f}")
    lines.append(f"quotes that do not stand in their paper: {len(figures.invalid)}")
    return "\n".join(lines)


def _line(kind: str, verdicts: Sequence[Verdict]) -> str:
    figures = score(verdicts)
    return f"{kind:20}{len(verdicts):5}{figures.said:8.1%}{figures.right:8.1%}"
