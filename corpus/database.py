"""The one SQLite file of a council: a single writer, and a read-only connection per thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlite_utils

from corpus.errors import StoreError
from corpus.messages import say
from corpus.migrating import rehearse
from corpus.schema import migrate

FILE_NAME = "council.sqlite3"

# Another process may be in the middle of a paper's transaction: 37 pages take 0.3 s to write.
_BUSY_SECONDS = 30
# A question reads for less; writers wait as long.
_SCRUB_MILLISECONDS = 300


class Reader(Protocol):
    """Whatever rows can be read from: the store as committed, or a transaction that is open."""

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows of one SELECT."""
        ...

    def one(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Row | None:
        """The first row of one SELECT; None when there is none."""
        ...


class OpenTransaction:
    """Reads what an open transaction has written so far.

    Args:
        db: The database of the transaction.
    """

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows of one SELECT."""
        cursor = self._db.conn.cursor()
        cursor.row_factory = sqlite3.Row
        rows: list[sqlite3.Row] = cursor.execute(sql, parameters).fetchall()
        return rows

    def one(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Row | None:
        """The first row of one SELECT; None when there is none."""
        rows = self.read(sql, parameters)
        return rows[0] if rows else None


# Terms of some hundred questions, a hundred bytes each.
_KEPT = 4096


class CouncilDatabase:
    """Reads from any thread and writes from one at a time, across processes too.

    Writing takes `BEGIN IMMEDIATE` before the first read, since SQLite does not wait for a lock
    when a snapshot has gone stale. Reading uses connections that cannot write.

    Args:
        folder: The data folder; it and the file in it are made where they are missing.

    Raises:
        StoreError: The file is no database, is damaged, cannot be written, or was made by a newer
            version of this program.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._readers = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._writer = self._open()

    def _open(self) -> sqlite_utils.Database:
        try:
            # What people said is nobody else's business on this machine.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.path.exists():
                rehearse(self.path)
            connection = self._connect("rwc")
            writer = sqlite_utils.Database(connection, execute_plugins=False)
            writer.enable_wal()
            # A power cut must not lose what Telegram was told is received.
            connection.execute("pragma synchronous=full")
            # What is erased leaves no trace in free pages.
            connection.execute("pragma secure_delete=on")
            connection.execute("pragma foreign_keys=on")
            self._writer = writer
            with self.write() as db:
                migrate(db)
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreError(say("store.unusable", path=self.path, reason=error)) from error
        return writer

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            check_same_thread=False,
            isolation_level=None,
        )
        with self._lock:
            self._opened.append(connection)
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite_utils.Database]:
        """A transaction: committed when the block ends, undone when it raises.

        Nested use joins the outer transaction.
        """
        with self._lock:
            if self._writer.conn.in_transaction:
                yield self._writer
                return
            self._writer.conn.execute("begin immediate")
            try:
                yield self._writer
                self._writer.conn.commit()
            except BaseException:
                self._writer.conn.rollback()
                raise

    def scrub(self) -> None:
        """Empty the write-ahead log: what was written and erased since leaves it only then.

        What other readers still look at stays until the next time: a backup of a large store looks
        for minutes, and nobody else in this process could write while it was waited for.
        """
        with self._lock:
            if not self._writer.conn.in_transaction:
                self._writer.conn.execute(f"pragma busy_timeout={_SCRUB_MILLISECONDS}")
                self._writer.conn.execute("pragma wal_checkpoint(truncate)").fetchall()
                self._writer.conn.execute(f"pragma busy_timeout={1000 * _BUSY_SECONDS}")

    def read(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """All rows of one SELECT, from this thread's read-only connection.

        Inside a `write` block it does not see that block's changes; query the block's database.
        """
        connection = getattr(self._readers, "connection", None)
        if connection is None:
            connection = self._connect("ro")
            connection.row_factory = sqlite3.Row
            connection.execute("pragma query_only=on")
            self._readers.connection = connection
        rows: list[sqlite3.Row] = connection.execute(sql, parameters).fetchall()
        return rows

    def one(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Row | None:
        """The first row of one SELECT; None when there is none."""
        rows = self.read(sql, parameters)
        return rows[0] if rows else None

    def unchanged(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        """As `one`, read anew only after somebody wrote to the store.

        A question asks for the state of the store a dozen times and for the number of passages
        that hold a term 26 times: 25 ms of it with 10,000 papers, 2 ms so.

        Source: `pragma data_version` of SQLite, which grows for a connection with each commit of
        another one; this connection only reads.
        """
        if not getattr(self._readers, "moment", False):
            self._look()
        kept: dict[tuple[Any, ...], sqlite3.Row | None] = self._readers.kept
        key = (sql, *parameters)
        if key not in kept:
            kept[key] = self.one(sql, parameters)
            if len(kept) > _KEPT:
                del kept[next(iter(kept))]
        return kept[key]

    def _look(self) -> None:
        """Forget what this thread kept of the store, if somebody wrote to it since."""
        version = self.read("pragma data_version")[0][0]
        if getattr(self._readers, "version", None) != version:
            self._readers.version, self._readers.kept = version, {}

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What this thread reads inside is the store as it stood at one moment.

        A question reads some thirty times and asks 150 times whether anything changed; all of that
        rests on the same papers then, and whether anything changed is looked at once.
        Nested use joins the outer moment.
        """
        if getattr(self._readers, "moment", False):
            yield
            return
        self.read("begin")
        self._readers.moment = True
        try:
            self._look()
            yield
        finally:
            self._readers.moment = False
            self._readers.connection.rollback()

    def setting(self, key: str) -> str | None:
        """A value kept in the store itself; None where it was never set."""
        row = self.one("select value from settings where key = ?", [key])
        return None if row is None else str(row["value"])

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value in the store itself."""
        with self.write() as db:
            keep_setting(db, key, value)

    def close(self) -> None:
        """Close every connection; the object cannot be used afterwards."""
        with self._lock:
            # The writer last: it then takes the log into the file, which stands for itself.
            for connection in reversed(self._opened):
                connection.close()
            self._opened.clear()


def keep_setting(db: sqlite_utils.Database, key: str, value: str) -> None:
    """Keep a value in the store itself, inside an open transaction."""
    db.execute("insert or replace into settings values (?, ?)", [key, value])


def exists(folder: Path) -> bool:
    """Whether a data folder holds a store."""
    return (folder / FILE_NAME).is_file()
