"""Conversations with the secretary on the sample papers, as data in `dialogues/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from tests.support.said import amounts_of, says
from tests.support.secretary import Secretary, day

_HERE = Path(__file__).parent / "dialogues"
_PAPERS = Path(__file__).parents[1] / "corpus" / "sample"
_TODAY = "2026-11-23"
_TURN = {"said", "holds", "lacks", "basis"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    name: str
    today: str
    turns: tuple[dict[str, Any], ...]


def dialogues() -> Iterator[Dialogue]:
    for path in sorted(_HERE.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["dialogue"]:
            yield Dialogue(
                name=f"{path.stem}: {one['name']}",
                today=one.get("today", _TODAY),
                turns=tuple(one["turns"]),
            )


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("sample"), KiwiTerms(), day(_TODAY))
    assert all(not receipt.reason for receipt in secretary.take(sorted(_PAPERS.iterdir())))
    yield secretary
    secretary.close()


@pytest.mark.parametrize("dialogue", list(dialogues()), ids=lambda one: one.name)
def test_a_conversation_goes_as_written(secretary: Secretary, dialogue: Dialogue) -> None:
    said = [turn["said"] for turn in dialogue.turns]
    answers = secretary.conversation(said, today=day(dialogue.today))
    faults = [
        (turn["said"], fault, answer.text)
        for turn, answer in zip(dialogue.turns, answers, strict=True)
        for fault in wrong(turn, answer)
    ]
    assert faults == []


def wrong(turn: dict[str, Any], answer: Answer) -> Iterator[str]:
    text = re.sub(r"\[\d+\]", " ", answer.text)
    yield from (f"lacks {one}" for one in turn.get("holds", []) if not within(one, text))
    yield from (f"has {one}" for one in turn.get("lacks", []) if within(one, text))
    bases = turn.get("basis", [basis.value for basis in Basis])
    if answer.basis not in bases:
        yield f"rests on {answer.basis}"


def within(wanted: str | int, text: str) -> bool:
    return wanted in amounts_of(text) if isinstance(wanted, int) else says(wanted, text)


def test_dialogues_are_written_as_they_are_read() -> None:
    for dialogue in dialogues():
        for turn in dialogue.turns:
            assert turn.keys() <= _TURN, dialogue.name
            assert set(turn.get("basis", [])) <= set(Basis), dialogue.name
