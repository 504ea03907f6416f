"""Cleaning, amounts, dates, masks and messages over any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import example, given

from bot.render import LIMIT, escaped, length, pieces
from corpus import amounts, dates
from corpus.meetings.plan import read_plan
from corpus.resident_numbers import hide
from corpus.text import clean, fold, similarity
from retrieval.understanding.personal_data import find, mask
from retrieval.understanding.printed_data import find_printed, mask_pieces, mask_printed
from retrieval.understanding.question import LONGEST, understand
from tests.fuzzing import TEXTS, examples

TODAY = date(2031, 6, 1)


@examples(150)
@given(TEXTS)
def test_cleaning_is_done_once_and_what_is_clean_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    fold(once).encode()
    assert 0.0 <= similarity(once, "목련동 예산") <= 1.0


@examples(150)
@given(TEXTS)
def test_amounts_counts_and_dates_stand_where_they_say(text: str) -> None:
    text = clean(text)
    for one in (*amounts.find(text), *amounts.counts(text), *dates.find(text)):
        assert one.text == text[one.start : one.end]
    assert all(isinstance(one.won, int) for one in amounts.find(text))
    for mention in (*dates.find(text), *dates.relative(text, TODAY)):
        assert mention.first is None or 1 <= mention.first.year <= 9999


@examples(150)
@given(TEXTS)
@example("-1" * 186)  # numbers that hide one another
def test_masks_are_done_once_and_leave_nothing_that_they_find(text: str) -> None:
    text = clean(text)
    for found in (find(text), find_printed(text)):
        assert [one.text for one in found] == [text[one.start : one.end] for one in found]
        assert all(a.end <= b.start for a, b in pairwise(found))
    assert mask(mask(text)) == mask(text)
    middle = len(text) // 2
    cut = mask_pieces(text, (0, middle, len(text)))
    assert "".join(cut) == mask_printed(text)
    assert len(hide(text)) == len(text)
    assert hide(hide(text)) == hide(text)


@examples(100)
@given(TEXTS)
def test_any_text_fits_into_messages(text: str) -> None:
    for piece in pieces(text):
        assert length(escaped(piece)) <= LIMIT


@examples(100)
@given(TEXTS)
def test_any_text_is_taken_apart_as_a_question_and_as_a_plan(text: str) -> None:
    text = clean(text)
    assert len(understand(text, TODAY, ("목련동", "동백1동")).text) <= LONGEST
    assert read_plan(text, TODAY).plan is not None
