"""Files to papers in the store: each whole or not at all, and none twice."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from corpus import readers
from corpus.chunking import chunks
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.drafts import Draft
from corpus.errors import CorpusError, UnreadableDocumentError
from corpus.fulltext import flatten
from corpus.headline import headline
from corpus.messages import say
from corpus.outline import outline
from corpus.types import Paper, Paragraph, Visibility

# One transaction a batch: a kill loses at most this many lines of a bulk set, read again in 0.2 s.
_RECORDS_AT_ONCE = 200
_JUNK = {"thumbs.db", "desktop.ini", ".ds_store"}


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one file, or of one JSONL file as a whole.

    Attributes:
        path: The file.
        outcome: What happened.
        document_ids: The papers it gave; empty unless it was added or replaced, and for bulk sets.
        reason: Why it failed or what it repeats, with what to do; else empty.
        passages: Passages written.
        tables: Tables written.
        characters: Characters of text written.
        doubts: Codes of what was read with doubt.
    """

    path: Path
    outcome: Outcome
    document_ids: tuple[int, ...] = ()
    reason: str = ""
    passages: int = 0
    tables: int = 0
    characters: int = 0
    doubts: tuple[str, ...] = ()


def files_under(paths: Iterable[Path]) -> list[Path]:
    """Every file named or lying under a folder named, sorted, without hidden and temporary ones.

    A path that does not exist stays in the list, so that the report can say so.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for file in sorted(path.rglob("*")):
            relative = file.relative_to(path).parts
            hidden = any(part.startswith((".", "~$")) for part in relative)
            if file.is_file() and not hidden and file.name.lower() not in _JUNK:
                found[file] = None
    return list(found)


class Ingest:
    """Brings files into the store.

    Args:
        database: The council's store.
        documents: Writes the papers.
        limits: What one file may cost.
        now: The clock.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        documents: Documents,
        limits: readers.Limits,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._documents = documents
        self._limits = limits
        self._now = now

    def run(self, files: Sequence[Path], visibility: Visibility) -> Iterator[Receipt]:
        """Bring in files one by one; a file that fails never stops the rest.

        Args:
            files: Paths as `files_under` gives them.
            visibility: Who may see new papers.

        Yields:
            A receipt for each file, as soon as it is in the store.
        """
        for path in files:
            try:
                yield self._file(path, visibility)
            except CorpusError as error:
                yield Receipt(path=path, outcome=Outcome.FAILED, reason=str(error))
            except OSError as error:
                reason = say("ingest.unreachable", reason=error.strerror or type(error).__name__)
                yield Receipt(path=path, outcome=Outcome.FAILED, reason=reason)

    def _file(self, path: Path, visibility: Visibility) -> Receipt:
        if readers.is_jsonl(path):
            return self._records(path, visibility)
        source = os.fspath(path.resolve())
        sha256 = _digest(path)
        if known := self._known(source, sha256):
            return Receipt(path=path, outcome=known[0], reason=known[1])
        paper = readers.read(path, limits=self._limits)
        draft = drafted(paper, path, source=source, sha256=sha256)
        replaced = self._database.one("select 1 from documents where source = ?", [source])
        ids = self._documents.put([draft], visibility, self._now())
        return Receipt(
            path=path,
            outcome=Outcome.REPLACED if replaced else Outcome.ADDED,
            document_ids=tuple(ids),
            passages=len(draft.chunks),
            tables=len(draft.full.tables),
            characters=len(draft.full.text),
            doubts=tuple(draft.doubts),
        )

    def _known(self, source: str, sha256: str) -> tuple[Outcome, str] | None:
        rows = self._database.read("select source, name from documents where sha256 = ?", [sha256])
        if any(row["source"] == source for row in rows):
            return Outcome.UNCHANGED, ""
        elsewhere = [row["name"] for row in rows if "#" not in row["source"]]
        if elsewhere:
            return Outcome.DUPLICATE, say("ingest.duplicate", name=elsewhere[0])
        return None

    def _records(self, path: Path, visibility: Visibility) -> Receipt:
        """A bulk set: one paper a line; lines that are gone from the file leave the store."""
        prefix = f"{path.resolve()}#"
        known = {
            row["source"]: row["sha256"]
            for row in self._database.read(
                "select source, sha256 from documents where substr(source, 1, ?) = ?",
                [len(prefix), prefix],
            )
        }
        seen: set[str] = set()
        batch: list[Draft] = []
        ids: list[int] = []
        bad: list[int] = []
        passages = characters = 0
        for record in readers.records(path):
            if isinstance(record, readers.BadLine):
                bad.append(record.line)
                continue
            try:
                draft = _record_draft(record, path, f"{prefix}{record.id}")
            except UnreadableDocumentError:
                bad.append(record.line)
                continue
            if draft.source in seen:
                bad.append(record.line)
                continue
            seen.add(draft.source)
            if known.get(draft.source) == draft.sha256:
                continue
            batch.append(draft)
            passages += len(draft.chunks)
            characters += len(draft.full.text)
            if len(batch) == _RECORDS_AT_ONCE:
                ids += self._documents.put(batch, visibility, self._now())
                batch = []
        ids += self._documents.put(batch, visibility, self._now())
        self._withdraw(set(known) - seen)
        if not seen:
            raise UnreadableDocumentError("empty")
        return Receipt(
            path=path,
            outcome=_bulk_outcome(bool(known), bool(ids) or bool(set(known) - seen)),
            document_ids=tuple(ids),
            reason=say("ingest.bad_lines", count=len(bad), first=bad[0]) if bad else "",
            passages=passages,
            characters=characters,
        )

    def _withdraw(self, sources: Iterable[str]) -> None:
        rows = [
            self._database.one("select id from documents where source = ?", [source])
            for source in sources
        ]
        self._documents.remove(row["id"] for row in rows if row)


def _bulk_outcome(known: bool, changed: bool) -> Outcome:
    if not changed:
        return Outcome.UNCHANGED
    return Outcome.REPLACED if known else Outcome.ADDED


def drafted(paper: Paper, path: Path, *, source: str, sha256: str, name: str = "") -> Draft:
    """A paper as read, made ready to be written.

    Args:
        paper: As a reader returns it.
        path: The file.
        source: Where it comes from, unique in the store.
        sha256: Hex digest of its bytes.
        name: What people cite; the file's name where none is given.

    Raises:
        UnreadableDocumentError: It holds no text.
    """
    full = flatten(paper)
    if not full.text.strip():
        raise UnreadableDocumentError("no_text")
    items = outline(full.text, full.levels)
    name = unicodedata.normalize("NFC", name or path.name)
    return Draft(
        source=source,
        name=name,
        parent=unicodedata.normalize("NFC", path.resolve().parent.name),
        sha256=sha256,
        format=paper.format,
        full=full,
        headline=headline(full.text, items, name, paper.title),
        chunks=chunks(full.text, items),
        doubts=paper.doubts,
    )


def _record_draft(record: readers.JsonlRecord, path: Path, source: str) -> Draft:
    text = f"{record.title}\n{record.text}" if record.title else record.text
    paper = Paper(format="jsonl", blocks=(Paragraph(text=text),), title=record.title)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return drafted(paper, path, source=source, sha256=digest, name=record.id)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
