"""Plans asked by their codes: `2번 전략`, `1-1`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from retrieval.lookup import listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.subjects import of_bodies, of_time
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

_CODE = re.compile(
    r"(?<![\d-])(\d{1,2}(?:-\d{1,2}){1,2})(?![\d-])"
    r"|(?:전략|과제|목표)\s*(\d{1,2})(?!\d|\s?[개가])|(\d{1,2})\s*번?\s*(?:째\s*)?(?:추진)?(?:전략|과제)"
)
_LONGEST = 15
_ABOVE = re.compile(
    r"(?:어느|무슨|어떤)\s*(?:추진|중점)?\s*(?:전략|과제|부문|분야|체계)|속하|속해|속한"
    r"|어디\s*(?:밑|아래|소속)|(?:상위|위)\s*(?:전략|과제)"
)
_BELOW = re.compile(r"(?:세부\s*사업|중점\s*과제|세부\s*과제)|아래|밑에|하위")
_OPEN = frozenset({Operation.LOOK_UP, Operation.LIST, Operation.COUNT})
_CODED = re.compile(r"\d-\d")
# 추진전략, 중점과제, 세부사업: what plans call their levels, the longest word first.
_LEVELS = (
    re.compile(r"세부(?:사업|과제)"),
    re.compile(r"(?:중점|핵심|추진)?과제"),
    re.compile(r"(?:추진|중점)?전략"),
)
_WHAT = re.compile(
    r"뭐|뭔|무엇|이름|명칭|목록|알려|나열|종류|어떤|어떻게(?:되|돼)|다대|대봐|대줘|정리|[개대]$"
)
_PLANNING = re.compile(
    r"추진|중점|핵심|전략|과제|세부|사업|체계|연차별|시행|계획|이름|중|\d+[개대]?"
)
_NAMES = frozenset({Want.ANY, Want.LIST, Want.YES})
# Below, 세부사업 itself is no word of the item that is meant.
_ENOUGH, _OWN = 0.5, 0.3


class Plans:
    """Answers with the plan items of a code, in every part that has it.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], rows: Sequence[Row]) -> Answer | None:
        """What stands under a code.

        Args:
            asked: The question.
            found: Records that may answer, best first: they tell which plan is meant.
            rows: All plan items.

        Returns:
            Each item of that code with what hangs on it; None where no code is named or known.
        """
        if asked.measure is FieldType.MONEY:
            return None  # a plan's outline holds no amounts
        match = _CODE.search(asked.question.text)
        if match is None and (placed := self._placed(asked, found, rows)):
            return placed
        if match is None and (level := _level(asked, found, rows)):
            return listing.shown(asked, level, self._citations())
        if match is None or asked.request.operation not in _OPEN:
            return None
        code = next(filter(None, match.groups()))
        plans = [one.row.document_id for one in found if one.row.kind is RecordKind.PLAN_ITEM]
        named = [row for row in rows if _bare(row) == code]
        named = [row for row in named if not plans or row.document_id == plans[0]]
        if not named:
            return None
        cite = self._citations()
        texts = [self._item(row, rows, cite) for row in named]
        shown = {row.id for row in named}
        return Answer(
            text="\n".join(texts),
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=tuple(row.id for row in rows if row.id in shown or row.parent_id in shown),
        )

    def _placed(self, asked: Asked, found: Sequence[Found], rows: Sequence[Row]) -> Answer | None:
        """What an item hangs on (`어느 전략?`), or what hangs on it (`… 아래 세부사업은?`)."""
        above = _ABOVE.search(asked.question.text)
        below = None if above else _BELOW.search(asked.question.text)  # 어느 과제 밑에 있어
        if not (above or below) or asked.request.operation not in _OPEN:
            return None
        known = {row.id: row for row in rows}
        parents = {row.parent_id for row in rows}
        for one in found:
            row = known.get(one.row.id)
            fits = one.own >= _OWN and one.coverage >= _ENOUGH
            if row is None or not fits or (below and row.id not in parents):
                continue
            cite = self._citations()
            leaves = "세부" in asked.question.text
            text = self._item(row, rows, cite, leaves=leaves) if below else _path(row, known, cite)
            return Answer(
                text=text,
                citations=cite.all(),
                basis=Basis.RECORDS,
                standalone=asked.question.text,
            )
        return None

    def _item(self, row: Row, rows: Sequence[Row], cite: Citations, *, leaves: bool = False) -> str:
        below = _below(row, rows, leaves)[:_LONGEST]
        head = f"{row.heading} > {_named(row)} {cite.add(row)}"
        lines = [f"- {_named(other)} {cite.add(other)}" for other in below]
        if lines:
            head = f"{head} {say('answer.below', count=len(lines))}"
        return "\n".join([head, *lines])


def _level(asked: Asked, found: Sequence[Found], rows: Sequence[Row]) -> list[Row]:
    """All items of the level that a question names and nothing else: 전략 세 개 뭐야."""
    text = asked.question.packed
    word = next((match[0] for one in _LEVELS if (match := one.search(text))), "")
    open_ = asked.request.operation in _OPEN and asked.question.want in _NAMES
    here = [row for row in rows if of_bodies(asked, row) and of_time(row, asked)]
    if not word or not open_ or not _WHAT.search(text) or not here:
        return []
    meant = {one.row.document_id for one in found}
    plan = [row for row in here if row.document_id in meant] or here
    plan = [row for row in plan if row.document_id == plan[0].document_id]
    above = "".join(f"{plan[0].title}{plan[0].heading}{plan[0].body}".split())
    if any(term not in above and _PLANNING.sub("", term) for term in asked.telling):
        return []  # it names one of them, or a thing of its own
    return _at_level(plan, word)


def _at_level(plan: Sequence[Row], word: str) -> list[Row]:
    """Items with a single number for 전략, the last for 세부사업, those between for 과제."""
    parents = {row.parent_id for row in plan}
    if "전략" in word:
        return [row for row in plan if _bare(row).isdigit()]
    leaves = [row for row in plan if row.id not in parents and row.parent_id is not None]
    between = [row for row in plan if row.id in parents and _CODED.search(_bare(row))]
    return leaves if "세부" in word or not between else between


def _below(row: Row, rows: Sequence[Row], leaves: bool) -> list[Row]:
    """What hangs on an item; the last of it (세부사업) where there are levels between."""
    below = [other for other in rows if other.parent_id == row.id]
    parents = {other.parent_id for other in rows}
    if not leaves or not any(other.id in parents for other in below):
        return below
    return [
        leaf
        for other in below
        for leaf in ([one for one in rows if one.parent_id == other.id] or [other])
    ]


def other_code(question: str, row: Row) -> bool:
    """Whether a question names the code of a plan item (`4번 전략`) that this row has not."""
    match = _CODE.search(question) if row.kind is RecordKind.PLAN_ITEM else None
    return match is not None and next(filter(None, match.groups())) != _bare(row)


def _bare(row: Row) -> str:
    code = row.field("code")
    return code.text.strip(" .)") if code else ""


def _named(row: Row) -> str:
    title = row.field("title")
    return f"{_bare(row)}. {title.text if title else ''}".strip()


def _path(row: Row, known: Mapping[int, Row], cite: Citations) -> str:
    """An item behind all that stands above it: `2. 일자리 > 2-1. 자활 > 2-1-1. 사업단`."""
    path = [f"{_named(row)} {cite.add(row)}"]
    above = known.get(row.parent_id or 0)
    while above is not None:
        path.insert(0, f"{_named(above)} {cite.add(above)}")
        above = known.get(above.parent_id or 0)
    return " > ".join(path)
