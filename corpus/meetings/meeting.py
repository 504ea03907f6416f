"""A meeting as planned and as noted: the values that its rows are read into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.messages import say
from corpus.types import Visibility


class NoteKind(StrEnum):
    """What a note is."""

    AGENDA = "agenda"  # 안건
    EXPLANATION = "explanation"  # 설명
    OPINION = "opinion"  # 의견
    REPLY = "reply"  # 답변
    DECISION = "decision"  # 결정
    ATTENDANCE = "attendance"  # 참석
    NOTICE = "notice"  # 공지
    NEXT = "next"  # 차기회의


class State(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Trouble(StrEnum):
    """What is wrong with a note that is kept all the same; keys of `[trouble]` in messages."""

    UNKNOWN_ITEM = "unknown_item"
    NO_ITEM = "no_item"
    NO_OPINION = "no_opinion"
    BAD_DATE = "bad_date"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An agenda item.

    Attributes:
        number: Its number, from 1.
        title: Its title.
    """

    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Somebody who belongs to the body.

    Attributes:
        role: As minutes print it: 위원장, 부위원장, 위원.
        name: The name.
    """

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is known of a meeting before it begins; empty and zero where nobody has said.

    Attributes:
        council: The council that the body belongs to.
        body: The body that meets, such as 실무협의체.
        year: Year of the meeting.
        number: How many-th meeting of the year it is (제1차).
        held_on: Day, ISO 8601.
        begins: `HH:MM`.
        ends: `HH:MM`.
        place: Where.
        department: The department in charge (주관부서).
        recorder: Who takes the minutes (회의기록).
        members: How many belong to the body (위원정수).
        items: The agenda.
        expected: Who belongs to the body, by name.
    """

    council: str = ""
    body: str = ""
    year: int = 0
    number: int = 0
    held_on: str = ""
    begins: str = ""
    ends: str = ""
    place: str = ""
    department: str = ""
    recorder: str = ""
    members: int = 0
    items: tuple[Item, ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def title(self) -> str:
        """As people call it: `2026년 제1차 실무협의체`."""
        return say("meeting.title", year=self.year, number=self.number, body=self.body)

    @property
    def minutes_title(self) -> str:
        """Title of its minutes: `2026년 제1차 실무협의체 회의록`."""
        return say("minutes.title", title=self.title)

    @property
    def seats(self) -> int:
        """How many belong to the body: as told, else as many as are named."""
        return self.members or len(self.expected)

    @property
    def quorum(self) -> int:
        """How many must come: more than half; 0 where nobody knows how many there are."""
        return self.seats // 2 + 1 if self.seats else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting in the store.

    Attributes:
        id: Its row.
        plan: What is known of it.
        state: How far it is.
        visibility: Who may see it.
        made_by: Row of whoever made it; None where that person is gone.
        closed_at: When the notes were closed, ISO 8601; empty before.
    """

    id: int
    plan: Plan
    state: State
    visibility: Visibility
    made_by: int | None
    closed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a meeting.

    Attributes:
        id: Its row.
        meeting_id: Its meeting.
        kind: What it is.
        text: What was said, without a leading tag.
        item: Number of its agenda item; None where it has none.
        answers: The note of the opinion that it answers.
        late: Whether it came after the notes were closed; it stays out of the minutes.
        attachment: Name of the voice note, picture or file that hangs on it; empty without one.
        fetched: Whether the store has the attachment's bytes.
        author_id: Row of whoever wrote it.
        made_at: When, ISO 8601.
    """

    id: int
    meeting_id: int
    kind: NoteKind
    text: str
    item: int | None
    answers: int | None
    late: bool
    attachment: str
    fetched: bool
    author_id: int | None
    made_at: str
