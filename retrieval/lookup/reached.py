"""What an indicator reached, asked in everyday words: `보안등 몇 개 교체했어`, beside its goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label
from retrieval.types import Answer, Basis
from retrieval.understanding.request import Operation

_COUNTED = re.compile(r"몇\s*([가-힣]{1,2})")
_DONE = re.compile(r"[았었했됐렸겼갔났쳤왔썼였]")
_GOAL, _REACHED = re.compile(r"목표|계획"), re.compile(r"실적|결과|달성(?!률|율|도)")
_RATE = re.compile(r"률|율|퍼센트|%|프로")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Counters that stand for each other; people and times are never counted as things.
_FAMILIES = ("명인분", "회번차건", "가구세대", "개곳군데소등장대면")
_PLAIN = frozenset({Operation.LOOK_UP, Operation.COUNT})
_ENOUGH = 0.6


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
        if not counters or not plain or not _DONE.search(packed) or _RATE.search(packed):
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
            name=label(row),
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


def _meant(asked: Asked, one: Found) -> bool:
    """Whether a row holds the nouns of a question; how it came about (`열었어`) may be left out."""
    nouns = {term: w for term, w in asked.weights.items() if term not in asked.verbs}
    nouns = {term: w for term, w in nouns.items() if not _GOAL.fullmatch(term)}
    if not nouns or asked.focus in one.missing - asked.verbs:
        return False
    covered = sum(weight * one.worth.get(term, 0.0) for term, weight in nouns.items())
    return one.own > 0 and covered >= _ENOUGH * sum(nouns.values())


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
