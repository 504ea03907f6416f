"""What was planned beside what came of it, in one row: what is left, and which rows have more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.messages import say
from corpus.records import Field, FieldType
from corpus.types import Visibility
from retrieval.lookup import listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.candidates import Candidates
from retrieval.lookup.columns import Column
from retrieval.lookup.columns import named as columns_named
from retrieval.lookup.finding import Found
from retrieval.lookup.parts import named
from retrieval.lookup.row import Row
from retrieval.lookup.tables import Table, Tables
from retrieval.lookup.wording import Citations, labels, shown_name, value_of, won
from retrieval.types import Answer, Basis
from retrieval.understanding.remainders import names_rest, rest_asked
from retrieval.understanding.request import Operation

_SPENT = re.compile(r"집행|지출|사용|결산|정산")
_PLANNED = re.compile(r"예산|계획|배정|교부|편성|사업비|현액|확보|amount")
_CHANGE = re.compile(r"증감|대비|차액")
_EACH = re.compile(r"별로|각각|씩|마다")
# 실적이 목표보다 많은 사업: rows, by two of their columns; 작년보다 sets years beside each other.
_THAN = re.compile(
    r"보다\S{0,8}?(?:(?P<more>많|높|크|큰|넘|초과|웃돌)|(?P<less>적|낮|작|못|미달|덜|모자))\S{0,4}?"
    r"[은는던한된친긴란돈](?:사업|세부사업|지표|성과지표|동|곳|데|것|거|게|건|항목|분야|과제|부서|프로그램|단체)"
)
_YEARS = re.compile(r"(?:년도?|전년|작년|지난해|올해|전)\S{0,4}보다")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST = 20
_CITED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Budget:
    """What a row prints of an amount and of what was spent of it.

    Attributes:
        row: The row.
        planned: The amount.
        spent: What was spent; None where the row prints what is left.
        rest: What is left, in won.
        printed: Where the row prints that; None where it is worked out.
    """

    row: Row
    planned: Field | None
    spent: Field | None
    rest: int
    printed: Field | None


def prints_rest(row: Row) -> bool:
    """Whether a row prints what is left of something."""
    return any(names_rest(f"{field.name} {field.text}") for field in row.fields)


class Goals:
    """Answers from what a row plans and what it reached.

    Args:
        tables: Finds tables.
        candidates: Finds records.
        citations: Makes the citations of one answer.
    """

    def __init__(
        self, tables: Tables, candidates: Candidates, citations: Callable[[], Citations]
    ) -> None:
        self._tables = tables
        self._candidates = candidates
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """What is left of an amount, or the rows that reached more or less than was planned.

        Args:
            asked: The question.
            found: Records that may answer; not used, as the words of the two columns are sought
                apart from those of the rows.
            audience: Highest level that may be seen.

        Returns:
            None where the question asks for neither, or where no table prints both values.
        """
        packed = asked.question.packed
        if words := rest_asked(packed):
            return self._left(asked, words, audience)
        than = _THAN.search(packed)
        return self._beyond(asked, than, audience) if than and not _YEARS.search(packed) else None

    def _left(self, asked: Asked, words: str, audience: Visibility) -> Answer | None:
        bare = {
            term: weight
            for term, weight in asked.weights.items()
            if term not in asked.verbs and term not in words and not _SPENT.search(term)
        }
        kept = replace(asked, weights=bare, measure=FieldType.MONEY)
        for table in self._candidate_tables(kept, audience):
            parts = named(asked, table.rows, table.totals)
            rows = self._tables.narrowed(kept, table.rows, parts)
            whole = len(rows) == len(table.rows) and len(rows) > 1
            if whole and not _each(asked):
                rows = [table.grand] if table.grand else []
            budgets = [one for row in rows if (one := _budget(row, asked))]
            if budgets and len(budgets) == len(rows):
                return self._told(asked, _of_most(asked, budgets))
        return None

    def _candidate_tables(self, asked: Asked, audience: Visibility) -> Sequence[Table]:
        found = self._candidates.of(asked, audience)
        return self._tables.candidates(asked, found, audience)

    def _told(self, asked: Asked, budgets: Sequence[_Budget]) -> Answer:
        cite = self._citations()
        names = labels([one.row for one in budgets])
        lines = [
            _line(one, name, asked.request.unit, cite)
            for one, name in zip(budgets[:_MOST], names, strict=False)
        ]
        printed = all(one.printed for one in budgets)
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=Basis.RECORDS if printed else Basis.COMPUTED,
            standalone=asked.question.text,
            rows=tuple(one.row.id for one in budgets),
        )

    def _beyond(self, asked: Asked, than: re.Match[str], audience: Visibility) -> Answer | None:
        """The rows whose one value is above, or below, the other that the question names."""
        weights = {t: w for t, w in asked.weights.items() if t not in asked.verbs}
        kept = replace(asked, weights=weights)
        for table in self._candidate_tables(kept, audience):
            pair = columns_named(table.rows, asked)
            if len(pair) != 2 or pair[0].type is not pair[1].type:
                continue
            first, second = pair
            before = asked.question.packed[: than.start()]
            against = (
                first
                if _last_said(before, first.name) > _last_said(before, second.name)
                else second
            )
            subject = second if against is first else first
            rows = self._of_both(kept, table, (subject, against))
            if not rows:
                continue
            sign = 1 if than["more"] else -1
            chosen = [
                row
                for row in rows
                if sign * (_value(subject.of(row)) - _value(against.of(row))) > 0
            ]
            key = "goal.above" if than["more"] else "goal.below"
            bounds = say(key, subject=_plain(subject.name), against=_plain(against.name))
            if not chosen:
                return listing.none_kept(asked, rows, self._citations(), bounds)
            return self._listed(asked, chosen, (against.name, subject.name), bounds)
        return None

    def _of_both(self, asked: Asked, table: Table, pair: Sequence[Column]) -> list[Row]:
        """Rows with both values that the rest of a question is about: 복지과 사업 중."""
        names = " ".join(column.name for column in pair)
        weights = {term: w for term, w in asked.weights.items() if term not in names}
        parts = named(asked, table.rows, table.totals)
        rows = self._tables.narrowed(replace(asked, weights=weights), table.rows, parts)
        return [row for row in rows if all(column.of(row) for column in pair)]

    def _listed(
        self, asked: Asked, rows: Sequence[Row], columns: Sequence[str], bounds: str
    ) -> Answer:
        cite = self._citations()
        lines = [say("answer.kept", count=len(rows), bounds=bounds)]
        for number, (row, name) in enumerate(zip(rows, labels(rows), strict=True)):
            told = ", ".join(
                f"{_plain(column)} {value_of(field, asked.request.unit)}"
                for column in columns
                if (field := row.field(column))
            )
            mark = f" {cite.add(row)}" if number < _CITED else ""
            lines.append(f"- {name}: {told}{mark}")
        return Answer(
            text="\n".join(lines[: _MOST + 1]),
            citations=cite.all(),
            basis=Basis.COMPUTED,
            standalone=asked.question.text,
            rows=tuple(row.id for row in rows),
        )


def _each(asked: Asked) -> bool:
    """Whether what is left is asked of each row."""
    ends = {Operation.HIGHEST, Operation.LOWEST}
    grouped = bool(asked.request.group) or bool(_EACH.search(asked.question.packed))
    return grouped or asked.request.operation in ends


def _of_most(asked: Asked, budgets: Sequence[_Budget]) -> Sequence[_Budget]:
    """All of them; those with the most, or the least, where that is asked for."""
    operation = asked.request.operation
    if operation not in {Operation.HIGHEST, Operation.LOWEST}:
        return budgets
    choose = max if operation is Operation.HIGHEST else min
    best = choose(one.rest for one in budgets)
    return [one for one in budgets if one.rest == best]


def _budget(row: Row, asked: Asked) -> _Budget | None:
    """What is left in a row; of several years the one asked for, else the newest."""
    money = [field for field in row.typed(FieldType.MONEY) if field.value is not None]
    wanted = set(map(str, asked.question.years))
    money = [f for f in money if not _CHANGE.search(f.name) and _of(f, wanted)]
    for year in sorted({_year(field) for field in money}, reverse=True):
        inside = [field for field in money if _year(field) == year]
        rest = next((f for f in inside if names_rest(f.name)), None)
        if rest is not None:
            return _Budget(row=row, planned=None, spent=None, rest=rest.value or 0, printed=rest)
        spent = next(_named(inside, _SPENT, None), None)
        planned = next(_named(inside, _PLANNED, _SPENT), None)
        if spent is not None and planned is not None:
            left = (planned.value or 0) - (spent.value or 0)
            return _Budget(row=row, planned=planned, spent=spent, rest=left, printed=None)
    return None


def _named(
    fields: Sequence[Field], name: re.Pattern[str], other: re.Pattern[str] | None
) -> Iterator[Field]:
    for field in fields:
        if name.search(field.name) and not (other and other.search(field.name)):
            yield field


def _year(field: Field) -> str:
    year = _YEAR.search(field.name)
    return year[0] if year else ""


def _of(field: Field, years: set[str]) -> bool:
    return not years or not _year(field) or _year(field) in years


def _line(one: _Budget, name: str, unit: str, cite: Citations) -> str:
    mark = cite.add(one.row)
    if one.printed is not None or one.planned is None or one.spent is None:
        column = one.printed.name if one.printed else ""
        told = won(one.rest, unit)
        return say(
            "goal.rest_printed", name=name, column=column, rest=told,
            label=say("answer.printed"), mark=mark,
        )  # fmt: skip
    key = "goal.rest" if one.rest >= 0 else "goal.overspent"
    return say(
        key,
        name=name,
        planned=f"{shown_name(one.planned)} {value_of(one.planned, unit)}",
        spent=f"{shown_name(one.spent)} {value_of(one.spent, unit)}",
        rest=won(abs(one.rest), unit),
        label=say("answer.computed"),
        mark=mark,
    )


def _value(field: Field | None) -> int:
    return (field.value or 0) if field else 0


def _plain(name: str) -> str:
    return re.sub(r"(?:19|20)\d\d\s*년?도?\s*", "", name) or name


def _last_said(text: str, name: str) -> int:
    """Where the last word of a column's name stands last in a text; -1 where it does not."""
    words = re.findall(r"[가-힣A-Za-z]{2,}", _plain(name))
    return max((text.rfind(word) for word in words), default=-1)
