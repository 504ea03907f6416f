"""What a proposed row must be to be taken, line by line."""

from __future__ import annotations

import pytest

from corpus.records import FieldType
from corpus.second_reading.proposed import Proposal, Told, accepted
from corpus.second_reading.unread import unread
from corpus.second_reading.whole_words import find
from corpus.types import Span

NAMES = {"수": FieldType.COUNT, "돈": FieldType.MONEY, "날": FieldType.DATE}


def told(text: str) -> Told:
    """`이름=글` is a text, `이름=돈:글` an amount; a name may be left out."""
    name, _, words = text.rpartition("=")
    kind, _, rest = words.rpartition(":")
    return Told(name=name, type=NAMES.get(kind, FieldType.TEXT), text=rest)


def proposal(subject: str, *fields: str) -> Proposal:
    return Proposal(line=0, subject=subject, fields=tuple(map(told, fields)))


def taken(line: str, *rows: Proposal) -> int:
    """How many rows of a line under the heading 골목 텃밭 are taken."""
    text = f"■ 골목 텃밭\n- {line}\n"
    relations, dropped = accepted(text, unread(text, []), rows)
    kept = sum(len(relation.records) for relation in relations)
    assert kept + dropped == len(rows)
    for relation in relations:
        for record in relation.records:
            for field in record.fields:
                printed = text[field.span.start : field.span.end]
                assert printed == field.text or (not printed and field.text == "골목 텃밭")
    return kept


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (
            "상추 -- 45명 / 고추 -- 30명",
            [proposal("상추", "=수:45명"), proposal("고추", "=수:30명")],
        ),
        ("상추는 봄에 심고 12만원을 쓴다", [proposal("상추", "=돈:12만원")]),
        ("흙 값은 각 3만원 이내", [proposal("골목 텃밭", "흙 값=돈:각 3만원 이내")]),
        ("심는 날 >> 2031년 4월 5일", [proposal("골목 텃밭", "심는 날=날:2031년 4월 5일")]),
        (
            "모종 >> 상추, 고추 / 값 >> 3만원",
            [proposal("골목 텃밭", "모종=상추, 고추", "값=돈:3만원")],
        ),
    ],
)
def test_rows_that_stand_on_a_line_are_taken(line: str, rows: list[Proposal]) -> None:
    assert taken(line, *rows) == len(rows)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        # Two values change places, both told or only one.
        (
            "상추 -- 45명 / 고추 -- 30명",
            [proposal("상추", "=수:30명"), proposal("고추", "=수:45명")],
        ),
        ("상추 -- 45명 / 고추 -- 30명", [proposal("상추", "=수:30명")]),
        ("상추 -- 45명 / 고추 -- 30명", [proposal("상추", "=수:45명", "=수:30명")]),
        ("12만원은 모종, 5만원은 흙", [proposal("모종", "=돈:5만원")]),
        ("상추 >> 해솔공원 / 고추 >> 물빛천 1번", [proposal("상추", "=물빛천", "=1번")]),
        ("상추 >> 해솔공원 / 고추 >> 물빛천 1번", [proposal("상추", "상추=물빛천 1번")]),
        # A value swallows what the next one belongs to.
        ("상추 -- 45명 / 고추 -- 30명", [proposal("상추", "=45명 / 고추", "=수:30명")]),
        ("상추 -- 45명 / 고추 -- 30명", [proposal("상추", "=수:45명 / 고추", "=돈:30명")]),
        ("상추 45명, 고추 3만원", [proposal("상추", "=45명, 고추", "=돈:3만원")]),
        ("상추 45명, 고추 3만원", [proposal("상추", "=수:45명, 고추", "=돈:3만원")]),
        ("상추 45명, 고추 3만원", [proposal("상추 45명, 고추", "=돈:3만원")]),
        ("상추 45명 고추 3만원", [proposal("상추", "=45명 고추", "=돈:3만원")]),
        ("상추는 해솔, 고추는 3만원", [proposal("상추", "=해솔, 고추", "=돈:3만원")]),
        # Parts of words and of values.
        ("상추는 345명이 심는다", [proposal("상추", "=수:45명")]),
        ("상추는 3만 5천원이 든다", [proposal("상추", "=돈:5천원")]),
        ("상추는 1,200원이 든다", [proposal("상추", "=돈:200원")]),
        ("상추는 3~5명이 심는다", [proposal("상추", "=3", "=수:5명")]),
        ("상추는 45명 이상이 심는다", [proposal("상추", "=수:45명")]),
        ("상추는 -45명이 심는다", [proposal("상추", "=수:45명")]),
        ("상추는 각 3만원이 든다", [proposal("상추", "=돈:3만원")]),
        ("방울상추는 45명이 심는다", [proposal("상추", "=수:45명")]),
        ("상추밭은 45명이 심는다", [proposal("상추", "=수:45명")]),
        ("심는 날 >> 2031년 4월 5일", [proposal("골목 텃밭", "심는 날=날:4월 5일")]),
        # A number is left out, a value is of another kind, or there is none.
        ("상추는 45명이 12만원으로 심는다", [proposal("상추", "=수:45명")]),
        ("상추는 45명이 심는다", [proposal("상추", "=돈:45명")]),
        ("상추는 45명이 심는다", [proposal("상추")]),
        ("상추는 45명이 심는다", [proposal("", "=수:45명")]),
    ],
)
def test_rows_that_do_not_stand_on_their_line_are_dropped(line: str, rows: list[Proposal]) -> None:
    assert taken(line, *rows) == 0


def test_a_name_that_is_not_printed_becomes_a_plain_one() -> None:
    text = "■ 골목 텃밭\n- 상추는 45명이 심는다\n"
    ((relation,), dropped) = accepted(
        text, unread(text, []), [proposal("상추", "취소된 사람=수:45명")]
    )
    assert [field.name for field in relation.records[0].fields] == ["name", "count"]
    assert (relation.title, dropped) == ("골목 텃밭", 0)


def test_a_sum_is_marked_as_one() -> None:
    text = "■ 골목 텃밭\n- 합계 -- 45명\n"
    ((relation,), _) = accepted(text, unread(text, []), [proposal("합계", "=수:45명")])
    assert relation.records[0].total


def test_lines_with_rows_and_lines_that_tell_nothing_are_not_unread() -> None:
    text = "■ 골목 텃밭\n- 상추 -- 45명\n- 고추는 나중에 심기로 한다\n- 호박 -- 7명 모임\n"
    start = text.index("호박")
    lines = unread(text, [Span(start=start, end=start + 5)])
    assert [line.text for line in lines] == ["상추 -- 45명"]
    assert unread("", []) == []


@pytest.mark.parametrize(
    ("words", "at"),
    [("국수 나눔", (0, 6)), ("45명", (8, 11)), ("5명", None), ("나눔", (4, 6)), ("", None)],
)
def test_words_are_found_whole(words: str, at: tuple[int, int] | None) -> None:
    assert find("국수  나눔은 45명에게", words) == at
