"""A real store with small papers in it; what stands between blank lines is a passage."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.types import Visibility
from retrieval.terms import KiwiTerms


class Shelf:
    def __init__(self, folder: Path, terms: KiwiTerms) -> None:
        self.database = CouncilDatabase(folder)
        self.terms = terms
        self.documents = Documents(self.database, terms.index_terms)

    def put(self, name: str, text: str, visibility: Visibility = Visibility.PUBLIC) -> int:
        """Write a paper, in place of one of the same name."""
        row = {
            "name": name,
            "title": name,
            "kind": "other",
            "visibility": int(visibility),
            "format": "txt",
            "source": f"/papers/{name}",
            "sha256": _digest(text),
            "text": text,
            "ingested_at": "2031-03-04T01:02:03+00:00",
        }
        with self.database.write() as db:
            db.execute("delete from documents where name = ?", [name])
            columns = ", ".join(row)
            document_id = db.execute(
                f"insert into documents ({columns}) values (:{', :'.join(row)})", row
            ).lastrowid
            for ordinal, match in enumerate(re.finditer(r"(?:.+\n?)+", text)):
                passage_id = db.execute(
                    'insert into passages (document_id, ordinal, start, "end", heading, text,'
                    " sha256) values (?, ?, ?, ?, '[]', ?, ?)",
                    [document_id, ordinal, *match.span(), match[0], _digest(match[0])],
                ).lastrowid
                terms = [self.terms.index_terms(part) for part in (name, "", match[0])]
                db.execute(
                    "insert into passage_terms (rowid, title, heading, body) values (?, ?, ?, ?)",
                    [passage_id, *terms],
                )
        assert document_id is not None
        return document_id

    def remove(self, document_id: int) -> None:
        self.documents.remove([document_id], datetime(2031, 4, 5, tzinfo=UTC))

    def passages(self, document_id: int) -> list[int]:
        rows = self.database.read(
            "select id from passages where document_id = ? order by id", [document_id]
        )
        return [row["id"] for row in rows]

    def show_to(self, document_id: int, visibility: Visibility) -> None:
        with self.database.write() as db:
            db.execute(
                "update documents set visibility = ? where id = ?", [int(visibility), document_id]
            )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
