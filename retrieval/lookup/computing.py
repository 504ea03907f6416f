"""Questions that take more than one value: answered from all rows of the table that fits best."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from corpus.records import FieldType
from corpus.types import Visibility
from retrieval.lookup import aggregates, comparing, listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column, column, columns
from retrieval.lookup.finding import Found
from retrieval.lookup.parts import Part, named
from retrieval.lookup.precedence import Fit, in_order, may_beat
from retrieval.lookup.row import Row
from retrieval.lookup.tables import Table, Tables
from retrieval.lookup.task import Task
from retrieval.lookup.wording import Citations, labels
from retrieval.types import Answer
from retrieval.understanding.measures import other_money
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

# A question of yes or no about so few rows is answered for each.
_ONE_BY_ONE = 3
_ALL = re.compile(r"총|전체|모두|전부|통틀어")
# 돈 제일 많이 드는 사업; not 사업 제일 많은 동, 많은 사업을 하는 동.
_PROJECTS = re.compile(
    r"(?:많|큰|크|비싼|비싸|높|적|작|낮|싼)\S{0,4}\s?(?:드는\s?|들어가는\s?|쓰는\s?)?(?:특화\s?|세부\s?)?(?:사업|프로그램)"
    r"(?:은|이|을|는|가)?\s?(?:뭐|무엇|이름|이?랑|[?？]|$)"
)
_COUNTER = re.compile(r"몇(명|가구|세대|개소|회|번|대|면|건|표|점)|인원")
_Work = Callable[[Task], Answer | None]
_WORK: dict[Operation, _Work] = {
    Operation.SUM: aggregates.total,
    Operation.AVERAGE: aggregates.average,
    Operation.HIGHEST: aggregates.extreme,
    Operation.LOWEST: aggregates.extreme,
    Operation.RANK: aggregates.rank,
    Operation.COMPARE: comparing.difference,
    Operation.EQUAL: comparing.equal,
    Operation.DIFFERENCE: comparing.difference,
    Operation.RATIO: comparing.ratio,
    Operation.SHARE: comparing.share,
}
_ENDS = re.compile(
    r"(?:[가-힣]나요?|가요|습니까|까요?|냐|니|어요?|아요?|죠|지요?|돼요?|되나요?)[?？]*$"
)
_OPEN = re.compile(r"얼마|몇|어디|어느|누구|누가|뭐|무엇|무슨|언제")
_PLAIN = {Operation.LOOK_UP, Operation.LIST, Operation.COUNT}


class Computing:
    """Computes over the rows of one table.

    Args:
        tables: Finds tables.
        citations: Makes the citations of one answer.
    """

    def __init__(self, tables: Tables, citations: Callable[[], Citations]) -> None:
        self._tables = tables
        self._citations = citations

    def needed(self, asked: Asked) -> bool:
        """Whether a question takes more than one value."""
        request = asked.request
        if asked.question.want in {Want.REASON, Want.OUTCOME}:
            return False
        return bool(
            request.operation in _WORK
            or request.conditions
            or request.group
            or (len(asked.places) > 1 and asked.measure and request.operation is Operation.LOOK_UP)
            or _of_cell(asked)
            or _of_all(asked)
        )

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The computed answer.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            audience: Highest level that may be seen.

        Returns:
            None where no table has what the question asks for.
        """
        if asked.strangers:
            return None  # of places that no record knows, nothing can be added or compared
        answers = (self._worked(asked, fit) for fit in self._fitting(asked, found, audience))
        return next((answer for answer in answers if answer), None)

    def among(self, asked: Asked, rows: Sequence[Row]) -> Answer | None:
        """The computed answer over some rows alone: those that were told before.

        Args:
            asked: The question.
            rows: Rows of one table; of several, only those of the first are looked at.

        Returns:
            None where they have no such values.
        """
        same = [row for row in rows if row.relation_id == rows[0].relation_id]
        values = column(same, asked) if len(same) > 1 else None
        if values is None or other_money(asked.question.text, values.name):
            return None
        table = Table(rows=tuple(same), totals=(), coverage=1.0)
        return self._worked(asked, Fit(table=table, column=values, parts=()))

    def _fitting(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Iterator[Fit]:
        """Tables with a column for the question, best first; read when their turn comes.

        Of 12 tables that hold the same words most questions need one.
        """
        by_cell = _of_cell(asked) and not asked.request.group and not asked.request.conditions
        left = deque(self._tables.newest_first(asked, found, by_cell=by_cell))
        waiting: list[Fit] = []
        while left:
            # Whether a table gives way to another of the body asked for, only all together tell.
            turn = [left.popleft().id for _ in range(len(left) if asked.bodies else 1)]
            waiting += self._fits(asked, self._tables.read(asked, turn, audience))
            waiting = in_order(asked, waiting)
            while waiting and not any(may_beat(asked, one, waiting[0]) for one in left):
                yield waiting.pop(0)
        yield from waiting

    def _fits(self, asked: Asked, tables: Sequence[Table]) -> list[Fit]:
        """Those of some tables that have a column for the question."""
        fitting = []
        for table in tables:
            values = column(table.rows, asked)
            if values is None and asked.request.operation in {Operation.SHARE, *_PLAIN}:
                values = next(
                    iter(columns(table.rows, asked)), Column(name="", type=FieldType.COUNT)
                )
            if _of_projects(asked) and any(row.field("programmes") for row in table.rows):
                continue
            if values is not None and not other_money(asked.question.text, values.name):
                parts = named(asked, table.rows, table.totals)
                fitting.append(Fit(table=table, column=values, parts=parts))
        return fitting

    def _worked(self, asked: Asked, fit: Fit) -> Answer | None:
        table, parts, values = fit.table, fit.parts, fit.column
        request = asked.request
        rows = self._tables.narrowed(asked, table.rows, parts)
        if request.conditions:
            return self._bounded(asked, table, rows, parts, values)
        task = self._task(asked, table, rows, parts, values)
        if _of_cell(asked) and not request.group:
            if _of_one_place(task):
                return aggregates.total(task)
            return comparing.each(task) if _one_cell(task) else None
        if _of_all(asked) and not request.group:
            every = values.named and values.type is FieldType.COUNT and not parts
            return aggregates.total(task) if every else None
        if request.group and request.operation not in {Operation.HIGHEST, Operation.LOWEST}:
            return aggregates.grouped(task) or self._done(task)
        of_rows = request.operation is Operation.SHARE and _of_rows(asked, values)
        if of_rows and 0 < len(rows) < len(table.rows):
            return listing.share_of_rows(asked, rows, len(table.rows), self._citations())
        return self._done(task)

    def _done(self, task: Task) -> Answer | None:
        operation = task.asked.request.operation
        if operation in _WORK:
            return _WORK[operation](task)
        return comparing.each(task) if operation in _PLAIN else None

    def _bounded(
        self, asked: Asked, table: Table, rows: Sequence[Row], parts: Sequence[Part], values: Column
    ) -> Answer | None:
        """What keeps the bounds of a question, or what is asked of it."""
        inside = listing.within(asked, rows)
        if inside is None:
            return None
        kept, bound = inside
        plain = asked.request.operation in _PLAIN
        few = len(rows) <= _ONE_BY_ONE and (parts or len(rows) < len(table.rows))
        if plain and few and (asked.question.want is Want.YES or _whether(asked)):
            return listing.confirmed(self._task(asked, table, rows, parts, bound), kept)
        task = self._task(asked, table, kept, parts, bound if plain else values)
        if not kept:
            return listing.none_kept(asked, rows, self._citations())
        return listing.kept(task, task.valued()) if plain else self._done(task)

    def _task(
        self, asked: Asked, table: Table, rows: Sequence[Row], parts: Sequence[Part], values: Column
    ) -> Task:
        @cache
        def names() -> dict[int, str]:
            return dict(zip((row.id for row in table.rows), labels(table.rows), strict=True))

        return Task(
            asked=asked,
            table=table,
            rows=rows,
            parts=parts,
            column=values,
            cite=self._citations(),
            names=names,
        )


def _of_projects(asked: Asked) -> bool:
    """Whether projects are ranked, which a table that only counts them cannot do."""
    ranking = asked.request.operation in {Operation.HIGHEST, Operation.LOWEST, Operation.RANK}
    return ranking and bool(_PROJECTS.search(asked.question.text))


def _of_cell(asked: Asked) -> bool:
    """Whether a question may be after one value of a table: its row and its column are named."""
    return (
        asked.request.operation is Operation.LOOK_UP
        and not asked.request.each
        and asked.measure is not None
        and len(asked.places) <= 1
        and asked.question.want in {Want.AMOUNT, Want.COUNT, Want.ANY}
    )


def _of_all(asked: Asked) -> bool:
    """Whether all things of a table may be asked for: `특화사업이 총 몇 개`."""
    return (
        asked.request.operation is Operation.COUNT
        and not asked.request.conditions
        and bool(_ALL.search(asked.question.packed))
    )


def _one_cell(task: Task) -> bool:
    """Whether one row is named, by its own name and not by an example, and its value fits."""
    named = any(part.column not in {"", "examples"} for part in task.parts)
    field = task.column.of(task.rows[0]) if len(task.rows) == 1 and named else None
    if field is None or task.column.type is not task.asked.measure:
        return False
    counter = _COUNTER.search(task.asked.question.packed)
    asked = "명" if counter and counter[0] == "인원" else counter[1] if counter else ""
    return not asked or not field.unit or field.unit == asked


def _of_one_place(task: Task) -> bool:
    """Whether several things of one place are asked for as one amount: `가람동은 얼마 선정됐어`.

    Each row must name a thing of its own: a plan and its result, two years or two halves of a
    year are never added.
    """
    names = ["".join(field.text.split()) for row in task.rows if (field := row.field("programme"))]
    return (
        len(task.asked.places) == 1
        and not {part.column for part in task.parts} & {"programme", "examples"}
        and len(task.rows) > 1
        and len(set(names)) == len(task.rows)
        and task.column.type is FieldType.MONEY
        and all(row.parent_id is None for row in task.rows)
    )


def _whether(asked: Asked) -> bool:
    """Whether a question with an amount in it (`예산이 3천만원 넘나요`) asks for yes or no."""
    packed = asked.question.packed
    return bool(asked.places and _ENDS.search(packed)) and not _OPEN.search(packed)


def _of_rows(asked: Asked, values: Column) -> bool:
    """Whether a share is of rows rather than of an amount."""
    counting = asked.measure in {None, FieldType.COUNT}
    return counting and not values.named and values.type is not FieldType.MONEY
