"""What kind of value a column holds, learnt from its heading and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus import amounts
from corpus.extraction.headings import is_dash
from corpus.extraction.place_names import place_in_list, place_of
from corpus.extraction.units import NO_NOTE, Note, split_heading
from corpus.extraction.values import is_bare, make, number
from corpus.records import FieldType
from corpus.types import Span

_NOWHERE = Span(start=0, end=0)
# The words that offices head columns with; what a heading ends in decides over what it contains.
_MONEY = re.compile(
    r"예\s?산|금\s?액|경비|결산|단가|비용|수당|보수|연봉|요금|이용료|참가비|자부담|세입|세출|지출|수입|집행|재원|국비|시비|도비|군비"
    r"|구비|(?<![초정])액(?:\s|$|\()|(?<![준대정경예설구])비(?:\s|$|\()|(?<![지조방입])금(?:\s|$|\()"
)
_COUNT = re.compile(
    r"(?:수|수량|인원|정원|현원|횟수|개소|물량|사업량|명|건)\s?(?:\(.*\))?$|사업\s?수|인원|건수|세대수|가구수|누계$"
)
_RATE = re.compile(r"%|비율|비중|[가-힣](?:율|률)(?:\s|$|\()|달성도|구성비")
_CODE = re.compile(r"(?:연번|순번|번호|일련번호|No\.?|NO\.?|코드|호수|순위|#)")
_DATE = re.compile(
    r"(?:일시|일자|날짜|기간|시기|연도|년도|일정|년월일|연월일|기한|예정일?|월일|개최일|작성일|제출일)(?:\s|$|\()"
)
_PLACE = re.compile(
    r"(?:동\s?명|읍\s?[·ㆍ‧/.]?\s?면(?:\s?[·ㆍ‧/.]?\s?동)?(?:\s?별|\s?명)?(?:\s|$)"
    r"|행정동|^동$|지역|시군구|시\s?·?\s?군|자치구|지자체|소재지)"
)
_PERSON = re.compile(
    r"(?:성명|이름|위원명|담당자명?|책임자|강사명?|대표자|위원장|팀장|공무원|주무관|대표|회장|진행자|발표자|제안자)$"
)
_ORGANISATION = re.compile(
    r"(?:부서|기관|단체|소속|소관|주관|주최|협력처|수행처|담당과|관서|시설명?|업체명?)(?:명)?$"
)
_ORGANISATION_CELL = re.compile(
    r"[가-힣A-Za-z0-9·]+\s?(?:과|팀|센터|복지관|협의회|협의체|위원회|재단|조합|본부|사업소|학교|보건소|주민센터|공단|공사|협회|법인)(?:\s?\(.*\))?"
)
_PERSON_CELL = re.compile(
    r"[가-힣]{2,4}(?:\s?(?:위원장|위원|팀장|과장|주무관|간사|강사|대표|회장|관장|센터장|님|씨))?"
)
_RANK = re.compile(
    r"과장|부장|차장|국장|실장|소장|팀장|센터장|사무관|서기관|주무관|주사보?|서기보?|대리|사원|위원장?|간사|담당자?|공무원"
)
_CONTACT = re.compile(r"(?:문의|연락처|전화|이메일|전자우편|☎)")
_NAME = re.compile(
    r"(?:명|명칭|사업|프로그램|과제|제목|안건|구분|분야|항목|과목|종류|유형|품명|대표사업|행사|교육|강좌|지표)(?:\s|$|\()"
)
_CODE_CELL = re.compile(r"\d{1,2}(?:-\d{1,2}){1,2}\.?|[①-⑳]|제?\d{1,3}호|[A-Z]-?\d{1,4}")
# Words that stand where a number would: not spent, not set, without cost.
_NONE = re.compile(r"미[가-힣]{2}|비예산|비\s?예산|무료|별도|협의")
_YEAR_CELL = re.compile(r"['‘’]?(?:19|20)\d{2}(?:년도?)?")
_DECIMAL = re.compile(r"\d\.\d")
_SHARE = 0.7
_FEWEST = 3
# So many cells, evenly taken, tell the type of a longer column as well as all of them.
_MOST = 400
# A name stands on a line or two; longer cells describe.
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as understood.

    Attributes:
        name: Its heading, unit left out.
        type: Kind of value that its cells hold.
        won: Won that a bare amount stands for; None where nobody says.
        unit: Counter word of its bare counts.
        doubt: Key of `[doubt]` where its numbers can be read in two ways; else empty.
        sure: Whether its own heading or cells decided, not only the note of the table.
    """

    name: str
    type: FieldType
    won: int | None = None
    unit: str = ""
    doubt: str = ""
    sure: bool = True


def understand(name: str, texts: Sequence[str], note: Note = NO_NOTE) -> Column:
    """Type a column.

    Args:
        name: Heading as printed, unit included.
        texts: Its body cells on one line each, totals included; empty ones are passed over.
        note: The table's unit note.

    Returns:
        The column; text where nothing else fits.
    """
    plain, own = split_heading(name)
    cells = [text for text in texts if text and not is_dash(text) and not _NONE.fullmatch(text)]
    column = Column(name=plain, type=FieldType.TEXT)
    if not cells:
        return column
    if _counts_up(cells):
        return replace(column, type=FieldType.CODE)
    cells = cells[:: 1 + len(cells) // _MOST]
    if _CODE.match(plain) and _share(cells, lambda t: len(t) <= 12) >= _SHARE:
        return replace(column, type=FieldType.CODE)
    if _share(cells, is_bare) >= _SHARE:
        return _of_numbers(column, cells, own, note)
    return _of_units(column, cells, own, note) or _of_words(column, cells)


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether the cells only number the rows."""
    return len(cells) >= _FEWEST and list(cells) == [str(n + 1) for n in range(len(cells))]


def hint(label: str) -> Column | None:
    """What the label of a row says on the numbers beside it; None where it says nothing."""
    plain, own = split_heading(label)
    if own.won:
        return Column(name=plain, type=FieldType.MONEY, won=own.won)
    if own.counters:
        return Column(name=plain, type=FieldType.COUNT, unit=own.counters[0])
    if own.rate or _RATE.search(plain):
        return Column(name=plain, type=FieldType.RATE)
    return None


def _of_numbers(column: Column, cells: Sequence[str], own: Note, note: Note) -> Column:
    if own:
        return _by_note(column, own, cells)
    if _RATE.search(column.name):
        return replace(column, type=FieldType.RATE)
    if _MONEY.search(column.name) and not re.search(r"수$", column.name):
        return _bare_money(column, cells, note)
    if _COUNT.search(column.name):
        units = note.counters if len(note.counters) == 1 else ()
        return replace(column, type=FieldType.COUNT, unit=units[0] if units else _unit(column.name))
    if _share(cells, lambda t: bool(_YEAR_CELL.fullmatch(t))) == 1 and _DATE.search(column.name):
        return replace(column, type=FieldType.DATE)
    return replace(_by_note(column, note, cells), sure=False)


def _counted(column: Column, cells: Sequence[str], unit: str) -> Column:
    """A column of counts; of marks and measures with a decimal point where it has those."""
    parts = _share(cells, lambda text: bool(_DECIMAL.search(text))) >= _SHARE
    kind = FieldType.RATE if parts and unit else FieldType.COUNT
    return replace(column, type=kind, unit=unit)


def _by_note(column: Column, note: Note, cells: Sequence[str]) -> Column:
    """A column of bare numbers that only a unit note explains."""
    if note.won and (unit := next((c for c in note.counters if column.name.endswith(c)), "")):
        return _counted(column, cells, unit)  # 2026년 가구, under (단위: 가구, 천원)
    if note.won and note.counters:
        return replace(column, type=FieldType.MONEY, doubt="unit_unclear")
    if note.won:
        return replace(column, type=FieldType.MONEY, won=note.won)
    if note.rate and not note.counters and not note.other:
        return replace(column, type=FieldType.RATE)
    units = note.counters or note.other
    return _counted(column, cells, units[0] if len(units) == 1 else "")


def _bare_money(column: Column, cells: Sequence[str], note: Note) -> Column:
    if note.won:
        return replace(column, type=FieldType.MONEY, won=note.won)
    # Whole thousands throughout are won; nobody prints thousands of won to the thousand.
    values = [number(text) or 0 for text in cells if is_bare(text)]
    if all(value % 1000 == 0 for value in values) and any(values):
        return replace(column, type=FieldType.MONEY, won=1)
    return replace(column, type=FieldType.MONEY, doubt="unit_unclear")


def _unit(name: str) -> str:
    """The counter that a heading implies: 사업 수 counts 사업."""
    match = re.search(
        r"(사업|프로그램|가구|세대|단체|기관|시설|과제|[가-힣]{2,4}(?:자|위원|회원|직원))\s?수$",
        name,
    )
    if match:
        return match[1]
    return "명" if re.search(r"인원|정원|현원", name) else ""


def _of_units(column: Column, cells: Sequence[str], own: Note, note: Note) -> Column | None:
    """Columns whose cells carry their units, and the types that show in the cells alone."""
    won = own.won or note.won
    for kind in (FieldType.CONTACT, FieldType.MONEY, FieldType.RATE, FieldType.COUNT):
        bare = is_bare if own or (note and kind is FieldType.MONEY) else _never
        fitting = _share(cells, lambda t, k=kind, b=bare: b(t) or _shows(k, t))  # type: ignore[misc]
        if fitting >= _SHARE:
            unit = own.counters[0] if own.counters else ""
            return replace(column, type=kind, won=won, unit=unit)
    return None


def _never(text: str) -> bool:
    return False


def _shows(kind: FieldType, text: str) -> bool:
    """Whether a cell is a value of a type by its own letters."""
    if is_bare(text):
        return False
    if kind is FieldType.RATE:
        return bool(re.search(r"[%％]\s?\)?$", text)) and make("", kind, text, _NOWHERE) is not None
    if kind is FieldType.MONEY:
        return bool(amounts.find(text)) and make("", kind, text, _NOWHERE) is not None
    return make("", kind, text, _NOWHERE) is not None


def _of_words(column: Column, cells: Sequence[str]) -> Column:
    name = column.name
    dates = _share(cells, lambda t: make("", FieldType.DATE, t, _NOWHERE) is not None)
    brief = _share(cells, lambda t: len(t) <= _LONGEST_NAME)
    headed = dates >= 0.5 and brief >= _SHARE and bool(_DATE.search(name))
    if headed or (dates >= _SHARE and brief == 1 and _dated(cells)):
        return replace(column, type=FieldType.DATE)
    places = _share(cells, lambda t: bool(place_of(t)))
    headed = bool(_PLACE.search(name)) and _share(cells, lambda t: bool(place_in_list(t))) >= 0.5
    if places >= _SHARE or headed:
        return replace(column, type=FieldType.PLACE)
    if _CONTACT.search(name) and _share(cells, lambda t: bool(re.search(r"\d{4}", t))) >= 0.5:
        return replace(column, type=FieldType.CONTACT)
    if _PERSON.search(name) and _share(cells, is_person) >= 0.5:
        return replace(column, type=FieldType.PERSON)
    organisations = _share(cells, lambda t: bool(_ORGANISATION_CELL.fullmatch(t)))
    if organisations >= _SHARE or (_ORGANISATION.search(name) and brief >= _SHARE):
        return replace(column, type=FieldType.ORGANISATION)
    if _share(cells, lambda t: bool(_CODE_CELL.fullmatch(t))) >= _SHARE:
        return replace(column, type=FieldType.CODE)
    if brief >= _SHARE and _NAME.search(name):
        return replace(column, type=FieldType.NAME)
    return column


def _dated(cells: Sequence[str]) -> bool:
    """Whether the cells are dates rather than sentences that name one."""
    return (
        _share(cells, lambda t: sum(c.isdigit() for c in t) >= 0.3 * len(t.replace(" ", ""))) >= 0.5
    )


def is_person(text: str) -> bool:
    """Whether a cell can be a person's name, with or without an office; many words can."""
    return bool(_PERSON_CELL.fullmatch(text)) and not _RANK.fullmatch("".join(text.split()))


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells)
