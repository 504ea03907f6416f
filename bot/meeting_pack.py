"""What members should have read before a meeting, and what became of the last one, as papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.ledger_reports import Action
from bot.minutes_form.layout import HEADING, TITLE, Block, Box, Grid, Line
from bot.opinion_cards import promise_words
from corpus.ledger.opinion import Opinion
from corpus.meetings.meeting import Plan
from corpus.meetings.minutes import Minutes, held
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer, Basis

# What papers say of an item is read over beside others: a screenful is enough.
_LONGEST, _SOURCES = 600, 5
# Words before the name of a matter: its year, its term, the body that it comes from.
_BESIDE = re.compile(r"\d{4}(?:년도?)?|제\d+(?:기|차|회)|\S*협의체|[읍면동]|각")
_SOURCED = {Basis.RECORDS, Basis.COMPUTED, Basis.PASSAGES}


@dataclass(frozen=True, slots=True, kw_only=True)
class LastMeeting:
    """What became of the last meeting, as far as whoever reads it may know.

    Attributes:
        minutes: Its confirmed minutes; None where the bot has written none.
        decided: What papers say that it decided; None where the minutes tell.
        actions: Promises since then, with what became of them.
        audience: Who reads it.
    """

    minutes: Minutes | None
    decided: Answer | None
    actions: Sequence[Action]
    audience: Visibility


def meeting_pack(
    plan: Plan, last: LastMeeting, overdue: Sequence[Opinion], ask: Callable[[str], Answer]
) -> tuple[Block, ...]:
    """The pack from top to bottom: agenda, figures, the last meeting, overdue promises.

    Args:
        plan: The meeting.
        last: The meeting before.
        overdue: Opinions whose promise is overdue.
        ask: Answers from the papers that the readers may see.
    """
    blocks: list[Block] = [Line(text=say("pack.name", title=plan.title), style=TITLE)]
    pairs = (("held", held(plan)), ("place", plan.place), ("department", plan.department))
    rows = [(Box(text=say(f"form.{n}"), label=True), Box(text=v)) for n, v in pairs if v]
    if rows:
        blocks.append(Grid(rows=tuple(rows), widths=(20, 80)))
    blocks.append(Line(text=say("form.agenda"), style=HEADING))
    for item in plan.items:
        blocks.append(Line(text=say("form.agenda_line", number=item.number, title=item.title)))
        blocks.extend(_of_papers(item.title, ask))
    if not plan.items:
        blocks.append(Line(text=say("pack.no_items")))
    blocks.extend(follow_up(last))
    blocks.append(Line(text=say("pack.overdue"), style=HEADING))
    blocks.append(_overdue(overdue, last.audience) if overdue else Line(text=say("pack.in_time")))
    return tuple(blocks)


def follow_up(last: LastMeeting, style: str = HEADING) -> tuple[Block, ...]:
    """What became of the last meeting (지난 회의 조치결과); empty where nothing is known of it.

    Args:
        last: The meeting.
        style: `TITLE` where it is a paper of its own.
    """
    told = [*_decided(last), *_kept(last)]
    if not told:
        return ()
    title = last.minutes.title if last.minutes else ""
    head = say("pack.before", title=title) if title else say("ledger_file.actions")
    return (Line(text=head, style=style), *told)


def _of_papers(title: str, ask: Callable[[str], Answer]) -> Iterator[Block]:
    """What became of an item's matter before, and its figures; nothing where papers say nothing."""
    seen: set[str] = set()
    for key in ("pack.ask_result", "pack.ask_figures"):
        asked = say(key, subject=subject_of(title))
        answer = ask(asked)
        quotes = {citation.quote for citation in answer.citations}
        if answer.basis in _SOURCED and not quotes <= seen:
            seen |= quotes
            yield Line(text=f"○ {asked}", level=1)
            yield from _told(answer)


def _told(answer: Answer) -> Iterator[Block]:
    """An answer as lines, with the papers that say so below it."""
    length = 0
    for line in answer.text.splitlines():
        length += len(line)
        if (words := line.strip().removeprefix("- ")) and length <= _LONGEST:
            yield Line(text=f"- {words}", level=2)
    for notice in answer.notices:
        yield Line(text=f"⇒ {notice}", level=3)
    numbers: dict[str, str] = {}
    for citation in answer.citations:
        numbers[citation.title] = f"{numbers.get(citation.title, '')}[{citation.number}]"
    for title, marks in list(numbers.items())[:_SOURCES]:
        yield Line(text=say("pack.source", numbers=marks, title=title), level=3)


def subject_of(title: str) -> str:
    """What an agenda item is about, without year, body, and what is to be done about it.

    >>> subject_of("2031년 동 협의체 골목 화분 사업 연간 운영계획(안) 심의")
    '골목 화분 사업'
    """
    words = title.replace("(안)", " ").split()
    doings = re.compile(f"(?:{'|'.join(say('pack.doings').split())})+")
    while len(words) > 1 and doings.fullmatch(words[-1].strip(".,()")):
        words.pop()
    while len(words) > 1 and _BESIDE.fullmatch(words[0]):
        words.pop(0)
    return " ".join(words)


def _decided(last: LastMeeting) -> Iterator[Block]:
    decided = [item for item in last.minutes.items if item.result] if last.minutes else []
    if decided:
        rows = [(item.title, item.result) for item in decided]
        yield _table(("form.agenda", "form.result"), rows, (60, 40))
    elif last.decided is not None and last.decided.basis in _SOURCED:
        yield from _told(last.decided)


def _kept(last: LastMeeting) -> Iterator[Block]:
    """Promises with what became of them, and the opinions that nobody has answered."""
    if last.actions:
        rows = [
            (one.opinion.number, one.opinion.words(last.audience), one.reply, one.stands)
            for one in last.actions
        ]
        heads = ("ledger_file.number", "form.opinion", "form.reply", "ledger_file.stands")
        yield _table(heads, rows, (21, 34, 30, 15))
    told = {" ".join(one.opinion.words(last.audience).split()) for one in last.actions}
    exchanges = (
        [one for item in last.minutes.items for one in item.exchanges] if last.minutes else []
    )
    rest = [one for one in exchanges if one.opinion not in told]
    if rest:
        pairs = [(one.opinion, one.reply or say("pack.unanswered")) for one in rest]
        yield _table(("form.opinion", "form.replies"), pairs, (50, 50))


def _overdue(found: Sequence[Opinion], audience: Visibility) -> Grid:
    rows = [
        (one.number, one.words(audience), one.matter.department, promise_words(one.promise))
        for one in found
    ]
    heads = ("ledger_file.number", "form.opinion", "ledger_file.department", "ledger_file.promise")
    return _table(heads, rows, (21, 39, 20, 20))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: tuple[int, ...]) -> Grid:
    top = tuple(Box(text=say(head), label=True) for head in heads)
    lines = tuple(tuple(Box(text=value) for value in row) for row in rows)
    return Grid(rows=(top, *lines), widths=widths, head=True)
