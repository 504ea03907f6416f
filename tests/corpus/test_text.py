"""Cleaning, folding and likeness."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import clean, fold, similarity, squeeze

# Everything Python can hold, lone surrogates included.
ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("", ""),
        ("가\r\n나\r다\u2028라\u2029마\x0b바\x0c사\x85아", "가\n나\n다\n라\n마\n바\n사\n아"),
        ("칸\t나눔", "칸\t나눔"),
        ("널\x00문자\x07와\x9f제어", "널문자와제어"),
        ("반쪽\ud83d짜리", "반쪽짜리"),
        ("없는\ufdd0글자\uffff\U0001fffe", "없는글자"),
        ("방향\u202e표시\u2066", "방향표시"),
        ("폭\u200b없는\ufeff칸\u2060\u00ad", "폭없는칸"),
        ("넓은\u00a0칸\u3000과\u2003칸", "넓은 칸 과 칸"),
        ("\uf0a7 항목\U000f02ea", "• 항목•"),
        ("“따옴표” ‘그대로’ ＡＢＣ １２３ ㎡", "“따옴표” ‘그대로’ ＡＢＣ １２３ ㎡"),
        (unicodedata.normalize("NFD", "가람동 주민회"), "가람동 주민회"),
        ("ㄱ\u3164ㄴ", "ㄱ ㄴ"),
    ],
)
def test_cleaning_keeps_what_is_seen_and_drops_what_is_not(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once_and_gives_storable_nfc(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert "\x00" not in once
    assert once.count("\n") + 1 == len((once + "|").splitlines())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("가람 2동", "가람2동"),
        ("‘복지ㆍ보건’", "'복지·보건'"),
        ("“나눔”", "「나눔」"),
        ("ＡＢ", "ab"),
        ("3～5월", "3~5월"),
        ("3–5월", "3-5월"),
        (unicodedata.normalize("NFD", "회의"), "회의"),
    ],
)
def test_spellings_of_one_text_fold_together(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@given(ANY_TEXT)
def test_folding_leaves_no_space_and_never_fails(text: str) -> None:
    assert not any(character.isspace() for character in fold(text))


def test_squeezing_puts_a_quote_on_one_line() -> None:
    assert squeeze("  위원회\n   구성\t및  운영 ") == "위원회 구성 및 운영"


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("예싼", "예산", "회의"),
        ("회으록", "회의록", "예산서"),
        ("가람이동", "가람2동", "나루동"),
        ("솔받동", "솔밭동", "가람동"),
        ("은헹나무동", "은행나무동", "느티나무동"),
        ("솔려니동", "솔련이동", "가람이동"),
    ],
)
def test_a_slip_of_the_finger_stays_nearer_than_another_word(
    typed: str, meant: str, other: str
) -> None:
    assert similarity(typed, meant) > 0.6
    assert similarity(typed, meant) > similarity(typed, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_bounded_and_one_for_equals(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) == 1


def test_swapped_keys_count_once_and_long_texts_end() -> None:
    assert similarity("abcd", "abdc") == 0.75
    assert similarity("", "") == 1
    assert similarity("동" * 100_000, "동" * 100_000) == 1
