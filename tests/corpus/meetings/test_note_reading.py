from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.meetings.meeting import NoteKind
from corpus.meetings.note_reading import read_note
from corpus.text import clean

TAGS = {
    "안건": NoteKind.AGENDA,
    "설명": NoteKind.EXPLANATION,
    "의견": NoteKind.OPINION,
    "답변": NoteKind.REPLY,
    "결정": NoteKind.DECISION,
    "참석": NoteKind.ATTENDANCE,
    "공지": NoteKind.NOTICE,
    "차기회의": NoteKind.NEXT,
}


@pytest.mark.parametrize(
    ("text", "kind", "item"),
    [
        ("1안 원안대로 가결", NoteKind.DECISION, 1),
        ("제2안 우산 수리소 운영 보고", NoteKind.AGENDA, 2),
        ("안건 3. 골목 화분 사업 검토", NoteKind.AGENDA, 3),
        ("예산이 왜 이렇게 많이 드나요?", NoteKind.OPINION, None),
        ("박을동 위원 : 홍보가 더 필요함", NoteKind.OPINION, None),
        ("27명 중 21명 참석", NoteKind.ATTENDANCE, None),
        ("다음 회의는 7월 16일 16시", NoteKind.NEXT, None),
        ("10월 2일에 워크숍이 있음을 알려드립니다", NoteKind.NOTICE, None),
        ("다음 분기에 다시 논의하기로 함", NoteKind.DECISION, None),
        ("세부사업 33개 가운데 30개가 목표를 넘음", NoteKind.EXPLANATION, None),
    ],
)
def test_a_note_without_a_tag_is_told_by_its_words(
    text: str, kind: NoteKind, item: int | None
) -> None:
    reading = read_note(text)
    assert (reading.kind, reading.item, reading.tagged) == (kind, item, False)


def test_a_promise_is_an_answer_only_while_an_opinion_waits() -> None:
    words = "부서와 협의하여 조정하겠음"
    assert read_note(words, waiting=True).kind is NoteKind.REPLY
    assert read_note(words).kind is NoteKind.EXPLANATION


@given(
    tag=st.sampled_from(sorted(TAGS)),
    number=st.none() | st.integers(1, 99),
    form=st.sampled_from(["[{}] {}", "#{} {}", "{}: {}", "<{}> {}", "【{}】{}"]),
    words=st.text("가나다 라마.?함0", min_size=1, max_size=30).filter(str.strip),
)
def test_a_leading_tag_always_decides(tag: str, number: int | None, form: str, words: str) -> None:
    marked = f"{tag} {number}" if number else tag
    if form.startswith("#"):
        marked = marked.replace(" ", "")
    reading = read_note(form.format(marked, words))
    assert reading.tagged
    assert reading.kind is TAGS[tag]
    assert reading.item == number
    assert reading.text.endswith(clean(words).strip())


@given(st.text(max_size=200))
def test_any_text_is_read_and_its_words_stay(text: str) -> None:
    reading = read_note(text)
    if reading.kind is not NoteKind.ATTENDANCE:
        assert clean(text).strip().endswith(reading.text)


@pytest.mark.parametrize(
    ("text", "kind", "item", "rest"),
    [
        ("2안은 수정 가결", NoteKind.DECISION, 2, "수정 가결"),
        ("제2안의 예산은 3천만원임", NoteKind.EXPLANATION, 2, "예산은 3천만원임"),
        ("안건 3에 대해 보류하기로 함", NoteKind.DECISION, 3, "보류하기로 함"),
        ("1안에서 나온 이야기", NoteKind.EXPLANATION, 1, "나온 이야기"),
        ("3번은 빼면 좋겠음", NoteKind.OPINION, None, "3번은 빼면 좋겠음"),
        ("10안팎의 사람이 옴", NoteKind.EXPLANATION, None, "10안팎의 사람이 옴"),
    ],
)
def test_an_item_is_named_in_a_sentence_too(
    text: str, kind: NoteKind, item: int | None, rest: str
) -> None:
    reading = read_note(text)
    assert (reading.kind, reading.item, reading.text) == (kind, item, rest)
