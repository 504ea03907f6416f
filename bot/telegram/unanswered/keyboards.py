"""The buttons of unanswered questions; they carry row numbers and revisions, never words."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import clipped
from bot.telegram.keyboards import turns
from corpus.messages import level_name, say
from corpus.types import Visibility
from corpus.unanswered import OpenQuestion, Standing

LIST = r"^ul:([wa]):(\d{1,15})$"
OPEN = r"^uo:(\d{1,15})$"
ACT = r"^ua:(answer|drop|withdraw):(\d{1,15}):(\d{1,15})$"
LEVEL = r"^uv:([012])$"
STEP = r"^us:(send|again|ours|silent|stop)$"

STANDINGS = {"w": Standing.WAITING, "a": Standing.ANSWERED}
_LETTERS = {standing: letter for letter, standing in STANDINGS.items()}
_LABEL = 50


def below_list(
    questions: Sequence[OpenQuestion], first: int, standing: Standing, page: int, last: int
) -> InlineKeyboardMarkup:
    """A button a question, the pages, and the way to the other list.

    Args:
        questions: Those of the page.
        first: The number of the first of them in the list.
        standing: Which list it is.
        page: The page, from 0.
        last: The last one.
    """
    rows = [
        [_button(f"{number}. {clipped(one.question, _LABEL)}", f"uo:{one.id}")]
        for number, one in enumerate(questions, first)
    ]
    rows += [turns(page, last, lambda to: f"ul:{_LETTERS[standing]}:{to}")]
    other = Standing.ANSWERED if standing is Standing.WAITING else Standing.WAITING
    rows += [[_button(say(f"unanswered.button_{other}"), f"ul:{_LETTERS[other]}:0")]]
    return InlineKeyboardMarkup([row for row in rows if row])


def below_question(question: OpenQuestion) -> InlineKeyboardMarkup:
    """What can be done with one question."""
    seen = f"{question.id}:{question.revision}"
    if question.standing is Standing.ANSWERED:
        acts = {"answer": "unanswered.button_correct", "withdraw": "unanswered.button_withdraw"}
    else:
        acts = {"answer": "unanswered.button_answer", "drop": "unanswered.button_drop"}
    rows = [[_button(say(label), f"ua:{act}:{seen}") for act, label in acts.items()]]
    return InlineKeyboardMarkup([*rows, [_button(say("unanswered.button_list"), "ul:w:0")]])


def below_step(*steps: str) -> InlineKeyboardMarkup:
    """What may be pressed instead of typing; to stop is always among it."""
    return InlineKeyboardMarkup([[_step(one)] for one in (*steps, "stop")])


def below_words() -> InlineKeyboardMarkup:
    """Who is to see an answer that was just typed."""
    levels = [_button(level_name(level), f"uv:{int(level)}") for level in Visibility]
    return InlineKeyboardMarkup([levels, [_step("again"), _step("stop")]])


def _step(step: str) -> InlineKeyboardButton:
    return _button(say(f"unanswered.step_{step}"), f"us:{step}")


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
