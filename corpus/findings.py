"""What a reader of a paper is warned of, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.messages import say

_ORDER = ("first", "second", "third", "fourth")


def warning(code: str, values: Sequence[str]) -> str:
    """A finding of a paper as a sentence."""
    return say(f"finding.{code}", **dict(zip(_ORDER, values, strict=False)))
