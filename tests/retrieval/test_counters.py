"""People and things are counted apart, whatever tables call their columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.terms import KiwiTerms
from tests.support.secretary import Secretary, day

BUDGET = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔, 연탄 배달 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""
RESULTS = """# 2031년 나눔사업 실적 보고

| 사업명 | 담당부서 | 계획(명) | 실적(명) | 예산(천원) |
|---|---|---|---|---|
| 국수 나눔 | 복지과 | 200 | 180 | 3,000 |
| 연탄 배달 | 복지과 | 100 | 120 | 5,000 |
| 우산 수리 | 도로과 | 50 | 25 | 1,200 |
| 합계 | | 350 | 325 | 9,200 |
"""


@pytest.fixture
def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2032-03-05"))
    secretary.write({"예산.txt": BUDGET, "실적.md": RESULTS})
    yield secretary
    secretary.close()


def test_how_many_things_there_are_is_no_number_of_people(secretary: Secretary) -> None:
    told = secretary.ask("사업 수가 모두 몇 개야?").text
    assert "13개" in told
    assert "명" not in told
    assert "325명" in secretary.ask("실적 모두 몇 명?").text


def test_a_bound_of_people_is_not_held_against_a_number_of_things(secretary: Secretary) -> None:
    told = secretary.ask("100명 넘게 참여한 실적이 있는 사업은?").text
    assert "0건" not in told
    assert "0건" not in secretary.ask("100명 넘게 한 사업은 몇 개?").text
