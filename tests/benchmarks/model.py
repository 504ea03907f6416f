"""What a chat model costs beside its own time: checking what it writes, and nothing when off.

`python -m tests.benchmarks.model`. No model is called: what one would write is made from generated
lines, half of it true and half with another number in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from retrieval.evaluate import percentile
from retrieval.model.checking import Checker, Source
from retrieval.terms import KiwiTerms
from tests.benchmarks.bars import HEAD, Bar
from tests.benchmarks.product import generated

# An answer from passages quotes four lines on the golden sets, twelve at most; the model says
# something of each.
_ANSWERS = 60
_USUAL, _MOST = 4, 12
MEDIAN = Bar(name="checking a usual answer, p50", most=20, unit="ms")
SLOW = Bar(name="checking a usual answer, p95", most=20, unit="ms")
LONG = Bar(name="checking the longest answer, p50", most=20, unit="ms")
LOADED = Bar(name="modules of the model's path that are loaded without one", most=0, unit="")
BARS = (MEDIAN, SLOW, LONG, LOADED)
# Loaded by the command that answers, in a process of its own, with no model configured.
_OFF = """
import json, sys
from pathlib import Path
from tempfile import TemporaryDirectory
import bot.telegram.application
from bot.__main__ import cli
with TemporaryDirectory() as folder:
    paper = Path(folder) / "회의록.txt"
    paper.write_text("2031년 제1차 나래구 회의록\\n- 공동급식 확대: 가결함\\n", encoding="utf-8")
    for words in (["ingest", str(paper), "--no-wait"], ["ask", "공동급식은 어떻게 됐나요?"]):
        cli(["--data", f"{folder}/data", *words], standalone_mode=False)
path = ("retrieval.model", "langchain_openai", "langchain.", "langsmith", "openai", "tiktoken")
print(json.dumps([name for name in sys.modules if f"{name}.".startswith(path)]))
"""


def loaded_when_off() -> list[str]:
    """The modules of the model's path that are loaded where none is configured."""
    command = [sys.executable, "-c", _OFF]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return names


def checking(lines: int) -> list[float]:
    """Milliseconds that checking one answer takes, answer by answer, each of lines of its own."""
    tokenize = KiwiTerms().kiwi.tokenize
    bullets = (line.lstrip("○- ") for one in generated(20_000) for line in one["text"].splitlines())
    taken = []
    for number in range(_ANSWERS + 1):
        evidence = [Source(number=n, line=next(bullets)) for n in range(1, lines + 1)]
        written = "\n".join(f"{one.line}{_lie(one.number)} [{one.number}]" for one in evidence)
        checker = Checker(tokenize)  # nothing is remembered of another answer
        began = time.perf_counter()
        kept = checker.checked(written, evidence).kept
        for source in evidence:
            checker.covers(source.line, [one.text for one in kept if one.source == source.number])
        if number:  # the first one loads tables
            taken.append(1000 * (time.perf_counter() - began))
        assert 0 < len(kept) < lines
    return taken


def _lie(number: int) -> str:
    return "" if number % 2 else ", 모두 8,765만원"


def report() -> Iterator[str]:
    """The table, line by line."""
    usual, most = checking(_USUAL), checking(_MOST)
    names = loaded_when_off()
    yield (
        f"{_ANSWERS} answers of a scripted model are compared with their lines, half of it lies."
        f" A usual answer rests on {_USUAL} lines, the longest on {_MOST}.\n"
    )
    yield from HEAD
    yield MEDIAN.row(median(usual))
    yield SLOW.row(percentile(usual, 0.95))
    yield LONG.row(median(most))
    yield LOADED.row(len(names))


if __name__ == "__main__":
    for row in report():
        print(row)
