"""The ledger as lists: narrowed by words that people type, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.opinion_cards import line
from corpus import places
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion, State
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.types import Visibility
from retrieval.lookup.ledger_telling import described
from retrieval.understanding.ledger_words import ledger_words, offices_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list.

    Attributes:
        text: Its lines.
        opinions: What they show.
        page: Which page it is, from 0.
        last: The last one.
    """

    text: str
    opinions: Sequence[Opinion]
    page: int
    last: int


def wanted_of(words: str, ledger: Ledger, audience: Visibility, today: date) -> Wanted:
    """What words behind `/ledger` narrow the list to; words that say nothing are left out.

    Args:
        words: Such as `접수 가람2동`, `기한 지남`, `답변 안 된 것`, `지난 회의`, a department.
        ledger: Knows departments, neighbourhoods and meetings.
        audience: Who reads the list.
        today: The day on which it is asked.
    """
    read = ledger_words(words)
    packed = "".join(words.split())
    late = read.overdue or say("opinion.word_overdue").replace(" ", "") in packed
    wanted = Wanted(state=read.state, standing=read.standing, promise=read.promise, overdue=late)
    named = (one for one in State if say(f"opinion_state.{one}").replace(" ", "") in packed)
    if wanted == Wanted():
        wanted = replace(wanted, state=next(named, None))
    if read.since_meeting or say("opinion.word_meeting") in packed:
        wanted = replace(wanted, since=ledger.meetings.last(today, audience) or "")
    offices, rest = offices_named(words, ledger.departments(audience))
    dongs = [key for one in places.find_dongs(rest, ledger.dongs(audience)) for key in one.keys]
    return replace(wanted, departments=offices, dong=dongs[0] if dongs else "")


def ledger_page(
    ledger: Ledger, wanted: Wanted, audience: Visibility, today: date, page: int, size: int
) -> Page:
    """One page of the ledger, as an audience may see it.

    Args:
        ledger: The ledger.
        wanted: Which opinions.
        audience: Highest level that may be seen.
        today: For what is overdue.
        page: Which page, from 0; too high gives the last one.
        size: Opinions on a page.
    """
    count = ledger.count(wanted, audience, today)
    last = max(0, (count - 1) // size)
    page = min(page, last)
    found = ledger.listed(wanted, audience, today, start=page * size, most=size)
    what = described(wanted)
    if not found:
        text = say("opinion.none_such", what=what) if what else say("opinion.none")
        return Page(text=text, opinions=(), page=0, last=0)
    head = say("opinion.listed", what=what, count=count, page=page + 1, pages=last + 1).strip()
    text = "\n".join([head, *(line(one, audience) for one in found)])
    return Page(text=text, opinions=found, page=page, last=last)
