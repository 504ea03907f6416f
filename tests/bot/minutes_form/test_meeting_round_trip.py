"""From notes to minutes to records: a meeting that was noted is the meeting that is read back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.archive import Archive
from bot.minutes_form import OFFICIAL, written
from bot.telegram.meetings.bookkeeping import FOLDER, Bookkeeping, file_name
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.ingest import Ingest
from corpus.ledger.changes import By
from corpus.ledger.ledger import Ledger, Wanted
from corpus.meetings.meeting import Item, Meeting, Plan
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import Discussed, Minutes, draft
from corpus.meetings.noting import Said, edit_note, take_note
from corpus.meetings.planning import make_meeting, open_here
from corpus.types import Visibility
from tests.support.meetings import minutes
from tests.support.parrot import Parrot
from tests.support.secretary import LIMITS

AT = datetime(2031, 3, 5, 16, tzinfo=UTC)
BY = By(person="key", at=AT)


@dataclass
class Clerk:
    """Two people who write down a meeting in a store of their own."""

    database: CouncilDatabase
    archive: Archive
    books: Bookkeeping

    def __post_init__(self) -> None:
        self.messages = count(1)
        with self.database.write() as db:
            db.execute("insert into people (id, created_at) values (1, '2031'), (2, '2031')")

    def holds(self, paper: Minutes) -> Meeting:
        items = tuple(Item(number=one.number, title=one.title) for one in paper.items)
        plan = Plan(body="실무협의체", year=2031, number=1, held_on="2031-03-05", items=items)
        with self.database.write() as db:
            number = make_meeting(db, plan, 1, "p", AT)
            open_here(db, number, 10, 0)
        meeting = Meetings(self.database).get(number)
        assert meeting is not None
        return meeting

    def notes(self, meeting: Meeting, text: str, who: int, to: int | None = None) -> int:
        message = next(self.messages)
        said = Said(
            text=text, author_id=who, chat_id=10 + who, thread=0, message_id=message, to=to,
            at=AT + timedelta(seconds=message),
        )  # fmt: skip
        with self.database.write() as db, self.books.following(db, meeting.id):
            note = take_note(db, meeting, said)
            assert take_note(db, meeting, said).note_id == note.note_id
        assert note.trouble is None
        return note.note_id

    def edits(self, meeting: Meeting, note: int, text: str) -> None:
        with self.database.write() as db, self.books.following(db, meeting.id):
            edit_note(db, note, text, AT)

    def records(self, kind: str, *names: str) -> list[tuple[str, ...]]:
        rows = self.database.read(
            "select r.id, f.name, f.text from records r join relations n on n.id = r.relation_id"
            " left join fields f on f.record_id = r.id where r.kind = ?"
            " order by n.document_id, n.ordinal, r.ordinal, f.ordinal",
            [kind],
        )
        found: dict[int, dict[str, str]] = {}
        for row in rows:
            found.setdefault(row["id"], {})[row["name"]] = " ".join((row["text"] or "").split())
        return [tuple(one.get(name, "") for name in names) for one in found.values()]


@pytest.fixture
def clerks() -> Iterator[Callable[[], Clerk]]:
    made: list[CouncilDatabase] = []
    with tempfile.TemporaryDirectory() as place:

        def clerk() -> Clerk:
            database = CouncilDatabase(Path(place) / str(len(made)))
            made.append(database)
            documents = Documents(database, str)
            ingest = Ingest(database, documents, LIMITS, lambda: AT)
            archive = Archive(database, documents, ingest, Parrot())
            return Clerk(database, archive, Bookkeeping(archive, str, lambda: AT))

        yield clerk
        for database in made:
            database.close()


def noted(clerk: Clerk, meeting: Meeting, item: Discussed, who: Iterator[int]) -> None:
    """Say all of an item, by whoever has the turn, with a slip of the pen now and then."""
    for bullet in item.bullets:
        clerk.notes(meeting, f"[설명 {item.number}] {bullet.text}", next(who))
    for one in item.exchanges:
        slip = clerk.notes(meeting, f"[의견 {item.number}] {one.opinion} 그리고", next(who))
        clerk.edits(meeting, slip, f"[의견 {item.number}] {one.opinion}")
        if one.reply:
            clerk.notes(meeting, f"[답변] {one.reply}", next(who), to=slip)
    if item.result:
        clerk.notes(meeting, f"[결정 {item.number}] {item.result}", next(who))


@pytest.mark.parametrize("suffix", OFFICIAL)
@given(paper=minutes(), turns=st.randoms(use_true_random=False))
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_was_noted_is_what_is_read_back_and_nothing_is_there_twice(
    clerks: Callable[[], Clerk], suffix: str, paper: Minutes, turns: Random
) -> None:
    clerk = clerks()
    meeting, who = clerk.holds(paper), iter(lambda: turns.choice((1, 2)), 0)
    for item in paper.items:
        noted(clerk, meeting, item, who)
    said = [(one.opinion, one.reply) for item in paper.items for one in item.exchanges]
    ledger = Ledger(clerk.database)

    def entered() -> list[tuple[str, str, str]]:
        found = ledger.listed(Wanted(), Visibility.STAFF, AT.date())
        return sorted((one.number, one.text, one.published_reply) for one in found)

    before = entered()
    assert sorted(one[1:] for one in before) == sorted(said)
    drafted = draft(meeting, Meetings(clerk.database).notes(meeting.id))
    name = file_name(drafted.title, suffix)
    clerk.archive.keep(FOLDER, name, written(drafted, suffix), Visibility.MEMBERS, BY)
    assert clerk.records("agenda item", "title", "result") == [
        (item.title, item.result) for item in paper.items
    ]
    assert clerk.records("opinion", "text") == [(opinion,) for opinion, _ in said]
    assert clerk.records("reply", "text") == [(reply,) for _, reply in said if reply]
    if suffix == "docx":  # the file that is filed
        assert entered() == before
        visible = ledger.listed(Wanted(), Visibility.MEMBERS, AT.date())
        assert len(visible) == len(said)
