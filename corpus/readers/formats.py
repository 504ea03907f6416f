"""Recognising a file by what it holds, never by its name alone."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.errors import UnreadableDocumentError, UnsupportedFormatError
from corpus.readers import compound
from corpus.readers.archive import recognise_archive
from corpus.readers.compound import recognise_compound
from corpus.readers.encoding import is_text
from corpus.readers.limits import Limits

_SAMPLE = 65_536
_TEXT_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".md": "md", ".markdown": "md"}
_RECORD_SUFFIXES = {".jsonl", ".ndjson"}  # many papers, not one: `corpus.readers.jsonl`
_BINARY_SUFFIXES = {".hwp", ".hwpx", ".pdf", ".docx", ".xlsx"}

# First bytes that products for rights management put before the file they wrap.
_DRM = (
    b"<MARKANY_DOCUMENSAFER",  # MarkAny
    b"\x9bDRMONE",  # Fasoo
    b"\x9b DRMONE",
    b"DRMONE",
    b"SCDSA",  # Softcamp
    b"<## NASCA DRM FILE",  # NASCA
)
_FOREIGN = {
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"BM": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"\x1f\x8b": "archive",
    b"ALZ\x01": "archive",
    b"EGGA": "archive",
}
_MARKUP = {
    re.compile(rb"\s*\{\\rtf"): "rtf",
    re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<HWPML", re.IGNORECASE): "hwpml",
    re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE): "html",
}


def recognise(path: Path, limits: Limits) -> str:
    """Name of a file's format, with everything refused that must not reach a library.

    Args:
        path: A file of at least one byte.
        limits: How large a container may become.

    Returns:
        A key of `corpus.readers.reader.READERS`. The suffix decides only between kinds of text.

    Raises:
        UnreadableDocumentError: Locked, damaged or dangerous.
        UnsupportedFormatError: Of a kind that no reader knows.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    start = head.removeprefix(b"\xef\xbb\xbf")
    if start.startswith(_DRM):
        raise UnreadableDocumentError("drm")
    if head.startswith(b"PK\x03\x04"):
        return recognise_archive(path, limits)
    if head.startswith(compound.MAGIC):
        return recognise_compound(path)
    if b"%PDF-" in head[:1024]:  # PDF 32000-1, annex H: junk of up to 1,024 bytes may come first
        return "pdf"
    if head.startswith(b"HWP Document File V"):
        raise UnreadableDocumentError("hwp3")
    suffix = path.suffix.lower()
    if is_text(head) and not (suffix not in _TEXT_SUFFIXES and _foreign_markup(start)):
        if suffix in _RECORD_SUFFIXES:
            raise UnsupportedFormatError("records")
        return _TEXT_SUFFIXES.get(suffix, "txt")
    raise _refusal(head, start, suffix)


def _foreign_markup(start: bytes) -> str:
    return next((code for pattern, code in _MARKUP.items() if pattern.match(start)), "")


def _refusal(
    head: bytes, start: bytes, suffix: str
) -> UnsupportedFormatError | UnreadableDocumentError:
    foreign = (code for magic, code in _FOREIGN.items() if head.startswith(magic))
    if code := next(foreign, "") or _foreign_markup(start):
        return UnsupportedFormatError(code)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return UnsupportedFormatError("image")
    if suffix in _BINARY_SUFFIXES:
        return UnreadableDocumentError("damaged")
    return UnsupportedFormatError()
