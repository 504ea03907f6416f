"""The papers in the store: written whole or not at all, read by those who may see them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from corpus.database import CouncilDatabase
from corpus.drafts import Draft, Terms, write_draft
from corpus.findings import warning
from corpus.ledger.papers import enter, leave
from corpus.new_editions import reattach, renew_terms
from corpus.recording import occasions, stored_texts, texts
from corpus.types import Document, DocumentKind, Passage, Span, Visibility

Analyse = Callable[[str], str]
"""Text to index terms joined by spaces; supplied by the retrieval room."""

BULK = "jsonl"
"""Format of a paper that is one line of a bulk set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A quote with the text around it."""

    title: str
    name: str
    before: str
    quote: str
    after: str
    page: int | None


class Documents:
    """Reads and writes papers.

    Args:
        database: The council's store.
        analyse: Makes index terms of a text.
    """

    def __init__(self, database: CouncilDatabase, analyse: Analyse) -> None:
        self._database = database
        self._analyse = analyse

    def put(self, drafts: Iterable[Draft], visibility: Visibility, at: datetime) -> list[int]:
        """Write papers in one transaction; an earlier version from the same source goes away.

        Args:
            drafts: The papers, read and cut.
            visibility: Who may see them; an earlier version's level is kept where it is stricter.
            at: Time of ingest.

        Returns:
            Their row numbers.
        """
        prepared = [(draft, self._terms(draft)) for draft in drafts]
        with self._database.write() as db:
            ids = [write_draft(db, draft, terms, visibility, at) for draft, terms in prepared]
            for number in ids:
                renew_terms(db, number, reattach(db, number), self._analyse)
                enter(db, number, at, self._analyse)
        return ids

    def put_anew(self, draft: Draft, visibility: Visibility, at: datetime) -> int:
        """Write one paper at just this level, whatever level its earlier version had."""
        with self._database.write() as db:
            db.execute("delete from documents where source = ?", [draft.source])
            return self.put([draft], visibility, at)[0]

    def at_source(self, source: str, audience: Visibility) -> int | None:
        """Row number of the paper from a source; None where the audience may see none."""
        row = self._database.one(
            "select id from documents where source = ? and visibility <= ?", [source, audience]
        )
        return None if row is None else int(row["id"])

    def _terms(self, draft: Draft) -> Terms:
        head = draft.headline
        title = self._analyse(_title(head.title, head.dated, draft.name, draft.body))
        analysed: dict[str, str] = {}

        def once(text: str) -> str:
            """Headings repeat over hundreds of rows."""
            if text not in analysed:
                analysed[text] = self._analyse(text)
            return analysed[text]

        passages = [
            (
                title,
                once("\n".join(chunk.heading)),
                self._analyse(draft.full.text[chunk.start : chunk.end]),
            )
            for chunk in draft.chunks
        ]
        found_by = (one for relation in draft.extraction.relations for one in texts(relation))
        records = [
            (f"{title} {once(made_at)}".rstrip(), once(above), self._analyse(body))
            for (above, body), made_at in zip(
                found_by, occasions(draft.extraction.relations), strict=True
            )
        ]
        return Terms(passages=passages, records=records)

    def remove(self, document_ids: Iterable[int], at: datetime) -> None:
        """Take papers out with all that hangs on them, but no opinion that staff acted on."""
        with self._database.write() as db:
            for document_id in document_ids:
                leave(db, document_id, at)
                db.execute("delete from documents where id = ?", [document_id])

    def show_to(self, document_id: int, visibility: Visibility) -> None:
        """Set who may see a paper, more or fewer than before."""
        with self._database.write() as db:
            db.execute(
                "update documents set visibility = ? where id = ?", [int(visibility), document_id]
            )

    def restrict(self, document_ids: Iterable[int], visibility: Visibility) -> int:
        """Raise papers to a level where theirs is more open; how many were raised."""
        with self._database.write() as db:
            return sum(
                db.execute(
                    "update documents set visibility = ? where id = ? and visibility < ?",
                    [int(visibility), document_id, int(visibility)],
                ).rowcount
                for document_id in document_ids
            )

    def reindex(self) -> Iterator[int]:
        """Make the keyword terms of every paper anew, one transaction a paper.

        Yields:
            The row number of each paper when it is done.
        """
        rows = self._database.read("select id, title, dated, name, body from documents order by id")
        for row in rows:
            title = self._analyse(_title(row["title"], row["dated"], row["name"], row["body"]))
            with self._database.write() as db:
                passages = db.execute(
                    "select id, heading, text from passages where document_id = ?", [row["id"]]
                ).fetchall()
                for number, heading, text in passages:
                    above = self._analyse("\n".join(json.loads(heading)))
                    _replace_terms(db, "passage_terms", number, (title, above, self._analyse(text)))
                for number, made_at, above, own in stored_texts(db, row["id"]):
                    of_paper = f"{title} {self._analyse(made_at)}".rstrip()
                    words = (of_paper, self._analyse(above), self._analyse(own))
                    _replace_terms(db, "record_terms", number, words)
            yield int(row["id"])

    def visible(self, audience: Visibility) -> list[Document]:
        """The papers that an audience may see, newest first; texts are left empty."""
        rows = self._database.read(
            "select *, '' as text from (select id, name, title, kind, body, dated, visibility,"
            " format, sha256 from documents where visibility <= ? order by dated desc, id)",
            [audience],
        )
        return [_document(row) for row in rows]

    def some(self, document_ids: Iterable[int], audience: Visibility) -> dict[int, Document]:
        """Papers by row number, as far as the audience may see them; texts are left empty."""
        rows = self._database.read(
            "select d.id, d.name, d.title, d.kind, d.body, d.dated, d.visibility, d.format,"
            " d.sha256, '' as text from json_each(?) j join documents d on d.id = j.value"
            " where d.visibility <= ?",
            [json.dumps(list(document_ids)), audience],
        )
        return {row["id"]: _document(row) for row in rows}

    def get(self, document_id: int, audience: Visibility) -> Document | None:
        """One paper with its text; None where there is none that the audience may see."""
        row = self._database.one(
            "select * from documents where id = ? and visibility <= ?", [document_id, audience]
        )
        return None if row is None else _document(row)

    def passages(self, ids: Sequence[int], audience: Visibility) -> dict[int, tuple[str, Passage]]:
        """Passages by row number, with their document's name, as far as the audience sees them."""
        rows = self._database.read(
            "select p.*, d.name from json_each(?) j join passages p on p.id = j.value"
            " join documents d on d.id = p.document_id where d.visibility <= ?",
            [json.dumps(list(ids)), audience],
        )
        return {row["id"]: (row["name"], passage(row)) for row in rows}

    def bulk_lines(self, names: Iterable[str]) -> frozenset[str]:
        """Those of some documents that are lines of a bulk set."""
        rows = self._database.read(
            "select d.name from json_each(?) j join documents d on d.name = j.value"
            " where d.format = ?",
            [json.dumps(list(names), ensure_ascii=False), BULK],
        )
        return frozenset(row["name"] for row in rows)

    def headings(self, document_id: int, audience: Visibility) -> list[str]:
        """Innermost headings of a paper's passages, in order."""
        rows = self._database.read(
            "select p.heading from passages p join documents d on d.id = p.document_id"
            " where d.id = ? and d.visibility <= ? order by p.ordinal limit 50",
            [document_id, audience],
        )
        paths = [json.loads(row["heading"]) for row in rows]
        return list(dict.fromkeys(path[-1] for path in paths if path))

    def findings(self, document_id: int, within: Span | None = None) -> list[str]:
        """What a reader of a paper is warned of, as sentences.

        Args:
            document_id: The paper.
            within: Only what concerns this stretch of its text; all of it when None.
        """
        rows = self._database.read(
            "select code, details, spans from findings where document_id = ? order by id",
            [document_id],
        )
        return [
            warning(row["code"], json.loads(row["details"]))
            for row in rows
            if within is None
            or any(
                start < within.end and within.start < end for start, end in json.loads(row["spans"])
            )
        ]

    def context(
        self, document_id: int, start: int, end: int, audience: Visibility, margin: int = 300
    ) -> Context | None:
        """A quote in its surroundings, at most `margin` characters on either side."""
        document = self.get(document_id, audience)
        if document is None:
            return None
        page = self._database.one(
            "select max(number) as number from pages where document_id = ? and start <= ?",
            [document_id, start],
        )
        text = document.text
        return Context(
            title=document.title,
            name=document.name,
            before=text[max(0, start - margin) : start],
            quote=text[start:end],
            after=text[end : end + margin],
            page=page["number"] if page else None,
        )

    def count(self) -> int:
        """Number of papers, whoever may see them."""
        row = self._database.one("select count(*) as n from documents")
        return int(row["n"]) if row else 0


def _replace_terms(
    db: sqlite_utils.Database, table: str, number: int, words: tuple[str, str, str]
) -> None:
    db.execute(f"delete from {table} where rowid = ?", [number])
    db.execute(
        f"insert into {table} (rowid, title, heading, body) values (?, ?, ?, ?)", [number, *words]
    )


def _title(title: str, dated: str, name: str, body: str) -> str:
    """What a paper's passages and records are all about."""
    return f"{title} {dated} {name} {body}"


def passage(row: sqlite3.Row) -> Passage:
    """A passage from a row of its table."""
    return Passage(
        id=row["id"],
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        heading=tuple(json.loads(row["heading"])),
        page=row["page"],
    )


def _document(row: sqlite3.Row) -> Document:
    return Document(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        kind=DocumentKind(row["kind"]),
        body=row["body"],
        dated=row["dated"],
        visibility=Visibility(row["visibility"]),
        format=row["format"],
        sha256=row["sha256"],
        text=row["text"],
    )
