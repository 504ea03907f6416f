"""Answers as messages: short enough, well nested, nothing lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.answers import decode, encode
from bot.render import LIMIT, length, parts, pieces, quote_in_context
from corpus.messages import say
from retrieval.types import Answer, Basis, Citation
from tests.support.cited import cited
from tests.support.telegram import shown

WILD = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    words = draw(st.lists(WILD, max_size=4))
    text = re.sub(r"\[\d+\]", "", draw(st.sampled_from(["\n\n", "\n", ". ", ""])).join(words))
    citations = tuple(
        cited(draw(WILD), number=number + 1, title=draw(WILD), locator=draw(WILD))
        for number in range(draw(st.integers(0, 4)))
    )
    markers = "".join(f"[{citation.number}]" for citation in citations)
    return Answer(
        text=text * draw(st.sampled_from([1, 1, 30])) + markers,
        citations=citations,
        basis=Basis.PASSAGES,
        notices=tuple(draw(st.lists(WILD, max_size=2))),
        standalone=draw(WILD),
    )


@given(answers(), WILD)
def test_every_part_fits_into_a_message_and_its_tags_are_balanced(
    answer: Answer, question: str
) -> None:
    for part in parts(answer, question=question):
        assert 0 < length(part) <= LIMIT
        shown(part)  # raises on a tag that is unknown, unclosed or crossed


@given(WILD, st.integers(20, 120))
def test_pieces_lose_nothing_but_the_space_between_them(text: str, limit: int) -> None:
    assert "".join("".join(pieces(text, limit)).split()) == "".join(text.split())


@given(answers())
def test_an_answer_comes_back_from_the_store_as_it_was(answer: Answer) -> None:
    assert decode(encode(answer)) == answer


@given(WILD, WILD, WILD, WILD, WILD)
def test_a_quote_in_its_context_is_one_message(a: str, b: str, c: str, d: str, e: str) -> None:
    text = quote_in_context(a, b, c * 40, d * 40, e * 40)
    assert length(text) <= LIMIT
    shown(text)


def test_a_long_text_is_cut_at_a_paragraph_then_at_a_sentence() -> None:
    paragraphs = "\n\n".join(["가나다라. " * 500, "마바사. " * 500])
    assert [piece[:3] for piece in pieces(paragraphs)] == ["가나다", "마바사"]
    assert all(piece.endswith(".") for piece in pieces("한 문장입니다. " * 900))


def test_no_emoji_is_cut_in_two_and_markup_counts() -> None:
    assert [length(piece) for piece in pieces("👍" * 3000)] == [4096, 1904]
    assert all(length(part) <= LIMIT for part in parts(_plain("&" * 3000)))


def test_a_lone_surrogate_does_not_stop_an_answer() -> None:
    assert parts(_plain("깨진 \ud800 글자")) == ["깨진 ? 글자"]


def _plain(text: str) -> Answer:
    return Answer(text=text, basis=Basis.PASSAGES)


def _cited(number: int, title: str, locator: str) -> Citation:
    return cited("쓰임", number=number, title=title, locator=locator)


def test_a_paper_cited_twice_in_a_row_is_named_once_and_its_places_by_their_inner_end() -> None:
    far = " > ".join(["사업 안내", "아주 긴 윗제목 " * 9, "골목 음악회"])
    answer = Answer(
        text="가 [1] 나 [2] 다 [3] 라 [4]",
        citations=(
            _cited(1, "사업 안내 2031", far),
            _cited(2, "사업 안내 2031", far),
            _cited(3, "사업 안내 2031", "2쪽"),
            _cited(4, "회의록", ""),
        ),
        basis=Basis.PASSAGES,
    )
    (message,) = parts(answer)
    assert message.splitlines()[2:] == [
        "[1] [2] 사업 안내 2031, 골목 음악회",
        f"[3] {say('telegram.same_paper')}, 2쪽",
        "[4] 회의록",
    ]


def test_a_quote_stands_between_whole_lines_without_the_white_space_of_a_page() -> None:
    text = quote_in_context("안내", "", "잘린 줄\n\n\n앞  줄\n", "값\t3명", "\n\n 뒷줄\n잘린")
    assert shown(text) == "안내\n\n…\n앞 줄\n값 | 3명\n뒷줄\n…"
