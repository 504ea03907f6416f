"""The next, the last and the first meeting, how many there were, and how many members came."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import Field, RecordKind
from corpus.types import DocumentKind, Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.attending import LAST, Attending
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import of_bodies, of_time
from retrieval.lookup.task import computed
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want

_NEXT = re.compile(r"(?:다음|차기|담번?|이번)(?:번|에|달)?\S{0,8}?(?:회의|모임)")
_FIRST = re.compile(r"(?:첫|처음)(?:번째)?\S{0,8}?(?:회의|모임)")
_RATE = re.compile(
    r"(?:출석|참석)(?:률|율|비율)|몇(?:%|퍼센트|프로|퍼)\S{0,3}(?:나온|나왔|왔|온|참석|출석|모였)"
)
_HOW_OFTEN = re.compile(
    r"(?:회의|모임)(?:은|는|이|가|을|를|도)?(?:올해|작년|지금까지|그동안)?(?:에는?)?(?:총|모두|전부|다합쳐)?"
    r"(?:개최)?(?:몇(?:번|차례|회(?!의))|횟수)"
)
# Minutes print who came; how many did not is what is left of the members.
_ABSENT = re.compile(r"불참|결석|미참석|빠진|빠졌|(?:안|못)(?:온|왔|나온|나왔|오신)|참석(?:안|못)")
# Who has not come yet of those who applied for something is no member.
_MEMBERS = re.compile(r"회의|모임|위원|의원|회원|협의체|불참|미참석")
_HOW_MANY = re.compile(r"몇|인원|[자수](?:는|은)?$")
_BODY = re.compile(r"실무협의체|대표협의체|동협의체|실무분과|주민자치회|[가-힣]+위원회|의회")
_NUMBER = re.compile(r"제?\s*(\d{1,3})\s*[차회]")
_MEETING = re.compile(r"회의")
_WHERE = re.compile(r"어디|장소|어느\s*곳")
_NUMBERED = re.compile(
    rf"(?<!\d)(\d{{1,3}})[차회](?:정기|임시)?(?:{_BODY.pattern}|회의)"
    rf"|(?:{_BODY.pattern})(?:회의)?제?(\d{{1,3}})[차회]"
)
_ASKED = {Want.TIME, Want.PLACE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Occasion:
    """A meeting that a paper reports or announces.

    Attributes:
        row: The record.
        when: The field with its day.
        where: The field with its place; None where none is printed.
        name: Which meeting it is, as far as the paper says.
    """

    row: Row
    when: Field
    where: Field | None
    name: str

    @property
    def day(self) -> str:
        """Its first day, ISO 8601."""
        return self.when.first

    @property
    def reported(self) -> bool:
        """Whether its paper is about it, and does not only say when the next one is."""
        return self.when.name == "held_on"

    @property
    def number(self) -> str:
        """The how many-th of its kind it is; empty where the paper does not say."""
        number = _NUMBER.search(self.name)
        return number[1] if number else ""

    @property
    def key(self) -> tuple[str, str]:
        """The same for all papers that speak of one meeting."""
        body = _BODY.search("".join(self.name.split()))
        known = f"{self.day[:4]} {self.number}" if self.number else self.day
        return known, body[0] if body else ""


class Meetings:
    """Answers when and where meetings were and will be.

    Args:
        rows: Reads records.
        finder: Rates records.
        citations: Makes the citations of one answer.
        tags: Words of a text with what they are.
    """

    def __init__(
        self,
        rows: Rows,
        finder: Finder,
        citations: Callable[[], Citations],
        tags: Callable[[str], Mapping[str, str]],
    ) -> None:
        self._rows = rows
        self._finder = finder
        self._citations = citations
        self._attending = Attending(rows, citations, tags)

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The meeting that a question means by its place in time, or its attendance.

        Args:
            asked: The question.
            found: Records that may answer; meetings are looked up by themselves.
            audience: Highest level that may be seen.

        Returns:
            None for questions about anything else.
        """
        packed = asked.question.packed
        if _absent(packed):
            return self.absent(asked, found, audience)
        if _RATE.search(packed):
            return self._attendance(asked, audience, "attendance")
        if _HOW_OFTEN.search(packed):
            return self._counted(asked, audience)
        if told := self._attending.answer(asked, audience):
            return told
        if asked.question.want not in _ASKED or not (_MEETING.search(packed) or _of_number(packed)):
            return None
        occasions = _newest(self._occasions(asked, audience))
        today = asked.question.today.isoformat()
        past = [one for one in occasions if one.day <= today]
        if _NEXT.search(packed):
            return self._next(asked, [one for one in occasions if one.day > today], past)
        if LAST.search(packed) and past:
            return self._said(asked, past[-1])
        if _FIRST.search(packed) and occasions:
            return self._said(asked, occasions[0])
        numbered = [one for one in occasions if one.number and one.number == _of_number(packed)]
        return self._said(asked, numbered[-1]) if numbered else None

    def absent(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """How many members did not come; arguments as for `answer`, None for anything else."""
        packed = asked.question.packed
        return self._attendance(asked, audience, "absent") if _absent(packed) else None

    def _next(
        self, asked: Asked, coming: Sequence[_Occasion], past: Sequence[_Occasion]
    ) -> Answer | None:
        if coming:
            return self._said(asked, coming[0])
        return self._said(asked, past[-1], over=True) if past else None

    def _occasions(self, asked: Asked, audience: Visibility) -> list[_Occasion]:
        kinds = (RecordKind.MEETING, RecordKind.EVENT)
        rows = [row for row in self._rows.of_kinds(kinds, audience) if of_bodies(asked, row)]
        body = _BODY.search(asked.question.packed)
        every = [one for row in rows for one in _of_row(row)]
        years = {str(year) for year in asked.question.years}
        return [
            one
            for one in every
            if (not body or body[0] in "".join(f"{one.name} {one.row.title}".split()))
            and (not years or one.day[:4] in years)
        ]

    def _said(self, asked: Asked, one: _Occasion, *, over: bool = False) -> Answer:
        cite = self._citations()
        fields: tuple[Field | None, ...] = (one.where, one.when)
        if asked.question.want is Want.TIME:
            both = _WHERE.search(asked.question.text)
            fields = (one.when, one.where if both else None)
        shown = [field for field in fields if field is not None]
        marks = "".join(dict.fromkeys(cite.add_line(one.row, field.span) for field in shown))
        text = f"{one.name}: {' · '.join(field.text for field in shown)} {marks}".strip()
        if over:
            text = f"{text}\n{say('answer.past')}"
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
        )

    def _counted(self, asked: Asked, audience: Visibility) -> Answer | None:
        """How many meetings have minutes; what is only announced may not have taken place."""
        minutes = self._rows.papers_of(DocumentKind.MINUTES, audience)
        today = asked.question.today.isoformat()
        reported = [
            one
            for one in self._occasions(asked, audience)
            if one.row.kind is RecordKind.MEETING and one.reported and one.day <= today
        ]
        held = {one.day: one for one in reported if one.row.document_id in minutes}
        if not held:
            return None
        cite = self._citations()
        lines = [say("answer.meetings_held", count=len(held), label=computed())]
        lines += [
            f"- {one.name}: {one.when.text} {cite.add_line(one.row, one.when.span)}"
            for _, one in sorted(held.items())
        ]
        rest = dict.fromkeys(one.row.title for one in reported if one.day not in held)
        notice = say("answer.meetings_announced", titles=", ".join(rest)) if rest else ""
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=Basis.COMPUTED,
            notices=(notice,) if notice else (),
            standalone=asked.question.text,
        )

    def _attendance(self, asked: Asked, audience: Visibility, told: str) -> Answer | None:
        rows = [
            row
            for row in self._rows.of_kinds([RecordKind.ATTENDANCE], audience)
            if row.field("members")
            and row.field("present")
            and of_time(row, asked)
            and of_bodies(asked, row)
        ]
        if not rows:
            return None
        row = self._finder.rated(rows, asked.weights)[0].row
        members, present = row.field("members"), row.field("present")
        if not members or not present or not members.value or present.value is None:
            return None
        cite = self._citations()
        text = say(
            f"answer.{told}",
            name=row.heading or row.title,
            members=members.value,
            present=present.value,
            percent=f"{present.value * 100 / members.value:.1f}".removesuffix(".0"),
            absent=members.value - present.value,
            label=computed(),
            mark=cite.add_line(row, present.span),
        )
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.COMPUTED,
            standalone=asked.question.text,
        )


def _absent(packed: str) -> bool:
    asked = _ABSENT.search(packed) and _HOW_MANY.search(packed.rstrip("?？"))
    return bool(asked and _MEMBERS.search(packed))


def _of_number(packed: str) -> str:
    """The how many-th meeting of a body a question names: 2 of `제2차 실무협의체`, else empty."""
    named = _NUMBERED.search(packed)
    return next(filter(None, named.groups()), "") if named else ""


def _of_row(row: Row) -> list[_Occasion]:
    """The meeting that a row reports, and the next one that it announces."""
    found = []
    title = row.field("title")
    name = title.text if title else row.heading or row.title
    held = row.field("held_on")
    if held and held.first and (row.kind is RecordKind.MEETING or _MEETING.search(name)):
        found.append(_Occasion(row=row, when=held, where=row.field("place"), name=name))
    following = row.field("next_on")
    if following and following.first:
        number = row.field("next_number")
        body = _BODY.search("".join(f"{name} {row.title}".split()))
        called = number.text if number else f"{say('field.next_on')} {body[0] if body else ''}"
        place = row.field("next_place")
        found.append(_Occasion(row=row, when=following, where=place, name=called.strip()))
    return found


def _newest(occasions: Sequence[_Occasion]) -> list[_Occasion]:
    """One for each meeting, in order of their days: a later paper moves what an earlier set."""
    latest: dict[tuple[str, str], _Occasion] = {}
    for one in sorted(occasions, key=lambda one: (one.row.dated, one.row.kind.value)):
        latest[one.key] = one
    return sorted(latest.values(), key=lambda one: one.day)
