"""Minutes as a value: what the form holds, and how a meeting's notes make it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.meetings.meeting import Expected, Meeting, Note, NoteKind, Plan
from corpus.meetings.plan import names_in
from corpus.messages import say
from corpus.text import squeeze

_WEEKDAYS = "월화수목금토일"
_ROLE = re.compile(r"^\s*(?P<role>부?\s?위\s?원\s?장|위\s{0,4}원|간\s?사)\s*[:：]\s*(?P<names>.+)$")
_CAME = re.compile(r"^\s*(?:참석자?|출석자?)(?:\s?위원)?\s*[:：]?\s*(?P<names>.+)$")
_ABSENT = re.compile(r"^\s*(?:불참자?|결석자?)(?:\s?위원)?\s*[:：]?\s*(?P<names>.*)$")
_OF = re.compile(r"(?P<seats>\d{1,3})\s?명?\s?중\s?(?P<came>\d{1,3})\s?명")
_COUNT = re.compile(
    r"(?:참석|출석)\D{0,6}(?P<a>\d{1,3})\s?명|(?P<b>\d{1,3})\s?명\s?(?:이\s)?(?:참석|출석)"
)
_BULLET = re.compile(r"^\s*(?P<mark>[○ㅇ◦●o❍]|[-–—·ㆍ•*]|⇒|→|=>|->|↳)\s*(?=\S)")
_LEVELS = {
    "○": 1,
    "ㅇ": 1,
    "◦": 1,
    "●": 1,
    "o": 1,
    "❍": 1,
    "⇒": 3,
    "→": 3,
    "=>": 3,
    "->": 3,
    "↳": 3,
}
_NEXT_PLACE = re.compile(r"장\s?소\s*[:：]\s*(?P<place>[^\n]+)")
_CHAIR = "위원장"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """A line of the minutes.

    Attributes:
        level: 1 for ○, 2 for -, 3 for ⇒.
        text: Its words without the mark, on one line.
    """

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An opinion with its answer; the answer is empty where nobody gave one."""

    opinion: str
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """What was said on one agenda item.

    Attributes:
        number: Its number; 0 for what belongs to none.
        title: Its title.
        result: What was decided (검토결과); empty where nothing was.
        bullets: What was explained.
        exchanges: Opinions with their answers.
    """

    number: int
    title: str
    result: str = ""
    bullets: tuple[Bullet, ...] = ()
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Those who came in one role."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a meeting, part by part as the form prints them.

    Attributes:
        council: The council that the body belongs to.
        title: The title of the paper.
        held: Day and hours.
        place: Where.
        department: The department in charge.
        recorder: Who took the minutes.
        rolls: Who came.
        seats: How many belong to the body; 0 where nobody knows.
        present: How many came; 0 where nobody said.
        items: The agenda with what was said.
        notices: Announcements (공지사항).
        following: The next meeting (차기 회의일정), a line each.
        chair: Who confirms the minutes (확인자).
        attachments: Names of voice notes and pictures.
    """

    council: str
    title: str
    held: str
    place: str
    department: str
    recorder: str
    rolls: tuple[Roll, ...] = ()
    seats: int = 0
    present: int = 0
    items: tuple[Discussed, ...] = ()
    notices: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    chair: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The body that met, as its opinions are headed."""
        words = self.title.split()
        return words[-2] if len(words) > 1 else ""


def draft(meeting: Meeting, notes: Sequence[Note]) -> Minutes:
    """The minutes that a meeting's notes make; late notes stay out.

    Args:
        meeting: The meeting.
        notes: Its notes in the order in which they came.
    """
    kept = [note for note in notes if not note.late]
    attended = [note.text for note in kept if note.kind is NoteKind.ATTENDANCE]
    rolls, seats, present = _attendance(meeting.plan, attended)
    return Minutes(
        council=meeting.plan.council,
        title=meeting.plan.minutes_title,
        held=held(meeting.plan),
        place=meeting.plan.place,
        department=meeting.plan.department,
        recorder=meeting.plan.recorder,
        rolls=rolls,
        seats=seats,
        present=present,
        items=tuple(_items(meeting.plan, kept)),
        notices=tuple(_lines(kept, NoteKind.NOTICE)),
        following=tuple(_lines(kept, NoteKind.NEXT)),
        chair=_chair(rolls, meeting.plan.expected),
        attachments=tuple(note.attachment for note in kept if note.attachment),
    )


def held(plan: Plan) -> str:
    """Day and hours as minutes print them: `2026년 3월 4일(수) 16:00~17:30`."""
    if not plan.held_on:
        return ""
    day = date.fromisoformat(plan.held_on)
    hours = "~".join(filter(None, (plan.begins, plan.ends if plan.begins else "")))
    weekday = _WEEKDAYS[day.weekday()]
    return f"{day.year}년 {day.month}월 {day.day}일({weekday}) {hours}".strip()


def _items(plan: Plan, notes: Sequence[Note]) -> Iterator[Discussed]:
    for item in plan.items:
        yield _discussed(item.number, item.title, [n for n in notes if n.item == item.number])
    stray = [n for n in notes if n.item is None and n.kind in _OF_ITEMS and n.text.strip()]
    if stray:
        yield _discussed(0, say("minutes.other"), stray)


_OF_ITEMS = frozenset(
    {NoteKind.EXPLANATION, NoteKind.OPINION, NoteKind.REPLY, NoteKind.DECISION, NoteKind.AGENDA}
)


def _discussed(number: int, title: str, notes: Sequence[Note]) -> Discussed:
    opinions = {note.id for note in notes if note.kind is NoteKind.OPINION}
    told = [
        note
        for note in notes
        if note.kind is NoteKind.EXPLANATION
        or (note.kind is NoteKind.AGENDA and not number)
        or (note.kind is NoteKind.REPLY and note.answers not in opinions)
    ]
    decisions = [squeeze(note.text) for note in notes if note.kind is NoteKind.DECISION]
    return Discussed(
        number=number,
        title=title,
        result=", ".join(dict.fromkeys(filter(None, decisions))),
        bullets=tuple(bullet for note in told for bullet in bullets(note.text)),
        exchanges=tuple(_exchanges(notes)),
    )


def _exchanges(notes: Sequence[Note]) -> Iterator[Exchange]:
    for note in notes:
        if note.kind is NoteKind.OPINION and note.text.strip():
            replies = [squeeze(other.text) for other in notes if other.answers == note.id]
            yield Exchange(
                opinion=spoken(note.text),
                reply=" ".join(unmarked(reply) for reply in replies if reply),
            )


def bullets(text: str) -> Iterator[Bullet]:
    """The lines of an explanation with their levels; lines without a mark follow the first one."""
    first = True
    for line in text.splitlines():
        match = _BULLET.match(line)
        words = squeeze(line[match.end() :] if match else line)
        if not words:
            continue
        level = _LEVELS.get(match["mark"], 2) if match else (1 if first else 2)
        yield Bullet(level=level, text=words)
        first = False


def unmarked(text: str) -> str:
    """A statement without the bullet that it begins with."""
    match = _BULLET.match(text)
    return text[match.end() :].strip() if match else text.strip()


def spoken(text: str) -> str:
    """An opinion as minutes print it: without its bullet, on one line."""
    return squeeze(unmarked(text))


def _lines(notes: Iterable[Note], kind: NoteKind) -> Iterator[str]:
    for note in notes:
        if note.kind is kind:
            yield from (
                words for line in note.text.splitlines() if (words := squeeze(unmarked(line)))
            )


def _attendance(plan: Plan, texts: Sequence[str]) -> tuple[tuple[Roll, ...], int, int]:
    """Who came: the roles and names noted, the seats, and the count as said or as named."""
    roles = {one.name: one.role for one in plan.expected}
    came: dict[str, list[str]] = {}
    absent: set[str] = set()
    seats, present = plan.seats, 0
    for line in (line for text in texts for line in text.splitlines()):
        if of := _OF.search(line):
            seats, present = int(of["seats"]), int(of["came"])
        elif count := _COUNT.search(line):
            present = int(count["a"] or count["b"])
        elif gone := _ABSENT.match(line):
            absent.update(names_in(gone["names"]))
        elif match := _ROLE.match(line) or _CAME.match(line):
            said = "".join(match["role"].split()) if "role" in match.groupdict() else ""
            for name in names_in(match["names"]):
                came.setdefault(said or roles.get(name, "위원"), []).append(name)
    if absent and not came:
        for one in plan.expected:
            if one.name not in absent:
                came.setdefault(one.role, []).append(one.name)
    rolls = tuple(
        Roll(role=role, names=tuple(dict.fromkeys(came[role]))) for role in sorted(came, key=_rank)
    )
    return rolls, seats, present or sum(len(roll.names) for roll in rolls)


_RANKS = (_CHAIR, "부위원장", "위원", "간사")


def _rank(role: str) -> int:
    return _RANKS.index(role) if role in _RANKS else len(_RANKS)


def _chair(rolls: Sequence[Roll], expected: Sequence[Expected]) -> str:
    came = next((roll.names[0] for roll in rolls if roll.role == _CHAIR and roll.names), "")
    return came or next((one.name for one in expected if one.role == _CHAIR), "")
