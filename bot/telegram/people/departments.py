"""`/departments`: administrators say who answers for what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlite_utils
from telegram import Update

from bot.people_cards import department_text
from bot.telegram.people.department_keyboards import (
    DEPARTMENT,
    DEPARTMENT_DONG,
    DEPARTMENT_DONGS,
    REMOVAL_ASKED,
    REMOVED,
    below_department,
    below_departments,
    confirm_removal,
    dongs_of_department,
)
from bot.telegram.people.office import Office, Screen
from bot.telegram.pressed import pressed_message, pressed_numbers
from corpus import departments as kept
from corpus.database import OpenTransaction, Reader
from corpus.departments import Department, Departments, Word
from corpus.messages import say
from retrieval.views.dongs import dong_of


class DepartmentDesk:
    """Handlers of departments.

    Args:
        office: Where administrators work.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def list(self, update: Update, context: Any) -> None:
        """All departments by name; what each answers for would not fit into one message."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        known = Departments(self._office.database).all()
        head = say("department.head" if known else "department.none")
        text = "\n".join([head, *(one.name for one in known)])
        await self._office.put(update, exchange, (text, below_departments(known)))

    async def open(self, update: Update, context: Any) -> None:
        """The card of a department."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            (number,) = pressed_numbers(update, DEPARTMENT)
            screen = card(self._office.database, number)
            await self._office.put(update, exchange, screen)

    async def dongs(self, update: Update, context: Any) -> None:
        """Neighbourhoods to tick for a department."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            number, page = pressed_numbers(update, DEPARTMENT_DONGS)
            known = await self._office.desk.think(self._office.dongs)
            screen = _ticks(self._office.database, number, known, page)
            await self._office.put(update, exchange, screen)

    async def tick(self, update: Update, context: Any) -> None:
        """Have a department answer for a neighbourhood, or not any more."""
        number, revision, chosen, page = pressed_numbers(update, DEPARTMENT_DONG)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        known = await self._office.desk.think(self._office.dongs)
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            def change(seen: Department) -> bool:
                had = seen.words[Word.DONG]
                dong = dong_of(chosen, [*known, *had])
                after = sorted({*had} ^ {dong})
                return bool(dong) and kept.set_words(db, seen, Word.DONG, after, by)

            if _changed(db, number, revision, change):
                screen = _ticks(OpenTransaction(db), number, known, page)
            else:
                screen = _overtaken(db, number)
            self._office.post(db, exchange, screen, pressed)

        await self._office.desk.close(exchange, effects)

    async def ask_removal(self, update: Update, context: Any) -> None:
        """Say what taking a department out means, and ask."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        number, _ = pressed_numbers(update, REMOVAL_ASKED)
        known = Departments(self._office.database).get(number)
        screen = card(self._office.database, number)
        if known is not None:
            screen = (say("department.ask_remove", name=known.name), confirm_removal(known))
        await self._office.put(update, exchange, screen)

    async def remove(self, update: Update, context: Any) -> None:
        """Take a department out; its people stay."""
        number, revision = pressed_numbers(update, REMOVED)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            known = Departments(OpenTransaction(db)).get(number)
            if known and _changed(db, number, revision, lambda one: kept.remove(db, one, by)):
                rest = Departments(OpenTransaction(db)).all()
                text = say("department.removed", name=known.name)
                screen: Screen = (text, below_departments(rest))
            else:
                screen = _overtaken(db, number)
            self._office.post(db, exchange, screen, pressed)

        await self._office.desk.close(exchange, effects)


def card(reader: Reader, number: int) -> Screen:
    """A department with what can be changed about it; a sentence where it is gone."""
    department = Departments(reader).get(number)
    if department is None:
        return say("department.gone"), below_departments(Departments(reader).all())
    return department_text(department), below_department(department)


def _changed(
    db: sqlite_utils.Database, number: int, revision: int, change: Callable[[Department], bool]
) -> bool:
    """Change a department that still stands as it was seen; False where it does not."""
    seen = Departments(OpenTransaction(db)).get(number)
    return seen is not None and seen.revision == revision and change(seen)


def _overtaken(db: sqlite_utils.Database, number: int) -> Screen:
    text, markup = card(OpenTransaction(db), number)
    return f"{say('people.overtaken')}\n\n{text}", markup


def _ticks(reader: Reader, number: int, known: list[str], page: int) -> Screen:
    department = Departments(reader).get(number)
    if department is None:
        return card(reader, number)
    text = say("department.which_dongs", name=department.name)
    return text, dongs_of_department(department, known, page)
