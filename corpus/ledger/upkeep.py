"""What makes the ledger whole again: papers taken in before it was kept, another analyser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.papers import enter
from corpus.ledger.raising import write_terms

_ENTERED = "ledger entered"


def enter_papers(
    database: CouncilDatabase, analyse: Callable[[str], str], now: Callable[[], datetime]
) -> None:
    """Enter the opinions of papers that were taken in before there was a ledger; once a store.

    Args:
        database: The council's store.
        analyse: Text to index terms joined by spaces.
        now: The clock.
    """
    if database.setting(_ENTERED):
        return
    for row in database.read("select id from documents order by id"):
        with database.write() as db:
            enter(db, row["id"], now(), analyse)
    database.set_setting(_ENTERED, "1")


def renew_words(database: CouncilDatabase, analyse: Callable[[str], str]) -> None:
    """Make the index terms of every opinion anew."""
    ledger = Ledger(database)
    for row in database.read("select id from opinions where text <> '' order by id"):
        opinion = ledger.get(row["id"])
        with database.write() as db:
            if opinion is not None:
                write_terms(db, opinion.id, opinion.text, opinion.matter, analyse)
