"""The backup file: a ZIP archive of the store, the papers kept with it, settings and a manifest."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.database import FILE_NAME
from corpus.errors import BackupError
from corpus.messages import say
from corpus.snapshot import Progress, silent

MANIFEST = "manifest.json"
SETTINGS = "config.toml"
FOLDERS = ("papers", "attachments")
"""Folders of the data folder whose files belong to the council; all others are derived."""

FORMAT = 1
# A line a file: 64 MB are half a million files.
_LONGEST_MANIFEST = 64 * 2**20
_CHUNK = 2**20
# What reading a damaged archive raises.
_UNREADABLE = (
    zipfile.BadZipFile,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    OSError,
)
# Elsewhere papers may have such names.
_FORBIDDEN = "\\:" if os.name == "nt" else ""


class Member(BaseModel):
    """A file within a backup.

    Attributes:
        name: Its path in the archive, with slashes.
        size: Bytes.
        sha256: Of its bytes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself.

    Attributes:
        format: Edition of this form.
        program: Version of the program that wrote it.
        schema_steps: Migrations that its store has.
        made_at: When, ISO 8601.
        folder: The data folder it was made of; papers are known by where they lay.
        served: Whether a bot served the store meanwhile, and so sent what was still to be sent.
        counts: Rows of the tables that people care about.
        members: Every other file of the archive.
    """

    model_config = ConfigDict(frozen=True)

    format: int
    program: str
    schema_steps: tuple[str, ...]
    made_at: str
    folder: str
    served: bool
    counts: dict[str, int]
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(member.size for member in self.members)

    @property
    def papers(self) -> int:
        """Number of files that are kept beside the store."""
        return sum(member.name.startswith(FOLDERS) for member in self.members)


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup whose list of files is sound; their sums are not looked at yet.

    Raises:
        BackupError: It is no backup, is cut off, of a newer form, or names places that it must
            not.
    """
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise BackupError(say("backup.missing", path=file)) from error
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise BackupError(say("backup.foreign", path=file)) from error
    except OSError as error:
        raise BackupError(say("backup.unreadable", path=file, reason=error.strerror)) from error
    with archive:
        yield archive, _manifest(file, archive)


def verify(file: Path, progress: Progress = silent) -> Manifest:
    """Read a backup through and compare every file with its sum.

    Raises:
        BackupError: A file of it is missing, is too many, or is not as it was written.
    """
    with opened(file) as (archive, manifest):
        done = 0
        for member in manifest.members:
            for chunk in chunks(file, archive, member):
                done += len(chunk)
                progress(done, manifest.size)
    return manifest


def chunks(file: Path, archive: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
    """The bytes of one file, never more than its stated size.

    Raises:
        BackupError: They are not what was written; told at the end at the latest.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(member.name) as stream:
            while size <= member.size and (chunk := stream.read(_CHUNK)):
                size += len(chunk)
                digest.update(chunk)
                yield chunk
    except _UNREADABLE as error:
        raise BackupError(say("backup.damaged", path=file, reason=member.name)) from error
    if size != member.size or digest.hexdigest() != member.sha256:
        raise BackupError(say("backup.damaged", path=file, reason=member.name))


def digest_of(stream: Callable[[int], bytes], write: Callable[[bytes], object]) -> tuple[int, str]:
    """Copy a stream; its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream(_CHUNK):
        size += len(chunk)
        digest.update(chunk)
        write(chunk)
    return size, digest.hexdigest()


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    entries = archive.infolist()
    found = {entry.filename: entry for entry in entries}
    entry = found.pop(MANIFEST, None)
    if entry is None or entry.file_size > _LONGEST_MANIFEST or len(entries) != len(found) + 1:
        raise BackupError(say("backup.foreign", path=file))
    try:
        manifest = Manifest.model_validate_json(archive.read(entry))
    except (ValidationError, *_UNREADABLE) as error:
        raise BackupError(say("backup.foreign", path=file)) from error
    if manifest.format > FORMAT:
        raise BackupError(say("backup.newer", path=file))
    listed = {member.name: member.size for member in manifest.members}
    if len(listed) != len(manifest.members) or not all(map(_is_safe, listed)):
        raise BackupError(say("backup.foreign", path=file))
    # What the archive holds decides how much is written, so both must say the same.
    if listed != {name: one.file_size for name, one in found.items()} or FILE_NAME not in listed:
        raise BackupError(say("backup.damaged", path=file, reason=MANIFEST))
    return manifest


def _is_safe(name: str) -> bool:
    """Whether a name stays within the data folder, in one of the places that backups have."""
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and not set(parts) & {"..", "."}
    known = name in (FILE_NAME, SETTINGS) or (len(parts) > 1 and parts[0] in FOLDERS)
    return plain and known and not set(name) & set(_FORBIDDEN)
