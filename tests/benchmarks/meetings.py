"""A long meeting against its bars: `python -m tests.benchmarks.meetings [--notes N]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.minutes_form import OFFICIAL, written
from corpus.database import CouncilDatabase
from corpus.meetings.meeting import Item, Plan
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import draft
from corpus.meetings.noting import Said, take_note
from corpus.meetings.planning import make_meeting, open_here
from tests.benchmarks.bars import HEAD, Bar

_AT = datetime(2031, 3, 5, 16, tzinfo=UTC)
_ITEMS = 10
DRAFT = Bar(name="draft of the minutes", most=2, unit="s")
FILES = Bar(name="HWPX and DOCX together", most=5, unit="s")
BARS = (DRAFT, FILES)
_KINDS = ("[의견]", "[답변]", "", "", "[결정]")


def noted(database: CouncilDatabase, count: int) -> int:
    """A meeting with so many notes; gives its row."""
    items = tuple(Item(number=n + 1, title=f"{n + 1}째 사업 검토") for n in range(_ITEMS))
    with database.write() as db:
        db.execute("insert into people (id, created_at) values (1, '2031')")
        plan = Plan(body="실무협의체", year=2031, number=1, items=items)
        number = make_meeting(db, plan, 1, "", _AT)
        open_here(db, number, 1, 0)
    meeting = Meetings(database).get(number)
    if meeting is None:
        raise RuntimeError("the meeting is not there")
    for at in range(count):
        item, kind = 1 + at * _ITEMS // count, _KINDS[at % len(_KINDS)]
        text = f"{kind} {at}번째로 나온 말이며 예산은 {at}만원임"
        if kind in ("[의견]", "[결정]"):
            text = text.replace("]", f" {item}]")
        said = Said(text=text, author_id=1, chat_id=1, thread=0, message_id=at, at=_AT)
        with database.write() as db:
            take_note(db, meeting, said)
    return number


def report(count: int) -> Iterator[str]:
    """The table, line by line."""
    with tempfile.TemporaryDirectory() as place:
        database = CouncilDatabase(Path(place))
        began = time.perf_counter()
        number = noted(database, count)
        yield f"{count} notes taken in {time.perf_counter() - began:.1f} s, each a commit.\n"
        began = time.perf_counter()
        meetings = Meetings(database)
        meeting = meetings.get(number)
        if meeting is None:
            raise RuntimeError("the meeting is not there")
        minutes = draft(meeting, meetings.notes(number))
        drafted = time.perf_counter() - began
        began = time.perf_counter()
        for suffix in OFFICIAL:
            written(minutes, suffix)
        both = time.perf_counter() - began
        database.close()
    yield from HEAD
    yield DRAFT.row(drafted)
    yield FILES.row(both)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.meetings", description=__doc__
    )
    parser.add_argument("--notes", type=int, default=500)
    for line in report(parser.parse_args().notes):
        print(line, flush=True)


if __name__ == "__main__":
    main()
