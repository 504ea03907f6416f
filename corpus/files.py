"""Files on a disk: which ones are papers, and their names as text that can be stored and shown."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_JUNK = {"thumbs.db", "desktop.ini", ".ds_store"}


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


def source_of(path: Path) -> str:
    """The absolute path of a file as text that identifies it; bytes that are no UTF-8 spelt out."""
    return os.fsencode(path.resolve()).decode(errors="backslashreplace")


def name_of(path: Path) -> str:
    """The last part of a path, composed (NFC) as people type and cite it.

    Archives packed on Korean Windows leave names in CP949 on other systems; they are read as such.
    """
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode(errors="backslashreplace")
