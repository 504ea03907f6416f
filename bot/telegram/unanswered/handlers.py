"""The handlers of unanswered questions and of the weekly numbers, as the channel lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.telegram.desk import Desk
from bot.telegram.dialogues import Dialogues
from bot.telegram.pressed import Take, press_handlers
from bot.telegram.unanswered import keyboards
from bot.telegram.unanswered.answering import Answering
from bot.telegram.unanswered.listing import Listing
from bot.telegram.unanswered.numbers import Numbers
from bot.unanswered import UnansweredQuestions
from corpus.database import CouncilDatabase
from corpus.documents import Documents

if TYPE_CHECKING:
    from bot.assistant import Assistant

_Handlers = list[BaseHandler[Update, Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredHandlers:
    """Handlers by what they take.

    Attributes:
        presses: Buttons.
        typed: Takes what is typed in a dialogue.
        commands: What takes `/unanswered` and `/stats`, by name.
    """

    presses: _Handlers
    typed: Take
    commands: dict[str, Take]


def unanswered_handlers(
    desk: Desk, assistant: Assistant, database: CouncilDatabase, dialogues: Dialogues
) -> UnansweredHandlers:
    """All handlers of unanswered questions.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Makes index terms of answers.
        database: The store.
        dialogues: Talks of several messages.
    """
    questions = UnansweredQuestions(database, Documents(database, assistant.index_terms))
    listing, answering = Listing(desk, questions), Answering(desk, questions, dialogues)
    return UnansweredHandlers(
        presses=press_handlers(
            {
                keyboards.LIST: listing.turn,
                keyboards.OPEN: listing.open,
                keyboards.ACT: answering.act,
                keyboards.LEVEL: answering.level,
                keyboards.STEP: answering.step,
            }
        ),
        typed=answering.hear,
        commands={"unanswered": listing.show, "stats": Numbers(desk, database).show},
    )
