"""The ledger against its bars: `python -m tests.benchmarks.ledger [--opinions N]`.

Opinions are generated, 100 subjects in 40 neighbourhoods, so that most look-ups find some. Notices
go through the real outbox, over HTTP, to the project's own double of the Bot API.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.telegram.channel import Channel
from bot.telegram.outbox import notice
from bot.telegram.settings import TelegramSettings
from corpus.database import CouncilDatabase
from corpus.ledger.changes import By
from corpus.ledger.opinion import Author, Matter
from corpus.ledger.raising import NewOpinion, record
from corpus.types import Visibility
from retrieval.evaluate import percentile
from retrieval.similar_opinions import SimilarOpinions
from retrieval.terms import KiwiTerms
from tests.benchmarks.bars import HEAD, Bar
from tests.benchmarks.product import _DONGS, _SUBJECTS
from tests.support.parrot import Parrot
from tests.support.telegram import TOKEN, Fault, TelegramDouble

_LOOK_UPS = 200
_NOTICES = 1000

SIMILAR = Bar(name="similar opinions, p95", most=50, unit="ms")
OTHERS = Bar(name="notices to all but a limited chat", most=45, unit="s")
EVERYBODY = Bar(name="notices to everybody", most=60, unit="s")
BUSIEST = Bar(name="most sends a second, over five seconds", most=31, unit="/s")
BARS = (SIMILAR, OTHERS, EVERYBODY, BUSIEST)
_WISHES = (
    "{dong} {subject} 대상자를 넓혀 주세요",
    "{subject} 시간이 너무 짧아서 저녁에도 했으면 좋겠어요",
    "{dong}은 {subject} 신청 방법을 몰라서 못 받는 분이 많아요",
    "{subject}이 복지관 사업과 겹치니 조정해 주세요",
    "{dong} {subject} 담당자가 자주 바뀌어 불편합니다",
)


def opinions(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Opinions with their neighbourhoods."""
    dice = random.Random(seed)
    for _ in range(count):
        dong, subject = dice.choice(_DONGS), dice.choice(_SUBJECTS)
        yield dong, dice.choice(_WISHES).format(dong=dong, subject=subject)


def looked_up(folder: Path, count: int) -> list[float]:
    """Seconds of each look-up of similar opinions among so many."""
    database, terms = CouncilDatabase(folder), KiwiTerms()
    by = By(person="bench", at=datetime(2032, 1, 1, tzinfo=UTC))
    with database.write() as db:
        db.execute("insert into people (id, telegram_id, created_at) values (1, 1, '')")
        for dong, text in opinions(count, 7):
            new = NewOpinion(
                text=text,
                matter=Matter(dong=dong),
                author=Author(person_id=1),
                raised_at="2032-01-01",
            )
            record(db, new, by, terms.index_terms)
    similar = SimilarOpinions(database, terms)
    seconds = []
    for number, (_, text) in enumerate(opinions(_LOOK_UPS + 10, 11)):
        began = time.perf_counter()
        found = similar.find(text, Visibility.STAFF)
        if number >= 10:  # the first ones load models and fill caches
            seconds.append(time.perf_counter() - began)
            assert found
    database.close()
    return seconds


async def delivered(folder: Path, count: int) -> tuple[float, float, float]:
    """Seconds until all are there, and all but those of a limited chat; most sends a second."""
    database = CouncilDatabase(folder)
    now = datetime.now(UTC)
    with TelegramDouble() as telegram:
        telegram.faults.append(Fault("429", "sendMessage", chat_id=1, retry_after=3, count=2))
        with database.write() as db:
            for number in range(1, count + 1):
                notice(db, number, f"소식 {number}", None, now, level=Visibility.PUBLIC)
        settings = TelegramSettings(
            token=TOKEN, base_url=telegram.base_url, base_file_url=telegram.base_file_url
        )
        channel = Channel(Parrot(), database, settings, lambda: datetime.now(UTC))
        stop = asyncio.Event()
        began = time.perf_counter()
        running = asyncio.create_task(channel.run(stop))

        def there(missing: int) -> bool:
            return sum(1 for m in telegram.messages.values() if m["bot"]) >= count - missing

        await asyncio.to_thread(telegram.wait, lambda: there(1), 120)
        others = time.perf_counter() - began
        await asyncio.to_thread(telegram.wait, lambda: there(0), 120)
        everybody = time.perf_counter() - began
        stop.set()
        await running
        most = busiest([c.at for c in telegram.calls if c.method == "sendMessage"])
    database.close()
    return everybody, others, most


def busiest(times: list[float]) -> float:
    """The most sends a second in any five seconds; arrivals bunch on a busy machine."""
    times = sorted(times)
    return max(sum(1 for t in times if first <= t < first + 5) for first in times[::10]) / 5


def report(count: int) -> Iterator[str]:
    """The table, line by line."""
    with tempfile.TemporaryDirectory() as place:
        seconds = looked_up(Path(place) / "ledger", count)
        everybody, others, most = asyncio.run(delivered(Path(place) / "notices", _NOTICES))
    yield (
        f"{count:,} opinions, {_LOOK_UPS} look-ups; {_NOTICES:,} notices to as many chats, one of"
        f" which is limited for three seconds.\n"
    )
    yield from HEAD
    yield SIMILAR.row(1000 * percentile(seconds, 0.95))
    yield OTHERS.row(others)
    yield EVERYBODY.row(everybody)
    yield BUSIEST.row(most)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opinions", type=int, default=10_000)
    for line in report(parser.parse_args().opinions):
        print(line, flush=True)


if __name__ == "__main__":
    main()
