"""Resident numbers of papers are hidden before anything is kept."""

from __future__ import annotations

import pytest

from corpus.resident_numbers import DOUBT, hidden, hide
from corpus.types import Cell, Paper, Paragraph, Table


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("홍길동(900101-1234567)", "홍길동(900101-*******)"),
        ("900101 - 1234567 과 010203–4567890", "900101 - ******* 과 010203–*******"),
        ("주민등록번호 9001011234567", "주민등록번호 900101*******"),
        ("900101-1234567, 850505-2345678", "900101-*******, 850505-*******"),
    ],
)
def test_a_resident_number_keeps_its_place_and_loses_its_own_digits(text: str, kept: str) -> None:
    assert hide(text) == kept
    assert len(hide(text)) == len(text)
    assert hide(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "예산 9001011234567원",
        "제2031-900101호",
        "901301-1234567",  # no thirteenth month
        "900101-9234567",
        "계좌 900101-12-345678",
        "2031. 1. 1. ~ 2031. 12. 31.",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert hide(text) == text


def test_paragraphs_cells_and_captions_are_hidden_and_told() -> None:
    paper = Paper(
        format="txt",
        blocks=(
            Paragraph(text="900101-1234567"),
            Table(
                rows=1,
                columns=1,
                cells=(Cell(row=0, column=0, text="900101-1234567"),),
                caption="900101-1234567",
            ),
        ),
    )
    done = hidden(paper)
    assert "1234567" not in repr(done)
    assert done.doubts == (DOUBT,)
    assert hidden(done) is done
