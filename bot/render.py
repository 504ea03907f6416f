"""Answers as HTML messages that Telegram takes, in parts where they are long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from corpus.messages import say
from retrieval.types import Answer, Citation

# Telegram's limit, in UTF-16 units. It counts the text without its markup; counting with markup
# is simpler and errs on the safe side.
LIMIT = 4096
# Longer titles and places push what matters off a phone's screen.
_TITLE = 80
_PLACE = 60

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


def parts(answer: Answer, *, question: str = "", title: str = "") -> list[str]:
    """An answer as messages: text, then warnings, then the list of sources.

    Args:
        answer: The answer.
        question: Shown above it when nobody typed it, as after a press of a button.
        title: Shown above it in bold, as of a page of a view.

    Returns:
        One or more texts in Telegram's HTML, each at most 4,096 UTF-16 units, with balanced tags.
    """
    blocks = [_tagged("i", clipped(question, 200))] if question else []
    blocks += [_tagged("b", clipped(title, 200))] if title else []
    blocks += [escaped(piece) for piece in pieces(answer.text)]
    blocks += [_tagged("i", piece) for notice in answer.notices for piece in pieces(notice, 4000)]
    sources = "\n".join(escaped(piece) for piece in _sources(answer.citations))
    blocks += [sources] if length(sources) <= LIMIT else sources.split("\n")
    return list(_packed(block for block in blocks if block))


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{escaped(text)}</{tag}>"


def _sources(citations: Iterable[Citation]) -> Iterator[str]:
    """A line per place; a paper cited twice in a row is named once."""
    before = ""
    for (title, place), group in groupby(citations, lambda one: (one.title, _place(one))):
        numbers = " ".join(f"[{citation.number}]" for citation in group)
        paper = say("telegram.same_paper") if title and title == before else clipped(title, _TITLE)
        yield f"{numbers} {', '.join(filter(None, (paper, place)))}"
        before = title


def _place(citation: Citation) -> str:
    """The inner end of a locator, without what the title says already; the button shows all."""
    kept = ""
    steps = citation.locator.split(" > ")
    for step in reversed([step for step in steps if not citation.title.startswith(step)]):
        longer = f"{step} > {kept}" if kept else step
        if kept and len(longer) > _PLACE:
            break
        kept = longer
    return clipped(kept, _PLACE)


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


def quote_in_context(title: str, locator: str, before: str, quote: str, after: str) -> str:
    """A quote, bold, in the whole lines around it, as one message.

    Blank lines and runs of spaces are closed up and cells are parted by bars: the text of a paper
    is made for a page, and on a phone its white space hides the quote.
    """
    where = clipped(title, _TITLE) + (f", {clipped(locator, 2 * _TITLE)}" if locator else "")
    body = next(pieces(_tidy(quote), LIMIT // 2), "")
    around = (LIMIT // 2 - length(escaped(where)) - 50) // 2
    head = _last(_tidy(before), around)
    tail = _first(_tidy(after), around)
    return f"{_tagged('i', where)}\n\n{escaped(head)}{_tagged('b', body)}{escaped(tail)}"


def _tidy(text: str) -> str:
    lines = re.sub(r"\s*\n\s*", "\n", text)
    return re.sub(r"[^\S\n]+", " ", re.sub(r"[^\S\n]*\t\s*", " | ", lines))


def _last(text: str, limit: int) -> str:
    """The end of a text, from the start of a line where it has one."""
    kept = text[len(text) - _fitting(text[::-1], limit) :] if text.strip() else ""
    _, line_break, rest = kept.partition("\n")
    if line_break:
        kept = rest
    return f"…\n{kept}" if line_break else f"…{kept}" if kept else ""


def _first(text: str, limit: int) -> str:
    """The start of a text, to the end of a line where it has one."""
    kept = text[: _fitting(text, limit)] if text.strip() else ""
    lines, line_break, _ = kept.rpartition("\n")
    return f"{lines}\n…" if line_break else f"{kept}…" if kept else ""
