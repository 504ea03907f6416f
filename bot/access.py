"""Who a person is to the council, and what that lets them see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from corpus.people import Role as Role
from corpus.people import key_of
from corpus.types import Visibility

_AUDIENCE = {
    Role.CITIZEN: Visibility.PUBLIC,
    Role.MEMBER: Visibility.MEMBERS,
    Role.STAFF: Visibility.STAFF,
    Role.CHAIR: Visibility.STAFF,
    Role.ADMINISTRATOR: Visibility.STAFF,
}

_CORRECTING = frozenset({Role.STAFF, Role.CHAIR, Role.ADMINISTRATOR})

# Who is responsible for one neighbourhood and called none their own means that one by "our dong".
_ROW = (
    "select id, role, iif(dong <> '', dong, ifnull((select max(dong) from person_dongs"
    " where person_id = people.id having count(*) = 1), '')) from people where telegram_id = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who has addressed the bot.

    Attributes:
        id: Row in the store; the only name by which conversations know the person.
        role: What the person is to the council.
        key: The random key by which the audit knows the person.
        dong: The neighbourhood that the person called their own; empty until then.
    """

    id: int
    role: Role
    key: str
    dong: str = ""

    @property
    def corrects(self) -> bool:
        """Whether the person may correct and confirm what was read out of papers."""
        return self.role in _CORRECTING

    @property
    def administers(self) -> bool:
        """Whether the person gives roles and reads the audit."""
        return self.role is Role.ADMINISTRATOR

    @property
    def audience(self) -> Visibility:
        """The highest level that this person may see."""
        return audience_of(self.role)


def audience_of(role: Role) -> Visibility:
    """The highest level that a role may see."""
    return _AUDIENCE[role]


def meet(db: sqlite_utils.Database, telegram_id: int, now: Callable[[], datetime]) -> Person:
    """The person behind a Telegram account; whoever is new becomes a citizen.

    Args:
        db: The database of an open write transaction.
        telegram_id: Telegram's number of the account.
        now: The clock, aware.
    """
    db.execute(
        "insert or ignore into people (telegram_id, role, created_at) values (?, ?, ?)",
        [telegram_id, Role.CITIZEN.value, now().isoformat()],
    )
    # Whoever writes can be written to again.
    db.execute(
        "update people set blocked_at = null where telegram_id = ? and blocked_at is not null",
        [telegram_id],
    )
    number, role, dong = db.execute(_ROW, [telegram_id]).fetchone()
    return Person(id=number, role=Role(role), key=key_of(db, number), dong=dong)


def live_in(db: sqlite_utils.Database, person_id: int, dong: str) -> None:
    """Remember which neighbourhood a person calls their own; an empty one forgets it.

    Args:
        db: The database of an open write transaction.
        person_id: Row of the person.
        dong: The neighbourhood, as records spell it.
    """
    db.execute("update people set dong = ? where id = ?", [dong, person_id])
