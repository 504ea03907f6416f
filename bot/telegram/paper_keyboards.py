"""Buttons below a paper that came by chat: who may see it, and out with it."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from corpus.messages import level_name, say
from corpus.types import Visibility

PAPER_LEVEL = r"^pl:(\d{1,15}):([012])$"
PAPER_OUT = r"^po:(\d{1,15})$"
PAPER_MEETING = r"^pm:(\d{1,15})$"


def below_paper(document_id: int, *, invites: bool = False) -> InlineKeyboardMarkup:
    """A button for each level, and one that withdraws the paper.

    Args:
        document_id: The paper.
        invites: Whether it tells of a meeting that can be made from it.
    """
    rows = [
        [
            InlineKeyboardButton(
                level_name(level),
                callback_data=f"pl:{document_id}:{int(level)}",
            )
            for level in Visibility
        ],
        [InlineKeyboardButton(say("upload.button_out"), callback_data=f"po:{document_id}")],
    ]
    if invites:
        label = say("upload.button_meeting")
        rows.append([InlineKeyboardButton(label, callback_data=f"pm:{document_id}")])
    return InlineKeyboardMarkup(rows)
