"""The ledger as lists: narrowed by words that people type, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.opinion_cards import line
from corpus import places
from corpus.ledger.ledger import Ledger, Wanted
from corpus.ledger.opinion import Opinion, State
from corpus.messages import say
from corpus.types import Visibility


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


def wanted_of(words: str, ledger: Ledger, today: date) -> Wanted:
    """What words behind `/ledger` narrow the list to; words that say nothing are left out.

    Args:
        words: Such as `접수 가람2동`, `기한 지남`, `지난 회의`, a department.
        ledger: Knows departments and meetings.
        today: The day on which it is asked.
    """
    wanted = Wanted()
    packed = "".join(words.split())
    for state in State:
        if say(f"opinion_state.{state}").replace(" ", "") in packed:
            wanted = replace(wanted, state=state)
    if say("opinion.word_overdue").replace(" ", "") in packed:
        wanted = replace(wanted, overdue=True)
    if say("opinion.word_meeting") in packed and (held := ledger.meetings.last(today)):
        wanted = replace(wanted, since=held)
    named = [one for one in ledger.departments() if "".join(one.split()) in packed]
    if named:
        wanted = replace(wanted, department=max(named, key=len))
    dongs = [key for mention in places.find_dongs(words) for key in mention.keys]
    return replace(wanted, dong=dongs[0]) if dongs else wanted


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
    head = say("opinion.listed", count=count, page=page + 1, pages=last + 1)
    lines = [line(one, audience) for one in found]
    text = "\n".join([head, *lines]) if found else say("opinion.none")
    return Page(text=text, opinions=found, page=page, last=last)
