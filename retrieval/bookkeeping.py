"""Which passages have a vector, as the store's own tables remember it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlite_utils
from filelock import FileLock, Timeout

from corpus.database import CouncilDatabase
from corpus.errors import BusyError
from corpus.messages import say

# Which lock file says that a process writes vectors; beside the store, as the index may be remote.
_LOCK = "vectors.lock"
_POLL_SECONDS = 1.0
AT_ONCE = 5_000
"""Passages looked at in one call; below chromadb's limit of 5,461."""

# A vector is filed with its embedder and the level of its paper: a change of either, and the
# passage waits again. Its text never changes.
_WAITING = (
    "from passages p join documents d on d.id = p.document_id"
    " left join passage_vectors v on v.passage_id = p.id"
    " where v.fingerprint is not (? || '@' || d.visibility)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A passage without vector.

    Attributes:
        id: Row of the passage.
        document: Row of its paper.
        level: Lowest audience that may see the paper.
        text: What to embed.
        sha256: Digest of that text.
    """

    id: int
    document: int
    level: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an index stands against the store.

    Attributes:
        pending: Passages without vector.
        made: Vectors that the store knows of.
        stale: Passages that are gone and may still have a vector.
        held: Vectors in the collection.
        busy: Whether a process works on it, so that the figures change.
    """

    pending: int
    made: int
    stale: int
    held: int
    busy: bool


class VectorBooks:
    """Reads and writes `passage_vectors` and `stale_vectors`.

    Args:
        database: The council's store.
        fingerprint: Of the embedder.
    """

    def __init__(self, database: CouncilDatabase, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint

    def store(self) -> str:
        """A name of this store that no other store has; made at the first use."""
        if (name := self._database.setting("vectors.store")) is None:
            with self._database.write() as db:
                db.execute(
                    "insert or ignore into settings values"
                    " ('vectors.store', lower(hex(randomblob(6))))"
                )
            name = self._database.setting("vectors.store")
        return str(name)

    def index(self) -> str:
        """A name of this store's index by this embedder that no other index has."""
        made = f"{self._fingerprint}#{self.store()}"
        return hashlib.sha256(made.encode()).hexdigest()[:16]

    def changes(self) -> int:
        """How often the index was changed; the store counts that with each change."""
        row = self._database.unchanged(
            "select cast(value as integer) as n from settings where key = 'vectors.changes'"
        )
        return int(row["n"]) if row else 0

    def pending(self) -> int:
        """Number of passages that wait for a vector."""
        return self._count(f"select count(*) as n {_WAITING}", [self._fingerprint])

    def waiting(self, after: int, limit: int) -> list[Waiting]:
        """Passages that wait, by row number, from behind `after` on."""
        rows = self._database.read(
            "select p.id, p.document_id as document, d.visibility as level, p.text, p.sha256"
            f" {_WAITING} and p.id > ? order by p.id limit ?",
            [self._fingerprint, after, limit],
        )
        return [Waiting(**dict(row)) for row in rows]

    def record(self, batch: Sequence[Waiting]) -> None:
        """File vectors as made; passages that have gone since are left out."""
        with self._database.write() as db:
            db.conn.executemany(
                "insert or replace into passage_vectors"
                " select id, ? || '@' || ? from passages where id = ?",
                [(self._fingerprint, row.level, row.id) for row in batch],
            )
            _changed(db)

    def made(self) -> int:
        """Number of vectors filed for this embedder, whatever their level."""
        return self._count(
            "select count(*) as n from passage_vectors where substr(fingerprint, 1, ?) = ?",
            [len(self._fingerprint) + 1, f"{self._fingerprint}@"],
        )

    def stale(self) -> list[int]:
        """Passages that are gone and may still have a vector; at most 5,000."""
        rows = self._database.read(
            "select passage_id from stale_vectors order by passage_id limit ?", [AT_ONCE]
        )
        return [row["passage_id"] for row in rows]

    def stale_count(self) -> int:
        """Number of passages that are gone and may still have a vector."""
        return self._count("select count(*) as n from stale_vectors", [])

    def swept(self, ids: Sequence[int]) -> None:
        """File vectors of passages that are gone as deleted."""
        with self._database.write() as db:
            db.execute(
                "delete from stale_vectors where passage_id in (select value from json_each(?))",
                [json.dumps(list(ids))],
            )
            _changed(db)

    def standing(self, *, held: int, busy: bool) -> Standing:
        """How an index that holds so many vectors stands."""
        return Standing(
            pending=self.pending(),
            made=self.made(),
            stale=self.stale_count(),
            held=held,
            busy=busy,
        )

    def filed(self, after: int, limit: int) -> list[tuple[int, int]]:
        """Passages with a vector of this embedder and their levels, from behind `after` on."""
        rows = self._database.read(
            "select passage_id, substr(fingerprint, ?) as level from passage_vectors"
            " where passage_id > ? and substr(fingerprint, 1, ?) = ? order by passage_id limit ?",
            [
                len(self._fingerprint) + 2,
                after,
                len(self._fingerprint) + 1,
                f"{self._fingerprint}@",
                limit,
            ],
        )
        return [(row["passage_id"], int(row["level"])) for row in rows]

    def forget(self, passages: Sequence[int]) -> None:
        """Let passages wait again whose vector is filed but not held."""
        with self._database.write() as db:
            db.conn.executemany(
                "delete from passage_vectors where passage_id = ?", [(one,) for one in passages]
            )
            _changed(db)

    def orphans(self, held: Sequence[int]) -> list[int]:
        """Which of some passages the store does not know."""
        rows = self._database.read(
            "select value from json_each(?) where value not in (select id from passages)",
            [json.dumps(list(held))],
        )
        return [row["value"] for row in rows]

    def clear(self) -> None:
        """Let every passage wait again."""
        with self._database.write() as db:
            db.execute("delete from passage_vectors")
            db.execute("delete from stale_vectors")
            _changed(db)

    @contextmanager
    def sole_writer(
        self,
        wait: bool,
        stop: Callable[[], bool] = lambda: False,
        waiting: Callable[[], None] = lambda: None,
        *,
        must: bool = False,
    ) -> Iterator[bool]:
        """Hold the lock of the one process that writes vectors; a crash frees it.

        Args:
            wait: Whether to wait while another process holds it.
            stop: Asked every second of waiting.
            waiting: Called every second of waiting.
            must: Raise instead of going on without it.

        Yields:
            Whether it is held.

        Raises:
            BusyError: `must`, and another process holds it.
        """
        lock = FileLock(self._database.folder / _LOCK)
        while not stop():
            try:
                lock.acquire(timeout=_POLL_SECONDS if wait else 0)
                break
            except Timeout:
                waiting()
                if not wait:
                    break
        if must and not lock.is_locked:
            raise BusyError(say("index.busy"))
        try:
            yield lock.is_locked
        finally:
            lock.release()

    def _count(self, sql: str, parameters: Sequence[object]) -> int:
        row = self._database.one(sql, parameters)
        return int(row["n"]) if row else 0


def _changed(db: sqlite_utils.Database) -> None:
    """Count a change of the index inside its transaction."""
    db.execute(
        "insert into settings values ('vectors.changes', '1')"
        " on conflict (key) do update set value = cast(value as integer) + 1"
    )
