"""Bulk sets: one record a line, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Longer than any paper in text; keeps a file without line ends from filling the memory.
_LINE_BYTES = 20_000_000

_BINARY = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"HWP Docu")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonlRecord:
    """One line of a bulk set.

    Attributes:
        id: Its name, never empty; a number is taken as its digits.
        title: Empty if the line states none.
        text: Its text, never blank, not cleaned.
        line: One-based number of the line.
    """

    id: str
    title: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is no record: broken JSON, not an object, or without id or text.

    Attributes:
        line: One-based number of the line.
    """

    line: int


def is_jsonl(path: Path) -> bool:
    """Whether a file is a bulk set: named so, and not beginning like a binary format."""
    if path.suffix.lower() not in {".jsonl", ".ndjson"}:
        return False
    with path.open("rb") as stream:
        return not stream.read(8).startswith(_BINARY)


def records(path: Path) -> Iterator[JsonlRecord | BadLine]:
    """The records of a bulk set in order, a line at a time.

    Needs no child process: the standard library's parser is the only code that sees the bytes.

    Args:
        path: A file of `{"id", "title", "text"}` lines in UTF-8; blank lines are passed over.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as stream:
        number = 0
        while raw := stream.readline(_LINE_BYTES):
            number += 1
            if len(raw) == _LINE_BYTES and not raw.endswith(b"\n"):
                while (rest := stream.readline(_LINE_BYTES)) and not rest.endswith(b"\n"):
                    pass
                yield BadLine(line=number)
            elif line := raw.removeprefix(b"\xef\xbb\xbf").strip():
                yield _record(line, number)


def _record(raw: bytes, number: int) -> JsonlRecord | BadLine:
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        return BadLine(line=number)
    if not isinstance(fields, dict):
        return BadLine(line=number)
    name, title, text = fields.get("id"), fields.get("title") or "", fields.get("text")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not (isinstance(name, str) and isinstance(title, str) and isinstance(text, str)):
        return BadLine(line=number)
    if not (name.strip() and text.strip()):
        return BadLine(line=number)
    return JsonlRecord(id=name, title=title, text=text, line=number)
