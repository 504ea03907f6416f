"""Invitations by chat: made, listed, withdrawn."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import Update

from bot.clock import seoul
from bot.people_cards import invitation_line, invitation_text
from bot.telegram.people.keyboards import (
    INVITE_TO,
    ROLES,
    WITHDRAW,
    below_invitation,
    below_invitations,
    invite_to,
)
from bot.telegram.people.office import Office, Screen
from bot.telegram.pressed import pressed_message, pressed_numbers
from corpus.database import OpenTransaction, Reader
from corpus.invitations import Invitations, invite, new_code, withdraw_invitation
from corpus.messages import say


class Inviting:
    """Handlers of invitations to roles.

    Args:
        office: Where administrators work.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def choose(self, update: Update, context: Any) -> None:
        """Ask to which role somebody is invited."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            await self._office.put(update, exchange, (say("people.which_role"), invite_to()))

    async def invite(self, update: Update, context: Any) -> None:
        """Make an invitation; the message can be passed on as it is."""
        (index,) = pressed_numbers(update, INVITE_TO)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        role, code, by = ROLES[index], new_code(), self._office.desk.by(exchange)
        text = invitation_text(role, code, self._office.desk.bot.username)

        def effects(db: sqlite_utils.Database) -> None:
            number = invite(db, role, code, by)
            self._office.post(db, exchange, (text, below_invitation(number)), None)

        await self._office.desk.close(exchange, effects)

    async def list(self, update: Update, context: Any) -> None:
        """Invitations that nobody has taken up."""
        exchange = await self._office.opened(update)
        if exchange is not None:
            await self._office.put(update, exchange, self._open(self._office.database))

    async def withdraw(self, update: Update, context: Any) -> None:
        """Make an invitation useless."""
        (number,) = pressed_numbers(update, WITHDRAW)
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        by, pressed = self._office.desk.by(exchange), pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            done = withdraw_invitation(db, number, by)
            key = "people.invitation_withdrawn" if done else "people.invitation_gone"
            text, markup = self._open(OpenTransaction(db))
            screen = (f"{say(key, number=number)}\n\n{text}", markup)
            self._office.post(db, exchange, screen, pressed)

        await self._office.desk.close(exchange, effects)

    def _open(self, reader: Reader) -> Screen:
        found = Invitations(reader).open(seoul(self._office.desk.now()))
        head = say("people.invitations" if found else "people.no_invitations")
        return "\n".join([head, *map(invitation_line, found)]), below_invitations(found)
