"""What members should have read before a meeting, laid out like minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.minutes_form.layout import HEADING, TITLE, Block, Box, Grid, Line
from corpus.meetings.meeting import Plan
from corpus.meetings.minutes import Minutes, held
from corpus.messages import say
from retrieval.types import Answer, Basis

# What papers say of an item is read over beside others: a screenful is enough.
_LONGEST = 600
_SOURCED = {Basis.RECORDS, Basis.COMPUTED, Basis.PASSAGES}


def meeting_pack(
    plan: Plan, before: Minutes | None, ask: Callable[[str], Answer]
) -> tuple[Block, ...]:
    """The pack from top to bottom.

    Args:
        plan: The meeting.
        before: The confirmed minutes of the meeting before; None where there are none.
        ask: Answers from the papers that members may see.
    """
    blocks: list[Block] = [Line(text=say("pack.name", title=plan.title), style=TITLE)]
    pairs = (("held", held(plan)), ("place", plan.place), ("department", plan.department))
    rows = [(Box(text=say(f"form.{n}"), label=True), Box(text=v)) for n, v in pairs if v]
    if rows:
        blocks.append(Grid(rows=tuple(rows), widths=(20, 80)))
    blocks.append(Line(text=say("form.agenda"), style=HEADING))
    for item in plan.items:
        line = say("form.agenda_line", number=item.number, title=item.title)
        blocks.append(Line(text=line))
        blocks.extend(_of_papers(ask(item.title)))
    if before is not None:
        blocks.append(Line(text=say("pack.before", title=before.title), style=HEADING))
        blocks.extend(_of_before(before))
    return tuple(blocks)


def _of_papers(answer: Answer) -> Iterator[Block]:
    """What the papers say, with the sources; nothing where they say nothing."""
    if answer.basis not in _SOURCED:
        return
    for line in answer.text[:_LONGEST].splitlines():
        if line.strip():
            yield Line(text=f"○ {line.strip()}", level=1)
    for citation in answer.citations[:_SOURCES]:
        where = ", ".join(filter(None, (citation.title, citation.locator)))
        yield Line(text=f"- [{citation.number}] {where}", level=2)


_SOURCES = 5


def _of_before(minutes: Minutes) -> Iterator[Block]:
    """What became of the last meeting's items and opinions (지난 회의 조치결과)."""
    decided = [item for item in minutes.items if item.result]
    if decided:
        heads = (Box(text=say("form.agenda"), label=True), Box(text=say("form.result"), label=True))
        rows = [(Box(text=item.title), Box(text=item.result)) for item in decided]
        yield Grid(rows=(heads, *rows), widths=(60, 40), head=True)
    exchanges = [one for item in minutes.items for one in item.exchanges]
    if exchanges:
        heads = (
            Box(text=say("form.opinion"), label=True),
            Box(text=say("form.replies"), label=True),
        )
        pairs = [
            (Box(text=one.opinion), Box(text=one.reply or say("pack.unanswered")))
            for one in exchanges
        ]
        yield Grid(rows=(heads, *pairs), widths=(50, 50), head=True)
