"""What hangs on notes: voice notes, pictures and files, kept under the hash of their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from corpus.database import CouncilDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What hangs on a note.

    Attributes:
        note_id: The note.
        name: As the minutes list it.
        file_id: The messenger's key to it.
        bytes: Its size as the messenger tells it; 0 where it does not.
        sha256: Hash of its bytes; empty until they have been fetched.
    """

    note_id: int
    name: str
    file_id: str
    bytes: int
    sha256: str


class Attachments:
    """Reads attachments and keeps their bytes beside the store.

    Args:
        database: The store; files lie in its folder.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._folder = database.folder / "attachments"

    def of_note(self, note_id: int) -> Attachment | None:
        """What hangs on a note; None where nothing does."""
        found = self._where("note_id = ?", note_id)
        return found[0] if found else None

    def of_meeting(self, meeting_id: int) -> list[Attachment]:
        """What hangs on the notes of a meeting that stand, in their order."""
        return self._where(
            "note_id in (select id from meeting_notes where meeting_id = ? and deleted_at = '')",
            meeting_id,
        )

    def keep(self, content: bytes) -> str:
        """Put bytes on disk, once however often they come; gives their hash."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(".part")
            half.write_bytes(content)
            half.replace(path)
        return digest

    def content(self, attachment: Attachment) -> bytes | None:
        """The bytes; None where they were never fetched or are gone from the disk."""
        path = self._path(attachment.sha256)
        return path.read_bytes() if attachment.sha256 and path.is_file() else None

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _where(self, condition: str, value: int) -> list[Attachment]:
        rows = self._database.read(
            f"select * from note_attachments where {condition} order by note_id", [value]
        )
        return [Attachment(**dict(row)) for row in rows]


def attach(db: sqlite_utils.Database, attachment: Attachment) -> None:
    """Write down what hangs on a note, inside an open transaction; once, however often it comes."""
    db.execute(
        "insert or ignore into note_attachments (note_id, name, file_id, bytes, sha256)"
        " values (?, ?, ?, ?, ?)",
        [
            attachment.note_id,
            attachment.name,
            attachment.file_id,
            attachment.bytes,
            attachment.sha256,
        ],
    )


def fetched(db: sqlite_utils.Database, note_id: int, sha256: str) -> None:
    """Write down that the bytes are there by now, inside an open transaction."""
    db.execute("update note_attachments set sha256 = ? where note_id = ?", [sha256, note_id])
