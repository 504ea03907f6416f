"""Cost curves: `python -m tests.benchmarks.scale --stores FOLDER [--sizes N …] [--page FILE]`.

Stores of 1,000 to 1,000,000 generated passages are filled once and kept in the folder, beside the
figures of each; `--page` writes the tables and the chart of all that were measured. Papers and
vectors are generated (`curve_stores`); searching, answering, starting, backups and reading papers
are the product's own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from retrieval.evaluate import percentile
from tests.benchmarks import curve_measures as measures
from tests.benchmarks.__main__ import machine
from tests.benchmarks.bars import HEAD, Bar
from tests.benchmarks.curve_chart import chart
from tests.benchmarks.curve_filling import IN_CHROMA, filled

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ONLY = {"reading": (1_000, 10_000), "servers": (10_000, 100_000)}
"""Passages that are really read out of papers, and vectors on a Chroma server."""

CURVES = {
    "keyword": "keyword p95 ms",
    "vector": "vector p95 ms",
    "half": "question p50 ms",
    "question": "question p95 ms",
    "ask": "`dongne ask` from cold s",
    "ready": "bot's first answer s",
    "own": "own memory MB",
    "shared": "mapped MB",
    "arrival": "new paper s",
    "store": "store MB",
    "copy": "vectors MB",
}
BACKUPS = {
    "seconds": "seconds",
    "packed": "MB",
    "asked": "questions meanwhile",
    "half": "p50 ms",
    "late": "p95 ms",
    "longest": "longest ms",
}
READING = {"rate": "passages/s", "peak": "peak MB", "again": "killed and taken up: doubled"}
SERVERS = {
    "exact": "exact copy p95 ms",
    "folder": "Chroma folder p95 ms",
    "folder_level": "with a level",
    "server": "Chroma server p95 ms",
    "server_level": "with a level ",
    "filled": "vectors/s into the server",
}
BARS = (
    Bar(name="keyword search in a million passages, p95", most=400, unit="ms"),
    Bar(name="vector search in a million passages, p95", most=400, unit="ms"),
    Bar(name="`dongne ask` over a million passages, from its start", most=10, unit="s"),
    Bar(name="bot over a million passages, from its start to its first answer", most=10, unit="s"),
)
_OF_BAR = ("keyword", "vector", "ask", "ready")
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def head(first: str, columns: dict[str, str]) -> tuple[str, str]:
    """The two lines above a table."""
    return (f"| {first} | {' | '.join(columns.values())} |", "|---:" * (len(columns) + 1) + "|")


def curve(place: Path, size: int) -> dict[str, float]:
    """Every figure of one store, measured one after the other."""
    folder = filled(place, size)
    with measures.undisturbed(folder, size > IN_CHROMA):
        answers = in_a_child("--answering", folder)
        asked = [measures.cold(folder, number) for number in range(3)]
        ready, own, shared = measures.serving(folder)
    return {
        "keyword": _milliseconds(answers["keyword"]),
        "vector": _milliseconds(answers["vector"]),
        "half": 1000 * median(answers["question"]),
        "question": _milliseconds(answers["question"]),
        "ask": median(asked),
        "ready": ready,
        "own": own,
        "shared": shared,
        "arrival": in_a_child("--arriving", folder)["seconds"],
        "store": measures.megabytes(folder.glob("council.sqlite3*")),
        "copy": measures.megabytes(folder.glob("vectors/*/*")),
    }


def backup(place: Path, size: int) -> dict[str, float]:
    """A backup while one question after the other is asked."""
    folder = filled(place, size)
    with measures.undisturbed(folder, size > IN_CHROMA):
        seconds, packed, meanwhile = measures.backed_up(folder)
    return {
        "seconds": seconds,
        "packed": packed,
        "asked": len(meanwhile),
        "half": 1000 * median(meanwhile),
        "late": _milliseconds(meanwhile),
        "longest": 1000 * max(meanwhile),
    }


def reading(_: Path, size: int) -> dict[str, float]:
    """Papers really read, in a store of their own."""
    with tempfile.TemporaryDirectory() as other:
        return measures.read(Path(other), size)


def servers(place: Path, size: int) -> dict[str, float]:
    """The same vectors in a copy, in a Chroma folder and on a Chroma server."""
    return measures.servers(filled(place, size), size)


KINDS = {"curve": curve, "backup": backup, "reading": reading, "servers": servers}


def _milliseconds(seconds: list[float]) -> float:
    return 1000 * percentile(seconds, 0.95)


def in_a_child(option: str, folder: Path) -> dict[str, Any]:
    """What a fresh process measures."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", option, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measured(place: Path, sizes: list[int], kinds: list[str]) -> Iterator[str]:
    """Measure and keep what each line then says."""
    for kind in kinds:
        for size in sizes:
            if size in _ONLY.get(kind, SIZES):
                figures = {"size": size, **KINDS[kind](place, size)}
                yield kept(place / f"{kind}-{size}.json", figures)


def kept(file: Path, figures: dict[str, float]) -> str:
    """Figures as they are kept for the page."""
    file.write_text(json.dumps(figures), encoding="utf-8")
    return file.read_text(encoding="utf-8")


def rows(place: Path, kind: str) -> list[dict[str, float]]:
    """Figures of a kind that were kept, smallest store first."""
    found = [json.loads(file.read_text()) for file in place.glob(f"{kind}-*.json")]
    return sorted(found, key=lambda row: row["size"])


def table(first: str, columns: dict[str, str], figures: list[dict[str, float]]) -> Iterator[str]:
    """A table, one line a store."""
    yield from head(first, columns)
    for row in figures:
        cells = (_cell(row.get(key)) for key in columns)
        yield f"| {row['size']:,.0f} | {' | '.join(cells)} |"


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 20 or value == int(value) else f"{value:,.2f}"


def report(place: Path) -> Iterator[str]:
    """The tables and the bars of all that was measured."""
    curves = rows(place, "curve")
    yield from table("passages", CURVES, curves)
    yield ""
    yield from table("passages, backed up", BACKUPS, rows(place, "backup"))
    yield ""
    yield from table("passages read", READING, rows(place, "reading"))
    yield ""
    yield from table("vectors", SERVERS, rows(place, "servers"))
    if curves and curves[-1]["size"] == SIZES[-1]:
        yield ""
        yield from HEAD
        yield from (bar.row(curves[-1][key]) for bar, key in zip(BARS, _OF_BAR, strict=True))


def page(text: str, lines: list[str]) -> str:
    """A page with its figures in the place of the earlier ones."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n" + "\n".join(lines) + f"\n{_END}{after}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("--stores", type=Path, help="folder where stores and figures are kept")
    parser.add_argument("--sizes", type=int, nargs="*", default=[], help="stores measured now")
    parser.add_argument("--only", nargs="*", choices=KINDS, default=list(KINDS))
    parser.add_argument("--page", type=Path, help="page that the figures are written into")
    parser.add_argument("--answering", type=Path)
    parser.add_argument("--arriving", type=Path)
    options = parser.parse_args()
    if options.answering:
        print(json.dumps(measures.answering(options.answering)))
        return
    if options.arriving:
        print(json.dumps(measures.arriving(options.arriving)))
        return
    for line in measured(options.stores, options.sizes, options.only):
        print(line, flush=True)
    lines = [machine(), "", *report(options.stores)]
    print("\n".join(lines))
    if options.page:
        text = options.page.read_text(encoding="utf-8")
        options.page.write_text(page(text, lines), encoding="utf-8")
        chart(rows(options.stores, "curve"), options.page.parent / "images" / "scaling.png")


if __name__ == "__main__":
    main()
