"""What kind of message: every rule on its own examples, and the whole on a development set."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.understanding import topics
from retrieval.understanding.morphemes import Tokenize
from retrieval.understanding.utterances import Label, Rule, classify, forms, rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    label: str
    dong: str
    words: tuple[str, ...]
    text: str


def cases() -> Iterator[Case]:
    for line in Path(__file__).with_name("messages.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            label, dong, words, text = line.split("\t")
            wanted = () if words == "-" else tuple(words.split(","))
            yield Case(label=label, dong="" if dong == "-" else dong, words=wanted, text=text)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_fires_on_its_examples(rule: Rule, tokenize: Tokenize) -> None:
    missed = [text for text in rule.examples if not rule.fires(*forms(text, tokenize))]
    assert missed == []


def test_no_two_rules_share_a_name() -> None:
    assert max(Counter(rule.name for rule in rules()).values()) == 1


def test_opinions_are_found_and_hardly_anything_else_is_taken_for_one(tokenize: Tokenize) -> None:
    wanted = [case.label for case in cases()]
    got = [classify(case.text, tokenize=tokenize).label.value for case in cases()]
    right = sum(a == b == "opinion" for a, b in zip(wanted, got, strict=True))
    assert right / wanted.count("opinion") >= 0.95
    assert right / got.count("opinion") >= 0.9
    assert sum(a == b for a, b in zip(wanted, got, strict=True)) / len(wanted) >= 0.95


def test_dong_and_topic_of_opinions_are_right(tokenize: Tokenize) -> None:
    opinions = [case for case in cases() if case.label == "opinion"]
    read = [(case, classify(case.text, tokenize=tokenize)) for case in opinions]
    dongs = [(found.dong or "") == case.dong for case, found in read]
    named = [
        any(word in (found.topic or "").replace(" ", "") for word in case.words)
        for case, found in read
    ]
    assert sum(dongs) / len(dongs) >= 0.9
    assert sum(named) / len(named) >= 0.9


def test_wrong_spacing_changes_little(tokenize: Tokenize) -> None:
    kept = [
        classify(case.text.replace(" ", ""), tokenize=tokenize).label.value == case.label
        for case in cases()
    ]
    assert sum(kept) / len(kept) >= 0.85


def test_a_known_programme_is_the_topic(tokenize: Tokenize) -> None:
    found = classify(
        "고운손 빨래 사업은 정말 좋았어요 또 해주세요",
        tokenize=tokenize,
        known_programmes=("고운손빨래", "고운손 빨래 사업"),
    )
    assert found.topic == "고운손 빨래 사업"


def test_nothing_of_a_personal_message_is_repeated(tokenize: Tokenize) -> None:
    found = classify("제 번호는 010-1234-5678이에요", tokenize=tokenize)
    assert (found.label, found.topic) == (Label.PERSONAL_INFO, None)


def test_an_opinion_with_an_office_number_stays_an_opinion(tokenize: Tokenize) -> None:
    text = "주민센터 02-123-4567 로 전화해도 늘 통화중이라 불편해요"
    assert classify(text, tokenize=tokenize).label is Label.OPINION


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "👍👍", "...", "ㅋ" * 5000])
def test_a_message_without_words_is_chit_chat(text: str, tokenize: Tokenize) -> None:
    found = classify(text, tokenize=tokenize)
    assert (found.label, found.dong, found.topic) == (Label.CHIT_CHAT, None, None)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet="가나다동1호?!.\n 😀ㅋa@-안건예산주세요은는", max_size=80))
def test_any_text_has_a_label_and_a_short_topic(text: str, tokenize: Tokenize) -> None:
    found = classify(text, tokenize=tokenize)
    assert found.label in Label
    assert found.topic is None or 0 < len(found.topic) <= topics.LONGEST
