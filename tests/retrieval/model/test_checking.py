from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import amounts
from retrieval.model.checking import Checker, Source, sentences
from retrieval.terms import KiwiTerms

LINES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "lies.toml").read_text(encoding="utf-8")
)["line"]
KIWI = KiwiTerms().kiwi
CHECKER = Checker(KIWI.tokenize)
PLACES = ["단풍1동", "단풍2동", "물빛동"]
THINGS = ["국수 나눔", "옥상 텃밭", "말벗 전화"]


def source(line: dict[str, Any]) -> Source:
    return Source(number=1, line=line["text"], context=line.get("context", ""))


def pairs(kind: str) -> list[Any]:
    return [pytest.param(line, text, id=text) for line in LINES for text in line.get(kind, ())]


@pytest.mark.parametrize(("line", "text"), pairs("true"))
def test_what_a_line_says_is_kept(line: dict[str, Any], text: str) -> None:
    assert CHECKER.sentence(f"{text}[1]", [source(line)]) is not None


@pytest.mark.parametrize(("line", "text"), [*pairs("lies"), *pairs("strict")])
def test_what_a_line_does_not_say_is_refused(line: dict[str, Any], text: str) -> None:
    assert CHECKER.sentence(f"{text}[1]", [source(line)]) is None


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_a_line_says_itself(line: dict[str, Any]) -> None:
    text = line["text"].removeprefix("- ")
    assert CHECKER.sentence(f"{text} [1]", [source(line)]) is not None
    assert CHECKER.covers(line["text"], [text])


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_nothing_is_kept_without_a_marker_or_with_that_of_another_line(
    line: dict[str, Any],
) -> None:
    for text in line["true"]:
        assert CHECKER.sentence(text, [source(line)]) is None
        assert CHECKER.sentence(f"{text}[2]", [source(line)]) is None
        other = Source(number=2, line="동백꽃 축제는 열리지 않았다")
        assert CHECKER.sentence(f"{text}[2]", [source(line), other]) is None


def test_a_sentence_may_not_take_its_name_from_one_line_and_its_number_from_another() -> None:
    evidence = [
        Source(number=1, line="단풍1동 국수 나눔 450만원"),
        Source(number=2, line="단풍2동 국수 나눔 300만원"),
    ]
    assert CHECKER.sentence("단풍1동 국수 나눔은 300만원입니다[1][2].", evidence) is None
    kept = CHECKER.sentence("단풍2동 국수 나눔은 300만원입니다[1][2].", evidence)
    assert kept is not None
    assert kept.source == 2


def test_half_of_a_text_may_be_kept() -> None:
    evidence = [Source(number=1, line="단풍1동 국수 나눔 450만원")]
    text = "단풍1동 국수 나눔은 450만원입니다[1]. 단풍1동은 900만원입니다[1]. 감사합니다."
    checked = CHECKER.checked(text, evidence)
    assert [one.text for one in checked.kept] == ["단풍1동 국수 나눔은 450만원입니다."]
    assert checked.dropped == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("봄에 엽니다[1]. 21명이 왔습니다. [2]", ["봄에 엽니다[1].", "21명이 왔습니다. [2]"]),
        (
            "- **봄에** 엽니다 [1]\n\n* 2031. 4. 2. 열렸습니다.[2]",
            ["봄에 엽니다 [1]", "2031. 4. 2. 열렸습니다.[2]"],
        ),
        ("", []),
    ],
)
def test_sentences_keep_their_markers(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


rows = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(THINGS), st.integers(1, 9_999), st.integers(2, 400)
)


@settings(max_examples=60, deadline=None)
@given(rows, st.integers(1, 9_999), st.sampled_from(PLACES), st.integers(2, 400))
def test_a_sentence_is_kept_only_with_the_numbers_and_the_place_of_its_line(
    row: tuple[str, str, int, int], man: int, place: str, people: int
) -> None:
    where, what, won, count = row
    line = f"○ {where} : {what} 참여 {count}명, 예산 {amounts.format_exact(won * 10_000)}"
    evidence = [Source(number=1, line=line)]
    text = f"{place} {what} 참여는 {people}명, 예산은 {amounts.format_won(man * 10_000)}입니다[1]."
    right = (place, man, people) == (where, won, count)
    assert (CHECKER.sentence(text, evidence) is not None) == right
    true = f"{where} {what} 참여는 {count}명, 예산은 {amounts.format_won(won * 10_000)}입니다[1]."
    assert CHECKER.sentence(true, evidence) is not None


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=2, max_size=4), st.randoms())
def test_swapped_numbers_of_a_list_are_refused(
    table: list[tuple[str, str, int, int]], random: Any
) -> None:
    table = list({row[0]: row for row in table}.values())
    line = " / ".join(f"{place} {count}명" for place, _, _, count in table)
    evidence = [Source(number=1, line=line)]
    place, _, _, own = random.choice(table)
    for _, _, _, count in table:
        kept = CHECKER.sentence(f"{place}은 {count}명입니다[1].", evidence)
        assert (kept is not None) == (count == own), line


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_checked(text: str, line: str) -> None:
    CHECKER.checked(f"{text}[1]", [Source(number=1, line=line)])
