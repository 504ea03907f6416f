"""Record questions on a store of many rows: `python -m tests.benchmarks.records [--rows N]`.

The papers are generated: budget tables of many councils and years, as CSV, brought in by the real
ingest and asked through `Lookup` alone, so that no time of passages or vectors is in the figures.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.types import Visibility
from retrieval.evaluate import percentile
from retrieval.understanding.question import understand
from tests.benchmarks.bars import HEAD, Bar
from tests.benchmarks.product import opened

_ROWS_EACH = 100
_STEMS = "가람 나래 다온 라온 마루 바른 사랑 아람 자람 차오 카람 타래 파란 하늘 고은 노을"
_STEMS += " 도담 로운 모란 보람"
_DONGS = [f"{stem}{number}동" for stem in _STEMS.split() for number in range(1, 6)]
_THINGS = ("특화사업", "경로식당", "반찬나눔", "집수리", "안부확인", "빨래방", "작은도서관", "텃밭")
_AREAS = ("안전", "환경", "복지", "문화")
_QUESTIONS = 150

HALF = Bar(name="record question, p50", most=60, unit="ms")
SLOW = Bar(name="record question, p95", most=60, unit="ms")
BARS = (HALF, SLOW)


def papers(rows: int) -> Iterator[tuple[str, str]]:
    """Names and texts of as many tables as hold so many rows."""
    dice = random.Random(5)
    for number in range(rows // _ROWS_EACH):
        thing, year = _THINGS[number % len(_THINGS)], 1990 + number // len(_THINGS) % 40
        title = f"{year}년 제{number}권역 동별 {thing} 예산"
        lines = [title, "동,분야,사업 수(개),예산액(천원)"]
        lines += [
            f"{dong},{dice.choice(_AREAS)},{dice.randrange(1, 30)},{dice.randrange(100, 9900)}"
            for dong in _DONGS[:_ROWS_EACH]
        ]
        yield f"{title}.csv", "\n".join(lines)


def questions(count: int, rows: int) -> Iterator[str]:
    """Record questions of every kind."""
    dice = random.Random(9)
    years = max(rows // _ROWS_EACH // len(_THINGS), 1)
    shapes = [
        "{year}년 {dong} {thing} 예산은 얼마예요?",
        "{year}년 {thing} 예산이 제일 많은 동은?",
        "{year}년 {thing} 예산 500만원 넘는 동",
        "{year}년 {thing} 예산 동별 평균은?",
        "{year}년 분야별 {thing} 예산 합계",
        "{year}년 {dong}이랑 {other} {thing} 예산 차이",
        "{year}년 {thing} 사업 수 상위 3개 동",
        "{dong} {thing} 예산",
        "예산이 제일 많은 동은?",
        "{year}년 {dong} {thing} 예산은 전체의 몇 %야?",
    ]
    for number in range(count):
        yield shapes[number % len(shapes)].format(
            year=1990 + dice.randrange(min(years, 40)),
            dong=dice.choice(_DONGS),
            other=dice.choice(_DONGS),
            thing=dice.choice(_THINGS),
        )


def report(rows: int, place: Path) -> Iterator[str]:
    """The bar of record questions, measured in one run.

    Args:
        rows: Number of records in the store.
        place: A store of so many that is there already is used again.
    """
    folder = place / f"records-{rows}"
    if not folder.exists():
        inbox = place / f"inbox-{rows}"
        inbox.mkdir()
        for file, text in papers(rows):
            (inbox / file).write_text(text, encoding="utf-8")
        with opened(folder) as council:
            began = time.perf_counter()
            list(council.ingest.run(sorted(inbox.iterdir()), Visibility.PUBLIC))
            taken = time.perf_counter() - began
        yield f"{rows // _ROWS_EACH:,} tables brought in in {taken:.0f} s.\n"
    seconds, answered = asked(folder, rows)
    with opened(folder) as council:
        row = council.database.one("select count(*) as n from records")
    held = row["n"] if row else 0
    yield f"{held:,} records; {answered} of {len(seconds)} questions answered.\n"
    yield from HEAD
    yield HALF.row(1000 * percentile(seconds, 0.5))
    yield SLOW.row(1000 * percentile(seconds, 0.95))


def asked(folder: Path, rows: int) -> tuple[list[float], int]:
    """Seconds of each warm question, and how many were answered from records."""
    seconds: list[float] = []
    answered = 0
    with opened(folder) as council:
        lookup = council.assistant._answerer._lookup
        for number, text in enumerate(questions(_QUESTIONS + 10, rows)):
            began = time.perf_counter()
            known = lookup.places(Visibility.STAFF)
            question = understand(text, council.assistant._now().date(), known)
            answer = lookup.answer(question, Visibility.STAFF)
            if number >= 10:  # the first ones load models and fill caches
                seconds.append(time.perf_counter() - began)
                answered += answer is not None
    return seconds, answered


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.records", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="records in the store")
    with tempfile.TemporaryDirectory() as place:
        for line in report(parser.parse_args().rows, Path(place)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
