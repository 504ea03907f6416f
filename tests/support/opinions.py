"""Opinions in a ledger, raised and replied to without a messenger."""

from __future__ import annotations

from corpus.database import CouncilDatabase
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.handling import NewReply
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter, Promise, PromiseKind
from corpus.ledger.raising import NewOpinion, record
from retrieval.terms import KiwiTerms
from tests.support.secretary import day

_BY = By(person="someone", at=day("2032-03-02"))


def raised(
    database: CouncilDatabase,
    terms: KiwiTerms,
    text: str,
    reply: str = "",
    *,
    published: bool = False,
    private: bool = False,
) -> int:
    """An opinion by chat, replied to and published as told; gives its row."""
    new = NewOpinion(
        text=text,
        matter=Matter(),
        author=Author(person_id=1),
        raised_at="2032-03-01T09:00:00+09:00",
        private=private,
    )
    with database.write() as db:
        number = record(db, new, _BY, terms.index_terms)
    if reply:
        promise = Promise(kind=PromiseKind.PURSUE)
        given = NewReply(department="도로과", text=reply, promise=promise)
        with database.write() as db:
            handling.answer(db, _seen(database, number), _BY, given)
    if published:
        with database.write() as db:
            handling.publish(db, _seen(database, number), _BY, text, reply)
    return number


def _seen(database: CouncilDatabase, number: int) -> SeenOpinion:
    found = Ledger(database).get(number)
    assert found is not None
    return SeenOpinion(id=number, revision=found.revision)
