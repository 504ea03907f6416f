"""Fields cut out of one paper by their offsets."""

from __future__ import annotations

from typing import TypedDict, Unpack

from corpus.extraction.mending import Mender
from corpus.records import Field, FieldType
from corpus.types import Span


class Understood(TypedDict, total=False):
    """What a field means besides its text; see `corpus.records.Field`."""

    value: int | None
    unit: str
    place: str
    first: str
    last: str


class Fields:
    """Makes the fields of one paper.

    Attributes:
        text: The paper's cleaned text.
        mender: Puts words together that its line ends cut.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.mender = Mender(text)

    def make(
        self, name: str, kind: FieldType, start: int, end: int, **understood: Unpack[Understood]
    ) -> Field:
        """The field that is printed between two offsets; blanks at its ends are left out."""
        span = self.trimmed(start, end)
        text = self.mender.mend(span.start, span.end)
        return Field(name=name, type=kind, text=text, span=span, **understood)

    def trimmed(self, start: int, end: int) -> Span:
        """The stretch without blanks at its ends; an empty one stays where it starts."""
        words = self.text[start:end]
        first = start + len(words) - len(words.lstrip())
        return Span(start=min(first, end), end=max(start + len(words.rstrip()), min(first, end)))
