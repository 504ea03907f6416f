"""The ledger kept in step with what is noted and corrected, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlite_utils

from bot.archive import Archive
from corpus.database import OpenTransaction
from corpus.ledger.papers import Origin
from corpus.meetings.editions import Editions, renewed
from corpus.meetings.meeting import Meeting
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import Minutes, draft, spoken
from corpus.meetings.noted_opinions import enter_noted, number_of

FOLDER = "minutes"
"""Folder of the archive in which minutes lie."""


class Bookkeeping:
    """Brings opinions of meetings into the ledger.

    Args:
        archive: Knows the file that minutes will be.
        analyse: Text to index terms joined by spaces.
        now: The clock, aware, as the council's clocks show it.
    """

    def __init__(
        self, archive: Archive, analyse: Callable[[str], str], now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._analyse = analyse
        self._now = now

    @contextmanager
    def following(self, db: sqlite_utils.Database, meeting_id: int) -> Iterator[None]:
        """Let the ledger follow what the block does to a meeting, until its minutes are approved.

        Args:
            db: The database of an open transaction.
            meeting_id: The meeting.
        """
        before = _standing(db, meeting_id)
        yield
        after = _standing(db, meeting_id)
        if before is not None and after is not None and before[1] != after[1]:
            origin = self._origin(after[0])
            enter_noted(db, origin, before[1], after[1], self._now(), self._analyse)

    def approved(
        self, db: sqlite_utils.Database, meeting: Meeting, last: Minutes | None, new: Minutes
    ) -> None:
        """Let the ledger say what approved minutes say; `last` are those in force until now."""
        origin = self._origin(meeting)
        enter_noted(db, origin, last or new, new, self._now(), self._analyse)

    def number(self, db: sqlite_utils.Database, note_id: int) -> str:
        """The ledger's number of the opinion that a note is; empty where it has none."""
        meetings = Meetings(OpenTransaction(db))
        note = meetings.note(note_id)
        meeting = meetings.get(note.meeting_id) if note else None
        if note is None or meeting is None:
            return ""
        title = next((one.title for one in meeting.plan.items if one.number == note.item), "")
        return number_of(db, self._origin(meeting), title, spoken(note.text))

    def _origin(self, meeting: Meeting) -> Origin:
        name = file_name(meeting.plan.minutes_title, "docx")
        return Origin(
            source=self._archive.source(FOLDER, name),
            name=name,
            title=meeting.plan.minutes_title,
            dated=meeting.plan.held_on,
            visibility=meeting.visibility,
        )


def file_name(title: str, suffix: str) -> str:
    """The name of a file of minutes; what no file system takes is left out."""
    plain = "".join(c for c in title if c not in '\\/:*?"<>|').strip()
    return f"{plain}.{suffix}"


def _standing(db: sqlite_utils.Database, meeting_id: int) -> tuple[Meeting, Minutes] | None:
    """A meeting with its minutes as they stand; None once they are approved."""
    meetings, editions = Meetings(OpenTransaction(db)), Editions(OpenTransaction(db))
    meeting = meetings.get(meeting_id)
    if meeting is None or editions.approved(meeting_id) is not None:
        return None
    drafted = draft(meeting, meetings.notes(meeting_id))
    return meeting, renewed(drafted, editions.last(meeting_id))
