"""Stretches of a text that one part of the extraction has taken, so that no other reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from corpus.types import Span


class Stretches:
    """A set of offsets.

    Args:
        spans: Stretches that belong to it; they may overlap.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans, key=lambda span: (span.start, span.end)):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touch(self, start: int, end: int) -> bool:
        """Whether any of the stretches overlaps the one between two offsets."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]
