from __future__ import annotations

import pytest

from corpus.headline import Headline, headline
from corpus.outline import outline
from corpus.types import DocumentKind


def of(text: str, name: str = "문서.txt", stated: str = "") -> Headline:
    return headline(text, outline(text), name, stated)


@pytest.mark.parametrize(
    ("text", "title", "kind", "dated"),
    [
        (
            "2031년 제2차 나래구 마을회의 회의록\n일시: 2031. 4. 2.(수) 14:00\n장소: 나래홀\n",
            "2031년 제2차 나래구 마을회의 회의록",
            DocumentKind.MINUTES,
            "2031-04-02",
        ),
        (
            "보 도 자 료\n배포일: 2031. 5. 9.\n나래구, 이웃돌봄 평가 결과 발표\n오늘 밝혔다.\n",
            "나래구, 이웃돌봄 평가 결과 발표",
            DocumentKind.PRESS_RELEASE,
            "2031-05-09",
        ),
        (
            "2031년 예산 편성 계획\n1. 목적\n- 동 특화사업을 넓힘\n",
            "2031년 예산 편성 계획",
            DocumentKind.PLAN,
            "2031",
        ),
        (
            "2031년도 동별 예산서\n동백동 1,200천원\n",
            "2031년도 동별 예산서",
            DocumentKind.BUDGET,
            "2031",
        ),
    ],
)
def test_a_paper_says_what_it_is(text: str, title: str, kind: DocumentKind, dated: str) -> None:
    assert of(text) == Headline(title=title, kind=kind, dated=dated)


def test_the_headline_of_a_press_release_needs_no_title_word() -> None:
    text = (
        "보 도 자 료\t나래구\n5월 9일(금) 석간\n담당 부서 돌봄과 031-000-0001\n"
        "옆집 안부를 묻는 골목이 늘었어요\n- 동백동 등 네 곳 -\n나래구는 오늘 밝혔다.\n"
    )
    assert of(text).title == "옆집 안부를 묻는 골목이 늘었어요"


@pytest.mark.parametrize("label", ["제목\t", "제 목 : ", "제목 "])
def test_the_subject_of_a_letter_is_its_title(label: str) -> None:
    text = f"나래구청\n수신\t동백동장\n{label}마을회의 개최 협조 요청\n1. 관련 문서\n붙임 1부\n"
    assert of(text).title == "마을회의 개최 협조 요청"
    assert of(text).kind is DocumentKind.NOTICE


def test_a_row_of_a_table_is_no_title() -> None:
    assert of("구분\t예산 현황\n동백동\t1,200천원\n", "동별.csv").title == "동별"


def test_what_is_printed_below_a_title_is_not_part_of_it() -> None:
    assert of("2031년 나래구 업무 계획\n2031. 1.\n1. 목적\n").title == "2031년 나래구 업무 계획"


def test_a_title_broken_over_two_lines_is_joined() -> None:
    text = "2031년 나래구 이웃돌봄 강화를 위한\n추진 계획\n1. 목적\n"
    assert of(text).title == "2031년 나래구 이웃돌봄 강화를 위한 추진 계획"


def test_a_paper_without_title_takes_the_stated_one_then_its_name() -> None:
    text = "동백동 1,200\n목련동 2,400\n"
    assert of(text, "동별 금액.csv").title == "동별 금액"
    assert of(text, "동별 금액.csv", "나래구 동별 금액").title == "나래구 동별 금액"


@pytest.mark.parametrize("junk", ["", "3", "untitled", "Microsoft Word - a.doc"])
def test_a_stated_title_without_korean_is_junk(junk: str) -> None:
    assert of("동백동 1,200\n", "동별 금액.csv", junk).title == "동별 금액"


def test_a_stated_title_is_cleaned() -> None:
    assert of("동백동 1,200\n", stated="나래구\x00 \ud800금액").title == "나래구 금액"


def test_nothing_gives_the_name_and_no_date() -> None:
    assert of("", "빈 문서.txt") == Headline(title="빈 문서", kind=DocumentKind.OTHER, dated="")


def test_a_title_is_short() -> None:
    assert len(of("가나다라 " * 40 + "계획", stated="가나" * 100).title) <= 80


def test_notes_and_what_stands_below_are_no_part_of_a_title() -> None:
    text = "나래구 간담회 의견 처리결과\n나래구 협의체 (작성: 돌봄과, 2031. 6. 30. 현재)\n○ 2곳\n"
    assert of(text).title == "나래구 간담회 의견 처리결과"
    noted = "나래구 돌봄 추진현황(2031. 6. 30. 기준)\n1. 총괄\n"
    assert of(noted).title == "나래구 돌봄 추진현황"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("간담회 의견 및 조치결과\n○ 계획 3건\n", "a.md", DocumentKind.OTHER),
        ("시행계획 달성현황\n", "a.md", DocumentKind.OTHER),
        ("제2차 협의체 심의 결과\n", "a.md", DocumentKind.MINUTES),
        ("동별 프로그램 안내\n", "a.csv", DocumentKind.PROGRAMMES),
        (
            "골목이 밝아졌어요\n나래구가 웃었다.\n",
            "보도자료(2031 골목).txt",
            DocumentKind.PRESS_RELEASE,
        ),
        ("골목 잔치 개최\n나래구는 잔치를 연다고 밝혔다.\n", "a.txt", DocumentKind.PRESS_RELEASE),
        ("수신  동백동장\n제목  돌봄 실적 제출\n", "a.hwpx", DocumentKind.NOTICE),
        ("연번\t프로그램\n1\t예산 학교\n", "목록.csv", DocumentKind.OTHER),
    ],
)
def test_kinds_follow_the_title(text: str, name: str, kind: DocumentKind) -> None:
    assert of(text, name).kind is kind


def test_a_headline_may_be_a_sentence_and_a_title_spaced_out() -> None:
    press = "보 도 자 료\n배포일시 2031. 5. 9.\n골목이 다시 환해졌다\n□ 나래구는 등을 달았다.\n"
    assert of(press).title == "골목이 다시 환해졌다"
    assert of("돌 봄 위 원 회  회 의 록\n일시 2031. 4. 2.\n").title == "돌봄위원회 회의록"
