"""What a press of a button says, and which handler takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import InaccessibleMessage, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

Take = Callable[[Update, Any], Coroutine[Any, Any, None]]
"""What takes an update."""


def press_handlers(takers: Mapping[str, Take]) -> list[BaseHandler[Update, Any, Any]]:
    """The handlers of buttons, in order.

    Args:
        takers: What takes a press, by the pattern of the button's data.
    """
    return [CallbackQueryHandler(take, pattern) for pattern, take in takers.items()]


def pressed_data(update: Update, pattern: str) -> re.Match[str]:
    """What stands behind the button, as its handler's pattern takes it apart.

    Raises:
        ValueError: The press reached a handler that is not for it.
    """
    query = update.callback_query
    match = re.match(pattern, (query and query.data) or "")
    if match is None:
        raise ValueError("a press reached the wrong handler")
    return match


def pressed_numbers(update: Update, pattern: str) -> tuple[int, ...]:
    """As `pressed_data`, for a button behind which only numbers stand."""
    return tuple(map(int, pressed_parts(update, pattern)))


def pressed_parts(update: Update, pattern: str) -> tuple[str, ...]:
    """As `pressed_data`, for a button behind which only groups count."""
    return tuple(pressed_data(update, pattern).groups())


def pressed_message(update: Update) -> int | None:
    """Number of the message that the button stood under; None where it is gone."""
    query = update.callback_query
    return query.message.message_id if query and query.message else None


def pressed_label(update: Update) -> str:
    """What stands on the button; empty where nobody can tell any more."""
    query = update.callback_query
    if query is None or query.message is None or isinstance(query.message, InaccessibleMessage):
        return ""
    markup = getattr(query.message, "reply_markup", None)
    buttons = (button for row in (markup.inline_keyboard if markup else ()) for button in row)
    return next((button.text for button in buttons if button.callback_data == query.data), "")
