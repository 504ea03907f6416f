"""What an answer from records lists, by name and in its order: what a follow-up may point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lookup.row import Row
from retrieval.lookup.wording import first_place, label
from retrieval.types import Answer

_LINE = re.compile(r"^\s*(?:\d{1,3}\.|-)\s", re.MULTILINE)
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A thing that an answer lists.

    Attributes:
        name: What the answer calls it.
        row: The record that it stands for.
        place: Whether it is called by its place.
    """

    name: str
    row: Row
    place: bool


def told(answer: Answer, rows: Sequence[Row]) -> list[Told]:
    """The things that an answer names, each once, in the order in which it does.

    Args:
        answer: An answer from records.
        rows: The records that it lists, computes with or cites.

    Returns:
        Empty for an answer that names none of them. Of an answer with a list only what stands in
        its lines counts.
    """
    first = _LINE.search(answer.text)
    text = answer.text[first.start() :] if first else answer.text
    found: dict[str, tuple[int, Row]] = {}
    for row in rows:
        name = label(row)
        at = text.find(name) if len(name) >= _SHORTEST else -1
        if at >= 0:
            found.setdefault(name, (at, row))
    whole = {
        name: (at, row)
        for name, (at, row) in found.items()
        if not any(
            name != other and name in other and start <= at for other, (start, _) in found.items()
        )
    }
    ordered = sorted(whole.items(), key=lambda entry: entry[1][0])
    return [Told(name=name, row=row, place=name == first_place(row)) for name, (_, row) in ordered]
