"""Buttons below a row of a paper: confirm, correct, skip, take back."""

from __future__ import annotations

from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import clipped
from bot.rows import shown
from corpus.corrections import Seen
from corpus.messages import field_name, say
from corpus.review import ReviewRow

# Patterns by which handlers take their presses: record, paper, revision; 1 within `/review`.
_ROW = r":(\d{1,15}):(\d{1,15}):(\d{1,15}):([01])"
CONFIRM = rf"^rk{_ROW}$"
EDIT_ROW = rf"^re{_ROW}$"
UNDO = rf"^ru{_ROW}$"
FIELD = rf"^rf{_ROW}:(\d{{1,15}})$"
NEXT = r"^rn:(\d{1,15})$"
SAVE = r"^rs$"
STOP = r"^rx$"

_LABEL = 40


def below_row(row: ReviewRow, *, queued: bool) -> InlineKeyboardMarkup:
    """The buttons of a row.

    Args:
        row: The row.
        queued: Whether it is shown as one of `/review`, where it can be skipped.
    """
    first = [
        _button("review.button_confirm", f"rk{_of(row.seen, queued)}"),
        _button("review.button_correct", f"re{_of(row.seen, queued)}"),
    ]
    if queued:
        first.append(_button("review.button_skip", f"rn:{row.seen.record_id}"))
    rows = [first]
    if row.confirmed:
        rows.append([_button("review.button_undo", f"ru{_of(row.seen, queued)}")])
    return InlineKeyboardMarkup(rows)


def below_change(seen: Seen) -> InlineKeyboardMarkup:
    """The button that takes a change back."""
    return InlineKeyboardMarkup([[_button("review.button_undo", f"ru{_of(seen, queued=False)}")]])


def fields_of(row: ReviewRow, *, queued: bool) -> InlineKeyboardMarkup:
    """A button for each value of a row."""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    clipped(f"{field_name(field.name)}: {shown(field)}", _LABEL),
                    callback_data=f"rf{_of(row.seen, queued)}:{number}",
                )
            ]
            for number, field in enumerate(row.fields)
        ]
        + [[_button("review.button_stop", "rx")]]
    )


def to_save() -> InlineKeyboardMarkup:
    """Buttons below a new value: save it, or not."""
    return InlineKeyboardMarkup(
        [[_button("review.button_save", "rs"), _button("review.button_stop", "rx")]]
    )


def seen_of(numbers: tuple[int, ...]) -> tuple[Seen, bool]:
    """The row of a press, and whether it was pressed within `/review`."""
    record, document, revision, queued = numbers
    return Seen(record_id=record, document_id=document, revision=revision), bool(queued)


def after_change(seen: Seen) -> Seen:
    """A row as it is after one more change."""
    return replace(seen, revision=seen.revision + 1)


def _of(seen: Seen, queued: bool) -> str:
    return f":{seen.record_id}:{seen.document_id}:{seen.revision}:{int(queued)}"


def _button(key: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(say(key), callback_data=data)
