from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.outline import outline


def shown(text: str) -> list[tuple[int, str]]:
    return [(item.depth, " ".join(text[item.start : item.end].split())) for item in outline(text)]


def test_an_empty_text_has_no_items() -> None:
    assert outline("") == []
    assert outline(" \n\n - 3 -\n") == []


def test_a_sentence_broken_over_lines_is_one_item() -> None:
    text = (
        "- 올해 경로당 급식 지원은 상반기에 신청한 곳부터 차례로 시작하며 남\n"
        "  은 곳은 하반기에 이어서 지원할 예정임.\n"
        "- 내년 예산은 아직 정해지지 않음."
    )
    assert [item.start for item in outline(text)] == [0, text.index("- 내년")]


def test_a_blank_line_behind_every_line_means_nothing() -> None:
    text = (
        "○ 가람구는 어르신 돌봄 사업을 동마다 다르게 운영하고 있으며 평가\n\n"
        "결과에 따라 조정함.\n\n"
        "○ 다음 회의에서 다시 논의함.\n\n"
    )
    assert len(outline(text)) == 2


def test_a_narrow_box_is_put_together() -> None:
    text = (
        "・경로당 냉방비가 여름마다 모자라는\n"
        "것 같은데 올해는 미리 배정할 수 있\n"
        "는지 궁금함.\n"
        "・추경에 반영하여 7월 전에 나누어 드\n"
        "리겠음."
    )
    assert len(outline(text)) == 2


def test_lines_of_one_shape_stay_apart() -> None:
    text = "- 가람1동 : 반찬 나눔 등 3개 사업 120만원\n- 가람2동 : 말벗 등 4개 사업 80만원\n의견\n"
    assert [words for _, words in shown(text)][:2] == [
        "- 가람1동 : 반찬 나눔 등 3개 사업 120만원",
        "- 가람2동 : 말벗 등 4개 사업 80만원",
    ]


def test_bullets_nest_as_the_paper_orders_them() -> None:
    text = "1. 개요\n가. 목적\n - 돌봄 강화\n나. 기간\n2. 예산\n - 2억원\n"
    assert [depth for depth, _ in shown(text)] == [0, 1, 2, 1, 0, 1]


def test_a_count_that_starts_again_belongs_below() -> None:
    text = "1. 기본계획\nⅠ. 전략\n1. 돌봄\n1-1. 방문 돌봄\n2. 일자리\n2-1. 노인 일자리\n"
    depths = [depth for depth, _ in shown(text)]
    assert depths == [0, 1, 2, 3, 2, 3]


def test_a_title_in_two_lines_is_one_heading() -> None:
    text = "1. 이웃과 함께하는\n든든한 돌봄\n1-1. 방문 돌봄\n1-2. 식사 돌봄\n"
    assert shown(text)[0] == (0, "1. 이웃과 함께하는 든든한 돌봄")


def test_a_reply_stands_below_what_it_answers() -> None:
    text = "- 주차장이 모자란다는 의견이 있음.\n  ⇒ 내년에 넓히겠음.\n"
    items = outline(text)
    assert items[1].parents == (0,)


def test_headings_of_the_file_itself_nest_by_level() -> None:
    text = "개요\n본문입니다\n배경\n본문\n결론\n본문\n"
    levels = [(0, 1), (text.index("배경"), 2), (text.index("결론"), 1)]
    assert [item.depth for item in outline(text, levels)] == [0, 1, 1, 2, 0, 1]


def test_headings_of_the_file_without_numbers_keep_what_stands_below_them() -> None:
    text = "나래구 여름 행사\n강변 영화 상영\n이용요금 2,000원\n옥상 텃밭 교실\n이용요금 3,000원\n"
    levels = [(0, 1), (text.index("강변"), 2), (text.index("옥상"), 2)]
    items = outline(text, levels)
    assert [item.parents for item in items] == [(), (0,), (0, 1), (0,), (0, 3)]
    assert [item.level for item in items] == [1, 2, None, 2, None]


def test_a_labelled_value_is_no_heading() -> None:
    text = (
        "□ 옥상 텃밭\n - 요금 : 3,000원\n - 문의 : 031-000-0001\n강변 영화 상영\n   * 우천 시 쉼\n"
    )
    items = outline(text)
    assert [item.heading for item in items] == [True, False, False, True, False]
    assert items[3].parents == ()


def test_what_follows_whom_to_ask_is_not_below_it() -> None:
    text = (
        "○ 문의 : 031-000-0001\n - 강변 영화 상영은 7월에 엶\n○ 지원 : 현금\n - 1인 가구 20만원\n"
    )
    assert [item.parents for item in outline(text)] == [(), (), (), (2,)]


@given(st.text(alphabet="가나다 \n\t-○1.)⇒:원a", max_size=200))
def test_items_cover_the_text_in_order_without_overlap(text: str) -> None:
    items = outline(text)
    position = 0
    for number, item in enumerate(items):
        assert position <= item.start <= item.body <= item.end
        assert text[item.start : item.end].strip()
        assert all(parent < number for parent in item.parents)
        position = item.end
