"""Evidence worded as an answer, every statement with its source."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import amounts
from corpus.messages import say
from corpus.text import shortened
from retrieval.extract import Evidence
from retrieval.types import Answer, Basis, Citation
from retrieval.understanding.question import Question, Want
from retrieval.understanding.request import request

# Lists may run longer; a chat message that answers one thing is read at a glance.
_MOST_LINES = {Want.LIST: 15}
_FEW_LINES = 2
_LONGEST_LINE = 300
_MOST_FOLLOWERS = 3
_LONGEST_HEADING = 60
# Counters of things that an amount may be spread over.
_THINGS = frozenset("개건곳")
# A heading of more than a few words states something itself, and is quoted as well.
_TELLING = 20


def from_evidence(
    question: Question, evidence: Sequence[Evidence], titles: dict[int, str]
) -> Answer:
    """An answer of the lines that fit best.

    Args:
        question: What was asked.
        evidence: At least one line, best first.
        titles: Title of each document by its row number.

    Returns:
        The best line, others that fit as well, and what stands below where that is asked for.
    """
    lines = _chosen(question, evidence)
    quoted = list(lines)
    marks = [f"[{number}]" for number in range(1, len(lines) + 1)]
    above = lines[0].above
    if above and above not in lines and len(_told_above(lines[0])) >= _TELLING:
        quoted.append(above)
        marks[0] = f"[1][{len(quoted)}]"
    citations = tuple(_citation(number, one, titles) for number, one in enumerate(quoted, start=1))
    texts = [_shown(line, first=number == 0) for number, line in enumerate(lines)]
    text = "\n".join(f"{one} {mark}" for one, mark in zip(texts, marks, strict=True))
    worked = (_in_unit(question, lines[0]), _spread(question, lines[0]))
    text = "\n".join(filter(None, (text, *worked)))
    return Answer(text=text, citations=citations, basis=Basis.PASSAGES)


def _spread(question: Question, line: Evidence) -> str:
    """The one amount of a line over the one number of things that it counts: 사업 한 개당."""
    per = request(question.text).per
    named = {one.won for one in amounts.find(line.text)}
    counted = {one.value for one in amounts.counts(line.text) if one.counter[:1] in _THINGS}
    if not per or len(named) != 1 or len(counted) != 1 or not min(counted):
        return ""
    each = amounts.format_won(round(named.pop() / counted.pop()))
    return say("answer.per_each", value=each, label=say("answer.computed"))


def _in_unit(question: Question, line: Evidence) -> str:
    """The one amount of a line in the unit that is asked for; empty without."""
    unit = request(question.text).unit
    named = {one.won for one in amounts.find(line.text)}
    if not unit or len(named) != 1:
        return ""
    return say(
        "answer.in_unit", value=amounts.convert(named.pop(), unit), label=say("answer.computed")
    )


def _chosen(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    most = _MOST_LINES.get(question.want, _FEW_LINES)
    best = evidence[0]
    chosen = [best]
    if question.want is Want.LIST and best.followers:
        return [best, *best.followers[: most - 1]]
    for other in evidence[1:]:
        if len(chosen) >= most or other.coverage < best.coverage - 0.05:
            break
        if all(other.text != line.text for line in chosen):
            chosen.append(other)
    if question.want in {Want.OUTCOME, Want.REASON, Want.ANY, Want.YES}:
        room = _MOST_FOLLOWERS if best.followers else 0
        chosen = [best, *best.followers[:room], *chosen[1:2]][: _FEW_LINES + room]
    return list(dict.fromkeys(chosen))


def _told_above(line: Evidence) -> str:
    """The heading that is told with a line; empty where it adds nothing or is too long."""
    heading = line.heading[-1] if line.heading else ""
    told = heading and heading not in shortened(line.text, _LONGEST_LINE)
    return heading if told and len(heading) <= _LONGEST_HEADING else ""


def _shown(line: Evidence, *, first: bool) -> str:
    text = shortened(line.text, _LONGEST_LINE)
    heading = _told_above(line) if first else ""
    return f"({heading}) {text}" if heading else text


def _citation(number: int, line: Evidence, titles: dict[int, str]) -> Citation:
    return Citation(
        number=number,
        document=line.hit.document,
        title=titles.get(line.hit.passage.document_id, line.hit.document),
        quote=line.quote,
        locator=locator(line.heading, line.hit.passage.page),
        document_id=line.hit.passage.document_id,
        start=line.start,
        end=line.end,
    )


def locator(heading: Sequence[str], page: int | None) -> str:
    """Where something stands, as people read it: `2. 예산 > 가. 동별 배분, 3쪽`."""
    shown = " > ".join(part.rstrip(" :") for part in heading[-2:])
    if page is None:
        return shown
    return ", ".join(part for part in (shown, say("answer.page", page=page)) if part)
