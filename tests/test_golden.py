"""The golden questions on the sample papers and on the papers of other councils."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Answer
from tests.support.said import folded
from tests.support.scoring import Verdict, cases, judge, score, table
from tests.support.secretary import Secretary, day

_HERE = Path(__file__).parent / "golden"
_SETS = {
    "questions": (_HERE / "questions.jsonl", Path(__file__).parents[1] / "corpus" / "sample"),
    "councils": (_HERE / "councils" / "questions.jsonl", _HERE / "councils"),
    "offices": (_HERE / "offices" / "questions.jsonl", _HERE / "offices"),
    "heldout": (_HERE / "heldout" / "questions.jsonl", _HERE / "heldout"),
}
# The day on which the sets were written; cases that hang on another name it.
_TODAY = "2026-11-23"
# Files that are their own text; of others the text that was read out of them is compared with.
_AS_PRINTED = {".txt"}
_NO_PAPERS = {"README.md", "questions.jsonl"}


@pytest.fixture(scope="module", params=_SETS)
def verdicts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[Verdict]]]:
    """Every case of a set, asked once."""
    questions, papers = _SETS[request.param]
    begun = time.perf_counter()
    secretary = Secretary(tmp_path_factory.mktemp(request.param), KiwiTerms(), day(_TODAY))
    files = sorted(path for path in papers.iterdir() if path.name not in _NO_PAPERS)
    assert all(not receipt.reason for receipt in secretary.take(files))
    read = time.perf_counter()
    texts = {name: folded(text) for name, text in secretary.texts().items()}
    texts |= {path.name: folded(_printed(path)) for path in files if path.suffix in _AS_PRINTED}
    judged = [judge(case, _answered(secretary, case), texts) for case in cases(questions)]
    print(f"\n{request.param}\n{table(judged)}")
    print(f"read in {read - begun:.0f} s, answered in {time.perf_counter() - read:.0f} s")
    yield request.param, judged
    secretary.close()


def _answered(secretary: Secretary, case: dict[str, object]) -> Answer:
    turns = case["turns"]
    assert isinstance(turns, list)
    return secretary.ask(*turns, today=day(str(case.get("today") or _TODAY)))


def _printed(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text(encoding="cp949")


def _bars(name: str) -> dict[str, float]:
    bars = tomllib.loads((_HERE / "bars.toml").read_text(encoding="utf-8"))
    return dict(bars[name])


def test_every_quote_stands_in_its_paper(verdicts: tuple[str, list[Verdict]]) -> None:
    _, judged = verdicts
    assert score(judged).invalid == ()


@pytest.mark.parametrize("figure", ["right", "said", "no_precision", "no_recall"])
def test_a_figure_does_not_fall_below_its_bar(
    verdicts: tuple[str, list[Verdict]], figure: str
) -> None:
    name, judged = verdicts
    assert getattr(score(judged), figure) >= _bars(name)[figure]


def test_every_case_gets_an_answer(verdicts: tuple[str, list[Verdict]]) -> None:
    _, judged = verdicts
    assert [one.id for one in judged if not one.said.strip()] == []
