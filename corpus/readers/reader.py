"""The seam that every format fills: a file in, a paper out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from corpus.readers.limits import Limits
from corpus.types import Paper


class Reader(Protocol):
    """Reads files of one format; made anew for each file, inside the child process.

    Args:
        limits: Bounds that the format can watch over itself, such as the number of cells.
    """

    def __init__(self, limits: Limits) -> None: ...

    def read(self, path: Path) -> Paper:
        """The paper that a file holds.

        Raises:
            UnreadableDocumentError: With the code that tells people the reason.
            Exception: Whatever a library raises; the caller reports it as damage.
        """
        ...


# Modules are named, not imported: a text file needs none of the libraries for office formats.
READERS = {
    "hwp": "corpus.readers.hwp:HwpReader",
    "hwpx": "corpus.readers.hwp:HwpxReader",
    "pdf": "corpus.readers.pdf:PdfReader",
    "docx": "corpus.readers.docx:DocxReader",
    "xlsx": "corpus.readers.xlsx:XlsxReader",
    "csv": "corpus.readers.csv:CsvReader",
    "md": "corpus.readers.md:MarkdownReader",
    "txt": "corpus.readers.txt:TextReader",
}


def reader_for(name: str, limits: Limits) -> Reader:
    """The reader of a format.

    Args:
        name: Key of `READERS`, as `corpus.readers.formats.recognise` returns it.
        limits: Handed to the reader.
    """
    module, _, attribute = READERS[name].partition(":")
    reader: Reader = getattr(import_module(module), attribute)(limits)
    return reader
