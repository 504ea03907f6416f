"""What an answer must say of the rows that it uses: corrected by staff, or not confirmed yet."""

from __future__ import annotations

import json
from collections.abc import Iterable

from corpus.database import CouncilDatabase
from corpus.messages import field_name, say
from corpus.text import shortened
from corpus.types import Span

# Longer values are told by their beginning; the source shows all.
_LONGEST = 80
_MOST = 3


class Notes:
    """Reads what staff said of rows, and what they have not said yet.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database

    def corrected(self, record_ids: Iterable[int]) -> list[str]:
        """The notice of values that staff put in the place of printed ones; none for most rows."""
        rows = self._database.read(
            "select f.name, f.text, f.printed from json_each(?) j"
            " join fields f on f.record_id = j.value where f.printed <> ''"
            " order by j.key, f.ordinal",
            [json.dumps(list(record_ids))],
        )
        changes = [
            say(
                "review.corrected_value",
                name=field_name(row["name"]),
                given=shortened(row["text"], _LONGEST),
                printed=shortened(str(json.loads(row["printed"])["text"]), _LONGEST),
            )
            for row in rows
        ]
        if not changes:
            return []
        return [say("review.corrected", changes=" · ".join(dict.fromkeys(changes[:_MOST])))]

    def doubted(self, record_ids: Iterable[int]) -> list[str]:
        """Why rows should be confirmed, once for each reason; none for rows that were."""
        rows = self._database.read(
            "select distinct r.doubt from json_each(?) j join records r on r.id = j.value"
            " where r.doubt <> '' and r.confirmed = 0 order by r.doubt",
            [json.dumps(list(record_ids))],
        )
        return [say("review.unconfirmed", reason=say(f"doubt.{row['doubt']}")) for row in rows]

    def within(self, document_id: int, span: Span) -> list[int]:
        """Corrected rows of a paper that stand in a stretch of its text."""
        rows = self._database.read(
            "select distinct c.record_id from corrections c"
            " join records r on r.id = c.record_id join relations n on n.id = r.relation_id"
            " join record_spans s on s.record_id = r.id"
            ' where n.document_id = ? and s.start < ? and s."end" > ?',
            [document_id, span.end, span.start],
        )
        return [row["record_id"] for row in rows]
