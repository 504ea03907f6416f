"""One message of the outbox on its way to Telegram: what is sent, and how it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from html import unescape
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters, TelegramObject
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.enclosures import send_enclosure
from bot.telegram.letters import SEND

# Failures before a byte of the request left: certainly not applied.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_TAG = re.compile(r"<[^<>]+>")
_OBJECTS: dict[str, type[TelegramObject]] = {
    "reply_markup": InlineKeyboardMarkup,
    "reply_parameters": ReplyParameters,
    "link_preview_options": LinkPreviewOptions,
}


class Fate(Enum):
    """What became of one attempt."""

    ARRIVED = "arrived"
    REFUSED = "refused"  # it never will: chat gone, not allowed
    BLOCKED = "blocked"  # the person has blocked the bot or has never begun a chat with it
    GONE = "gone"  # the message to edit is not there
    GARBLED = "garbled"  # Telegram cannot parse the markup
    LATER = "later"  # not applied, worth trying again
    UNSURE = "unsure"  # may or may not have been applied
    MOVED = "moved"  # the group has a new number
    WITHHELD = "withheld"  # whoever would read it may see less than when it was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one attempt went.

    Attributes:
        fate: What became of it.
        message_id: Number of the message, where it arrived and is known.
        wait: How long Telegram asks to wait, where it does.
        chat_id: The group's new number, where it moved.
        reason: For the log; Telegram's words hold no text of ours.
    """

    fate: Fate
    message_id: int | None = None
    wait: timedelta | None = None
    chat_id: int | None = None
    reason: str = ""


def payload(
    text: str,
    *,
    markup: InlineKeyboardMarkup | None = None,
    thread: int | None = None,
    reply_to: int | None = None,
) -> dict[str, Any]:
    """A message as the outbox keeps it: parameters of `sendMessage` without the chat."""
    parameters: dict[str, Any] = {
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if markup is not None:
        parameters["reply_markup"] = markup.to_dict()
    if thread is not None:
        parameters["message_thread_id"] = thread
    if reply_to is not None:
        parameters["reply_parameters"] = {
            "message_id": reply_to,
            "allow_sending_without_reply": True,
        }
    return parameters


def plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """The same message without markup, for when Telegram refuses the markup."""
    text = unescape(_TAG.sub("", parameters["text"]))
    return {**{k: v for k, v in parameters.items() if k != "parse_mode"}, "text": text}


async def send(bot: Bot, chat_id: int, parameters: dict[str, Any], method: str = SEND) -> Outcome:
    """Send a message or a file once."""
    given = _objects(bot, parameters)
    try:
        if method == SEND:
            message = await bot.send_message(chat_id=chat_id, **given)
        else:
            message = await send_enclosure(bot, chat_id, method, given)
    except TelegramError as error:
        return _outcome(error)
    return Outcome(fate=Fate.ARRIVED, message_id=message.message_id)


async def edit(bot: Bot, chat_id: int, message_id: int, parameters: dict[str, Any]) -> Outcome:
    """Change a message once; one that already reads so counts as changed."""
    only_sent = ("message_thread_id", "reply_parameters", "name", "content")
    changed = {k: v for k, v in _objects(bot, parameters).items() if k not in only_sent}
    change = bot.edit_message_caption if "caption" in parameters else bot.edit_message_text
    try:
        await change(chat_id=chat_id, message_id=message_id, **changed)
    except BadRequest as error:
        if "not modified" in error.message:
            return Outcome(fate=Fate.ARRIVED, message_id=message_id)
        return _outcome(error)
    except TelegramError as error:
        return _outcome(error)
    return Outcome(fate=Fate.ARRIVED, message_id=message_id)


def _objects(bot: Bot, parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _OBJECTS[key].de_json(value, bot) if key in _OBJECTS else value
        for key, value in parameters.items()
    }


def _outcome(error: TelegramError) -> Outcome:
    reason = error.message
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        wait = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        return Outcome(fate=Fate.LATER, wait=wait, reason=reason)
    if isinstance(error, ChatMigrated):
        return Outcome(fate=Fate.MOVED, chat_id=error.new_chat_id, reason=reason)
    if isinstance(error, Forbidden):
        return Outcome(fate=Fate.BLOCKED, reason=reason)
    if isinstance(error, BadRequest):
        return Outcome(fate=_complaint(error.message.lower()), reason=reason)
    # A token that Telegram does not know stops the whole program; the message waits for the next.
    if isinstance(error, InvalidToken):
        return Outcome(fate=Fate.LATER, reason=type(error).__name__)
    cause = error.__cause__
    unsent = isinstance(error, NetworkError) and isinstance(cause, _UNSENT)
    reason = type(cause).__name__ if cause is not None else type(error).__name__
    return Outcome(fate=Fate.LATER if unsent else Fate.UNSURE, reason=reason)


def _complaint(description: str) -> Fate:
    if "can't parse" in description:
        return Fate.GARBLED
    # MESSAGE_ID_INVALID is what Telegram says of a number it cannot have given.
    if "to edit" in description or "can't be edited" in description or "id_invalid" in description:
        return Fate.GONE
    return Fate.REFUSED
