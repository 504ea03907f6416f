"""Citations of papers that never were."""

from __future__ import annotations

from retrieval.types import Citation


def cited(
    quote: str,
    *,
    number: int = 1,
    document: str = "예산.txt",
    title: str = "예산",
    locator: str = "",
) -> Citation:
    """A citation of the first words of a paper."""
    return Citation(
        number=number,
        document=document,
        title=title,
        quote=quote,
        locator=locator,
        document_id=1,
        start=0,
        end=len(quote),
    )
