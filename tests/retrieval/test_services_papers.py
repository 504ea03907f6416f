"""Lists of services and where their money comes from, asked about in people's own words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.said import says
from tests.support.secretary import Secretary, day

SERVICES = """# 2031년 도라지시 생활지원 서비스 안내

| 서비스명 | 대상 | 지원내용 | 신청방법 | 문의 |
|---|---|---|---|---|
| 볕든집 수선 | 자가 거주 가구 | 지붕과 창문 수리 | 방문 신청 | 02-000-3101 |
| 새싹 저녁방 | 초등학생 | 숙제 지도와 저녁 식사 | 온라인 신청 | 02-000-3102 |
| 튼튼 한끼 | 산모 | 미역국 꾸러미 배달 | 온라인 신청 | 02-000-3103 |
| 느린걸음 동행 | 75세 이상 | 병원 동행 | 전화 신청 | 02-000-3104 |
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("services"), terms, day("2031-10-05"))
    papers = {"서비스 안내.md": SERVICES}
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


def test_a_list_is_narrowed_by_another_word_for_what_is_printed(secretary: Secretary) -> None:
    answer = secretary.ask("인터넷으로 신청하는 서비스 뭐 있어?")
    assert all(says(name, answer.text) for name in ("새싹 저녁방", "튼튼 한끼")), answer.text
    assert not any(says(name, answer.text) for name in ("볕든집", "느린걸음")), answer.text


def test_a_present_is_no_bundle_of_help_that_is_sent(secretary: Secretary) -> None:
    assert secretary.ask("선물 주는 서비스 뭐 있어?").basis is Basis.NONE
