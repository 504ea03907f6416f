"""What somebody says at a meeting, and what is said in answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An opinion or a reply as printed.

    Attributes:
        pieces: Its paragraphs, without bullet and speaker, in order; at least one.
        speaker: Where the speaker or department is printed; None where nobody is named.
    """

    pieces: tuple[Span, ...]
    speaker: Span | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands, with its speaker where that stands right before it."""
        first = self.pieces[0]
        beside = self.speaker is not None and 0 <= first.start - self.speaker.end <= _BESIDE
        if self.speaker is not None and beside:
            first = Span(start=self.speaker.start, end=first.end)
        return (first, *self.pieces[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An opinion with its replies.

    Attributes:
        opinion: What was said first.
        replies: What was said to it.
        certain: Whether no other pairing is possible.
        floating: Whether layout does not tell what agenda item it belongs to.
    """

    opinion: Statement
    replies: tuple[Statement, ...] = ()
    certain: bool = True
    floating: bool = False


_BESIDE = 8  # ` 위원) : `
