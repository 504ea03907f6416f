"""What people say around a question: interjections, and the order to tell or reckon something."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

_DO = frozenset({"XSV", "XSA"})
# What may stand between the verb of an order and its end: 계산 해 주 시 어요.
_BETWEEN = ("EC", "EP", "VX", "ETM", "NNB", "JX", "JK", "MAG")
_HELPING = frozenset({"주", "보", "드리", "달", "주시", "다오"})
_WHO = frozenset({"누구", "누가"})
_ORDERING = ("어라", "아라", "라", "세요", "십시오", "시오", "렴", "게", "소", "구려")


class Token(Protocol):
    """A morpheme as the analyser gives it."""

    form: str
    tag: str
    start: int
    len: int


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    source = files(__package__) / "wrapping.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    nouns, verbs, insisting = (tree[name].split() for name in ("nouns", "verbs", "insisting"))
    return frozenset(nouns), frozenset(verbs), frozenset(insisting)


def wrapping(text: str, tokens: Sequence[Token]) -> list[str]:
    """The pieces of a message that only wrap what is asked.

    Args:
        text: The message.
        tokens: Its morphemes.

    Returns:
        Pieces as typed: interjections (아이고), adverbs of insisting (무조건) and orders at the end
        of a sentence (계산해줘, 대봐); no orders of a message that asks who does so.
    """
    asks_who = any(token.form in _WHO for token in tokens)
    found = [text[t.start : t.start + t.len] for t in tokens if t.tag == "IC" and t.len > 1]
    found += [word for word in text.split() if word in _words()[2]]
    at = 0
    while at < len(tokens):
        end = 0 if asks_who else _order(tokens, at)
        if end:
            last = tokens[end - 1]
            found.append(text[tokens[at].start : last.start + last.len])
        at = end or at + 1
    return found


def _order(tokens: Sequence[Token], at: int) -> int:
    """Where an order ends that begins at a token; 0 where none does."""
    nouns, verbs, _ = _words()
    first = tokens[at]
    tag = first.tag.partition("-")[0]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if tag == "NNG" and first.form in nouns and after is not None and after.tag in _DO:
        end = at + 2
    elif tag == "VV" and first.form in verbs:
        end = at + 1
    else:
        return 0
    helped = first.form == "대보"
    while end < len(tokens) and tokens[end].tag.startswith(_BETWEEN):
        if tokens[end].form == "었" or tokens[end].form == "았":
            return 0  # told of something done
        helped = helped or (tokens[end].tag == "VX" and tokens[end].form in _HELPING)
        end += 1
    if end >= len(tokens) or not tokens[end].tag.startswith("EF"):
        return 0
    bare = tag == "NNG" and end == at + 2 and tokens[end].form in {"어", "아"}
    return end + 1 if helped or bare or tokens[end].form.endswith(_ORDERING) else 0
