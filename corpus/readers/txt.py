"""Plain text, verbatim."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.encoding import decode
from corpus.readers.limits import Limits
from corpus.types import Paper, Paragraph


class TextReader:
    """Reads a text file as one paragraph; tabs and broken lines stay as they are."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """The whole text, with a doubt if its encoding had to be guessed."""
        text, certain = decode(path.read_bytes())
        return Paper(
            format="txt",
            blocks=(Paragraph(text=text),),
            doubts=() if certain else ("encoding",),
        )
