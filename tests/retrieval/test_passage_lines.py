"""The logical lines of passages."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.passage_lines import PassageLines


def _glue(lines: Sequence[str]) -> str:
    return " ".join(lines)


def test_an_answer_has_the_question_above_it_among_its_headings() -> None:
    lines = PassageLines(_glue).of("○ 이웃 의자는 어디에 둡니까?\n○ 모란공원에 둡니다.", ("질의",))
    question, answer = lines
    assert question.asks
    assert answer.answers is question
    assert answer.heading == ("질의", question.text)


def test_a_line_too_short_to_be_looked_up_is_marked() -> None:
    short, line = PassageLines(_glue).of("63개\n나눔냉장고는 모란1동 두 곳에 둔다", ())
    assert short.short
    assert not line.short


def test_the_same_text_below_other_headings_keeps_its_own() -> None:
    lines = PassageLines(_glue)
    (first,) = lines.of("나눔냉장고 두 곳", ("가",))
    (second,) = lines.of("나눔냉장고 두 곳", ("나",))
    assert (first.heading, second.heading) == (("가",), ("나",))
