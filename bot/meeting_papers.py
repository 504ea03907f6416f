"""The papers around a meeting, made from what the store knows: the pack, and 지난 회의 조치결과."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import day_of
from bot.ledger_reports import actions_since
from bot.meeting_pack import LastMeeting, follow_up, meeting_pack
from bot.minutes_form import docx_bytes
from bot.minutes_form.layout import TITLE
from corpus.ledger.wanted import Wanted
from corpus.meetings.editions import Editions
from corpus.meetings.meeting import Meeting
from corpus.meetings.meetings import Meetings
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant

# A pack is read on the way to the meeting.
_MOST_OVERDUE = 50


class MeetingPapers:
    """Makes papers for those who are invited to a meeting.

    Members hand them on among each other, so they hold no more than any member may see, whoever
    asks for them.

    Args:
        assistant: Answers, and reads the ledger.
        meetings: Reads meetings.
        editions: Reads their minutes.
    """

    def __init__(self, assistant: Assistant, meetings: Meetings, editions: Editions) -> None:
        self._assistant = assistant
        self._meetings = meetings
        self._editions = editions

    def pack(self, meeting: Meeting, now: datetime) -> bytes:
        """The pack of a meeting as a DOCX file."""
        overdue = self._assistant.opinions.ledger.listed(
            Wanted(overdue=True), Visibility.MEMBERS, day_of(now), most=_MOST_OVERDUE
        )
        blocks = meeting_pack(
            meeting.plan,
            self._last(meeting, now),
            overdue,
            lambda text: self._assistant.ask(text, audience=Visibility.MEMBERS, now=now),
        )
        return docx_bytes(blocks)

    def follow_up(self, meeting: Meeting, now: datetime) -> bytes | None:
        """What became of the meeting before as a DOCX file; None where nothing is known of it."""
        blocks = follow_up(self._last(meeting, now), TITLE)
        return docx_bytes(blocks) if blocks else None

    def _last(self, meeting: Meeting, now: datetime) -> LastMeeting:
        before = self._meetings.before(meeting)
        seen = before is not None and before.visibility <= Visibility.MEMBERS
        edition = self._editions.approved(before.id) if before and seen else None
        decided = None
        if edition is None:
            asked = say("pack.ask_decisions", body=meeting.plan.body)
            decided = self._assistant.ask(asked, audience=Visibility.MEMBERS, now=now)
        _, actions = actions_since(self._assistant.opinions.ledger, day_of(now), Visibility.MEMBERS)
        return LastMeeting(
            minutes=edition.minutes if edition else None,
            decided=decided,
            actions=actions,
            audience=Visibility.MEMBERS,
        )
