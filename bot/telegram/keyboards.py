"""The buttons, and what each says when pressed: row numbers only, for 64 bytes is the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import clipped
from corpus.messages import say
from retrieval.types import Answer, Basis

# Patterns by which handlers take their presses.
SOURCE = r"^s:(\d{1,15}):(\d{1,15})$"
VOTE = r"^v:(\d{1,15}):([01])$"
CHOICE = r"^c:(\d{1,15}):(\d{1,15})$"
PAGE = r"^p:(\d{1,15})$"
EXAMPLE = r"^e:\d{1,15}$"
FILE = r"^f:([xcg]):(\d{1,15})$"
VIEW = r"^w:([bdlg](?::\d{1,15})*)$"
VIEW_FILE = r"^h:([xcg]):([bdlg](?::\d{1,15})*)$"
DONG = r"^m:(\d{1,15})$"
ENTRY = r"^a:(\d{1,15})$"
FORM = r"^k:(skip|stop|again|public|staff)$"
NAME = r"^n:\d{1,15}$"

# Four short labels fit beside each other on a phone; the list above them names the papers.
AGAIN = "see-"
"""What stands behind `/start` for whoever comes from a group with a question."""

_IN_A_ROW = 4
# More than four rows of sources hide the answer; the rest are in the list.
_SOURCES = 16
_CHOICES = 8
# One row is read in the answer itself; two amounts are compared in a sentence.
_ROWS, _BARS = 2, 3
_LABEL = 60


def in_private(username: str, answer_id: int) -> InlineKeyboardButton:
    """The button that leads to the private chat, where a question is asked again.

    It stands below every answer of a group that found nothing, whoever asked what; so it says
    neither that there is more to see nor that the asker might see it.
    """
    url = f"https://t.me/{username}?start={AGAIN}{answer_id}"
    return InlineKeyboardButton(say("opinion.button_private"), url=url)


def below_answer(
    answer_id: int, answer: Answer, more: Sequence[InlineKeyboardButton] = ()
) -> InlineKeyboardMarkup | None:
    """Buttons below an answer: its choices, a button per source, what else, and the thumbs.

    Small talk has nothing to judge and gets none.
    """
    rows = [
        [InlineKeyboardButton(clipped(choice, _LABEL), callback_data=f"c:{answer_id}:{index}")]
        for index, choice in enumerate(answer.choices[:_CHOICES])
    ]
    rows += source_buttons(answer_id, answer)
    rows += files("f", str(answer_id), answer)
    rows += [[button] for button in more]
    if answer.basis is not Basis.DIALOGUE:
        rows.append(
            [
                InlineKeyboardButton(say("telegram.helpful"), callback_data=f"v:{answer_id}:1"),
                InlineKeyboardButton(say("telegram.unhelpful"), callback_data=f"v:{answer_id}:0"),
            ]
        )
    return InlineKeyboardMarkup(rows) if rows else None


def source_buttons(answer_id: int, answer: Answer) -> list[list[InlineKeyboardButton]]:
    """A button per source, several in a row."""
    sources = [
        InlineKeyboardButton(
            say("telegram.source", number=citation.number),
            callback_data=f"s:{answer_id}:{citation.number}",
        )
        for citation in answer.citations[:_SOURCES]
    ]
    return [sources[at : at + _IN_A_ROW] for at in range(0, len(sources), _IN_A_ROW)]


def files(letter: str, name: str, answer: Answer) -> list[list[InlineKeyboardButton]]:
    """A row of buttons that send several rows as a file, and three amounts as a chart.

    Args:
        letter: With which their data begins.
        name: What they belong to.
        answer: The answer, as it was just made.
    """
    kinds = {"x": "sheet.excel", "c": "sheet.csv"} if len(answer.rows) >= _ROWS else {}
    if answer.compared and len(answer.rows) >= _BARS:
        kinds["g"] = "sheet.chart"
    buttons = [
        InlineKeyboardButton(say(label), callback_data=f"{letter}:{kind}:{name}")
        for kind, label in kinds.items()
    ]
    return [buttons] if buttons else []


def examples(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """A button per question to begin with. The label is the question: it is what gets asked."""
    rows = [
        [InlineKeyboardButton(question, callback_data=f"e:{index}")]
        for index, question in enumerate(questions)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def pages(page: int, last: int) -> InlineKeyboardMarkup | None:
    """Buttons to turn the pages of a list; none for a single page."""
    row = turns(page, last, lambda to: f"p:{to}")
    return InlineKeyboardMarkup([row]) if row else None


def turns(page: int, last: int, data: Callable[[int], str]) -> list[InlineKeyboardButton]:
    """The buttons to the page before and the page after; none for a single page.

    Args:
        page: The page that is shown, from 0.
        last: The last one.
        data: What the button to a page says when pressed.
    """
    to = (("telegram.previous", page - 1), ("telegram.next", page + 1))
    return [
        InlineKeyboardButton(say(label), callback_data=data(number))
        for label, number in to
        if 0 <= number <= last
    ]
