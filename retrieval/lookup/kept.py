"""What was read from the store, kept for as long as the store stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from itertools import islice
from threading import Lock
from typing import Generic, TypeVar

from corpus.database import CouncilDatabase

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")
State = tuple[int, ...]


def state_of(database: CouncilDatabase) -> State:
    """What changes whenever a paper comes, goes, is seen by others, or staff correct a row.

    That somebody asked is in the audit as well and changes nothing: with 10,000 passages a question
    behind another one's entry took 220 ms instead of 120.
    """
    row = database.unchanged(
        "select max(id) as newest, count(*) as n, sum(visibility * id) as levels,"
        " (select id from audit where action not in ('ask', 'view', 'export', 'model')"
        " order by id desc limit 1) as changes from documents"
    )
    return (row["newest"] or 0, row["n"], row["levels"] or 0, row["changes"] or 0) if row else ()


class Kept(Generic[_K, _V]):
    """Values by key; all are forgotten when the store changes, the oldest when there are many.

    Args:
        most: How many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._state: State = ()
        self._values: dict[_K, _V] = {}
        self._lock = Lock()

    def get(
        self, state: State, keys: Iterable[_K], read: Callable[[Collection[_K]], dict[_K, _V]]
    ) -> dict[_K, _V]:
        """Values of some keys; those not kept yet are read.

        Args:
            state: The store's state, taken before this call.
            keys: The keys.
            read: Reads the values of keys; it may leave out those without one.
        """
        with self._lock:
            if state != self._state:
                self._state, self._values = state, {}
            found = {key: self._values[key] for key in keys if key in self._values}
        if lacking := [key for key in dict.fromkeys(keys) if key not in found]:
            more = read(lacking)
            found |= more
            self._keep(state, more)
        return found

    def _keep(self, state: State, more: dict[_K, _V]) -> None:
        with self._lock:
            if state != self._state:
                return  # another question has seen a newer store meanwhile
            self._values |= more
            for key in list(islice(self._values, max(len(self._values) - self._most, 0))):
                del self._values[key]
