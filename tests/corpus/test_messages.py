from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from corpus.messages import messages, say

ROOT = Path(__file__).parents[2]


def test_particles_fit_the_word_before_them() -> None:
    assert say("intake.withdrawn", name="회의록") == "회의록을 뺐습니다."
    assert say("intake.withdrawn", name="예산서") == "예산서를 뺐습니다."


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("answer.no_such_sentence")


def used_keys() -> set[str]:
    """Literal keys given to `say`; f-strings become prefixes that end with a dot."""
    keys = set()
    for room in ("bot", "retrieval", "corpus", "docs"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    if re.fullmatch(r"[a-z_]+\.[a-z_0-9]*", node.value):
                        keys.add(node.value)
                elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    keys.add(str(node.values[0].value))
    return keys


def test_no_sentence_is_left_over() -> None:
    keys = used_keys()
    unused = [
        key
        for key in messages()
        if key not in keys and not any(k.endswith(".") and key.startswith(k) for k in keys)
    ]
    assert unused == []
