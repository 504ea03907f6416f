"""Rows counted or listed: how many items, which projects, all that were turned down."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup import listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.candidates import Candidates, only_kinds
from retrieval.lookup.columns import column
from retrieval.lookup.finding import Found
from retrieval.lookup.parts import named, states_said
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.tables import ENOUGH, Tables
from retrieval.lookup.wording import Citations, label
from retrieval.types import Answer
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation
from retrieval.understanding.row_words import row_nouns

# Kinds whose rows a word of the question sets apart even where no cell is named whole.
_NAMED_BY_CELLS = frozenset({RecordKind.PROGRAMME, RecordKind.AWARD})
# Kinds whose rows stand in several places of a paper: by agenda item, by part of a plan.
_OVER_A_PAPER = frozenset({RecordKind.OPINION, RecordKind.PLAN_ITEM})
# Counters of people, times and votes: rows are no such things.
_OF_THINGS = re.compile(r"몇(?:가구|세대|명|표|시간|번|회|차례|분|시|점|대|면|%|퍼)")
# Of a list of members the rows are people.
_OF_PEOPLE = re.compile(r"몇(?:명|분)")
# 상을 몇 번 탔어: how often somebody won is how many awards there are.
_AWARDS = re.compile(r"상(?:은|을|이)?몇번|몇번(?:이나)?상")
_OF_BODIES = re.compile(r"지자체|자치단체|시군구|단체|기관|[곳군]데|곳")
_SAID = frozenset({RecordKind.OPINION, RecordKind.REPLY})
_ANY = re.compile(r"있|없")
# What is said of rows that somebody put forward.
_PROPOSED = frozenset({"제안", "신청", "후보", "참여", "선정", "주민"})


class Counting:
    """Counts and lists rows.

    Args:
        rows: Reads records.
        candidates: Finds the records that a question may be about.
        tables: Finds tables.
        citations: Makes the citations of one answer.
    """

    def __init__(
        self,
        rows: Rows,
        candidates: Candidates,
        tables: Tables,
        citations: Callable[[], Citations],
    ) -> None:
        self._rows = rows
        self._candidates = candidates
        self._tables = tables
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """Rows counted or listed, where the question asks for that and no value says it."""
        request = asked.request
        listed = request.operation is Operation.LIST or (
            request.operation is Operation.LOOK_UP and asked.question.want is Want.LIST
        )
        if request.conditions:
            return None
        if told := self._in_state(asked, found, audience, listed=listed):
            return told
        adding = request.operation is Operation.SUM and asked.measure is FieldType.MONEY
        if not found or adding:
            return None
        if asked.question.want is Want.PERSON and not found[0].row.person:
            return None  # 가람동장 이름: a list of things names nobody
        if not (listed or _counts_rows(asked, found[0].row)):
            return None
        rows, among = self._meant(asked, found, audience, listed=listed)
        if not rows:
            return None
        if len(rows) == 1 and rows[0].kind is RecordKind.BUDGET_LINE:
            return None  # a line that sums up its projects is no list of them
        if rows[0].kind is RecordKind.EVENT and _OF_BODIES.search(asked.question.text):
            return None  # how many won is no number of ceremonies
        if not listed and len(rows) == 1 and not _names_rows(asked, rows[0]):
            # 보안등 몇 개 교체했어: the one row says of how many, and is not counted.
            rows = _called_so(asked, found)
            if not rows:
                return None
        work = listing.shown if listed else listing.counted
        return work(asked, rows, self._citations(), among)

    def _in_state(
        self, asked: Asked, found: Sequence[Found], audience: Visibility, *, listed: bool
    ) -> Answer | None:
        """Rows that a question names by nothing but what became of them and where they are.

        `떨어진 사업 뭐 있어`, `가람동은 떨어진 거 있어?`: the state stands in a cell, and what the
        rows are need not be printed.
        """
        whether = asked.question.want is Want.YES and _ANY.search(asked.question.text)
        counting = asked.request.operation is Operation.COUNT
        if asked.telling - _PROPOSED or not (listed or whether or counting):
            return None
        bare = replace(asked, weights={}, places=(), measure=None)
        for table in self._tables.candidates(
            bare, [*found, *self._candidates.of(bare, audience)], audience
        ):
            inside = states_said(asked, table.rows)
            rows = [row for row in table.rows if not asked.places or _is_of(row, asked)]
            if not inside or not rows:
                continue
            held = {row.id for part in inside for row in part.rows}
            chosen = [row for row in rows if row.id in held]
            if not chosen:
                return listing.none_of(asked, rows, inside[0].name, self._citations())
            work = listing.counted if counting and not listed else listing.shown
            return work(asked, chosen, self._citations(), table.rows)
        return None

    def _meant(
        self, asked: Asked, found: Sequence[Found], audience: Visibility, *, listed: bool
    ) -> tuple[Sequence[Row], Sequence[Row]]:
        """The rows that are to be counted or listed, and all of their table."""
        listing_them = listed or asked.measure is not FieldType.MONEY
        if listing_them and (rows := listing.headed(asked, found, self._rows, audience)):
            return rows, ()
        tables = self._tables.candidates(asked, found, audience)
        if found[0].row.kind is RecordKind.PLAN_ITEM:
            tables = []
        if found[0].row.kind in (kinds := kinds_named(asked.question.text)):
            tables = [table for table in tables if table.rows[0].kind in kinds]
        valued = [column(table.rows, asked) for table in tables]
        numbers = [one for one in valued if one is not None and one.type is FieldType.COUNT]
        if not listed and any(one.named for one in numbers):
            return [], []
        for table in tables:
            parts = named(asked, table.rows, table.totals)
            rows = self._tables.narrowed(asked, table.rows, parts)
            if len(rows) < len(table.rows) and (parts or table.rows[0].kind in _NAMED_BY_CELLS):
                return rows, table.rows
        if not listed and found[0].row.person:
            return [], []  # which of them are counted, only their cells tell
        found = listing.plural_first(found)
        relation = self._rows.of_relation(found[0].row.relation_id, audience)
        if (best := found[0].row).kind in _OVER_A_PAPER and only_kinds(asked):
            every = self._rows.of_document(best.document_id, audience)
            relation = [row for row in every if row.kind is best.kind]
        if found[0].row.kind in _SAID and RecordKind.OPINION not in kinds_named(
            asked.question.text
        ):
            return [], []  # `몇 곳을 바꿔요?` is asked of a thing, not of who spoke of it
        # How many voted for an item is no number of items.
        counts = best.kind is not RecordKind.AGENDA_ITEM and column(relation, asked) is not None
        told = counts or asked.measure is not FieldType.COUNT
        if not listed and told:
            return [], []
        return listing.chosen(asked, found, relation), ()


def _counts_rows(asked: Asked, best: Row) -> bool:
    """Whether what is counted are rows: things, or people where the rows are a list of them."""
    packed = asked.question.packed
    if _OF_PEOPLE.search(packed):
        return asked.question.want is Want.COUNT and best.person is not None
    counting = asked.request.operation in {Operation.COUNT, Operation.SUM}
    return counting and bool(_AWARDS.search(packed) or not _OF_THINGS.search(packed))


def _names_rows(asked: Asked, row: Row) -> bool:
    """Whether a question says by a word for rows what it counts: 사업이 몇 개, 안건 몇 건."""
    if row.kind in kinds_named(asked.question.text):
        return True
    nouns = "|".join(noun for noun in row_nouns() if len(noun) > 1)  # 등 is in 보안등, too
    before = rf"(?:{nouns})(?:은|는|이|가|도|을|를)?(?:모두|전부|총|다)?몇"
    return (
        re.search(rf"{before}|몇(?:개|건|가지)?의?(?:{nouns})", asked.question.packed) is not None
    )


def _called_so(asked: Asked, found: Sequence[Found]) -> list[Row]:
    """The several rows of one list that are all called what a question counts: 별빛방 세 곳."""
    lists: dict[int, list[Row]] = {}
    for one in found:
        if asked.focus and asked.focus in label(one.row) and one.coverage >= ENOUGH:
            lists.setdefault(one.row.relation_id, []).append(one.row)
    best = max(lists.values(), key=len, default=[])
    return sorted(best, key=lambda row: row.id) if len(best) > 1 else []


def _is_of(row: Row, asked: Asked) -> bool:
    return bool(row.places & set(asked.places))
