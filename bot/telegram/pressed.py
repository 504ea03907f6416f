"""What a press of a button says: its data, its label, and the message that it stood under."""

from __future__ import annotations

import re

from telegram import InaccessibleMessage, Update


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
