"""The names that a store knows, by which messages are read: neighbourhoods, programmes, people."""

from __future__ import annotations

import json
from collections.abc import Collection

from corpus.database import CouncilDatabase
from corpus.types import Visibility

_FIELDS = (
    " from fields f join records r on r.id = f.record_id join relations n on n.id = r.relation_id"
    " join documents d on d.id = n.document_id where d.visibility <= ? and"
)
# A shorter name stands in too many sentences by chance.
_SHORTEST = 4
_MOST = 5000


class KnownNames:
    """Reads names; they are kept until somebody writes to the store.

    Args:
        database: The council's store.
        dongs: The council's own neighbourhoods, whatever papers say.
    """

    def __init__(self, database: CouncilDatabase, dongs: Collection[str] = ()) -> None:
        self._database = database
        self._dongs = tuple(dongs)

    def dongs(self, audience: Visibility) -> tuple[str, ...]:
        """Neighbourhoods that are configured or that records are about."""
        found = self._names(f"f.place as name{_FIELDS} f.place <> ''", audience)
        return (*self._dongs, *(name for name in found if " " not in name))

    def programmes(self, audience: Visibility) -> tuple[str, ...]:
        """Programmes that records name, but those of very short names."""
        found = self._names(f"f.text as name{_FIELDS} f.name = 'programme'", audience)
        return tuple(name for name in found if len("".join(name.split())) >= _SHORTEST)

    def is_person(self, name: str, audience: Visibility) -> bool:
        """Whether a value of a record is this name alone, or names a person who ends in it."""
        found = self._database.one(
            f"select 1{_FIELDS} (f.text = ? or (f.type = 'person' and f.text like '%' || ?))"
            " limit 1",
            [int(audience), name, name],
        )
        return found is not None

    def _names(self, wanted: str, audience: Visibility) -> list[str]:
        row = self._database.unchanged(
            f"select json_group_array(name) as names from (select distinct {wanted} limit {_MOST})",
            [int(audience)],
        )
        names: list[str] = json.loads(row["names"]) if row else []
        return names
