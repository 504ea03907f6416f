"""What a note says of itself: its kind, the agenda item it names, and the words that remain."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.meetings.meeting import NoteKind
from corpus.text import clean

_NUMBER = r"(?:제\s?)?(?P<{name}>[1-9]\d?)\s?(?:호\s?안건|호안|호|번\s?안건|안건|안|번|항)"
_BEHIND = r"(?:제\s?)?(?P<behind>[1-9]\d?)\s?(?:호|안건|안|번|항)?"
# `안건 2`, `안건 2. …`, `제2안 …`, `2호 안건: …`, `2안은 …`.
_ITEM = re.compile(
    rf"\s*(?:{_NUMBER.format(name='before')}|안\s?건\s?(?:제\s?)?(?P<after>[1-9]\d?)\s?(?:호|번|안)?)"
    r"(?P<told>(?<=[안건\d])(?:은|는|의|도|에\s?대(?:해서?|하여|한)|에서는?)(?=\s))?"
    r"(?![\d가-힣])\s*[.):：\]>-]*\s*",
)
# A title is a name; what ends like a sentence tells something about the item instead.
_SENTENCE = re.compile(r"(?:[다요까음함됨임]|[.?!？！])\s*$")
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A note as read.

    Attributes:
        kind: What it is.
        item: Number of the agenda item that it names; None where it names none.
        text: Its words without the tag and the number.
        tagged: Whether its author said what it is.
    """

    kind: NoteKind
    item: int | None
    text: str
    tagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    tags: tuple[re.Pattern[str], ...]
    kinds: dict[str, NoteKind]
    signs: tuple[tuple[NoteKind, bool, re.Pattern[str]], ...]


def read_note(text: str, *, waiting: bool = False) -> Reading:
    """What a note is, by its leading tag or by how it is worded.

    Args:
        text: As typed.
        waiting: Whether an opinion waits for its answer, or the note replies to one.

    Returns:
        The reading; nothing of the words is lost but the tag and the item's number.

    >>> read_note("[의견 2] 예산이 적지 않은지 궁금함").kind
    <NoteKind.OPINION: 'opinion'>
    """
    words = clean(text).strip()
    signs = _signs()
    match = next((found for tag in signs.tags if (found := tag.match(words))), None)
    if match is not None:
        number = match["before"] or match["behind"]
        kind = signs.kinds["".join(match["tag"].split())]
        rest = words[match.end() :].strip()
        if kind is NoteKind.ATTENDANCE:  # 참석 and 불참 say different things
            rest = f"{match['tag']}: {rest}" if rest else match["tag"]
        return Reading(kind=kind, item=int(number) if number else None, text=rest, tagged=True)
    item, rest, named = _named_item(words)
    kind = _guess(rest, waiting=waiting)
    if named and kind is NoteKind.EXPLANATION and _is_title(rest):
        kind = NoteKind.AGENDA
    return Reading(kind=kind, item=item, text=rest, tagged=False)


def _named_item(words: str) -> tuple[int | None, str, bool]:
    """The item that words begin with, the rest, and whether the rest may be the item's title."""
    match = _ITEM.match(words)
    if match is None:
        return None, words, False
    number = int(match["before"] or match["after"])
    return number, words[match.end() :].strip(), match["told"] is None


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and "\n" not in words and not _SENTENCE.search(words)


def _guess(words: str, *, waiting: bool) -> NoteKind:
    for kind, needs_opinion, pattern in _signs().signs:
        if (waiting or not needs_opinion) and pattern.search(words):
            return kind
    return NoteKind.EXPLANATION


@cache
def _signs() -> _Signs:
    tree = tomllib.loads((files("corpus.meetings") / "note_kinds.toml").read_text(encoding="utf-8"))
    kinds = {
        "".join(tag.split()): NoteKind(kind) for kind, tags in tree["tags"].items() for tag in tags
    }
    names = sorted((t for tags in tree["tags"].values() for t in tags), key=len, reverse=True)
    before = _NUMBER.format(name="before")
    tag = rf"(?:{before}\s?)?(?P<tag>{'|'.join(map(re.escape, names))})"
    return _Signs(
        tags=(
            re.compile(rf"[\[<【(]\s?{tag}(?:\s?{_BEHIND})?\s?[\]>】)]\s*[:：]?\s*"),
            # Without a colon only blanks end a tag, so its number stands right behind it.
            re.compile(rf"#{tag}(?:{_BEHIND})?(?:[:：]|(?=\s)|$)\s*"),
            re.compile(rf"{tag}(?:\s?{_BEHIND})?\s?[:：]\s*"),
        ),
        kinds=kinds,
        signs=tuple(
            (
                NoteKind(sign["kind"]),
                sign.get("needs") == "opinion",
                re.compile(sign["pattern"], re.MULTILINE),
            )
            for sign in tree["sign"]
        ),
    )
