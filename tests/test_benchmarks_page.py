"""docs/benchmarks.md has the tables that `make bench` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import __main__ as search
from tests.benchmarks import bars, embedding, ledger, meetings, model, product, records

PAGE = (Path(__file__).parents[1] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
LINES = PAGE.splitlines()
BARS = [bar for part in (product, records, ledger, meetings, model) for bar in part.BARS]


@pytest.mark.parametrize("head", [search.HEAD, embedding.HEAD, bars.HEAD])
def test_a_table_has_the_columns_of_the_command(head: tuple[str, str]) -> None:
    place = LINES.index(head[0])
    assert LINES[place + 1] == head[1]
    cells = [line.count("|") for line in LINES[place:] if line.startswith("|")]
    assert cells[0] == cells[1] == cells[2]


def test_every_bar_has_its_row_and_every_row_its_bar() -> None:
    rows = [line.split(" | ") for line in LINES if line.endswith(("| ok |", "| OVER |"))]
    assert [row[0].removeprefix("| ") for row in rows] == [bar.name for bar in BARS]
    for row, bar in zip(rows, BARS, strict=True):
        asked = float(row[2].split()[0].replace(",", ""))
        assert asked >= bar.most, bar.name
        assert (row[3] == "ok |") is (float(row[1].split()[0].replace(",", "")) <= asked)


def test_every_engine_and_embedder_has_its_row() -> None:
    for name in (*search.ENGINES, *embedding.EMBEDDERS):
        assert any(line.startswith(f"| {name} | ") for line in LINES), name


def test_the_page_says_when_where_and_how() -> None:
    assert "make bench BENCH=" in PAGE
    assert " cores of " in PAGE
