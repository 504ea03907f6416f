"""What is over its time leaves the store; what the council must keep stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.retention import Periods, clear

NOW = datetime(2031, 6, 1, tzinfo=UTC)
SEOUL = timezone(timedelta(hours=9))
PERIODS = Periods(
    conversations=timedelta(days=30),
    unanswered=timedelta(days=60),
    outbox=timedelta(days=20),
    inbox=timedelta(days=7),
    drafts=timedelta(days=2),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


def ago(**units: float) -> str:
    return (NOW - timedelta(**units)).isoformat()


def write(store: CouncilDatabase, sql: str, *values: object) -> None:
    with store.write() as db:
        db.execute(sql, values)


def cleared(store: CouncilDatabase) -> None:
    with store.write() as db:
        clear(db, PERIODS, NOW)


def ids(store: CouncilDatabase, table: str, column: str = "id") -> list[int]:
    return [row[0] for row in store.read(f"select {column} from {table} order by 1")]


def test_conversations_go_with_their_judgements_when_their_time_is_over(
    store: CouncilDatabase,
) -> None:
    write(store, "insert into people (id, role, created_at) values (1, 'citizen', '')")
    add = (
        "insert into answers (id, conversation, question, answer, visibility, asked_at)"
        " values (?, 'c', 'q', 'a', 0, ?)"
    )
    write(store, add, 1, ago(days=31))
    write(store, add, 2, ago(days=29))
    # The same moment with another offset is neither older nor newer.
    write(store, add, 3, (NOW - timedelta(days=30, hours=-1)).astimezone(SEOUL).isoformat())
    write(store, "insert into feedback values (1, 1, 1, ?)", ago(days=31))
    cleared(store)
    assert ids(store, "answers") == [2, 3]
    assert ids(store, "feedback", "answer_id") == []


def test_what_is_still_to_be_sent_and_the_newest_number_of_a_chat_stay(
    store: CouncilDatabase,
) -> None:
    add = (
        "insert into outbox (id, chat_id, method, payload, state, not_before, message_id,"
        " created_at) values (?, ?, 'sendMessage', '', ?, '', ?, ?)"
    )
    for row in (
        (1, 7, "sent", 11, ago(days=21)),
        (2, 7, "sent", 12, ago(days=21)),
        (3, 8, "queued", None, ago(days=21)),
        (4, 7, "failed", None, ago(days=21)),
        (5, 7, "sent", 10, ago(days=1)),
    ):
        write(store, add, *row)
    cleared(store)
    assert ids(store, "outbox") == [2, 3, 5]


def test_an_update_that_waits_is_kept_however_old_it_is(store: CouncilDatabase) -> None:
    add = "insert into inbox (update_id, payload, state, received_at) values (?, '', ?, ?)"
    for number, state in ((1, "done"), (2, "failed"), (3, "waiting")):
        write(store, add, number, state, ago(days=8))
    cleared(store)
    assert ids(store, "inbox", "update_id") == [3]


def test_an_answer_of_staff_stays_but_not_who_asked(store: CouncilDatabase) -> None:
    write(store, "insert into people (id, role, created_at) values (1, 'citizen', '')")
    add = (
        "insert into unanswered (id, gist, question, cause, state, asked, first_at, last_at)"
        " values (?, ?, 'q', 'refused', ?, 1, ?, ?)"
    )
    old, new = ago(days=61), ago(days=59)
    for number, state, at in (
        (1, "waiting", old),
        (2, "dropped", old),
        (3, "answered", old),
        (4, "waiting", new),
    ):
        write(store, add, number, f"g{number}", state, at, at)
        write(store, "insert into unanswered_askers values (?, 1, 'refused', '')", number)
    cleared(store)
    assert ids(store, "unanswered") == [3, 4]
    assert ids(store, "unanswered_askers", "question_id") == [4]


def test_the_ledger_the_audit_and_the_numbers_are_not_touched(store: CouncilDatabase) -> None:
    write(
        store,
        "insert into audit (at, person, action, subject, details, digest)"
        " values (?, 'k', 'role', 's', '{}', 'd')",
        ago(days=4000),
    )
    write(store, "insert into tallies values ('2020-01-01', 'answered', 3)")
    cleared(store)
    assert len(ids(store, "audit")) == len(ids(store, "tallies", "count")) == 1
