"""Papers that come by chat: kept as files, read, shown to whom staff choose, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import sqlite_utils

from corpus.audit import write_entry
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.files import source_of
from corpus.ingest import Ingest, Outcome, Receipt
from corpus.ledger.changes import By
from corpus.meetings.plan import read_plan
from corpus.messages import say
from corpus.types import Document, DocumentKind, Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant

# A receipt is read at a glance; the rest shows where a value in doubt is answered.
_FINDINGS = 5
_LONGEST_NAME = 120
# A notice says what it has to say on its first page.
_NOTICE = 3000
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a file.

    Attributes:
        document_id: The paper that it gave, or that holds the same already; None where it could
            not be read.
        new: Whether the paper was not there before.
        lines: The receipt.
        questions: Questions that the paper answers.
        invites: Whether it tells of a meeting to come, with its agenda.
    """

    document_id: int | None
    new: bool = False
    lines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    invites: bool = False


class Archive:
    """Takes papers in and out for the channels.

    Args:
        database: The store; files lie in its folder.
        documents: Reads and writes papers.
        ingest: Reads files.
        assistant: Knows what a paper answers.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        documents: Documents,
        ingest: Ingest,
        assistant: Assistant,
    ) -> None:
        self._database = database
        self._folder = database.folder / "papers"
        self._documents = documents
        self._ingest = ingest
        self._assistant = assistant

    def keep(self, folder: str, name: str, content: bytes, level: Visibility, by: By) -> Kept:
        """Keep a file and read it; doing so twice is doing so once.

        Args:
            folder: Folder within the store's own; a file of the same name there is replaced.
            name: As people call it.
            content: Its bytes.
            level: Who may see the paper, whoever could before.
            by: Who brought it.
        """
        path = self._path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        (receipt,) = self._ingest.run([path], Visibility.STAFF)
        known = self._documents.at_source(source_of(path), Visibility.STAFF)
        if receipt.outcome in (Outcome.FAILED, Outcome.DUPLICATE) or known is None:
            path.unlink(missing_ok=True)
            return Kept(document_id=None, lines=(_outcome(receipt, name),))
        with self._database.write() as db:
            self._documents.show_to(known, level)
            details = {"outcome": receipt.outcome.value, "visibility": level.name.lower()}
            _account(db, "upload", known, name, by, details)
        document = self._documents.get(known, Visibility.STAFF)
        return Kept(
            document_id=known,
            new=receipt.outcome is Outcome.ADDED,
            lines=tuple(self._lines(receipt, document)) if document else (),
            questions=self._assistant.questions(known),
            invites=document is not None and _invites(document),
        )

    def source(self, folder: str, name: str) -> str:
        """What identifies a file that `keep` has taken or will take."""
        return source_of(self._path(folder, name))

    def text(self, document_id: int) -> str:
        """The beginning of a paper's text, for staff; empty where it is gone."""
        document = self._documents.get(document_id, Visibility.STAFF)
        return document.text[:_NOTICE] if document else ""

    def show_to(self, document_id: int, level: Visibility, by: By) -> str | None:
        """Set who may see a paper; its title, None where it is gone."""
        document = self._documents.get(document_id, Visibility.STAFF)
        if document is None:
            return None
        before, after = document.visibility.name.lower(), level.name.lower()
        with self._database.write() as db:
            self._documents.show_to(document_id, level)
            details = {"old": before, "new": after}
            _account(db, "level", document_id, document.name, by, details)
        return document.title

    def withdraw(self, document_id: int, by: By) -> str | None:
        """Take a paper out with its records and index entries; its title, None where it is gone."""
        document = self._documents.get(document_id, Visibility.STAFF)
        if document is None:
            return None
        row = self._database.one("select source from documents where id = ?", [document_id])
        with self._database.write() as db:
            self._documents.remove([document_id], by.at)
            _account(db, "withdraw", document_id, document.name, by, {})
        path = Path(row["source"]) if row else None
        if path is not None and path.is_relative_to(self._folder.resolve()):
            path.unlink(missing_ok=True)
        return document.title

    def _path(self, folder: str, name: str) -> Path:
        plain = Path(name.replace("\\", "/")).name.strip(". ") or say("archive.unnamed")
        stem, suffix = Path(plain).stem[:_LONGEST_NAME], Path(plain).suffix[:12]
        return self._folder / folder / f"{stem}{suffix}"

    def _lines(self, receipt: Receipt, document: Document) -> Iterator[str]:
        dated = document.dated or say("intake.undated")
        kind = say(f"kind.{document.kind.name.lower()}")
        yield say("archive.paper", title=document.title, kind=kind, dated=dated)
        if receipt.characters:
            yield say(
                "archive.size",
                passages=receipt.passages,
                tables=receipt.tables,
                characters=f"{receipt.characters:,}",
            )
        counts = self._database.read(
            "select r.kind, count(*) as n from records r join relations l on l.id = r.relation_id"
            " where l.document_id = ? group by r.kind order by n desc",
            [document.id],
        )
        told = [
            say("archive.count", kind=say(f"record.{_key(row['kind'])}"), count=row["n"])
            for row in counts
        ]
        if told:
            yield say("archive.records", counts=", ".join(told))
        for code in receipt.doubts:
            yield say("intake.doubt", doubt=say(f"doubt.{code}")).strip()
        for finding in self._documents.findings(document.id)[:_FINDINGS]:
            yield say("intake.doubt", doubt=finding).strip()


def _account(
    db: sqlite_utils.Database,
    action: str,
    document_id: int,
    name: str,
    by: By,
    details: dict[str, str],
) -> None:
    write_entry(
        db,
        at=by.at,
        person=by.person,
        action=action,
        subject=f"paper {document_id}",
        details={"name": name, **details},
    )


def _invites(document: Document) -> bool:
    if document.kind is DocumentKind.MINUTES:
        return False
    plan = read_plan(document.text[:_NOTICE], _ANY_DAY).plan
    return bool(plan.number and plan.body and plan.items)


def _key(kind: str) -> str:
    return kind.replace(" ", "_")


def _outcome(receipt: Receipt, name: str) -> str:
    return say(f"intake.{receipt.outcome}", name=name, reason=receipt.reason)
