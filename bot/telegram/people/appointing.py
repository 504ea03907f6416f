"""`/people`: administrators look at people and change what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlite_utils
from telegram import Update

from bot.people_cards import means, person_line, person_text, role_name
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Exchange
from bot.telegram.people.keyboards import (
    DEPARTMENT_GIVEN,
    DEPARTMENTS_OF,
    DONG_GIVEN,
    DONGS_OF,
    PEOPLE_PAGE,
    PERSON,
    ROLE_ASKED,
    ROLE_GIVEN,
    ROLES,
    TAKE_BACK,
    after_change,
    below_people,
    below_person,
    confirm_role,
    departments_for,
    dongs_for,
)
from bot.telegram.people.office import Office, Screen
from bot.telegram.people.telling import tell_role
from bot.telegram.pressed import pressed_message, pressed_numbers
from corpus.appointments import (
    Appointed,
    Verdict,
    give_department,
    give_dongs,
    give_role,
    take_back,
)
from corpus.database import OpenTransaction, Reader
from corpus.departments import Departments
from corpus.invitations import Invitations
from corpus.messages import say
from corpus.people import People, Role, SeenPerson
from retrieval.views.dongs import dong_of

_A_PAGE = 12
# As many as a button may carry; SQLite takes no whole number of more than 19.
_DIGITS = 15


class Appointing:
    """Handlers of the list of people and of the cards of its people.

    Args:
        office: Where administrators work.
        addressing: Tells what follows a command.
    """

    def __init__(self, office: Office, addressing: Addressing) -> None:
        self._office = office
        self._addressing = addressing

    async def list(self, update: Update, context: Any) -> None:
        """`/people`: the first page of all people; with a number, the person who has it."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        number = (command.rest if command else "").removesuffix("번")
        if number.isdecimal() and len(number) <= _DIGITS:
            screen = self._card(self._office.database, int(number))
        else:
            screen = self._page(0)
        await self._office.desk.close(
            exchange, lambda db: self._office.post(db, exchange, screen, None)
        )

    async def turn(self, update: Update, context: Any) -> None:
        """Another page of the list."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            (page,) = pressed_numbers(update, PEOPLE_PAGE)
            await self._office.put(update, exchange, self._page(page))

    async def open(self, update: Update, context: Any) -> None:
        """The card of a person."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            (number,) = pressed_numbers(update, PERSON)
            await self._office.put(update, exchange, self._card(self._office.database, number))

    # -- role --------------------------------------------------------------------------------------
    async def ask_role(self, update: Update, context: Any) -> None:
        """Say what a role would mean, and ask."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        number, revision, index = pressed_numbers(update, ROLE_ASKED)
        member, role = People(self._office.database).get(number), ROLES[index]
        if member is None or member.revision != revision:
            screen = self._overtaken(self._office.database, number)
        else:
            key = "people.ask_revoke" if role is Role.CITIZEN else "people.ask_role"
            before = role_name(member.role)
            text = say(key, who=person_line(member), before=before, role=role_name(role))
            screen = (f"{text}\n{means(role)}", confirm_role(member.seen, role))
        await self._office.put(update, exchange, screen)

    async def give_role(self, update: Update, context: Any) -> None:
        """Give the role; whoever gets it is told, and their commands change at once."""
        number, revision, index = pressed_numbers(update, ROLE_GIVEN)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        seen, role = SeenPerson(id=number, revision=revision), ROLES[index]
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            done = give_role(db, seen, role, by)
            self._tell(db, exchange, done, number)
            self._office.post(db, exchange, self._after(db, done, number), pressed)

        await self._office.desk.close(exchange, effects)
        await self._office.menus.keep()

    async def undo(self, update: Update, context: Any) -> None:
        """Take the last change of a person back."""
        (entry,) = pressed_numbers(update, TAKE_BACK)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            done, member = take_back(db, entry, by)
            number = member.id if member else 0
            if done.verdict is Verdict.DONE:
                self._tell(db, exchange, done, number)
                text, markup = self._card(OpenTransaction(db), number)
                screen: Screen = (f"{say('review.undone')}\n\n{text}", markup)
            else:
                screen = self._after(db, done, number)
            self._office.post(db, exchange, screen, pressed)

        await self._office.desk.close(exchange, effects)
        await self._office.menus.keep()

    def _tell(
        self, db: sqlite_utils.Database, exchange: Exchange, done: Appointed, number: int
    ) -> None:
        """Tell a person whose role was changed by somebody else."""
        member = People(OpenTransaction(db)).get(number)
        changed = db.execute("select action from audit where id = ?", [done.entry]).fetchone()
        if member and changed and changed[0] == "role" and number != exchange.person.id:
            chat = tell_role(db, number, member.role, self._office.desk.now())
            if chat is not None:
                self._office.desk.tells(exchange, chat)

    # -- duties ------------------------------------------------------------------------------------
    async def departments(self, update: Update, context: Any) -> None:
        """Departments that a person could belong to."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        (number,) = pressed_numbers(update, DEPARTMENTS_OF)
        member = People(self._office.database).get(number)
        known = Departments(self._office.database).all()
        screen = self._card(self._office.database, number)
        if member is not None:
            key = "people.which_department" if known else "people.no_departments"
            markup = departments_for(member, known)
            screen = (say(key, who=person_line(member)), markup)
        await self._office.put(update, exchange, screen)

    async def give_department(self, update: Update, context: Any) -> None:
        """Put a person into a department, or out of it."""
        number, revision, department_id = pressed_numbers(update, DEPARTMENT_GIVEN)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        seen = SeenPerson(id=number, revision=revision)
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            department = Departments(OpenTransaction(db)).get(department_id)
            if department is None and department_id:
                done = Appointed(verdict=Verdict.OVERTAKEN)
            else:
                done = give_department(db, seen, department.name if department else "", by)
            self._office.post(db, exchange, self._after(db, done, number), pressed)

        await self._office.desk.close(exchange, effects)

    async def dongs(self, update: Update, context: Any) -> None:
        """Neighbourhoods to tick for a person."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            number, page = pressed_numbers(update, DONGS_OF)
            known = await self._office.desk.think(self._office.dongs)
            screen = self._ticks(self._office.database, number, known, page)
            await self._office.put(update, exchange, screen)

    async def tick(self, update: Update, context: Any) -> None:
        """Make a person responsible for a neighbourhood, or not any more."""
        number, revision, chosen, page = pressed_numbers(update, DONG_GIVEN)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        known = await self._office.desk.think(self._office.dongs)
        seen = SeenPerson(id=number, revision=revision)
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            member = People(OpenTransaction(db)).get(number)
            had = member.dongs if member else ()
            dong = dong_of(chosen, [*known, *had])
            done = give_dongs(db, seen, sorted({*had} ^ {dong}), by) if dong else None
            if done is None or done.verdict is not Verdict.DONE:
                screen = self._overtaken(OpenTransaction(db), number)
            else:
                screen = self._ticks(OpenTransaction(db), number, known, page)
            self._office.post(db, exchange, screen, pressed)

        await self._office.desk.close(exchange, effects)

    # -- screens -----------------------------------------------------------------------------------
    def _page(self, page: int) -> Screen:
        people = People(self._office.database)
        counts = people.counts()
        last = max(0, (sum(counts.values()) - 1) // _A_PAGE)
        page = min(page, last)
        shown = people.page(page, _A_PAGE)
        told_of = ", ".join(f"{role_name(role)} {n}" for role, n in counts.items() if n)
        head = say("people.head", counts=told_of, page=page + 1, pages=last + 1)
        open_ = len(Invitations(self._office.database).open(self._office.desk.now()))
        text = "\n".join([head, *map(person_line, shown)])
        return text, below_people(shown, page, last, open_)

    def _card(self, reader: Reader, number: int) -> Screen:
        member = People(reader).get(number)
        if member is None:
            return say("people.unknown", number=number), None
        return person_text(member), below_person(member)

    def _overtaken(self, reader: Reader, number: int) -> Screen:
        text, markup = self._card(reader, number)
        return f"{say('people.overtaken')}\n\n{text}", markup

    def _after(self, db: sqlite_utils.Database, done: Appointed, number: int) -> Screen:
        """What is shown after a change, or instead of one."""
        reader = OpenTransaction(db)
        if done.verdict is Verdict.DONE:
            member = People(reader).get(number)
            line = person_line(member) if member else ""
            return say("people.done", who=line), after_change(done.entry, number)
        text, markup = self._card(reader, number)
        return f"{say(f'people.{done.verdict}')}\n\n{text}", markup

    def _ticks(self, reader: Reader, number: int, known: Sequence[str], page: int) -> Screen:
        member = People(reader).get(number)
        if member is None:
            return say("people.unknown", number=number), None
        return say("people.which_dongs", who=person_line(member)), dongs_for(member, known, page)
