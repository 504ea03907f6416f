"""Zip containers (HWPX, DOCX, XLSX): which format they hold and whether they are safe to unpack."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from corpus.errors import UnreadableDocumentError, UnsupportedFormatError
from corpus.readers.limits import Limits

# Office files shrink 3 to 30 times; a file above the size limit that shrinks more is a bomb.
_BOMB_RATIO = 50
# The deepest nesting in 17 real papers is 3; the readers' own stacks give way at some hundreds.
_TABLE_DEPTH = 40
_TABLE_TAG = re.compile(rb"<(/?)(?:\w+:)?tbl(?=[\s/>])[^>]*?(/?)>")
_DECLARATION = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_MIME_TYPES = {
    "application/hwp+zip": "hwpx",
    "application/vnd.oasis.opendocument": "odt",
    "application/epub": "archive",
}
_FOREIGN = {"ppt/presentation.xml": "pptx", "xl/workbook.bin": "xls"}


def recognise_archive(path: Path, limits: Limits) -> str:
    """`hwpx`, `docx` or `xlsx`, after all checks that come before unpacking.

    Raises:
        UnreadableDocumentError: `encrypted`, `bomb`, `too_large`, `too_deep` or `damaged`.
        UnsupportedFormatError: Another kind of archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = _format(archive)
            _check_sizes(archive, path.stat().st_size, limits)
            _check_markup(archive)
            return found
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableDocumentError("damaged") from error


def _format(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise UnreadableDocumentError("encrypted")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    found = _declared(archive, names)
    if found == "hwpx" or "Contents/content.hpf" in names:
        _refuse_locked(archive, names)
        return "hwpx"
    foreign = (code for name, code in _FOREIGN.items() if name in names)
    raise UnsupportedFormatError(found or next(foreign, "archive"))


def _declared(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" not in names:
        return ""
    with archive.open("mimetype") as stream:
        declared = stream.read(100).decode("ascii", "replace").strip()
    return next((code for start, code in _MIME_TYPES.items() if declared.startswith(start)), "")


def _refuse_locked(archive: zipfile.ZipFile, names: set[str]) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.open(manifest).read(1_000_000):
        raise UnreadableDocumentError("encrypted")


def _check_sizes(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > limits.unpacked_bytes:
        raise UnreadableDocumentError("bomb" if unpacked > packed * _BOMB_RATIO else "too_large")


def _check_markup(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels", ".hpf", ".vml")):
            continue
        markup = archive.read(entry)
        # Office programs never write a document type; entities in one can grow without bound.
        if any(word in markup for word in _DECLARATION):
            raise UnreadableDocumentError("bomb")
        depth = 0
        for tag in _TABLE_TAG.finditer(markup):
            closing, empty = tag.groups()
            depth += -1 if closing else 0 if empty else 1
            if depth > _TABLE_DEPTH:
                raise UnreadableDocumentError("too_deep")
