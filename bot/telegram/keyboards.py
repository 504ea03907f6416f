"""The buttons, and what each says when pressed: row numbers only, for 64 bytes is the limit."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import clipped
from corpus.messages import say
from retrieval.types import Answer, Basis

# Patterns by which handlers take their presses.
SOURCE = r"^s:(\d+):(\d+)$"
VOTE = r"^v:(\d+):([01])$"
CHOICE = r"^c:(\d+):(\d+)$"
PAGE = r"^p:(\d+)$"
EXAMPLE = r"^e:\d+$"

# Four short labels fit beside each other on a phone; the list above them names the papers.
_IN_A_ROW = 4
# More than four rows of sources hide the answer; the rest are in the list.
_SOURCES = 16
_CHOICES = 8
_LABEL = 60


def below_answer(answer_id: int, answer: Answer) -> InlineKeyboardMarkup | None:
    """Buttons below an answer: its choices, a button per source, and the thumbs.

    Small talk has nothing to judge and gets none.
    """
    rows = [
        [InlineKeyboardButton(clipped(choice, _LABEL), callback_data=f"c:{answer_id}:{index}")]
        for index, choice in enumerate(answer.choices[:_CHOICES])
    ]
    sources = [
        InlineKeyboardButton(
            say("telegram.source", number=citation.number),
            callback_data=f"s:{answer_id}:{citation.number}",
        )
        for citation in answer.citations[:_SOURCES]
    ]
    rows += [sources[at : at + _IN_A_ROW] for at in range(0, len(sources), _IN_A_ROW)]
    if answer.basis is not Basis.DIALOGUE:
        rows.append(
            [
                InlineKeyboardButton(say("telegram.helpful"), callback_data=f"v:{answer_id}:1"),
                InlineKeyboardButton(say("telegram.unhelpful"), callback_data=f"v:{answer_id}:0"),
            ]
        )
    return InlineKeyboardMarkup(rows) if rows else None


def examples(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """A button per question to begin with. The label is the question: it is what gets asked."""
    rows = [
        [InlineKeyboardButton(question, callback_data=f"e:{index}")]
        for index, question in enumerate(questions)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def pages(page: int, last: int) -> InlineKeyboardMarkup | None:
    """Buttons to turn the pages of a list; none for a single page."""
    row = []
    if page > 0:
        row.append(InlineKeyboardButton(say("telegram.previous"), callback_data=f"p:{page - 1}"))
    if page < last:
        row.append(InlineKeyboardButton(say("telegram.next"), callback_data=f"p:{page + 1}"))
    return InlineKeyboardMarkup([row]) if row else None
