"""Messages of golden sets, classified as the bot does it: by rules and by meaning."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from retrieval.analyser import ANALYSER
from retrieval.e5.embeddings import E5Embeddings
from retrieval.understanding.leaning import leaning
from retrieval.understanding.utterances import Label, Utterance, classify

_HERE = Path(__file__).parent / "golden"
_OPINION = Label.OPINION.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    text: str
    label: str
    also: tuple[str, ...]
    dong: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    case: Case
    found: Utterance

    @property
    def right(self) -> bool:
        return self.found.label.value in {self.case.label, *self.case.also}

    @property
    def dong(self) -> bool:
        return self.case.dong is None or self.found.dong == self.case.dong

    @property
    def topic(self) -> bool:
        said = "".join(f"{self.found.dong or ''}{self.found.topic or ''}".split())
        return not self.case.topics or any(word in said for word in self.case.topics)


def _cases(name: str) -> list[Case]:
    lines = (_HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Case(
            text=case["text"],
            label=case["label"],
            also=tuple(case.get("also", ())),
            dong=case["dong"],
            topics=tuple(case["topic_any"]),
        )
        for case in map(json.loads, lines)
    ]


def _share(judged: list[bool]) -> float:
    return sum(judged) / len(judged)


@pytest.mark.parametrize("name", ["utterances", "utterances_heldout"])
def test_messages_are_classified_as_well_as_before(name: str, embedder: E5Embeddings) -> None:
    tokenize = ANALYSER.tokenize
    lean = leaning(embedder)
    judged = [
        Judged(case=case, found=classify(case.text, tokenize=tokenize, lean=lean))
        for case in _cases(name)
    ]
    opinions = [one for one in judged if one.case.label == _OPINION]
    taken = [one for one in judged if one.found.label.value == _OPINION]
    figures = {
        "recall": _share([one.right for one in opinions]),
        "precision": _share([one.right for one in taken]),
        "labels": _share([one.right for one in judged]),
        "dong": _share([one.dong for one in opinions if one.right]),
        "topic": _share([one.topic for one in opinions if one.right]),
    }
    print(f"\n{name} {figures}")
    bars = tomllib.loads((_HERE / "bars.toml").read_text(encoding="utf-8"))[name]
    assert {key: value for key, value in figures.items() if value < bars[key]} == {}
