"""Printed lines of a paper with what their layout tells: indent, bullet, blank lines above."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.bullets import PAGE_NUMBER, marker


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line that holds text.

    Attributes:
        start: First code point that is no blank.
        end: Code point behind the last one that is no blank.
        body: Where the text behind the bullet starts; `start` without a bullet.
        indent: Blanks before the text.
        family: Kind of bullet as `corpus.bullets.marker` names it; empty without one.
        broken: Whether a blank line or a page number stands right above it.
    """

    start: int
    end: int
    body: int
    indent: int
    family: str
    broken: bool


def lines(text: str) -> list[Line]:
    """The lines of a text, without blank ones and page numbers.

    Args:
        text: Cleaned text.

    Returns:
        The lines in order; empty text gives none.
    """
    found: list[Line] = []
    position, broken = 0, False
    for raw in text.split("\n"):
        first, position = position, position + len(raw) + 1
        words = raw.strip()
        if not words or PAGE_NUMBER.match(raw):
            broken = True
            continue
        family, body = marker(raw)
        indent = len(raw) - len(raw.lstrip())
        begin = first + indent
        found.append(
            Line(
                start=begin,
                end=begin + len(words),
                body=min(first + body, begin + len(words)) if body else begin,
                indent=indent,
                family=family,
                broken=broken,
            )
        )
        broken = False
    return found
