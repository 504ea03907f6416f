"""What an indicator reached, asked in everyday words: `보안등 몇 개 교체했어`, beside its goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.qualifiers import names_part_of_year
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label
from retrieval.types import Answer, Basis
from retrieval.understanding.request import Operation

_COUNTED = re.compile(r"몇\s*([가-힣]{1,2})")
# Who waits, what is left and what fell through is none of what came of it.
_UNDONE = re.compile(
    r"남[은았아]|기다[리렸린려]|밀[렸린려]|빠[졌진지]|떨어[졌진지]|그만[두뒀둔]|지\s?[못않]"
    r"|(?<![가-힣])[안못]\s?(?=[했됐한된받갔간왔온열바고])"
)
_GOAL, _REACHED = re.compile(r"목표|계획"), re.compile(r"실적|결과|달성(?!률|율|도)")
_REMARK = re.compile(r"비고|사유|원인|이유|특이|대책|계획$|의견")
_MEASURE = re.compile(r"지표")
# 5월에, 지난달: of less than a year, as halves and quarters are.
_PART = re.compile(r"반기|분기|\d\s?월")
_MONTH = re.compile(r"\d월|달에|[난번]달")
_RATE = re.compile(r"률|율|퍼센트|%|프로")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Counters that stand for each other; people and times are never counted as things.
_FAMILIES = ("명인분", "회번차건", "가구세대", "개곳군데소등장대면")
_PLAIN = frozenset({Operation.LOOK_UP, Operation.COUNT})


class Reached:
    """Answers how many came of what was planned.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """What the one indicator that a question names has reached, with its goal.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            audience: Highest level that may be seen; `found` holds no other rows.

        Returns:
            None where the question does not ask how many something came to, where it asks for the
            goal alone, or where no row or several are meant.
        """
        packed = asked.question.packed
        counters = _COUNTED.findall(packed)
        plain = asked.request.operation in _PLAIN and not asked.request.conditions
        if not counters or not plain or not asked.done or _RATE.search(packed):
            return None
        if undone(asked) or _within_year(asked):
            return None
        if _GOAL.search(packed) and len(counters) < 2:
            return None
        rows = [one for one in found if one.row.kind is RecordKind.INDICATOR and _meant(asked, one)]
        best = max((one.own for one in rows), default=0.0)
        chosen = [one.row for one in rows if one.own == best]
        return self._told(asked, chosen[0], counters[0]) if len(chosen) == 1 else None

    def _told(self, asked: Asked, row: Row, counter: str) -> Answer | None:
        reached, goal = _value(row, _REACHED, asked), _value(row, _GOAL, asked)
        unit = row.field("단위")
        counted = unit.text if unit else reached.unit if reached else ""
        if reached is None or (counted and not _alike(counter, counted)):
            return None
        cite = self._citations()
        beside = say("goal.of", goal=_said(goal, counted)) if goal else ""
        text = say(
            "goal.reached",
            name=_name(row),
            reached=_said(reached, counted),
            beside=beside,
            label=say("answer.printed"),
            mark=cite.add(row),
        )
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=(row.id,),
        )


def undone(asked: Asked) -> bool:
    """Whether those are counted who wait or fell through, who are none of what a row counts."""
    return bool(_COUNTED.search(asked.question.packed) and _UNDONE.search(asked.question.text))


def counts_else(asked: Asked, row: Row) -> bool:
    """Whether a row gives the result of a year where that is not what a question counts."""
    if row.kind is not RecordKind.INDICATOR or not _COUNTED.search(asked.question.packed):
        return False
    names = (field.name for field in row.fields)
    parted = _PART.search(" ".join([row.heading, row.title, *names]))
    return undone(asked) or (asked.done and _within_year(asked) and not parted)


def _within_year(asked: Asked) -> bool:
    """Whether a part of a year is meant, of which the result of the year says nothing."""
    return names_part_of_year(asked.question.text) or bool(_MONTH.search(asked.question.packed))


def _meant(asked: Asked, one: Found) -> bool:
    """Whether a row holds all nouns of a question; how it came about (`열었어`) may be left out."""
    nouns = [term for term in asked.weights if term not in asked.verbs]
    nouns = [term for term in nouns if not _GOAL.fullmatch(term)]
    told, remarked = _printed(one.row)
    held = {
        term
        for term in nouns
        if one.worth.get(term) and not (term in remarked and term not in told)
    }
    lost = [term for term in nouns if term not in held and not _made_of(term, held, told)]
    return one.own > 0 and bool(held) and not lost


def _made_of(term: str, held: Collection[str], told: str) -> bool:
    """Whether a noun says no more than what is held: two joined nouns, or those who did it."""
    parts = any(term.startswith(one) and term[len(one) :] in held for one in held)
    return parts or (term.endswith("자") and len(term) > len("이자") and term[:-1] in told)


def _printed(row: Row) -> tuple[str, str]:
    """What a row and the headings above it say, without spaces: of the thing, and in remarks."""
    remarks = [field for field in row.fields if _REMARK.search(field.name)]
    rest = [field.text for field in row.fields if field not in remarks]
    told = "".join(" ".join([row.title, row.heading, *rest]).split())
    return told, "".join("".join(field.text for field in remarks).split())


def _name(row: Row) -> str:
    """What a row is called, with what it measures where that is printed."""
    measures = (field.text for field in row.fields if field.text and _MEASURE.search(field.name))
    measure, name = next(measures, ""), label(row)
    return f"{name}({measure})" if measure and measure != name else name


def _value(row: Row, name: re.Pattern[str], asked: Asked) -> Field | None:
    """The count of a column; of several years the one asked for, else the newest."""
    counts = [f for f in row.typed(FieldType.COUNT) if f.value is not None and name.search(f.name)]
    wanted = set(map(str, asked.question.years))
    counts = [f for f in counts if not wanted or not _year(f) or _year(f) in wanted]
    return max(counts, key=_year, default=None)


def _year(field: Field) -> str:
    year = _YEAR.search(field.name)
    return year[0] if year else ""


def _said(field: Field, unit: str) -> str:
    return f"{field.name} {field.value:,}{unit}"


def _alike(asked: str, printed: str) -> bool:
    """Whether two counters count the same kind of thing: 번 and 회, 개 and 등, never 개 and 명."""
    families = [one for one in _FAMILIES if asked[0] in one]
    return printed.startswith(asked[0]) or any(printed[0] in one for one in families)
