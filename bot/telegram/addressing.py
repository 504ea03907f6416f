"""What of all that is said in a chat is said to the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import filters

from bot.viewing import KOREAN, VIEWS
from corpus.text import clean

# Telegram itself only knows commands of ASCII letters; people type the Korean words all the same.
COMMANDS = {
    "start": "start",
    "시작": "start",
    "help": "help",
    "도움말": "help",
    "도움": "help",
    "ask": "ask",
    "질문": "ask",
    "sources": "sources",
    "자료": "sources",
    "review": "review",
    "확인": "review",
    "unanswered": "unanswered",
    "미답": "unanswered",
    "못한답": "unanswered",
    "stats": "stats",
    "통계": "stats",
    "privacy": "privacy",
    "개인정보": "privacy",
    "cancel": "cancel",
    "취소": "cancel",
    "그만": "cancel",
    "meeting": "meeting",
    "회의": "meeting",
    "note": "note",
    "기록": "note",
    "메모": "note",
    "minutes": "minutes",
    "회의록": "minutes",
    "brief": "brief",
    "회의자료": "brief",
    "브리핑": "brief",
    **{name: name for name in VIEWS},
    **KOREAN,
    "opinion": "opinion",
    "의견": "opinion",
    "my": "my",
    "내의견": "my",
    "ledger": "ledger",
    "대장": "ledger",
    "의견대장": "ledger",
    "actions": "actions",
    "조치결과": "actions",
    "people": "people",
    "사람": "people",
    "departments": "departments",
    "부서": "departments",
    "audit": "audit",
    "감사": "audit",
    "bind": "bind",
    "공개범위": "bind",
    "forget_me": "forget_me",
    "나를지워줘": "forget_me",
}

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command that is meant for this bot.

    Attributes:
        name: Its ASCII name; empty when the bot has no such command.
        rest: What follows it, stripped.
    """

    name: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Knows the bot's own number and name, by which it tells what it is told.

    Attributes:
        bot_id: Telegram's number of the bot.
        username: Its user name, without `@`.
    """

    bot_id: int
    username: str

    def command(self, message: Message) -> Command | None:
        """The command that a message gives to this bot; None for anything else.

        In a group a bare `/word` goes to every bot there, so an unknown one is none of ours
        unless it names the bot.
        """
        match = _COMMAND.fullmatch(message.text or "")
        if match is None:
            return None
        named = match["bot"]
        if named and named.casefold() != self.username.casefold():
            return None
        name = COMMANDS.get(match["name"].lower(), "")
        if not name and not named and not _private(message):
            return None
        return Command(name=name, rest=clean(match["rest"] or "").strip())

    def question(self, message: Message) -> str:
        """What a message that is no command asks the bot; empty when it is not for the bot."""
        text = clean(message.text or "").strip()
        if text.startswith("/"):
            return ""
        if _private(message) or self._answers_bot(message):
            return text
        return self._mentioned(message)

    def keeps(self, update: Update) -> bool:
        """Whether an update is for the bot; nothing else of a group is ever written down.

        A group's move to a new number and that the bot was taken out of it are kept: they carry
        no talk, but what is to be sent and what may be said there hang on them.
        """
        if update.my_chat_member is not None:
            return left_group(update)
        if update.callback_query is not None:
            return update.callback_query.message is not None
        message = update.message or update.edited_message
        if message is None or message.from_user is None or message.is_automatic_forward:
            return False
        if _private(message) or message.migrate_to_chat_id:
            return True
        return self.command(message) is not None or bool(self.question(message))

    def _answers_bot(self, message: Message) -> bool:
        replied = message.reply_to_message
        # The first message of a forum topic hangs on the note of its creation, perhaps the bot's.
        return bool(
            replied
            and replied.from_user
            and replied.from_user.id == self.bot_id
            and replied.forum_topic_created is None
        )

    def _mentioned(self, message: Message) -> str:
        """The text without the `@name` by which it calls the bot; empty when it does not."""
        for entity, called in message.parse_entities(["mention"]).items():
            if called.casefold() == f"@{self.username}".casefold():
                units = (message.text or "").encode("utf-16-le", "surrogatepass")
                end = 2 * (entity.offset + entity.length)
                rest = units[: 2 * entity.offset] + units[end:]
                return clean(rest.decode("utf-16-le", "surrogatepass")).strip()
        return ""


def left_group(update: Update) -> bool:
    """Whether an update tells that the bot is no longer in a group."""
    change = update.my_chat_member
    return (
        change is not None
        and str(change.chat.type) != "private"
        and str(change.new_chat_member.status) in ("left", "kicked")
    )


class CommandFilter(filters.MessageFilter):
    """Lets one command through, in its ASCII and its Korean form.

    Args:
        addressing: Knows which commands are for this bot.
        name: ASCII name; empty for the commands that the bot does not have.
    """

    def __init__(self, addressing: Addressing, name: str) -> None:
        super().__init__(name=f"command {name or 'unknown'}")
        self._addressing = addressing
        self._command = name

    def filter(self, message: Message) -> bool:
        """Whether the message gives this command."""
        command = self._addressing.command(message)
        return command is not None and command.name == self._command


class QuestionFilter(filters.MessageFilter):
    """Lets through what asks the bot something without a command."""

    def __init__(self, addressing: Addressing) -> None:
        super().__init__(name="question")
        self._addressing = addressing

    def filter(self, message: Message) -> bool:
        """Whether the message asks the bot."""
        return bool(self._addressing.question(message))


def topic(message: Message) -> int | None:
    """The forum topic of a message; None outside topics.

    A thread number also stands on replies in ordinary groups, where sending to it is an error.
    """
    return message.message_thread_id if message.is_topic_message else None


def _private(message: Message) -> bool:
    return str(message.chat.type) == "private"
