"""docs/scaling.md has the tables that the command prints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.terms import KiwiTerms
from tests.benchmarks import scale
from tests.benchmarks.bars import HEAD
from tests.benchmarks.curve_chart import chart
from tests.benchmarks.curve_stores import Papers, vectors

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "scaling.md").read_text(encoding="utf-8")
LINES = PAGE.splitlines()


@pytest.mark.parametrize(
    "head",
    [
        scale.head("passages", scale.CURVES),
        scale.head("passages, backed up", scale.BACKUPS),
        scale.head("passages read", scale.READING),
        scale.head("vectors", scale.SERVERS),
        HEAD,
    ],
)
def test_a_table_has_the_columns_of_the_command(head: tuple[str, str]) -> None:
    place = LINES.index(head[0])
    assert LINES[place + 1] == head[1]
    assert LINES[place + 2].count("|") == head[0].count("|")


def test_every_size_and_every_bar_has_its_row() -> None:
    for size in scale.SIZES:
        assert any(line.startswith(f"| {size:,} |") for line in LINES), size
    for bar in scale.BARS:
        assert any(line.startswith(f"| {bar.name} |") for line in LINES), bar.name


def test_figures_take_the_place_of_earlier_ones_and_prose_stays() -> None:
    again = scale.page(PAGE, ["new"])
    assert scale.page(again, ["new"]) == again
    assert again.splitlines()[0] == LINES[0]
    assert again.splitlines()[-1] == LINES[-1]
    assert "| ok |" not in again


def test_the_chart_is_drawn_from_the_figures(tmp_path: Path) -> None:
    figures = [dict.fromkeys(scale.CURVES, 5.0) | {"size": 10.0**power} for power in (3, 4)]
    chart(figures, tmp_path / "scaling.png")
    assert (tmp_path / "scaling.png").read_bytes().startswith(b"\x89PNG")
    assert (DOCS / "images" / "scaling.png").is_file()


def test_a_generated_paper_has_the_terms_that_the_product_makes() -> None:
    terms = KiwiTerms()
    document, passages, indexed = Papers(terms, stock=20)._paper(3)
    name, title, dated = str(document[1]), document[2], document[3]
    assert sorted(terms.index_terms(f"{title} {dated} {name} ").split()) == sorted(
        str(indexed[0][1]).split()
    )
    for passage, (_, _, body) in zip(passages, indexed, strict=True):
        text = str(passage[5])
        assert sorted(terms.index_terms(text).split()) == sorted(str(body).split())
        assert str(document[7])[int(passage[3]) : int(passage[4])] == text


def test_generated_vectors_have_length_1_and_are_the_same_each_time() -> None:
    made = vectors(np.arange(1, 9))
    assert np.linalg.norm(made, axis=1) == pytest.approx(np.ones(8))
    assert (made == vectors(np.arange(1, 9))).all()
