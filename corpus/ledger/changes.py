"""How opinions change: which steps are allowed, and every step written down with who and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlite_utils

from corpus.audit import write_entry
from corpus.errors import NotAllowedError, OvertakenError
from corpus.ledger.opinion import PAPER, State
from corpus.messages import say


class Action(StrEnum):
    """What can be done to an opinion; keys of `[opinion_action]` in `corpus/messages.toml`."""

    RECORD = "record"
    TAKE = "take"
    ASSIGN = "assign"
    NOTE = "note"
    ASK = "ask"
    RESPOND = "respond"
    ANSWER = "answer"
    MERGE = "merge"
    ABSORB = "absorb"  # another one was merged into it
    FOLLOW = "follow"  # what it was merged into was merged itself
    CLOSE = "close"
    REOPEN = "reopen"
    PUBLISH = "publish"
    CONCEAL = "conceal"
    WITHDRAW = "withdraw"
    LEAVE = "leave"  # its paper prints it no more
    RESTORE = "restore"  # its paper has come back
    FORGET = "forget"


_R, _T, _A, _D = State.RECEIVED, State.TAKEN, State.ASKED, State.ANSWERED
_C, _M, _W = State.CLOSED, State.MERGED, State.WITHDRAWN
_HANDLED = (_R, _T, _A, _D)


def _stay(*states: State) -> dict[State, State]:
    return {state: state for state in states}


def _to(after: State, *states: State) -> dict[State, State]:
    return dict.fromkeys(states, after)


STEPS: Mapping[Action, Mapping[State, State]] = {
    Action.TAKE: _to(_T, _R, _T) | _stay(_A, _D),
    Action.ASSIGN: _stay(*_HANDLED),
    Action.NOTE: _stay(*_HANDLED, _C, _M),
    Action.ASK: _to(_A, *_HANDLED),
    Action.RESPOND: _to(_T, _A),
    Action.ANSWER: _to(_D, *_HANDLED),
    Action.MERGE: _to(_M, *_HANDLED),
    Action.ABSORB: _stay(*_HANDLED, _C),
    Action.FOLLOW: _stay(_M),
    Action.CLOSE: _to(_C, *_HANDLED),
    Action.REOPEN: {_C: _T, _M: _R},
    Action.PUBLISH: _stay(*_HANDLED, _C),
    Action.CONCEAL: _stay(*State),
    Action.WITHDRAW: _to(_W, _R, _T, _A),
    Action.LEAVE: _to(_W, _R, _D),
    Action.RESTORE: {_W: _R},
    Action.FORGET: _stay(*State),
}
"""What each action makes of each state; a state that is missing does not allow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, and when.

    Attributes:
        person: Key of the person, `console` or `paper`.
        at: When, aware.
    """

    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOpinion:
    """An opinion as a person saw it before deciding.

    Attributes:
        id: Its row.
        revision: How often it had been changed.
    """

    id: int
    revision: int


def step(
    db: sqlite_utils.Database,
    seen: SeenOpinion,
    action: Action,
    by: By,
    *,
    details: Mapping[str, str] | None = None,
    **columns: Any,
) -> State:
    """Change an opinion inside an open transaction and write down that it was changed.

    Args:
        db: The database of the transaction.
        seen: The opinion as it was seen.
        action: What is done.
        by: Who and when.
        details: Numbers and choices for the history.
        columns: New values of its columns.

    Returns:
        The state after it.

    Raises:
        OvertakenError: Somebody else changed it since it was seen; the message says what they did.
        NotAllowedError: Its state does not allow the action.
    """
    state, number = current(db, seen)
    after = STEPS[action].get(state)
    if after is None:
        raise NotAllowedError(
            say(
                "ledger.not_allowed",
                number=number,
                action=say(f"opinion_action.{action}"),
                state=say(f"opinion_state.{state}"),
            )
        )
    values = {"state": after.value, "revision": seen.revision + 1, **columns}
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"update opinions set {names} where id = ?", [*values.values(), seen.id])
    write_event(db, seen.id, action, by, state.value, after.value, details or {})
    return after


def current(db: sqlite_utils.Database, seen: SeenOpinion) -> tuple[State, str]:
    """State and number of an opinion that still is as it was seen.

    Raises:
        OvertakenError: It is not; the message says what was done meanwhile.
        NotAllowedError: There is no such opinion.
    """
    row = db.execute(
        "select state, revision, number from opinions where id = ?", [seen.id]
    ).fetchone()
    if row is None:
        raise NotAllowedError(say("ledger.unknown"))
    state, revision, number = row
    if revision != seen.revision:
        raise OvertakenError(_meanwhile(db, seen.id, number))
    return State(state), number


def latest(db: sqlite_utils.Database, opinion_id: int) -> SeenOpinion:
    """An opinion as it is now, for those who need not have seen it: its author, the clock."""
    row = db.execute("select revision from opinions where id = ?", [opinion_id]).fetchone()
    return SeenOpinion(id=opinion_id, revision=row[0] if row else 0)


def _meanwhile(db: sqlite_utils.Database, opinion_id: int, number: str) -> str:
    action, at = db.execute(
        "select action, at from opinion_history where opinion_id = ? order by id desc limit 1",
        [opinion_id],
    ).fetchone()
    when = at[5:16].replace("T", " ")
    done = say(f"opinion_action.{action}")
    return say("ledger.overtaken", number=number, action=done, when=when)


def write_event(
    db: sqlite_utils.Database,
    opinion_id: int,
    action: Action,
    by: By,
    before: str,
    after: str,
    details: Mapping[str, str],
) -> None:
    """Add to an opinion's history, inside the transaction of what it tells of."""
    db.execute(
        "insert into opinion_history (opinion_id, at, person, action, before, after, details)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [
            opinion_id,
            by.at.isoformat(timespec="seconds"),
            by.person,
            action.value,
            before,
            after,
            json.dumps(dict(details), ensure_ascii=False, sort_keys=True),
        ],
    )
    if by.person != PAPER:  # what papers print is no act of anybody
        write_entry(
            db,
            at=by.at,
            person=by.person,
            action=f"opinion_{action}",
            subject=f"opinion {opinion_id}",
            details={},
        )
