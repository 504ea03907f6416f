"""What the cost curves measure of one store."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from bot.wiring import Council
from corpus.types import Visibility
from retrieval.chroma import Chroma
from retrieval.evaluate import percentile
from retrieval.vectors import VectorIndex
from tests.benchmarks.curve_stores import questions, vectors
from tests.benchmarks.product import first_answered, generated, opened
from tests.support.chroma_server import chroma_server, free_port

_QUESTIONS, _WARMING = 60, 8
_WANTED = 50
_PAGE = 1_000
_IDLE_SECONDS = 5


@contextmanager
def undisturbed(folder: Path, copy_alone: bool) -> Iterator[None]:
    """Keep whoever opens a store from making the vectors that only its copy has."""
    lock = FileLock(folder / "vectors.lock")
    if copy_alone:
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def answering(folder: Path) -> dict[str, list[float]]:
    """Seconds of warm searches and questions in this process, by what was done."""
    found: dict[str, list[float]] = {"keyword": [], "vector": [], "question": []}
    with opened(folder) as council:
        for number, text in enumerate(questions(_QUESTIONS + _WARMING)):
            audience = list(Visibility)[number % 3]
            for name, seconds in _once(council, text, audience):
                if number >= _WARMING:
                    found[name].append(seconds)
    return found


def _once(council: Council, text: str, audience: Visibility) -> Iterator[tuple[str, float]]:
    search = council.search
    terms = search._terms.query_terms(text)
    vector = council.vectors.embedder.embed_query(text)
    for name, work in (
        ("keyword", lambda: search._keywords.search(terms, _WANTED, audience)),
        ("vector", lambda: council.vectors.search(vector, _WANTED, audience)),
        ("question", lambda: council.assistant.ask(text, audience=audience)),
    ):
        yield name, _seconds(work)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def arriving(folder: Path) -> dict[str, float]:
    """Seconds from a paper on disk until vectors find it; it is taken out again."""
    with tempfile.TemporaryDirectory() as other, opened(folder) as council:
        paper = Path(other) / "새 자료.txt"
        paper.write_text(
            "솔바람쉼터 문을 여는 날\n\n솔바람쉼터는 다음 달에 문을 연다.", encoding="utf-8"
        )
        council.search.search("솔바람쉼터")  # loads models
        began = time.perf_counter()
        (receipt,) = council.ingest.run([paper], Visibility.PUBLIC)
        council.vectors.sync()
        vector = council.vectors.embedder.embed_query("솔바람쉼터는 언제 문을 여나요?")
        found = council.vectors.search(vector, 1, Visibility.PUBLIC)
        seconds = time.perf_counter() - began
        assert found
        council.documents.remove(receipt.document_ids, council.assistant._now())
        council.vectors.sync()
    return {"seconds": seconds}


def cold(folder: Path, number: int) -> float:
    """Seconds of `dongne ask`."""
    *_, question = questions(number + 1)
    command = [sys.executable, "-m", "bot", "--data", str(folder), "ask", "--as", "staff", question]
    return _seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))


def serving(folder: Path) -> tuple[float, float, float]:
    """Seconds from the bot's start to its first answer; its memory when idle: own, mapped files."""
    with opened(folder) as council, council.database.write() as db:
        db.execute("delete from inbox")  # an earlier run had updates of the same numbers
    with first_answered(folder, next(questions(1))) as (bot, seconds):
        time.sleep(_IDLE_SECONDS)
        return seconds, resident(bot, "RssAnon"), resident(bot, "RssFile")


def resident(process: int, kind: str) -> float:
    """Megabytes of a process: `RssAnon` is its own, `RssFile` is mapped and can be given up."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(rf"{kind}:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def backed_up(folder: Path) -> tuple[float, float, list[float]]:
    """Seconds and megabytes of `dongne backup`, and seconds of questions asked meanwhile."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as other, opened(folder) as council:
        file = Path(other) / "backup.zip"
        asked = questions(100_000, seed=13)

        def ask() -> None:
            council.assistant.ask(next(asked), audience=Visibility.STAFF)

        ask()  # loads models
        command = [sys.executable, "-m", "bot", "--data", str(folder), "backup", str(file)]
        began = time.perf_counter()
        backup = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        meanwhile = [_seconds(ask)]
        while backup.poll() is None:
            meanwhile.append(_seconds(ask))
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        assert backup.returncode == 0
        return seconds, megabytes([file]), meanwhile


def megabytes(files: Iterable[Path]) -> float:
    """What files take together."""
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def read(place: Path, passages: int) -> dict[str, float]:
    """Real reading of a bulk set by `dongne ingest`: rate, peak memory, and what a kill leaves."""
    bulk = place / "bulk.jsonl"
    lines = (json.dumps(line, ensure_ascii=False) for line in generated(passages))
    bulk.write_text("\n".join(lines), encoding="utf-8")
    ingest = [sys.executable, "-m", "bot", "--data", str(place / "store"), "ingest", "--no-wait"]
    began = time.perf_counter()
    process = subprocess.Popen([*ingest, str(bulk)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0
    ingest[4] = str(place / "killed")
    process = subprocess.Popen([*ingest, str(bulk)], stdout=subprocess.DEVNULL)
    time.sleep(taken / 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    subprocess.run([*ingest, str(bulk)], stdout=subprocess.DEVNULL, check=True)
    with opened(place / "killed") as council:
        row = council.database.one("select count(*) as n from passages")
    doubled = float((row["n"] if row else 0) - passages)
    return {"rate": passages / taken, "peak": usage.ru_maxrss / 1024, "again": doubled}


def servers(folder: Path, size: int) -> dict[str, float]:
    """The nearest vectors from the copy, from a Chroma folder and from a Chroma server."""
    figures: dict[str, float] = {}
    with opened(folder) as council, tempfile.TemporaryDirectory() as other:
        (Path(other) / "chroma").mkdir()
        port = free_port()
        embedder = council.vectors.embedder
        with chroma_server(Path(other) / "chroma", port):
            server = VectorIndex(Chroma(kind="http", port=port), council.database, embedder)
            began = time.perf_counter()
            _upsert(server, council, size)
            figures["filled"] = size / (time.perf_counter() - began)
            local = council.vectors._collection._chroma
            alone = VectorIndex(local, council.database, embedder)
            for name, index in (("exact", council.vectors), ("folder", alone), ("server", server)):
                figures[name] = _searched(index, size, Visibility.STAFF)
                if name != "exact":
                    figures[f"{name}_level"] = _searched(index, size, Visibility.MEMBERS)
            server.close()
            alone.close()
    return figures


def _upsert(index: VectorIndex, council: Council, size: int) -> None:
    for first in range(1, size + 1, _PAGE):
        numbers = np.arange(first, first + _PAGE)
        made = vectors(numbers)
        page: dict[int, Any] = dict(council.vectors._books.filed(first - 1, _PAGE))
        index._collection.ask(
            lambda held, page=page, made=made: held.upsert(  # type: ignore[misc]
                ids=[str(number) for number in page],
                embeddings=made,
                metadatas=[{"level": level} for level in page.values()],
            )
        )


def _searched(index: VectorIndex, size: int, audience: Visibility) -> float:
    asked = vectors(np.arange(7, size, size // _QUESTIONS)[:_QUESTIONS] + 1).tolist()
    for vector in asked[:_WARMING]:
        index.search(vector, _WANTED, audience)
    taken = [_seconds(lambda one=one: index.search(one, _WANTED, audience)) for one in asked]  # type: ignore[misc]
    return 1000 * percentile(taken, 0.95)
