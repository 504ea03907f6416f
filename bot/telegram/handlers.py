"""Which handler takes what; the first that fits, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.archive import Archive
from bot.telegram.addressing import Addressing, CommandFilter, QuestionFilter
from bot.telegram.browsing import Browsing
from bot.telegram.continuing import Continuing
from bot.telegram.conversations import Conversations
from bot.telegram.correcting import CORRECTION, Correcting
from bot.telegram.desk import Desk
from bot.telegram.dialogues import LEDGER, DialogueFilter, Dialogues
from bot.telegram.entering import PROGRAMME_FORM, Entering
from bot.telegram.files import Files
from bot.telegram.gate import Gate, Limited, What
from bot.telegram.greetings import Greetings
from bot.telegram.keyboards import (
    CHOICE,
    DONG,
    ENTRY,
    EXAMPLE,
    FILE,
    FORM,
    NAME,
    PAGE,
    SOURCE,
    VIEW,
    VIEW_FILE,
    VOTE,
)
from bot.telegram.meetings.handlers import meeting_handlers
from bot.telegram.menus import Menus
from bot.telegram.opinions.handlers import OpinionHandlers
from bot.telegram.paper_keyboards import PAPER_LEVEL, PAPER_OUT
from bot.telegram.papers import Papers
from bot.telegram.people.handlers import people_handlers
from bot.telegram.people.office import Office
from bot.telegram.people.typing import PEOPLE_DIALOGUE
from bot.telegram.pressed import Take, press_handlers
from bot.telegram.presses import Presses
from bot.telegram.reviewing import Reviewing
from bot.telegram.row_desk import RowDesk
from bot.telegram.row_keyboards import CONFIRM, EDIT_ROW, FIELD, NEXT, SAVE, STOP, UNDO
from bot.telegram.unanswered.answering import UNANSWERED
from bot.telegram.unanswered.handlers import unanswered_handlers
from bot.telegram.uploads import Uploads
from bot.viewing import VIEWS
from corpus.database import CouncilDatabase
from corpus.review import Review

if TYPE_CHECKING:
    from bot.assistant import Assistant

_NEW = filters.UpdateType.MESSAGE


def handlers(
    desk: Desk,
    assistant: Assistant,
    conversations: Conversations,
    addressing: Addressing,
    database: CouncilDatabase,
    archive: Archive,
    menus: Menus,
) -> list[BaseHandler[Update, Any, Any]]:
    """All handlers of the bot, in order.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Answers.
        conversations: What was asked before.
        addressing: Tells what is said to the bot.
        database: The store.
        archive: Takes papers in and out.
        menus: Shows people the commands of their role.
    """
    dialogues = Dialogues(database, desk.now)
    opinions = OpinionHandlers(desk, assistant, conversations, addressing, dialogues, database)
    questions, limited = opinions.questions, Gate(desk).before
    row_desk = RowDesk(desk, Review(database, assistant.index_terms))
    reviewing = Reviewing(row_desk)
    rows = _of_rows(reviewing, Correcting(row_desk, dialogues))
    views = _of_views(desk, assistant, conversations, addressing, dialogues)
    presses = Presses(desk, assistant, conversations, questions, reviewing)
    papers, uploads = Papers(desk, assistant), Uploads(desk, archive)
    greetings = Greetings(desk, assistant, addressing, menus)
    meetings = meeting_handlers(desk, assistant, database, addressing, dialogues, archive)
    people = people_handlers(Office(desk, database, assistant, menus), addressing, dialogues)
    unanswered = unanswered_handlers(desk, assistant, database, dialogues)
    typed = {LEDGER: opinions.dictating.hear, UNANSWERED: unanswered.typed}
    typed |= {PEOPLE_DIALOGUE: people.hear, **rows.typed, **views.typed}
    commands = {**_commands(greetings, papers), **rows.commands, **views.commands}
    commands |= {**people.commands, **unanswered.commands}
    command = partial(CommandFilter, addressing)
    return [
        *press_handlers(_answer_presses(presses, limited) | _paper_presses(papers, uploads)),
        *press_handlers({**rows.presses, **views.presses}),
        *meetings.presses,
        *unanswered.presses,
        *opinions.presses(),
        *people.presses,
        CallbackQueryHandler(presses.unknown),
        *(*people.groups, *meetings.edits, *opinions.edits()),
        MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, greetings.moved),
        MessageHandler(command("ask"), limited(questions.command)),
        *_typed(dialogues, typed),
        *meetings.told,
        MessageHandler(_NEW & QuestionFilter(addressing), limited(opinions.raising.hear)),
        MessageHandler(QuestionFilter(addressing), limited(questions.ask)),
        *opinions.commands(command, limited),
        Continuing(desk, conversations, opinions.questions).handler(limited),
        *(MessageHandler(_NEW & command(name), take) for name, take in meetings.commands.items()),
        *(MessageHandler(_NEW & command(name), limited(take)) for name, take in commands.items()),
        *_rest(greetings, uploads, command(""), limited),
    ]


def _commands(greetings: Greetings, papers: Papers) -> dict[str, Take]:
    return {
        "start": greetings.start,
        "help": greetings.help,
        "privacy": greetings.privacy,
        "sources": papers.show,
    }


def _typed(dialogues: Dialogues, takers: Mapping[str, Take]) -> list[BaseHandler[Update, Any, Any]]:
    """What takes the next line of a dialogue, by the dialogue's kind."""
    return [
        MessageHandler(_NEW & DialogueFilter(dialogues, kind), take)
        for kind, take in takers.items()
    ]


def _rest(
    greetings: Greetings, uploads: Uploads, unknown: filters.BaseFilter, limited: Limited
) -> list[BaseHandler[Update, Any, Any]]:
    """What takes whatever nobody else has taken."""
    file = _NEW & filters.Document.ALL & filters.ChatType.PRIVATE
    return [
        MessageHandler(file, limited(uploads.take, What.UPLOAD)),
        MessageHandler(_NEW & (unknown | _slashed()), limited(greetings.unknown)),
        MessageHandler(_NEW & _content(), limited(greetings.only_text)),
        TypeHandler(Update, greetings.nothing),
    ]


def _answer_presses(presses: Presses, limited: Limited) -> dict[str, Take]:
    return {
        SOURCE: presses.source,
        VOTE: presses.vote,
        CHOICE: limited(presses.choice),
        EXAMPLE: limited(presses.example),
    }


def _paper_presses(papers: Papers, uploads: Uploads) -> dict[str, Take]:
    return {PAGE: papers.turn, PAPER_LEVEL: uploads.show_to, PAPER_OUT: uploads.withdraw}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """What takes the presses, the typed lines and the commands of one matter."""

    presses: dict[str, Take]
    typed: dict[str, Take]
    commands: dict[str, Take]


def _of_rows(reviewing: Reviewing, correcting: Correcting) -> _Section:
    return _Section(
        presses={
            CONFIRM: reviewing.confirm,
            EDIT_ROW: correcting.edit,
            FIELD: correcting.choose,
            UNDO: reviewing.undo,
            NEXT: reviewing.skip,
            SAVE: correcting.save,
            STOP: correcting.stop,
        },
        typed={CORRECTION: correcting.hear},
        commands={"review": reviewing.show, "cancel": correcting.stop},
    )


def _of_views(
    desk: Desk,
    assistant: Assistant,
    conversations: Conversations,
    addressing: Addressing,
    dialogues: Dialogues,
) -> _Section:
    browsing = Browsing(desk, assistant, addressing)
    files = Files(desk, assistant, conversations)
    entering = Entering(desk, assistant, dialogues)
    return _Section(
        presses={
            VIEW: browsing.turn,
            DONG: browsing.live,
            FILE: files.of_answer,
            VIEW_FILE: files.of_view,
            ENTRY: entering.begin,
            FORM: entering.pressed,
            NAME: entering.chose,
        },
        typed={PROGRAMME_FORM: entering.said},
        commands=dict.fromkeys(VIEWS, browsing.show),
    )


def _slashed() -> filters.BaseFilter:
    """Private text that starts like a command and is none, such as `/ ?`."""
    return filters.ChatType.PRIVATE & filters.TEXT & filters.Regex(r"^/")


def _content() -> filters.BaseFilter:
    """What people send to the bot that is not text; service messages are not sent by people."""
    return filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL
