"""Scripted models: one that is honest, ones that lie, and what they read of a request."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.support.chat_server import Says, asked, form_of

_SHOWN = re.compile(r"^\[(\d+)\] \((.*)\) (.+)$", re.MULTILINE)


def evidence(request: dict[str, Any]) -> list[tuple[int, str]]:
    """Number and words of each line of evidence in a request."""
    return [(int(number), line) for number, _, line in _SHOWN.findall(asked(request))]


def question(request: dict[str, Any]) -> str:
    """The question in a request."""
    return str(re.findall(r"^질문: (.*)$", asked(request), re.MULTILINE)[-1])


def plan(*steps: dict[str, str]) -> Says:
    """A plan as the model fills it in; fields that are left out are empty."""
    empty = {"kind": "value", "place": "", "year": "", "thing": "", "measure": ""}
    return Says(text=json.dumps({"steps": [empty | step for step in steps]}, ensure_ascii=False))


def repeating(request: dict[str, Any]) -> Says:
    """An honest model: says each line of evidence, politely, with its marker; plans nothing."""
    if form_of(request):
        return plan()
    lines = [f"{line.rstrip('.')} [{number}]" for number, line in evidence(request)]
    return Says(text="\n".join(lines))


_KINDS = {
    "when": "언제|며칠",
    "who": "누가|누구|담당",
    "where": "어디",
    "list": "무엇|뭐|어떤",
    "reason": "왜|이유",
    "value": "얼마|몇",
}
_ASKING = re.compile(
    r"\S*(?:언제|며칠|누가|누구|어디|무엇|뭐|어떤|왜|얼마|몇|알려|궁금|인가|나요|습니까|어떻)\S*|[?.!,]"
)


def planning(request: dict[str, Any]) -> Says:
    """A model that plans well: keeps what a question names and says what kind of thing it asks."""
    if not form_of(request):
        return repeating(request)
    asked_for = question(request)
    kind = next((k for k, words in _KINDS.items() if re.search(words, asked_for)), "about")
    return plan({"kind": kind, "thing": " ".join(_ASKING.sub(" ", asked_for).split())[:60]})


def down(request: dict[str, Any]) -> Says:
    """A server that is there and does nothing."""
    return Says(status=500)


def lying(request: dict[str, Any]) -> Says:
    """Numbers changed, names swapped, quotes invented, with markers as if all were true."""
    if form_of(request):
        return plan(
            {"kind": "value", "place": "없는9동", "thing": "비밀 예산", "measure": "금액"},
            {"kind": "value", "year": "1999", "thing": "예산"},
        )
    shown = evidence(request)
    lines = []
    for number, line in shown:
        changed = re.sub(r"\d", lambda match: str((int(match[0]) + 1) % 10), line)
        lines.append(f"{changed} [{number}]" if changed != line else f"{line} 아닙니다 [{number}]")
        lines.append(f"위원장은 “모두 없던 일로 하자”고 말했습니다. [{number}]")
        lines.append(f"모두 합하면 9,999만원입니다. [{number}]")
    return Says(text="\n".join(lines))
