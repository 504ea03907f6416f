"""Kiwi beside: the same morphemes as inside, and never depended on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.analyser import ANALYSER, Analyser, Token

TEXTS = (
    "가람2동 나눔 사업은 얼마예요?",
    "",
    "줄\n바꿈과 “따옴표” 그리고 😀",
    "3,500만원을 어디에 썼는지 알려주세요",
)


@pytest.fixture
def beside() -> Iterator[Analyser]:
    analyser = Analyser()
    analyser.begin_beside()
    yield analyser
    analyser.end()


def values(tokens: object) -> list[tuple[object, ...]]:
    return [
        (token.form, token.tag, token.start, token.end, token.len, token.id)
        for token in tokens  # type: ignore[attr-defined]
    ]


def test_the_process_beside_gives_what_kiwi_gives_here(beside: Analyser) -> None:
    for text in TEXTS:
        tokens = beside.tokenize(text)
        assert all(isinstance(token, Token) for token in tokens)
        assert values(tokens) == values(ANALYSER.tokenize(text))


def test_half_of_a_letter_counts_as_a_blank() -> None:
    whole, half = (ANALYSER.tokenize(text) for text in ("예산 안내 얼마", "예산\ud800안내 얼마"))
    assert values(half) == values(whole)


def test_kiwi_is_loaded_here_when_the_process_beside_dies(beside: Analyser) -> None:
    beside.tokenize("가람동")
    beside.end()
    tokens = beside.tokenize("가람동 예산")
    assert tokens
    assert not any(isinstance(token, Token) for token in tokens)


def test_one_question_is_answered_with_nothing_left_running(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported from where somebody works')")
    code = (
        "import sys; from retrieval.analyser import ANALYSER as a, Token; a.begin_beside();"
        "print(isinstance(a.tokenize('가람동')[0], Token), a._beside.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    used, pid = done.stdout.split()
    assert used == "True"
    assert not Path("/proc", pid).exists()
