"""Who people are to the council: their roles, and what they are responsible for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

import sqlite_utils

from corpus.database import Reader


class Role(StrEnum):
    """What a person is; an administrator gives roles, everyone starts as a citizen."""

    CITIZEN = "citizen"  # 주민
    MEMBER = "member"  # 위원
    STAFF = "staff"  # 간사, 담당 공무원
    CHAIR = "chair"  # 위원장
    ADMINISTRATOR = "administrator"  # 관리자

    @property
    def rank(self) -> int:
        """How much it may do: each role may do what those of a lower rank may."""
        return tuple(Role).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPerson:
    """A person as they stood when a button was made."""

    id: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in the list of people.

    Attributes:
        id: The number that the person sees with `/start`.
        role: What the person is.
        department: Name of their department; empty without one.
        dongs: The neighbourhoods that they are responsible for.
        label: What administrators call them; empty until they do.
        met_at: When the bot met the person first, ISO 8601.
        revision: Grows with every change.
        telegram_id: Where they can be written to; None where they cannot.
    """

    id: int
    role: Role
    department: str
    dongs: tuple[str, ...]
    label: str
    met_at: str
    revision: int
    telegram_id: int | None

    @property
    def seen(self) -> SeenPerson:
        """The person as they stand now."""
        return SeenPerson(id=self.id, revision=self.revision)


_SELECT = (
    "select p.id, p.role, p.label, p.created_at, p.revision, ifnull(d.name, '') as department,"
    " iif(p.blocked_at is null, p.telegram_id, null) as telegram_id,"
    " (select group_concat(dong, char(10)) from (select dong from person_dongs"
    " where person_id = p.id order by dong)) as dongs"
    " from people p left join departments d on d.id = p.department_id"
)
# Who has a role first, those of the highest first; whoever only asked something comes last.
_ORDER = (
    " order by case p.role when 'administrator' then 0 when 'chair' then 1 when 'staff' then 2"
    " when 'member' then 3 else 4 end, p.id"
)


class People:
    """Reads the list of people.

    Args:
        reader: The council's store, or an open transaction.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def all(self) -> list[Member]:
        """Everyone who has addressed the bot, those with a role first."""
        return [_member(row) for row in self._reader.read(_SELECT + _ORDER)]

    def page(self, page: int, size: int) -> list[Member]:
        """Some of `all`, from page 0 on."""
        rows = self._reader.read(f"{_SELECT}{_ORDER} limit ? offset ?", [size, page * size])
        return [_member(row) for row in rows]

    def get(self, person_id: int) -> Member | None:
        """A person by their number; None where nobody has it."""
        row = self._reader.one(f"{_SELECT} where p.id = ?", [person_id])
        return None if row is None else _member(row)

    def known_as(self, key: str) -> Member | None:
        """A person by the key that the audit has; None where they were erased."""
        row = self._reader.one(f"{_SELECT} where p.key = ?", [key])
        return None if row is None else _member(row)

    def only_administrator(self, person_id: int) -> bool:
        """Whether nobody would be administrator without a person."""
        sql = "select id from people where role = ?"
        rows = self._reader.read(sql, [Role.ADMINISTRATOR.value])
        return [row["id"] for row in rows] == [person_id]

    def counts(self) -> dict[Role, int]:
        """How many people have each role."""
        rows = self._reader.read("select role, count(*) as n from people group by role")
        counted = {Role(row["role"]): int(row["n"]) for row in rows}
        return {role: counted.get(role, 0) for role in Role}


def key_of(db: sqlite_utils.Database, person_id: int) -> str:
    """The random key by which the audit knows a person, made at the first need of it."""
    (key,) = db.execute("select key from people where id = ?", [person_id]).fetchone()
    if key is None:
        (key,) = db.execute(
            "update people set key = lower(hex(randomblob(16))) where id = ? returning key",
            [person_id],
        ).fetchone()
    return str(key)


def _member(row: sqlite3.Row) -> Member:
    return Member(
        id=row["id"],
        role=Role(row["role"]),
        department=row["department"],
        dongs=tuple((row["dongs"] or "").split("\n")) if row["dongs"] else (),
        label=row["label"],
        met_at=row["created_at"],
        revision=row["revision"],
        telegram_id=row["telegram_id"],
    )
