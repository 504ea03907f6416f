"""Which opinions a list shows: as a value, and as a condition on their rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.ledger.opinion import OPEN_PROMISES, PromiseKind, State
from corpus.ledger.promises import OVERDUE
from corpus.types import Visibility

# As `Opinion.seen_by`: by its promise nobody finds a reply that they may not read.
_PROMISE_SEEN = (
    f"(:audience >= {int(Visibility.STAFF)} or o.origin <> 'chat' or o.published_reply <> ''"
    " or o.author_id = :author)"
)
_OPEN = ", ".join(f"'{kind.value}'" for kind in sorted(OPEN_PROMISES))


class Standing(StrEnum):
    """How far an opinion has come, whatever state it is in."""

    UNANSWERED = "unanswered"  # nobody has replied yet
    ANSWERED = "answered"  # somebody has replied
    UNFINISHED = "unfinished"  # something is still to be done about it


_STANDS: Mapping[Standing, str] = {
    Standing.UNANSWERED: "o.promised_at = '' and o.state not in ('merged', 'withdrawn')",
    Standing.ANSWERED: "o.promised_at <> ''",
    Standing.UNFINISHED: "(o.state in ('received', 'taken', 'asked')"
    f" or (o.state = 'answered' and o.promise in ({_OPEN})))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which opinions a list shows; an empty part leaves everything in.

    Attributes:
        state: Where they stand.
        standing: How far they have come.
        promise: What the last reply promises.
        departments: Who should answer, or has: one of these.
        dong: Neighbourhood.
        since: First day on which they were raised, ISO 8601.
        until: Last day on which they were raised, ISO 8601.
        overdue: Only those whose promise is overdue.
        author_id: Only those of one person.
    """

    state: State | None = None
    standing: Standing | None = None
    promise: PromiseKind | None = None
    departments: tuple[str, ...] = ()
    dong: str = ""
    since: str = ""
    until: str = ""
    overdue: bool = False
    author_id: int | None = None


def condition(
    wanted: Wanted, audience: Visibility, clock: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    """A condition on `opinions o` that only wanted and visible ones meet, with its parameters.

    Args:
        wanted: Which ones.
        audience: Highest level that may be seen; a person always sees their own.
        clock: What `Meetings.clock` gives for the day on which it is asked.
    """
    values: dict[str, object] = {"audience": int(audience), "author": wanted.author_id}
    parts = ["(o.visibility <= :audience or o.author_id = :author)"]
    if wanted.author_id is not None:
        parts.append("o.author_id = :author")
    elif wanted.state is None:
        parts.append("o.state <> 'withdrawn'")
    for name in ("state", "promise", "dong"):
        if value := getattr(wanted, name):
            parts.append(f"o.{name} = :{name}")
            values[name] = str(value)
    if wanted.standing:
        parts.append(_STANDS[wanted.standing])
    if wanted.departments:
        parts.append("o.department in (select value from json_each(:departments))")
        values["departments"] = json.dumps(wanted.departments, ensure_ascii=False)
    if wanted.since:
        parts.append("o.raised_at >= :since")
        values["since"] = wanted.since
    if wanted.until:
        parts.append("substr(o.raised_at, 1, 10) <= :until")
        values["until"] = wanted.until
    if wanted.overdue:
        parts.append(OVERDUE)
        values |= clock
    if wanted.promise or wanted.overdue:
        parts.append(_PROMISE_SEEN)
    return " and ".join(parts), values
