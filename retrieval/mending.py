"""Broken lines put together again for people to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.types import unmarked

Glue = Callable[[Sequence[str]], str]
"""Joins chunks with a space where Korean asks for one: `시행` + `계획의`, `진행` + `하고 있음`."""


def mended(text: str, glue: Glue) -> str:
    """A stretch of a paper on one line, words that a line end cut made whole.

    Args:
        text: Verbatim text, possibly of several lines.
        glue: Decides whether a space belongs between two lines.

    Returns:
        The same characters apart from white space and brackets that look like citation marks;
        empty text stays empty.
    """
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return unmarked(lines[0]) if lines else ""
    return unmarked(glue(lines))
