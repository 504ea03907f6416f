"""Departments (부서) as the office keeps them: names, and what each answers for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlite_utils

from corpus.audit import write_entry
from corpus.database import Reader
from corpus.ledger.changes import By


class Word(StrEnum):
    """What is said of a department, each several times."""

    ALIAS = "alias"  # what it is called beside its name
    DONG = "dong"  # neighbourhoods that it answers for; none: all
    TOPIC = "topic"  # what it answers for; none: anything of its neighbourhoods


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department.

    Attributes:
        id: Its row.
        name: As the office writes it.
        words: What it is also called, its neighbourhoods, its topics.
        revision: Grows with every change.
    """

    id: int
    name: str
    words: Mapping[Word, tuple[str, ...]]
    revision: int

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.name, *self.words[Word.ALIAS])

    def answers_in(self, dong: str) -> bool:
        """Whether it answers for a neighbourhood; where none is known, nothing speaks against."""
        dongs = self.words[Word.DONG]
        return not dongs or not dong or dong in dongs

    def topic_in(self, text: str) -> str:
        """The longest of its topics that a text holds, spacing aside; empty without one."""
        packed = _packed(text)
        held = (topic for topic in self.words[Word.TOPIC] if _packed(topic) in packed)
        return max(held, key=len, default="")


class Departments:
    """Reads departments.

    Args:
        reader: The council's store, or an open transaction.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def all(self) -> list[Department]:
        """All departments, by name."""
        words: dict[int, dict[Word, list[str]]] = {}
        for row in self._reader.read("select * from department_words order by word"):
            kinds = words.setdefault(row["department_id"], {})
            kinds.setdefault(Word(row["kind"]), []).append(row["word"])
        return [
            Department(
                id=row["id"],
                name=row["name"],
                words={kind: tuple(words.get(row["id"], {}).get(kind, ())) for kind in Word},
                revision=row["revision"],
            )
            for row in self._reader.read("select * from departments order by name")
        ]

    def get(self, department_id: int) -> Department | None:
        """A department by its row; None where it is not there any more."""
        return next((one for one in self.all() if one.id == department_id), None)

    def named(self, name: str) -> Department | None:
        """The department that is called so, spacing aside; None where none is."""
        packed = _packed(name)
        found = (one for one in self.all() if packed in map(_packed, one.names))
        return next(found, None) if packed else None

    def answering(self, text: str, dong: str) -> Department | None:
        """Who answers for what a text says of a neighbourhood.

        First whom the text itself names, then whose topic it holds: the longest one decides, and
        after it whether the department is there for that neighbourhood alone, or for all where
        none is known. Else who answers for the whole neighbourhood. None where nobody does.

        Args:
            text: What was said, with the programme and the topic that were understood.
            dong: The neighbourhood; empty where it is not known.
        """
        packed = _packed(text)
        known = self.all()
        named = [(len(name), one) for one in known for name in one.names if _packed(name) in packed]
        if named:
            return max(named, key=lambda pair: pair[0])[1]
        here = [one for one in known if one.answers_in(dong)]
        topical = [
            (len(topic), bool(one.words[Word.DONG]) == bool(dong), one)
            for one in here
            if (topic := one.topic_in(text))
        ]
        if topical:
            return max(topical, key=lambda three: three[:2])[2]
        whole = (one for one in here if dong in one.words[Word.DONG])
        return next((one for one in whole if not one.words[Word.TOPIC]), None) if dong else None


def add(db: sqlite_utils.Database, name: str, by: By) -> int:
    """Make a department inside an open transaction; its row, 0 where the name is taken."""
    cursor = db.execute(
        "insert or ignore into departments (name) values (?) returning id", [name]
    ).fetchone()
    if cursor is None:
        return 0
    _write(db, "department_added", name, {}, by)
    return int(cursor[0])


def rename(db: sqlite_utils.Database, seen: Department, name: str, by: By) -> bool:
    """Give a department another name inside an open transaction; False as `set_words`."""
    if db.execute("select 1 from departments where name = ?", [name]).fetchone():
        return False
    if not _touch(db, seen):
        return False
    db.execute("update departments set name = ? where id = ?", [name, seen.id])
    # Opinions that are open under the name before are still its business.
    alias = [seen.id, Word.ALIAS.value, seen.name]
    db.execute("insert or ignore into department_words values (?, ?, ?)", alias)
    _write(db, "department_changed", name, {"old": seen.name, "new": name}, by)
    return True


def set_words(
    db: sqlite_utils.Database, seen: Department, kind: Word, words: Sequence[str], by: By
) -> bool:
    """Put words of one kind in the place of those before, inside an open transaction.

    Returns:
        Whether it was done; False where the department is gone or somebody changed it meanwhile.
    """
    if not _touch(db, seen):
        return False
    given = sorted(set(words))
    db.execute(
        "delete from department_words where department_id = ? and kind = ?", [seen.id, kind.value]
    )
    rows = [(seen.id, kind.value, word) for word in given]
    db.conn.executemany("insert into department_words values (?, ?, ?)", rows)
    details = {"kind": kind.value, "old": list(seen.words[kind]), "new": given}
    _write(db, "department_changed", seen.name, details, by)
    return True


def remove(db: sqlite_utils.Database, seen: Department, by: By) -> bool:
    """Take a department out inside an open transaction; its people stay, without it."""
    if not _touch(db, seen):
        return False
    db.execute("update people set revision = revision + 1 where department_id = ?", [seen.id])
    db.execute("delete from departments where id = ?", [seen.id])
    _write(db, "department_removed", seen.name, {}, by)
    return True


def _touch(db: sqlite_utils.Database, seen: Department) -> bool:
    sql = "update departments set revision = revision + 1 where id = ? and revision = ?"
    return bool(db.execute(sql, [seen.id, seen.revision]).rowcount)


def _write(
    db: sqlite_utils.Database, action: str, name: str, details: Mapping[str, object], by: By
) -> None:
    write_entry(db, at=by.at, person=by.person, action=action, subject=name, details=details)


def _packed(text: str) -> str:
    return "".join(text.split())
