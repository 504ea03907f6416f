"""What administrators type: what they call a person, a department's names and topics."""

from __future__ import annotations

import re
from typing import Any

import sqlite_utils
from telegram import Update

from bot.people_cards import person_line, person_text
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.people.department_keyboards import DEPARTMENT_TYPED
from bot.telegram.people.departments import card
from bot.telegram.people.keyboards import LABEL, below_person
from bot.telegram.people.office import Office, Screen
from bot.telegram.pressed import pressed_numbers, pressed_parts
from corpus import departments as kept
from corpus.appointments import Verdict, give_label
from corpus.database import OpenTransaction
from corpus.departments import Departments, Word
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.people import People
from corpus.text import clean

PEOPLE_DIALOGUE = "people"
"""Kind of the dialogues in which something about people is typed."""

# Names stand on buttons and in lists.
_LONGEST, _MOST = 30, 40
_SEPARATOR = re.compile(r"[,、\n]+")
# What clears a field; an empty message cannot be sent.
_NOTHING = frozenset({"-", "없음"})


class Typing:
    """Handlers of what is typed after a button asked for it.

    Args:
        office: Where administrators work.
        dialogues: Talks of several messages.
    """

    def __init__(self, office: Office, dialogues: Dialogues) -> None:
        self._office = office
        self._dialogues = dialogues

    async def label(self, update: Update, context: Any) -> None:
        """Ask what a person is to be called."""
        (number,) = pressed_numbers(update, LABEL)
        await self._ask(update, {"what": "label", "of": number}, "people.ask_label")

    async def new(self, update: Update, context: Any) -> None:
        """Ask what a new department is called."""
        await self._ask(update, {"what": "new", "of": 0}, "department.ask_new")

    async def word(self, update: Update, context: Any) -> None:
        """Ask for the name, the aliases or the topics of a department."""
        what, number = pressed_parts(update, DEPARTMENT_TYPED)
        await self._ask(update, {"what": what, "of": int(number)}, f"department.ask_{what}")

    async def hear(self, update: Update, context: Any) -> None:
        """Take what was typed."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        state = self._dialogues.state(exchange, PEOPLE_DIALOGUE)
        message = update.effective_message
        words = _words((message.text or "") if message else "")
        if state is None or not _fit(state["what"], words):
            key = "review.nothing_open" if state is None else "people.too_long"
            text = say(key, longest=_LONGEST, most=_MOST)
            await self._office.desk.reply(exchange, escaped(text))
            return
        by = self._office.desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            screen, done = _taken(db, state, words, by)
            if done:
                close_dialogue(db, exchange)
            self._office.post(db, exchange, screen, None)

        await self._office.desk.close(exchange, effects)

    async def _ask(self, update: Update, state: dict[str, Any], key: str) -> None:
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        text = f"{say(key)}\n{say('review.how_to_stop')}"

        def effects(db: sqlite_utils.Database) -> None:
            self._open(db, exchange, state)
            self._office.post(db, exchange, (text, None), None)

        await self._office.desk.close(exchange, effects)

    def _open(self, db: sqlite_utils.Database, exchange: Exchange, state: dict[str, Any]) -> None:
        open_dialogue(db, exchange, PEOPLE_DIALOGUE, state, self._office.desk.now())


def _taken(
    db: sqlite_utils.Database, state: dict[str, Any], words: list[str], by: By
) -> tuple[Screen, bool]:
    """What is shown after something was typed, and whether it was taken."""
    what, number = state["what"], int(state["of"])
    if what == "label":
        done = give_label(db, number, words[0] if words else "", by)
        member = People(OpenTransaction(db)).get(number)
        if member is None or done.verdict is not Verdict.DONE:
            return (say("people.gone"), None), True
        text = f"{say('people.done', who=person_line(member))}\n\n{person_text(member)}"
        return (text, below_person(member)), True
    if what == "new":
        number = kept.add(db, words[0], by)
        if not number:
            return (say("department.taken", name=words[0]), None), False
        return card(OpenTransaction(db), number), True
    seen = Departments(OpenTransaction(db)).get(number)
    if seen is None:
        return card(OpenTransaction(db), number), True
    if what == "name":
        if not kept.rename(db, seen, words[0], by):
            return (say("department.taken", name=words[0]), None), False
    else:
        kept.set_words(db, seen, Word(what), words, by)
    return card(OpenTransaction(db), number), True


def _words(text: str) -> list[str]:
    """What was typed, taken apart at commas; nothing for a sign that clears."""
    whole = clean(text).strip()
    parts = (" ".join(part.split()) for part in _SEPARATOR.split(whole))
    return [] if whole in _NOTHING else [part for part in parts if part]


def _fit(what: str, words: list[str]) -> bool:
    """Whether words can be kept: names are one, and all are short enough for a button."""
    one = what in ("new", "name")
    return (
        (len(words) == 1 if one else len(words) <= _MOST)
        and (what != "label" or len(words) <= 1)
        and all(len(word) <= _LONGEST for word in words)
    )
