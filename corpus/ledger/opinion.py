"""The values of the ledger: an opinion, its replies, its thread, its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.types import Visibility

PAPER = "paper"
"""Stands for the person where a paper did something: its opinions were read out of it."""


class State(StrEnum):
    """Where an opinion stands; keys of `[opinion_state]` in `corpus/messages.toml`."""

    RECEIVED = "received"  # 접수
    TAKEN = "taken"  # 처리 중: somebody of the staff has it
    ASKED = "asked"  # 되물음: waits for its author
    ANSWERED = "answered"  # 답변
    CLOSED = "closed"  # 종결
    MERGED = "merged"  # 병합: goes on as another opinion
    WITHDRAWN = "withdrawn"  # 철회


class PromiseKind(StrEnum):
    """What a reply promises; keys of `[promise]` in `corpus/messages.toml`."""

    PASS_ON = "pass_on"  # 전달; no password  # nosec B105
    CONSIDER = "consider"  # 검토
    PURSUE = "pursue"  # 추진
    IMPOSSIBLE = "impossible"  # 불가
    DONE = "done"  # 완료


OPEN_PROMISES = frozenset({PromiseKind.PASS_ON, PromiseKind.CONSIDER, PromiseKind.PURSUE})
"""Promises that something is still to follow on."""


class NoteKind(StrEnum):
    """What a line of an opinion's thread is."""

    NOTE = "note"  # among staff
    QUESTION = "question"  # staff ask the author
    ANSWER = "answer"  # the author answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a reply promises.

    Attributes:
        kind: The kind; None where a paper's reply names none.
        due: Day by which it is to be kept, ISO 8601; empty without one.
        meeting: Meeting by which it is to be kept, as people call it; empty without one.
    """

    kind: PromiseKind | None
    due: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What an opinion is about, as far as it was understood; all empty where it was not.

    Attributes:
        dong: Neighbourhood (행정동).
        programme: Programme (사업).
        agenda: Agenda item (안건).
        topic: Topic.
        department: Department that should answer.
    """

    dong: str = ""
    programme: str = ""
    agenda: str = ""
    topic: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a messenger something was said.

    Attributes:
        chat_id: The chat.
        message_id: The message; None where it was none of its own.
        link: Address of the message; empty where it has none.
    """

    chat_id: int
    message_id: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who raised an opinion.

    Attributes:
        person_id: Row of the person; None for somebody whom the bot has not met.
        name: As the messenger shows it, for the staff who handle the opinion.
        pseudonym: What everybody else reads.
        anonymous: Whether staff, too, read nothing but the pseudonym.
        contact: How staff may reach them, if they chose to leave that; else empty.
    """

    person_id: int | None
    name: str = ""
    pseudonym: str = ""
    anonymous: bool = False
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An entry of the ledger.

    Attributes:
        id: Its row.
        number: What people quote: `의견-2026-0007`.
        origin: `chat` or `paper`.
        private: A request for help of one's own; never published.
        state: Where it stands.
        revision: How often it was changed.
        visibility: Who may see what is published of it.
        text: What was said, personal data masked; empty once erased.
        published: What others than author and staff read of it.
        published_reply: What they read of the reply.
        author_id: Who raised it; None for papers and for those who were erased.
        author_name: Name for the staff who handle it; empty for anonymous ones.
        anonymous: Whether its author is hidden from staff.
        pseudonym: Its author for everybody else; the speaker in a paper.
        contact: How its author may be reached, where they left it.
        matter: What it is about.
        chat_id: Where it was said; None outside messengers and once erased.
        link: Address of the message.
        raised_at: When, ISO 8601; a day for a paper's.
        taken_by: Key of who handles it; empty without one.
        merged_into: The opinion that it goes on as.
        promise: What the last reply promises; None without a reply.
        promised_at: When that was promised.
    """

    id: int
    number: str
    origin: str
    private: bool
    state: State
    revision: int
    visibility: Visibility
    text: str
    published: str
    published_reply: str
    author_id: int | None
    author_name: str
    anonymous: bool
    pseudonym: str
    contact: str
    matter: Matter
    chat_id: int | None
    link: str
    raised_at: str
    taken_by: str
    merged_into: int | None
    promise: Promise | None
    promised_at: str

    @property
    def raised_on(self) -> str:
        """The day on which it was raised, as exact as known."""
        return self.raised_at[:10]

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        if self.state is State.ANSWERED:
            return self.promise is not None and self.promise.kind in OPEN_PROMISES
        return self.state in {State.RECEIVED, State.TAKEN, State.ASKED}

    @property
    def published_by_staff(self) -> bool:
        """Whether everybody may read what staff published of it."""
        return self.origin == "chat" and self.visibility < Visibility.STAFF

    @property
    def reply_unpublished(self) -> bool:
        """Whether everybody may read it, but not the reply that it has had since."""
        return self.published_by_staff and bool(self.promised_at) and not self.published_reply

    def words(self, audience: Visibility) -> str:
        """What an audience may read of it; empty where that is nothing."""
        if audience is Visibility.STAFF:
            return self.text
        return self.published if self.visibility <= audience else ""

    def seen_by(self, audience: Visibility) -> Opinion:
        """As an audience may see it: what a reply promises is told no sooner than the reply."""
        hidden = self.reply_unpublished and audience is not Visibility.STAFF
        return replace(self, promise=None) if hidden else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One version of a reply.

    Attributes:
        version: From 1.
        at: When, ISO 8601.
        person: Key of who wrote it.
        department: Who answers.
        text: The words.
        promise: What it promises.
    """

    version: int
    at: str
    person: str
    department: str
    text: str
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line of an opinion's thread."""

    at: str
    person: str
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was done to an opinion.

    Attributes:
        at: When, ISO 8601.
        person: Key of who did it, `console` or `paper`.
        action: What was done, a key of `[opinion_action]` in `corpus/messages.toml`.
        before: State before; empty for the first event.
        after: State after.
        details: Numbers and choices, never words of people.
    """

    at: str
    person: str
    action: str
    before: str
    after: str
    details: dict[str, str]
