"""The product against its bars, in one run: `python -m tests.benchmarks.product [--passages N]`.

The papers are generated: council-like lines of JSON, each one passage, with figures that differ.
Their vectors are random unit vectors, written through the product's own index, since making 10,000
real ones takes half an hour and changes no time measured here. Everything else is the real thing:
Kiwi terms, FTS5, the embedder on board for the questions, Chroma, extraction of answers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bot.config import Config, Data
from bot.wiring import Council, open_council
from corpus import readers
from corpus.types import Visibility
from retrieval.embedders import Embedder
from retrieval.evaluate import percentile
from retrieval.vectors import VectorIndex
from tests.benchmarks.bars import HEAD, Bar
from tests.benchmarks.data import SAMPLE
from tests.support.files import pdf_file, pdf_text
from tests.support.telegram import TOKEN, TelegramDouble

_WHOM = ("홀몸어르신", "장애인", "청년", "다문화가정", "위기가구")
_WHOM += ("경로당", "한부모가정", "아동", "중장년", "이웃")
_WHAT = ("안부확인", "반찬나눔", "집수리", "건강교실", "나들이")
_WHAT += ("상담", "우유배달", "텃밭", "장학", "빨래방")
_SUBJECTS = [f"{whom} {what}" for whom in _WHOM for what in _WHAT]
_NAMES = ("가람", "나래", "다온", "라온", "마루")
_DONGS = [f"{name}{number}동" for name in _NAMES for number in range(1, 9)]
_QUESTIONS = 120
_PAGES = 40
_RARE = "솔바람쉼터"

WARM_HALF = Bar(name="warm question, p50", most=60, unit="ms")
WARM = Bar(name="warm question, p95", most=60, unit="ms")
COLD = Bar(name="`dongne ask` from cold, median of 3", most=2, unit="s")
READY = Bar(name="bot, from its start to its first answer", most=5, unit="s")
FINDABLE = Bar(name="40 pages findable by keyword after reading", most=5, unit="s")
SAMPLE_IN = Bar(name="the sample papers in from cold, vectors included", most=5, unit="s")
MEMORY = Bar(name="resident memory while answering", most=600, unit="MB")
BARS = (WARM_HALF, WARM, COLD, READY, FINDABLE, SAMPLE_IN, MEMORY)
# Kiwi is loaded for every first answer; the bar of the cold start gives way to it by this much.
_OF_KIWI = 1.3


class RandomVectors(Embedder):
    """Unit vectors that mean nothing, under the name of the embedder that reads the questions."""

    def __init__(self, named: Embedder) -> None:
        self._named = named
        self._random = np.random.default_rng(1)

    @property
    def fingerprint(self) -> str:
        return self._named.fingerprint

    @property
    def dimensions(self) -> int:
        return self._named.dimensions

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = self._random.standard_normal((len(texts), self.dimensions))
        made: list[list[float]] = (
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        ).tolist()
        return made

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def generated(count: int) -> Iterator[dict[str, str]]:
    """Lines of a bulk set, each short enough to be one passage."""
    dice = random.Random(7)
    for number in range(count):
        dong, subject = dice.choice(_DONGS), dice.choice(_SUBJECTS)
        year, month = dice.randrange(2021, 2032), dice.randrange(1, 13)
        yield {
            "id": f"자료-{number}",
            "title": f"{year}년 {dong} {subject} 추진 결과 {number}",
            "text": (
                f"○ 일시: {year}. {month}. {dice.randrange(1, 28)}. 14:00, {dong} 회의실\n"
                f"○ {subject} 사업은 {dice.randrange(10, 400)}가구를 대상으로 매달 "
                f"{dice.randrange(1, 9)}회 운영함\n"
                f"- 예산: {dice.randrange(100, 9900)}만원(구비 {dice.randrange(10, 90)} %)\n"
                f"- 건의: {dice.choice(_SUBJECTS)} 대상자를 넓혀 달라는 의견이 있어 "
                f"{dice.randrange(1, 13)}월 회의에서 다시 논의하기로 함\n"
                f"○ 담당: {dong} 맞춤형복지팀, 협의체 위원 {dice.randrange(9, 30)}명 가운데 "
                f"{dice.randrange(5, 9)}명 참여. 다음 달 {dice.choice(_SUBJECTS)}과 함께 점검함"
            ),
        }


def questions(count: int) -> Iterator[str]:
    """What people ask of such papers, no two alike in all words."""
    dice = random.Random(11)
    shapes = [
        "{year}년 {dong} {subject} 예산은 얼마인가요?",
        "{dong} {subject} 사업은 몇 가구를 대상으로 하나요?",
        "{subject} 대상자를 넓혀 달라는 의견은 어떻게 되었나요?",
        "{dong}에서 {subject} 회의는 언제 했나요?",
        "{subject} 담당은 어디인가요?",
        "{subject}과 {other} 중에 무엇이 더 많은가요?",
    ]
    for number in range(count):
        yield shapes[number % len(shapes)].format(
            year=dice.randrange(2021, 2032),
            dong=dice.choice(_DONGS),
            subject=dice.choice(_SUBJECTS),
            other=dice.choice(_SUBJECTS),
        )


def opened(folder: Path) -> Council:
    return open_council(Config().model_copy(update={"data": Data(folder=folder)}))


def fill(folder: Path, count: int) -> dict[str, float]:
    """Bring the generated papers in, with random vectors; how long each part took."""
    bulk = folder.with_suffix(".jsonl")
    lines = (json.dumps(line, ensure_ascii=False) for line in generated(count))
    bulk.write_text("\n".join(lines), encoding="utf-8")
    with opened(folder) as council:
        began = time.perf_counter()
        list(council.ingest.run([bulk], Visibility.PUBLIC))
        taken = time.perf_counter() - began
    with opened(folder) as council:
        index = VectorIndex(
            council.vectors._collection._chroma,
            council.database,
            RandomVectors(council.vectors.embedder),
            copies=council.vectors._copies,
        )
        began = time.perf_counter()
        assert index.sync()
        written = time.perf_counter() - began
        index.close()
        row = council.database.one("select count(*) as n from passages")
        assert row is not None
    return {"passages": row["n"], "ingest": taken, "vectors": written}


def answering(folder: Path) -> dict[str, Any]:
    """Warm questions, in this process: seconds of each, by basis, and memory at the end."""
    seconds: list[float] = []
    basis: dict[str, int] = {}
    with opened(folder) as council:
        for number, question in enumerate(questions(_QUESTIONS + 10)):
            began = time.perf_counter()
            answer = council.assistant.ask(question, audience=Visibility.STAFF)
            if number >= 10:  # the first ones load models and fill caches
                seconds.append(time.perf_counter() - began)
                basis[answer.basis.value] = basis.get(answer.basis.value, 0) + 1
    status = Path("/proc/self/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return {"seconds": seconds, "basis": basis, "resident": int(resident.split()[1]) / 1024}


def cold(folder: Path) -> float:
    """Median seconds of three runs of `dongne ask`."""
    seconds = []
    for question in questions(3):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "--data", str(folder), "ask", question],
            stdout=subprocess.DEVNULL,
            check=False,
        )
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def paper_in(folder: Path) -> tuple[float, float]:
    """Seconds to read a PDF of 40 pages, and from being read to being findable by keyword."""
    dice = random.Random(3)
    pages = []
    for number in range(_PAGES):
        lines = [f"{number + 1}. {dice.choice(_SUBJECTS)} 추진 계획"]
        for _ in range(24):
            what = dice.choice(_SUBJECTS)
            lines.append(f"- {dice.choice(_DONGS)} {what} 사업에 {dice.randrange(9999)}만원을 씀")
        if number == _PAGES - 1:
            lines.append(f"- {_RARE} 문을 엶")
        spread = (pdf_text(60, 770 - 26 * row, line) for row, line in enumerate(lines))
        pages.append("".join(spread))
    path = folder.with_suffix(".pdf")
    path.write_bytes(pdf_file(*pages))
    readers.read(path)  # starts the reading process
    began = time.perf_counter()
    readers.read(path)
    reading = time.perf_counter() - began
    with opened(folder) as council:
        council.search.search(_RARE)  # loads models
        began = time.perf_counter()
        (receipt,) = council.ingest.run([path], Visibility.PUBLIC)
        found = council.search.search(_RARE, 1)
        total = time.perf_counter() - began
        assert found[0].document == path.name, receipt
    return reading, total - reading


def kiwi_alone() -> float:
    """Median seconds of three processes that load Kiwi and cut one text: the floor of `cold`."""
    code = "from retrieval.analyser import ANALYSER; ANALYSER.tokenize('가람동')"
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


@contextmanager
def first_answered(folder: Path, question: str) -> Iterator[tuple[int, float]]:
    """A bot that has answered its first question: its process, and seconds from its start."""
    with TelegramDouble() as telegram:
        telegram.says(1, question)
        environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": telegram.base_url,
            "TELEGRAM_BASE_FILE_URL": telegram.base_file_url,
        }
        began = time.perf_counter()
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot", "--data", str(folder), "serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            telegram.waits_for(1, 1)
            yield bot.pid, time.perf_counter() - began
        finally:
            bot.terminate()
            bot.wait()


def ready(folder: Path) -> float:
    """Seconds from the start of the bot until a question that waits for it is answered."""
    with first_answered(folder, next(questions(1))) as (_, seconds):
        return seconds


def sample_in(folder: Path, models: Path) -> float:
    """Seconds of `dongne ingest` of the sample papers into a new store, vectors included."""
    folder.mkdir()
    shutil.copytree(models, folder / "models")
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot", "--data", str(folder), "ingest", str(SAMPLE)],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def report(count: int, place: Path) -> Iterator[str]:
    """The table, line by line.

    Args:
        count: Generated passages.
        place: A store of so many that is there already is used again.
    """
    folder = place / f"passages-{count}"
    if not folder.exists():
        filled = fill(folder, count)
        yield (
            f"{filled['passages']:,.0f} generated passages in {filled['ingest']:.0f} s; random unit"
            f" vectors written in {filled['vectors']:.0f} s; questions embedded on board.\n"
        )
    command = [sys.executable, "-m", "tests.benchmarks.product", "--answering", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    warm = json.loads(done.stdout.splitlines()[-1])
    milliseconds = [1000 * each for each in warm["seconds"]]
    floor, started = kiwi_alone(), cold(folder)
    with tempfile.TemporaryDirectory() as other:
        copy = Path(other) / "store"
        shutil.copytree(folder, copy)
        answered = ready(copy)
        reading, findable = paper_in(copy)
        sample = sample_in(Path(other) / "sample", folder / "models")
    yield (
        f"{count:,} passages; {_QUESTIONS} questions, answered by: {warm['basis']}. A PDF of"
        f" {_PAGES} pages is read in {reading:.2f} s. Kiwi alone, started, loaded and one text cut:"
        f" {floor:.2f} s.\n"
    )
    yield from HEAD
    yield WARM_HALF.row(median(milliseconds))
    yield WARM.row(percentile(milliseconds, 0.95))
    yield COLD.row(started, max(COLD.most, _OF_KIWI * floor))
    yield READY.row(answered)
    yield FINDABLE.row(findable)
    yield SAMPLE_IN.row(sample)
    yield MEMORY.row(warm["resident"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--stores", type=Path, help="folder where generated stores are kept")
    parser.add_argument("--answering", type=Path)
    options = parser.parse_args()
    if options.answering:
        print(json.dumps(answering(options.answering)))
        return
    with tempfile.TemporaryDirectory() as place:
        for line in report(options.passages, options.stores or Path(place)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
