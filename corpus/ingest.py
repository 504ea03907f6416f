"""Files to papers in the store: each whole or not at all, and none twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from corpus import readers
from corpus.chunking import chunks
from corpus.database import CouncilDatabase
from corpus.documents import BULK, Documents
from corpus.drafts import Draft
from corpus.errors import CorpusError, UnreadableDocumentError
from corpus.files import name_of, source_of
from corpus.fulltext import FullText, flatten
from corpus.headline import headline
from corpus.messages import level_name, say
from corpus.outline import Item, outline
from corpus.records import Extraction
from corpus.resident_numbers import hidden
from corpus.types import Paper, Paragraph, Visibility

_LOGGER = logging.getLogger(__name__)

# One transaction a batch: a kill loses at most this many lines of a bulk set, read again in 0.2 s.
_RECORDS_AT_ONCE = 200


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
            files: Paths as `corpus.files.files_under` gives them.
            visibility: Who may see new papers.

        Yields:
            A receipt for each file, as soon as it is in the store.
        """
        for path in files:
            try:
                yield self._file(path, visibility)
            except CorpusError as error:
                yield Receipt(path=path, outcome=Outcome.FAILED, reason=str(error))
            except PermissionError:
                reason = str(UnreadableDocumentError("forbidden"))
                yield Receipt(path=path, outcome=Outcome.FAILED, reason=reason)
            except OSError as error:
                reason = say("ingest.unreachable", reason=error.strerror or type(error).__name__)
                yield Receipt(path=path, outcome=Outcome.FAILED, reason=reason)

    def _file(self, path: Path, visibility: Visibility) -> Receipt:
        if not path.is_file():  # opening a named pipe would wait for ever
            raise UnreadableDocumentError("not_a_file" if path.exists() else "missing")
        if readers.is_jsonl(path):
            return self._records(path, visibility)
        source = source_of(path)
        sha256 = _digest(path)
        old = self._database.one("select id, sha256 from documents where source = ?", [source])
        if old and old["sha256"] == sha256:
            reason = self._restricted([old["id"]], visibility)
            return Receipt(path=path, outcome=Outcome.UNCHANGED, reason=reason)
        if not old and (twin := self._twin(sha256)):
            reason = say("ingest.duplicate", name=twin)
            return Receipt(path=path, outcome=Outcome.DUPLICATE, reason=reason)
        paper = readers.read(path, limits=self._limits)
        draft = drafted(paper, path, source=source, sha256=sha256)
        ids = self._documents.put([draft], visibility, self._now())
        return Receipt(
            path=path,
            outcome=Outcome.REPLACED if old else Outcome.ADDED,
            document_ids=tuple(ids),
            passages=len(draft.chunks),
            tables=len(draft.full.tables),
            characters=len(draft.full.text),
            doubts=tuple(draft.doubts),
        )

    def _twin(self, sha256: str) -> str | None:
        """Name of a paper of equal content; lines of bulk sets are no papers of their own."""
        row = self._database.one(
            "select name from documents where sha256 = ? and format <> ?", [sha256, BULK]
        )
        return None if row is None else str(row["name"])

    def _records(self, path: Path, visibility: Visibility) -> Receipt:
        """A bulk set: one paper a line; lines that are gone from the file leave the store."""
        prefix = f"{source_of(path)}#"
        known = self._lines_of(prefix)
        seen: set[str] = set()
        batch: list[Draft] = []
        ids: list[int] = []
        bad: list[int] = []
        passages = characters = 0
        for record in readers.records(path):
            draft = _record_draft(record, path, prefix)
            if draft is None or draft.source in seen:
                bad.append(record.line)
                continue
            seen.add(draft.source)
            if draft.source in known and known[draft.source]["sha256"] == draft.sha256:
                continue
            batch.append(draft)
            passages += len(draft.chunks)
            characters += len(draft.full.text)
            if len(batch) == _RECORDS_AT_ONCE:
                ids += self._documents.put(batch, visibility, self._now())
                batch = []
        if not seen:  # a file that went bad as a whole withdraws nothing
            raise UnreadableDocumentError("empty")
        ids += self._documents.put(batch, visibility, self._now())
        gone = set(known) - seen
        self._documents.remove([known[source]["id"] for source in gone], self._now())
        raised = self._restricted([row["id"] for row in known.values()], visibility)
        skipped = say("ingest.bad_lines", count=len(bad), first=bad[0]) if bad else ""
        return Receipt(
            path=path,
            outcome=_bulk_outcome(bool(known), bool(ids) or bool(gone)),
            document_ids=tuple(ids),
            reason=" ".join(filter(None, (skipped, raised))),
            passages=passages,
            characters=characters,
        )

    def _restricted(self, ids: Sequence[int], visibility: Visibility) -> str:
        """What to say where papers at hand were more open than is asked for now."""
        if not (count := self._documents.restrict(ids, visibility)):
            return ""
        level = level_name(visibility)
        return say("ingest.restricted", count=count, level=level)

    def _lines_of(self, prefix: str) -> dict[str, sqlite3.Row]:
        """Row number and digest of each line of a bulk set that is in the store, by source."""
        rows = self._database.read(
            "select id, source, sha256 from documents where substr(source, 1, ?) = ?",
            [len(prefix), prefix],
        )
        return {row["source"]: row for row in rows}


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
    paper = hidden(paper)
    full = flatten(paper)
    if not full.text.strip():
        raise UnreadableDocumentError("no_text")
    items = outline(full.text, full.levels)
    extraction, doubts = _extracted(full, items)
    name = unicodedata.normalize("NFC", name) or name_of(path)
    return Draft(
        source=source,
        name=name,
        parent=name_of(path.resolve().parent),
        sha256=sha256,
        format=paper.format,
        full=full,
        headline=headline(full.text, items, name, paper.title),
        chunks=chunks(full.text, items),
        extraction=extraction,
        doubts=(*paper.doubts, *doubts),
    )


def _extracted(full: FullText, items: Sequence[Item]) -> tuple[Extraction, tuple[str, ...]]:
    """The records of a paper; where reading them fails, none, which is a doubt.

    Papers come in shapes that nobody has seen: a mistake of ours must not cost the paper, whose
    text can be searched all the same.
    """
    # Imported when a paper is read: its hundreds of patterns take 0.3 s, and a question needs none.
    from corpus.extraction.paper import extract

    try:
        return extract(full, items), ()
    except Exception as error:
        _LOGGER.warning(
            "records could not be read: %s",
            type(error).__name__,
            exc_info=_LOGGER.isEnabledFor(logging.DEBUG),
        )
        return Extraction(), ("records",)


def _record_draft(
    record: readers.JsonlRecord | readers.BadLine, path: Path, prefix: str
) -> Draft | None:
    """A line made ready; None for one that is no record, or whose id or text cannot be stored."""
    if isinstance(record, readers.BadLine):
        return None
    text = f"{record.title}\n{record.text}" if record.title else record.text
    paper = Paper(format=BULK, blocks=(Paragraph(text=text),), title=record.title)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    try:
        record.id.encode()
        return drafted(paper, path, source=f"{prefix}{record.id}", sha256=digest, name=record.id)
    except (UnicodeEncodeError, UnreadableDocumentError):
        return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
