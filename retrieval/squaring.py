"""An index and the store's books compared, a page at a time, and the books put right."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.messages import say
from retrieval.bookkeeping import AT_ONCE, VectorBooks
from retrieval.collection import VectorCollection


def squared(collection: VectorCollection, books: VectorBooks) -> list[str]:
    """Let passages wait whose vector is lost, and delete vectors of passages that are none.

    Returns:
        What was wrong, in sentences for staff.

    Raises:
        RetrievalError: The collection cannot be used.
    """
    findings = []
    if missing := _forget_missing(collection, books):
        findings.append(say("index.missing", count=missing))
    if orphans := _delete_orphans(collection, books):
        findings.append(say("index.orphans", count=orphans))
    return findings


def delete(collection: VectorCollection, passages: Sequence[int]) -> None:
    """Delete the vectors of passages, as far as there are any."""
    names = [str(number) for number in passages]
    collection.ask(lambda held: held.delete(ids=names))


def _forget_missing(collection: VectorCollection, books: VectorBooks) -> int:
    after = lost = 0
    while page := books.filed(after, AT_ONCE):
        after = page[-1][0]
        names = [str(passage) for passage, _ in page]
        found = collection.ask(lambda held, names=names: held.get(ids=names, include=[])["ids"])  # type: ignore[misc]
        known = {int(id_) for id_ in found}
        if missing := [passage for passage, _ in page if passage not in known]:
            books.forget(missing)
            lost += len(missing)
    return lost


def _delete_orphans(collection: VectorCollection, books: VectorBooks) -> int:
    orphans: list[int] = []
    for first in range(0, collection.count(), AT_ONCE):
        ids = collection.ask(
            lambda held, first=first: held.get(  # type: ignore[misc]
                limit=AT_ONCE, offset=first, include=[]
            )["ids"]
        )
        orphans += books.orphans([int(id_) for id_ in ids])
    for first in range(0, len(orphans), AT_ONCE):
        delete(collection, orphans[first : first + AT_ONCE])
    return len(orphans)
