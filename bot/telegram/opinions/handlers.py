"""Which handler of opinions takes what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.telegram.addressing import Addressing
from bot.telegram.conversations import Conversations
from bot.telegram.desk import Desk
from bot.telegram.dialogues import Dialogues
from bot.telegram.gate import Gate, Limited, What
from bot.telegram.needs import Needs
from bot.telegram.opinions.confirming import Confirming
from bot.telegram.opinions.dictating import Dictating
from bot.telegram.opinions.drafts import DraftedFilter
from bot.telegram.opinions.elsewhere import MINE
from bot.telegram.opinions.exports import Exports
from bot.telegram.opinions.following import Following
from bot.telegram.opinions.handling import Handling
from bot.telegram.opinions.keyboards import (
    AUTHOR,
    DRAFT,
    EXPORT,
    FORGET,
    HELP,
    PICK,
    PROMISE,
    STAFF,
    SUGGEST,
    SUGGESTED,
    TYPING,
)
from bot.telegram.opinions.list_keyboards import CHOOSE, LIST
from bot.telegram.opinions.listing import Listing
from bot.telegram.opinions.notices import Notices
from bot.telegram.opinions.raising import Raising
from bot.telegram.opinions.replying import Replying
from bot.telegram.opinions.suggesting import Suggesting
from bot.telegram.questions import Questions
from corpus.database import Reader

if TYPE_CHECKING:
    from bot.assistant import Assistant

Handler = BaseHandler[Update, Any, Any]


class OpinionHandlers:
    """All handlers of opinions, and of questions, which may be opinions.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Understands opinions and reads the ledger.
        conversations: What was asked before.
        addressing: Tells what is said to the bot.
        dialogues: Talks of several messages.
        reader: The store.
    """

    def __init__(
        self,
        desk: Desk,
        assistant: Assistant,
        conversations: Conversations,
        addressing: Addressing,
        dialogues: Dialogues,
        reader: Reader,
    ) -> None:
        notices = Notices(desk, drafts=assistant.drafts is not None)
        needs = Needs(desk, assistant, notices)
        self.questions = Questions(desk, assistant, conversations, addressing, needs)
        questions = self.questions
        self._confirming = Confirming(desk, reader, assistant, questions, notices)
        self.raising = Raising(
            desk, assistant, addressing, questions, self._confirming, reader, Gate(desk)
        )
        self._reader = reader
        self._staff = Handling(desk, assistant, notices)
        self._replying = Replying(self._staff)
        self._suggesting = Suggesting(self._staff, self._replying, dialogues)
        self.dictating = Dictating(
            self._staff, self._replying, self._confirming, needs, dialogues, reader
        )
        self._following = Following(desk, assistant, notices, reader)
        self._listing = Listing(desk, assistant, addressing)
        self._exports = Exports(desk, assistant)
        self._needs = needs

    def presses(self) -> list[Handler]:
        """Handlers of buttons."""
        return [
            CallbackQueryHandler(self._confirming.press, DRAFT),
            CallbackQueryHandler(self._staff.press, STAFF),
            CallbackQueryHandler(self._replying.promise, PROMISE),
            CallbackQueryHandler(self._suggesting.draft, SUGGEST),
            CallbackQueryHandler(self._suggesting.choose, SUGGESTED),
            CallbackQueryHandler(self.dictating.press, TYPING),
            CallbackQueryHandler(self.dictating.pick, PICK),
            CallbackQueryHandler(self._following.author, AUTHOR),
            CallbackQueryHandler(self._listing.turn, LIST),
            CallbackQueryHandler(self._listing.choose, CHOOSE),
            CallbackQueryHandler(self._following.forget, FORGET),
            CallbackQueryHandler(self._exports.press, EXPORT),
            CallbackQueryHandler(self._needs.press, HELP),
        ]

    def edits(self) -> list[Handler]:
        """Handlers of edits of messages that were taken for opinions."""
        edited = filters.UpdateType.EDITED_MESSAGE & DraftedFilter(self._reader)
        return [MessageHandler(edited, self.raising.edited)]

    def commands(
        self, command: Callable[[str], filters.BaseFilter], limited: Limited
    ) -> list[Handler]:
        """Handlers of commands.

        Args:
            command: Gives the filter of a command by its name.
            limited: Lets through as much as people may ask for.
        """
        new = filters.UpdateType.MESSAGE
        handlers = {
            "opinion": limited(self.raising.command, What.OPINION),
            "my": limited(self._following.mine),
            "ledger": limited(self._listing.list),
            "actions": limited(self._listing.actions),
            "forget_me": self._following.forget_me,
        }
        # Who comes by the button in a group wants to see what came of their own.
        came = new & filters.Regex(rf"^/start(?:@\w+)? {MINE}\s*$")
        return [
            MessageHandler(came & filters.ChatType.PRIVATE, self._following.mine),
            *(MessageHandler(new & command(name), handle) for name, handle in handlers.items()),
        ]
