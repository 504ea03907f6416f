"""Word's automatic numbers, which stand in no paragraph's text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PLACE = re.compile(r"%([1-9])")
_ABSENT = "0"  # a numbering id that takes a style's numbers away


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int
    kind: str
    text: str


class Numbering:
    """Counts a document's numbered paragraphs in order.

    Args:
        document: As python-docx opens it.
    """

    def __init__(self, document: Any) -> None:
        self._styles = {
            style.styleId: style.find(qn("w:pPr"))
            for style in document.styles.element.findall(qn("w:style"))
        }
        self._abstract: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._load(relation.target_part.element)

    def label(self, paragraph: Any) -> str:
        """The number or bullet before a paragraph and a blank; empty for an unnumbered one.

        Call once for each paragraph, in order: it counts.
        """
        number, depth = self._reference(paragraph)
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        counts = self._counts[self._abstract[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return "• " if "\ue000" <= level.text <= "\uf8ff" else f"{level.text} ".lstrip()
        text = _PLACE.sub(lambda place: self._shown(number, int(place[1]) - 1), level.text)
        return f"{text} ".lstrip()

    def _shown(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        return _formatted(self._counts[self._abstract[number]].get(depth, level.start), level.kind)

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """Numbering id and zero-based level: the paragraph's own, else its style's."""
        properties = paragraph.pPr
        if properties is None:
            return "", 0
        for holder in (properties, self._styles.get(properties.style)):
            found = None if holder is None else holder.find(qn("w:numPr"))
            if found is not None:
                number, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
                name = _ABSENT if number is None else number.get(qn("w:val"))
                return name, 0 if depth is None else int(depth.get(qn("w:val")))
        return "", 0

    def _load(self, root: Any) -> None:
        abstract = {
            item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))
        }
        for item in root.findall(qn("w:num")):
            number = item.get(qn("w:numId"))
            pointer = item.find(qn("w:abstractNumId"))
            name = "" if pointer is None else pointer.get(qn("w:val"))
            restarts = item.find(qn("w:lvlOverride")) is not None
            self._abstract[number] = f"{name}/{number}" if restarts else name
            if name in abstract:
                for level in abstract[name].findall(qn("w:lvl")):
                    self._levels[number, int(level.get(qn("w:ilvl")))] = _level(level)


def _level(element: Any) -> _Level:
    values = {
        name: "" if found is None else found.get(qn("w:val")) or ""
        for name in ("start", "numFmt", "lvlText")
        for found in [element.find(qn(f"w:{name}"))]
    }
    return _Level(start=int(values["start"] or 1), kind=values["numFmt"], text=values["lvlText"])


def _formatted(count: int, kind: str) -> str:
    """A count as Word prints it; an unknown kind as digits."""
    letters = {"upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ganada": _GANADA, "chosung": _CHOSUNG}
    letters["lowerLetter"] = letters["upperLetter"].lower()
    if kind in letters and 1 <= count <= len(letters[kind]):
        return letters[kind][count - 1]
    if kind in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if kind in {"upperRoman", "lowerRoman"} and 1 <= count < 40:
        roman = _roman(count)
        return roman if kind == "upperRoman" else roman.lower()
    if kind == "none":
        return ""
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text
