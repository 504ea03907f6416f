"""Lists of members, results by quarter, budgets beside last year's: asked in everyday words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.secretary import Secretary, day

MEMBERS = """나래구 대표협의체 위원 명부,,,
연번,구분,성명,소속 및 직위,비고
1,공공,강나루,나래구청장,공동위원장(당연직)
2,민간,고은별,나래복지관 관장,공동위원장
3,민간,문보라,나래대학교 교수,부위원장
4,민간,하늘빛,가람지역아동센터장,신규
"""
QUARTERS = """# 라온시 2031년 3분기 돌봄 실적

(단위: 천원)

| 사업 | 예산액 | 1분기 | 2분기 | 3분기 | 집행계 |
|---|---:|---:|---:|---:|---:|
| 병원 동행 | 50,000 | 9,000 | 11,000 | 14,000 | 34,000 |
| 식사 배달 | 90,000 | 18,000 | 21,000 | 24,000 | 63,000 |
| 집수리 | 60,000 | 5,000 | 12,000 | 16,000 | 33,000 |
| 합계 | 200,000 | 32,000 | 44,000 | 54,000 | 130,000 |
"""
LAST_YEAR = """도담군 2031년 복지 예산
사업,예산액(천원),전년도 예산액(천원),증감률(%)
나눔 냉장고,48000,43800,9.6
우유 배달,36000,32000,12.5
이동 빨래방,16000,18000,-11.1
합계,105000,93800,11.9
"""
NOTICE = """가람시 바람동 공고 제2031-18호

제3기 바람동 주민자치회 위원 모집 공고

1. 모집인원 : 30명
2. 신청자격 : 만 18세 이상으로 다음 각 호의 어느 하나에 해당하는 사람
  가. 바람동에 주민등록이 되어 있는 사람
  나. 바람동에 주소를 둔 사업장에 다니는 사람
  다. 바람동 소재 학교에 다니는 사람
3. 신청기간 : 2031. 10. 19. ~ 10. 30.
4. 신청방법
  가. 방문접수 : 바람동 행정복지센터 2층
  나. 전자우편 : baram@example.go.kr
5. 문의 : 바람동 주민자치팀 (☎ 000-520-3100)
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("offices"), terms, day("2031-11-20"))
    papers = {
        "나래구 위원 명부.csv": MEMBERS,
        "라온시 3분기 실적.md": QUARTERS,
        "도담군 예산.csv": LAST_YEAR,
        "바람동 공고.txt": NOTICE,
    }
    assert not any(receipt.reason for receipt in secretary.write(papers))
    yield secretary
    secretary.close()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("나래구 대표협의체 공동위원장 누구누구", ["강나루", "고은별"]),
        ("나래구 협의체 부위원장 누구야", ["문보라"]),
        ("문보라 위원 소속이 어디야", ["나래대학교"]),
        ("나래구 협의체 민간위원은 몇 명", ["3"]),
        ("라온시 식사 배달 2분기 집행액", ["2,100만원"]),
        ("라온시 병원 동행 집행률 몇 퍼센트", ["68%"]),
        ("나눔 냉장고 예산 작년보다 얼마나 늘었어?", ["420만원"]),
        ("우유 배달 증감률 몇 퍼센트", ["12.5%"]),
        ("바람동 주민자치회 신청 언제까지야", ["10. 30."]),
        ("바람동 주민자치회 문의 전화", ["000-520-3100"]),
    ],
)
def test_what_a_paper_of_an_office_prints_is_answered(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert [one for one in expected if one not in answer.text] == [], answer.text
    assert answer.citations


def test_a_quarter_that_is_not_there_is_refused(secretary: Secretary) -> None:
    assert secretary.ask("라온시 식사 배달 4분기 집행액").basis is Basis.NONE


def test_a_total_that_its_rows_do_not_give_is_told_with_the_answer(secretary: Secretary) -> None:
    answer = secretary.ask("도담군 2031년 복지 예산 합계 얼마야")
    assert "1억 500만원" in answer.text
    assert "맞지 않습니다" in "\n".join((answer.text, *answer.notices))


@pytest.mark.parametrize("asked", ["부위원장 누구야", "우리 시 부위원장은 누구예요"])
def test_an_office_asked_for_alone_is_told_with_whose_it_is(
    secretary: Secretary, asked: str
) -> None:
    answer = secretary.ask(asked)
    assert "문보라" in answer.text
    assert "나래구" in answer.text
