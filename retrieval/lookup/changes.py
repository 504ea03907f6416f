"""What changed between two years of one table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.messages import say
from corpus.records import Field, FieldType
from retrieval.lookup import listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.comparing import places_of_ranking
from retrieval.lookup.row import Row
from retrieval.lookup.subjects import years_above
from retrieval.lookup.suiting import counts_so
from retrieval.lookup.wording import Citations, label, measured
from retrieval.types import Answer, Basis
from retrieval.understanding.measures import types_meant
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

_GROWING = re.compile(r"늘|줄|증가|감소|증감|깎|오르|올랐|내렸|변화|변동|그대로")
# Said of two years and of two places alike.
_BETWEEN = re.compile(
    r"비해|차이|대비|(?:년도?|작년|지난해|해|전)(?:예산|에|의)?(?:보다|(?:[과와]|이?랑|하고)비교)"
)
# 준 is the past of 줄다 (to lessen) where nothing is given: 가장 많이 준 동.
_LESS = re.compile(
    r"줄|감소|삭감|깎|내[렸린]|적|빠진|(?:많이|크게|더|[이가])준(?=동|곳|데|구|시|군|사업|부서|지표|것|거)"
)
# 줄어든 동은, 늘어난 동 몇 곳: each row that did so, not the total.
_WHICH = re.compile(
    r"(?P<grew>늘어난|증가한|오른|많아진)|(?P<fell>줄어든|감소한|깎인|삭감된|내린|적어진)"
    r"|(?P<stayed>그대로인|변동없는|변함없는|똑같은)"
)
_OF_WHAT = r"(?:동네|동|곳|데|사업|부서|지표|단체|시군구|자치구|읍면동)(?!안)"
_ROWS_THAT = re.compile(rf"(?:{_WHICH.pattern}){_OF_WHAT}")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*년?도?\s*")
_LAST_YEAR = re.compile(r"^(?:전\s?년도?|작년도?|지난해|기정|당초)\s*")
_THIS_YEAR = re.compile(r"^(?:금\s?년도?|올해|당해\s?연도|본\s?년도?|변경|최종|추경)\s*")
_PERCENT = re.compile(r"%|퍼센트|프로|몇퍼|증가율|감소율|증감률")
_NUMBERS = (FieldType.MONEY, FieldType.COUNT)
_REASON, _REMARK = re.compile(r"사유|원인|이유"), re.compile(r"비\s?고|내용|설명|참고")
_THAN = re.compile(
    r"(?:작년|지난해|재작년)\s?(?:예산)?\s?(?:보다|대비|에\s?비해|(?:[과와]|이?랑|하고)\s?비교)"
)
# Values of one row that a question without a measure may mean: its amount, its number of projects.
_FEW = 3
_BOTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row's values of two years, each with what the answer calls it.

    `beside` is the row that holds the earlier one, where another paper prints it.
    """

    row: Row
    type: FieldType
    unit: str
    before: tuple[str, int]
    after: tuple[str, int]
    beside: Row | None = None

    @property
    def difference(self) -> int:
        """What the later year has more; negative where it has less."""
        return self.after[1] - self.before[1]


class Changes:
    """Answers how values changed from one year to the next.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def asked(self, asked: Asked) -> bool:
        """Whether a question asks for a change."""
        packed, years = asked.question.packed, asked.question.years
        if _GROWING.search(packed):
            return True
        places = [place for place in asked.places if " " not in place]
        named = len(places) + len(places_of_ranking(asked.question.text))
        of_places = named > 1 and len(years) < _BOTH and not compares(asked.question.text)
        return not of_places and bool(_BETWEEN.search(packed))

    def answer(self, asked: Asked, rows: Sequence[Row]) -> Answer | None:
        """The change of the rows asked for, or the row that changed most.

        Args:
            asked: The question.
            rows: Rows that it is about; totals only where it asks for the whole.

        Returns:
            The answer; None where no row has two years.
        """
        packed = asked.question.packed
        measure = asked.measure
        if of_each(asked) and FieldType.MONEY in types_meant(asked.question.text):
            measure = FieldType.MONEY  # 예산 늘어난 동 몇 곳: counted are the rows
        changes = [change for row in rows if (change := _change(asked, row, measure))]
        if asked.request.operation in {Operation.HIGHEST, Operation.LOWEST}:
            sign = -1 if _LESS.search(packed) else 1
            best = max((sign * one.difference for one in changes), default=0)
            changes = [one for one in changes if sign * one.difference == best and best > 0]
        elif of_each(asked) and len(changes) > 1:
            return self._each(asked, changes)
        elif len(changes) != 1:
            return None
        if not changes:
            return None
        return self._told(asked, changes, with_rate=bool(_PERCENT.search(packed)))

    def across(self, asked: Asked, rows: Sequence[Row]) -> Answer | None:
        """The change between the papers of two years that print the same thing.

        Args:
            asked: The question.
            rows: Rows of whatever year; totals are left out.

        Returns:
            The two newest years; None where no thing is printed for two years, or too many are.
        """
        meant = types_meant(asked.question.text) & set(_NUMBERS) or {asked.measure}
        printed: dict[Hashable, dict[int, tuple[Row, Field]]] = defaultdict(dict)
        for row in rows:
            years = years_above(row)
            for field in row.fields if len(years) == 1 and not row.total else ():
                fits = field.type in meant or meant == {None}
                if field.value is not None and fits and counts_so(asked, [field]):
                    heading = _YEAR.sub("", row.heading)
                    key = (heading, label(row), _YEAR.sub("", field.name), field.type, field.unit)
                    printed[key].setdefault(min(years), (row, field))
        named = set(asked.question.years)
        changes = [
            _between({year: years[year] for year in years if len(named) < _BOTH or year in named})
            for years in printed.values()
            if len(years) > 1 and named <= set(years)
        ]
        if not changes or len(changes) > _FEW:
            return None
        return self._told(asked, changes)

    def _each(self, asked: Asked, changes: Sequence[Change]) -> Answer:
        """The rows that grew, fell or stayed as a question has it."""
        match = _ROWS_THAT.search(asked.question.packed)
        how = match.lastgroup if match else "stayed"
        kept = [one for one in changes if _DID[how or "stayed"](one.difference)]
        bounds = match[how] if match and how else ""
        if not kept:
            rows = [one.row for one in changes]
            return listing.none_kept(asked, rows, self._citations(), bounds)
        answer = self._told(asked, kept, bullet="- ")
        head = say("answer.kept", count=len(kept), bounds=bounds)
        return replace(
            answer, text=f"{head}\n{answer.text}", rows=tuple(one.row.id for one in kept)
        )

    def _told(
        self,
        asked: Asked,
        changes: Sequence[Change],
        *,
        with_rate: bool = False,
        bullet: str = "",
    ) -> Answer:
        """Changes, a line each."""
        cite = self._citations()
        lines = [bullet + _said(one, cite, with_rate=with_rate) for one in changes]
        if asked.question.want is Want.REASON:
            lines += [_reason(one.row) for one in changes]
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=Basis.COMPUTED,
            standalone=asked.question.text,
        )


def compares(text: str) -> bool:
    """Whether a question sets a year beside the one before it: `작년보다`."""
    return bool(_THAN.search(text))


def of_each(asked: Asked) -> bool:
    """Whether a question asks which rows grew, fell or stayed."""
    ranking = asked.request.operation in {Operation.HIGHEST, Operation.LOWEST}
    return not ranking and bool(_ROWS_THAT.search(asked.question.packed))


_DID: Mapping[str, Callable[[int], bool]] = {
    "grew": lambda difference: difference > 0,
    "fell": lambda difference: difference < 0,
    "stayed": lambda difference: difference == 0,
}


def says_change(term: str) -> bool:
    """Whether a word speaks of change rather than of a thing: 변동, 대비, 사유."""
    return any(one.search(term) for one in (_GROWING, _BETWEEN, _REASON))


def _change(asked: Asked, row: Row, measure: FieldType | None) -> Change | None:
    """The two newest years of the first measure that a row has for both."""
    fields = [field for field in row.fields if counts_so(asked, [field])]
    for kind in [measure] if measure in _NUMBERS else _NUMBERS:
        by_name: dict[str, dict[int, int]] = defaultdict(dict)
        units: dict[str, str] = {}
        for field in fields:
            year = _YEAR.search(field.name)
            if field.type is kind and year and field.value is not None:
                name = _YEAR.sub("", field.name)
                by_name[name].setdefault(int(year[1]), field.value)
                units[name] = field.unit
        for name, values in by_name.items():
            if len(values) > 1:
                first, last = sorted(values)[-2:]
                return Change(
                    row=row,
                    type=kind or FieldType.MONEY,
                    unit=units[name],
                    before=(say("change.year", year=first), values[first]),
                    after=(say("change.year", year=last), values[last]),
                )
        if kind and (change := _from_last_year(row, fields, kind)):
            return change
    return None


def _from_last_year(row: Row, fields: Sequence[Field], kind: FieldType) -> Change | None:
    """The value of a column headed 전년도 beside that of the same column without it."""
    columns = {f.name: f for f in fields if f.type is kind and f.value is not None}
    for name, field in columns.items():
        plain = _LAST_YEAR.sub("", name)
        now = columns.get(plain) or next(
            (other for key, other in columns.items() if _THIS_YEAR.sub("", key) == plain != name),
            None,
        )
        if now is not None and now is not field:
            return Change(
                row=row,
                type=kind,
                unit=field.unit,
                before=(name, field.value or 0),
                after=(now.name, now.value or 0),
            )
    return None


def _between(printed: Mapping[int, tuple[Row, Field]]) -> Change:
    """The change between the two newest years that a thing is printed for."""
    first, last = sorted(printed)[-2:]
    (before, was), (after, now) = printed[first], printed[last]
    return Change(
        row=after,
        beside=before,
        type=now.type,
        unit=now.unit,
        before=(say("change.year", year=first), was.value or 0),
        after=(say("change.year", year=last), now.value or 0),
    )


def _reason(row: Row) -> str:
    """What the row prints beside a change: its reason, else its remark; that there is none."""
    named = [f for f in row.fields if f.type is not FieldType.CODE and f.text]
    for column in (_REASON, _REMARK):
        if field := next((f for f in named if column.search(f.name)), None):
            return say("change.remark", column=field.name, text=field.text)
    return say("change.no_reason")


def _said(change: Change, cite: Citations, *, with_rate: bool) -> str:
    first, last = (
        f"{when} {measured(value, change.type, change.unit)}"
        for when, value in (change.before, change.after)
    )
    key = "same" if not change.difference else "more" if change.difference > 0 else "less"
    rate = ""
    if with_rate and change.before[1]:
        percent = f"{abs(change.difference) * 100 / change.before[1]:.1f}".removesuffix(".0")
        rate = f", {percent}%"
    return say(
        f"change.{key}",
        name=label(change.row),
        first=first,
        last=last,
        difference=measured(abs(change.difference), change.type, change.unit),
        rate=rate,
        label=say("answer.computed"),
        mark=cite.add(change.row) + (cite.add(change.beside) if change.beside else ""),
    )
