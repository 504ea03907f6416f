from __future__ import annotations

from corpus.extraction.municipalities import municipalities
from corpus.types import Span


def named(*pieces: str) -> list[tuple[str, str, bool]]:
    text = "\n".join(pieces)
    spans = []
    position = 0
    for piece in pieces:
        spans.append(Span(start=position, end=position + len(piece)))
        position += len(piece) + 1
    found = municipalities(text, spans)
    for name in found:
        assert "".join(text[name.span.start : name.span.end].split()) == "".join(name.text.split())
    return [(name.text, name.place, name.exact) for name in found]


def test_no_pieces_give_no_names() -> None:
    assert named() == []


def test_a_name_cut_by_a_line_end_is_whole_again() -> None:
    assert named("대구 수성구, 경기 의정", "부시, 충", "북 제천시") == [
        ("대구 수성구", "대구광역시 수성구", True),
        ("경기 의정부시", "경기도 의정부시", True),
        ("충북 제천시", "충청북도 제천시", True),
    ]


def test_a_province_goes_on_for_the_names_behind_it() -> None:
    assert [place for _, place, _ in named("경남 통영시․거제시, 부산 남구, 북구")] == [
        "경상남도 통영시",
        "경상남도 거제시",
        "부산광역시 남구",
        "부산광역시 북구",
    ]


def test_a_province_may_win_itself() -> None:
    assert [place for _, place, _ in named("경상남도, 대전광역시")] == ["경상남도", "대전광역시"]


def test_names_without_a_comma_are_told_apart() -> None:
    assert [text for text, _, _ in named("서울 은평구 강동구")] == ["서울 은평구", "강동구"]


def test_a_name_that_no_gazetteer_has_is_taken_as_printed_unless_a_line_end_cut_it() -> None:
    assert named("가람구, 나래동") == [("가람구", "", True), ("나래동", "", True)]
    assert named("부산 가람", "구") == [("부산 가람구", "", False)]


def test_what_names_a_kind_of_place_is_not_exact() -> None:
    assert [exact for _, _, exact in named("전국 226개 시군구")] == [False]
