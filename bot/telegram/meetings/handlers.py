"""The handlers of meetings, as the channel lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.archive import Archive
from bot.meeting_papers import MeetingPapers
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Desk
from bot.telegram.dialogues import DialogueFilter, Dialogues
from bot.telegram.meetings import keyboards
from bot.telegram.meetings.amending import Amending
from bot.telegram.meetings.attaching import Attaching
from bot.telegram.meetings.bookkeeping import Bookkeeping
from bot.telegram.meetings.briefing import Briefing
from bot.telegram.meetings.confirming import REMARK, Confirming
from bot.telegram.meetings.convening import PLAN, Convening
from bot.telegram.meetings.drafting import REASON, Drafting
from bot.telegram.meetings.inviting import Inviting
from bot.telegram.meetings.note_cards import NoteCards
from bot.telegram.meetings.noting import Noting
from bot.telegram.meetings.room import (
    PART,
    AboutFilter,
    EditedNoteFilter,
    Hearing,
    NoteFilter,
    Room,
)
from bot.telegram.meetings.suggesting import Suggesting
from bot.telegram.paper_keyboards import PAPER_MEETING
from bot.telegram.pressed import Take, press_handlers
from corpus.database import CouncilDatabase
from corpus.meetings.attachments import Attachments

if TYPE_CHECKING:
    from bot.assistant import Assistant

_Handlers = list[BaseHandler[Update, Any, Any]]
_SEEN = filters.PHOTO | filters.VIDEO | filters.VIDEO_NOTE
_GROUP_FILE = filters.Document.ALL & filters.ChatType.GROUPS
_TOLD = filters.TEXT | filters.VOICE | filters.AUDIO | _SEEN | _GROUP_FILE
_NEW = filters.UpdateType.MESSAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHandlers:
    """The handlers of meetings by what they take.

    Attributes:
        presses: Buttons.
        edits: Edits of notes, before anything else takes an edit.
        told: What is typed in a dialogue, in reply to a part, or as a note; before questions.
        commands: What takes `/meeting`, `/note`, `/minutes`, `/brief`, by name.
    """

    presses: _Handlers
    edits: _Handlers
    told: _Handlers
    commands: Mapping[str, Take]


def meeting_handlers(
    desk: Desk,
    assistant: Assistant,
    database: CouncilDatabase,
    addressing: Addressing,
    dialogues: Dialogues,
    archive: Archive,
) -> MeetingHandlers:
    """Everything that takes an update about a meeting.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Answers, for the pack.
        database: The store.
        addressing: Tells what is said to the bot.
        dialogues: Talks of several messages.
        archive: Takes minutes into the papers.
    """
    room = Room(desk, database, addressing, drafts=assistant.drafts is not None)
    hearing = Hearing(database=database)
    convening = Convening(room, dialogues, archive)
    books = Bookkeeping(archive, assistant.index_terms, room.now)
    cards, attaching = NoteCards(room, books), Attaching(room, Attachments(database))
    noting, amending = Noting(room, hearing, cards, attaching), Amending(room, cards)
    drafting = Drafting(room, hearing, dialogues, books)
    suggesting = Suggesting(room, drafting, dialogues, assistant.drafts)
    confirming = Confirming(room, dialogues, archive, books)
    papers = MeetingPapers(assistant, room.meetings, room.editions)
    inviting, briefing = Inviting(room, papers), Briefing(room, papers)

    def dialogue(kind: str) -> filters.BaseFilter:
        return _NEW & DialogueFilter(dialogues, kind)

    return MeetingHandlers(
        presses=press_handlers(
            _of_meetings(convening)
            | _of_invitations(inviting)
            | _of_notes(amending, attaching)
            | _of_minutes(drafting, confirming, suggesting)
            | {keyboards.PACK: briefing.pressed}
        ),
        edits=[
            MessageHandler(
                filters.UpdateType.EDITED_MESSAGE & EditedNoteFilter(hearing), noting.edited
            )
        ],
        told=[
            MessageHandler(dialogue(PLAN), convening.hear),
            MessageHandler(dialogue(REASON), drafting.reason),
            MessageHandler(dialogue(REMARK), confirming.remark),
            MessageHandler(_NEW & AboutFilter(hearing, PART), drafting.correct),
            MessageHandler(_NEW & _TOLD & NoteFilter(hearing, addressing), noting.hear),
        ],
        commands={
            "meeting": convening.command,
            "note": noting.command,
            "minutes": drafting.command,
            "brief": briefing.command,
        },
    )


def _of_meetings(convening: Convening) -> dict[str, Take]:
    return {
        keyboards.SHOW: convening.show,
        keyboards.NEW: convening.begin,
        PAPER_MEETING: convening.of_paper,
        keyboards.SAVE_PLAN: convening.save,
        keyboards.OPEN: convening.open,
        keyboards.LEAVE: convening.leave,
        keyboards.CLOSE: convening.close,
    }


def _of_invitations(inviting: Inviting) -> dict[str, Take]:
    return {
        keyboards.CALL: inviting.call,
        keyboards.COMING: inviting.coming,
        keyboards.REMIND: inviting.remind,
    }


def _of_notes(amending: Amending, attaching: Attaching) -> dict[str, Take]:
    return {
        keyboards.KINDS: amending.kinds,
        keyboards.KIND: amending.kind,
        keyboards.ITEMS: amending.items,
        keyboards.ITEM: amending.item,
        keyboards.DELETE: amending.delete,
        keyboards.RESTORE: amending.restore,
        keyboards.LET_IN: amending.let_in,
        keyboards.FETCH: attaching.again,
        keyboards.SEND_ATTACHED: attaching.send,
    }


def _of_minutes(
    drafting: Drafting, confirming: Confirming, suggesting: Suggesting
) -> dict[str, Take]:
    return {
        keyboards.SUGGEST: suggesting.draft,
        keyboards.ACCEPT: suggesting.accept,
        keyboards.MINUTES: drafting.pressed,
        keyboards.FILES: drafting.files,
        keyboards.SUBMIT: confirming.submit,
        keyboards.APPROVE: confirming.approve,
        keyboards.RETURN: confirming.send_back,
        keyboards.FILE_AT: confirming.file,
    }
