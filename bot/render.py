"""Answers as HTML messages that Telegram takes, in parts where they are long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from retrieval.types import Answer, Citation

# Telegram's limit, in UTF-16 units. It counts the text without its markup; counting with markup
# is simpler and errs on the safe side.
LIMIT = 4096
# Longer titles push what matters off a phone's screen.
_TITLE = 80
_BUTTON = 40

# Where a text may be cut, best first; the cut is after the match.
_SEAMS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?。…])\s"),
    re.compile(r"\s"),
)


def length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """A value as it may stand in a message; what is no character becomes a question mark."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"), quote=False)


def clipped(text: str, limit: int) -> str:
    """A line of at most `limit` characters, with `…` where it was longer."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def pieces(text: str, limit: int = LIMIT) -> Iterator[str]:
    """Plain text cut so that each piece, escaped, fits into one message.

    Cuts at paragraphs, else lines, else sentences, else words, and through a word only when it
    alone is too long. Gives nothing for empty text.

    Args:
        text: Plain text.
        limit: UTF-16 units that a piece may take once escaped.
    """
    rest = text.strip()
    while rest:
        fits = _fitting(rest, limit)
        end = len(rest) if fits == len(rest) else _seam(rest, fits)
        yield rest[:end].rstrip()
        rest = rest[end:].lstrip()


def _fitting(text: str, limit: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += length(escaped(character))
        if used > limit:
            return max(1, index)
    return len(text)


def _seam(text: str, fits: int) -> int:
    for seam in _SEAMS:
        ends = [match.end() for match in seam.finditer(text, 0, fits)]
        # A cut near the start would leave a scrap of a message: take the next kind of seam.
        if ends and ends[-1] > fits // 3:
            return ends[-1]
    return fits


def parts(answer: Answer, *, question: str = "") -> list[str]:
    """An answer as messages: text, then warnings, then the list of sources.

    Args:
        answer: The answer.
        question: Shown above it when nobody typed it, as after a press of a button.

    Returns:
        One or more texts in Telegram's HTML, each at most 4,096 UTF-16 units, with balanced tags.
    """
    blocks = [_tagged("i", clipped(question, 200))] if question else []
    blocks += [escaped(piece) for piece in pieces(answer.text)]
    blocks += [_tagged("i", piece) for notice in answer.notices for piece in pieces(notice, 4000)]
    sources = "\n".join(escaped(piece) for piece in _sources(answer.citations))
    blocks += [sources] if length(sources) <= LIMIT else sources.split("\n")
    return list(_packed(block for block in blocks if block))


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escaped(text)}</{tag}>"


def _sources(citations: Iterable[Citation]) -> Iterator[str]:
    for citation in citations:
        where = ", ".join(filter(None, (clipped(citation.title, _TITLE), citation.locator)))
        yield f"[{citation.number}] {clipped(where, 3 * _TITLE)}"


def _packed(blocks: Iterable[str]) -> Iterator[str]:
    """As many blocks in a message as fit."""
    part = ""
    for block in blocks:
        together = f"{part}\n\n{block}" if part else block
        if length(together) > LIMIT:
            yield part
            together = block
        part = together
    if part:
        yield part


def source_label(citation: Citation) -> str:
    """What stands on the button of a source."""
    return f"[{citation.number}] {clipped(citation.title or citation.document, _BUTTON)}"


def quote_in_context(title: str, locator: str, before: str, quote: str, after: str) -> str:
    """A quote, bold, in the text around it, as one message."""
    where = clipped(title, _TITLE) + (f", {clipped(locator, 2 * _TITLE)}" if locator else "")
    body = next(pieces(quote, LIMIT // 2), "")
    around = (LIMIT // 2 - length(escaped(where)) - 50) // 2
    head = _last(before, around)
    tail = next(pieces(after, around), "")
    gap = "\n" if before.endswith("\n") else " " if before.endswith(" ") else ""
    join = "\n" if after.startswith("\n") else " " if after.startswith(" ") else ""
    return (
        f"{_tagged('i', where)}\n\n"
        f"{escaped(head) + gap if head else ''}{_tagged('b', body)}{join}{escaped(tail)}"
    )


def _last(text: str, limit: int) -> str:
    kept = text.strip()
    return kept[len(kept) - _fitting(kept[::-1], limit) :] if kept else ""
