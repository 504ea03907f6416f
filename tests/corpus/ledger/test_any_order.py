"""Whatever order of presses and crashes: only allowed steps, and a history without holes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.database import CouncilDatabase
from corpus.errors import LedgerError
from corpus.ledger import handling
from corpus.ledger.changes import STEPS, Action, By, SeenOpinion
from corpus.ledger.erasure import forget
from corpus.ledger.handling import NewReply
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter, Place, Promise, PromiseKind, State
from corpus.ledger.raising import NewOpinion, record, withdraw

NOW = datetime(2032, 3, 4, tzinfo=UTC)
REPLY = NewReply(department="과", text="답", promise=Promise(kind=PromiseKind.CONSIDER))
Write = Callable[[sqlite_utils.Database, SeenOpinion, By, int], object]

STAFF: dict[str, Write] = {
    "take": lambda db, seen, by, other: handling.take(db, seen, by),
    "assign": lambda db, seen, by, other: handling.assign(db, seen, by, "과"),
    "note": lambda db, seen, by, other: handling.note(db, seen, by, "메모"),
    "ask": lambda db, seen, by, other: handling.ask(db, seen, by, "어디요?"),
    "answer": lambda db, seen, by, other: handling.answer(db, seen, by, REPLY),
    "merge": lambda db, seen, by, other: handling.merge(db, seen, by, other),
    "close": lambda db, seen, by, other: handling.close(db, seen, by),
    "reopen": lambda db, seen, by, other: handling.reopen(db, seen, by),
    "publish": lambda db, seen, by, other: handling.publish(db, seen, by, "글", "답"),
    "conceal": lambda db, seen, by, other: handling.conceal(db, seen, by),
    "respond": lambda db, seen, by, other: handling.respond(db, seen.id, by, "저기요"),
    "withdraw": lambda db, seen, by, other: withdraw(db, seen.id, by),
}
PRESS = st.tuples(
    st.sampled_from(["record", "forget", "reopen the store", *STAFF, *STAFF]),
    st.integers(0, 4),  # which opinion
    st.integers(0, 4),  # which other one
    st.booleans(),  # whether it was seen long ago
    st.sampled_from(["", "", "", "before", "after"]),  # a crash before or after the writes
)


class Crash(Exception):
    pass


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = CouncilDatabase(folder)
        self.old: dict[int, SeenOpinion] = {}
        self.people = 0

    def press(self, what: str, which: int, other: int, stale: bool, crash: str) -> None:
        if what == "reopen the store":
            self.database.close()
            self.database = CouncilDatabase(self.folder)
            return
        ids = [row["id"] for row in self.database.read("select id from opinions order by id")]
        with suppress(Crash, LedgerError), self.database.write() as db:
            if crash == "before":
                raise Crash
            if what == "record":
                self._record(db)
            elif ids:
                self._act(db, what, ids[which % len(ids)], ids[other % len(ids)], stale)
            if crash == "after":
                raise Crash

    def _record(self, db: sqlite_utils.Database) -> None:
        self.people += 1
        db.execute(
            "insert or ignore into people (id, telegram_id, created_at) values (?, ?, '')",
            [self.people, self.people],
        )
        new = NewOpinion(
            text="의견",
            matter=Matter(),
            author=Author(person_id=self.people),
            place=Place(chat_id=self.people, message_id=1),
            raised_at="2032-03-04",
        )
        record(db, new, By(person="author", at=NOW), str)

    def _act(self, db: Any, what: str, one: int, other: int, stale: bool) -> None:
        (revision, author) = db.execute(
            "select revision, author_id from opinions where id = ?", [one]
        ).fetchone()
        if what == "forget":
            if author is not None:
                forget(db, author, By(person="author", at=NOW))
            return
        now = SeenOpinion(id=one, revision=revision)
        seen = self.old.setdefault(one, now) if stale else now
        STAFF[what](db, seen, By(person="staff", at=NOW), other)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(presses=st.lists(PRESS, min_size=5, max_size=40))
def test_states_follow_the_steps_and_history_is_complete(presses: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for press in [("record", 0, 0, False, "")] * 2 + presses:
            store.press(*press)
        check(store.database)
        store.database.close()


def check(database: CouncilDatabase) -> None:
    ledger = Ledger(database)
    rows = database.read("select * from opinions order by id")
    assert [row["ordinal"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        events = ledger.history(row["id"])
        assert (events[0].action, events[0].before) == ("record", "")
        assert events[-1].after == row["state"]
        assert row["revision"] == len(events) - 1
        for before, after in pairwise(events):
            assert before.after == after.before
            step = STEPS[Action(after.action)]
            assert step[State(after.before)] == after.after
        answers = [event for event in events if event.action == "answer"]
        assert len(ledger.replies(row["id"])) == len(answers)
        _check_merged(row, {other["id"]: other for other in rows})


def _check_merged(row: Any, by_id: dict[int, Any]) -> None:
    if row["state"] == State.MERGED:
        assert by_id[row["merged_into"]]["state"] not in {State.MERGED, State.WITHDRAWN}
    else:
        assert row["merged_into"] is None
