"""What a model is shown: numbered lines of papers with what stands above them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from corpus.outline import outline
from retrieval.generate import locator
from retrieval.model.checking import Source
from retrieval.naming import names_all
from retrieval.types import Citation, Hit, unmarked
from retrieval.understanding.printed_data import mask_printed
from retrieval.understanding.question import Question
from retrieval.understanding.small_talk import gives_orders

# Shorter lines are labels and page numbers; a quote holds no more than the longest.
_SHORTEST, _LONGEST = 8, 300
# Passages that come nearest to a question without answering it; their first lines say most.
_PASSAGES, _LINES = 4, 12


@cache
def orders(kind: str) -> str:
    """What the model is told to do for one kind of work."""
    source = (files(__package__) / "orders.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(source)[kind]).strip()


def sources_of(citations: Sequence[Citation]) -> list[Source]:
    """Quoted lines with their papers and places; those that give orders are left out.

    A title or a heading may give orders too, and takes its line with it. Personal data is masked:
    what a model never reads it cannot tell, not even without the word by which it was known.
    """
    every = (
        Source(
            number=citation.number,
            line=mask_printed(unmarked(citation.quote)),
            context=mask_printed(
                unmarked(" > ".join(filter(None, (citation.title, citation.locator))))
            ),
        )
        for citation in citations
    )
    return [one for one in every if not gives_orders(one.line) and not gives_orders(one.context)]


def shown(question: str, sources: Sequence[Source]) -> str:
    """Question and evidence as the model reads them."""
    lines = [f"[{one.number}] ({one.context}) {one.line}" for one in sources]
    return "\n".join([f"질문: {question}", "근거:", *lines])


def nearest_lines(
    question: Question,
    hits: Sequence[Hit],
    titles: Mapping[int, str],
    telling: Callable[[str], bool],
) -> tuple[Citation, ...]:
    """Lines that come near to a question that nothing answers, as citations from 1.

    Args:
        question: What is asked.
        hits: Passages, best first.
        titles: Title of each paper by its row number.
        telling: Whether a line has a word of the question that counts.

    Returns:
        At most 12 lines that name every place and year of the question.
    """
    found: list[Citation] = []
    for hit in hits[:_PASSAGES]:
        title = titles.get(hit.passage.document_id, hit.document)
        for start, end, quote, heading in _lines(hit):
            above = " ".join(heading)
            if not telling(f"{quote} {above}") or not names_all(question, quote, above, title):
                continue
            found.append(
                Citation(
                    number=len(found) + 1,
                    document=hit.document,
                    title=title,
                    quote=quote,
                    locator=locator(heading, hit.passage.page),
                    document_id=hit.passage.document_id,
                    start=start,
                    end=end,
                )
            )
    return tuple(found[:_LINES])


def _lines(hit: Hit) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Start, end, words and headings of the lines of a passage."""
    text, first = hit.passage.text, hit.passage.start
    items = outline(text)
    for item in items:
        quote = " ".join(text[item.start : item.end].split()).lstrip("• ")[:_LONGEST]
        if len(quote) >= _SHORTEST and not item.heading:
            above = [" ".join(text[items[i].body : items[i].end].split()) for i in item.parents]
            yield first + item.start, first + item.end, quote, (*hit.passage.heading, *above)
