"""What a question asks of a thing: its day, its place, its fee, whom to ask, what became of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.records import Field, FieldType

# An office is of the paper; what else is asked needs a thing that it is asked of.
OFFICES = frozenset({"chair", "vice_chair"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A side of a thing that people ask about.

    Attributes:
        name: Its key in `aspects.toml`.
        words: Words that name it; an answer states it and need not repeat them.
        fields: Fields of records that state it, as `corpus/extraction` names them.
        columns: Matches headings of columns and labels of lines that state it, spaces left out.
        says: Matches texts that state it under whatever heading: `참가비 1만원` in a note.
        only: What a value under such a heading must hold; None where all of them state it.
    """

    name: str
    words: tuple[str, ...]
    fields: frozenset[str]
    columns: re.Pattern[str]
    says: re.Pattern[str] | None = None
    only: re.Pattern[str] | None = None

    def states(self, field: Field) -> bool:
        """Whether a field of a record states this aspect of it."""
        if self.says and field.type is FieldType.TEXT and self.says.search(field.text):
            return True
        if self.only and not self.only.search(field.text):
            return False
        return self.labels(field.name)

    def labels(self, name: str) -> bool:
        """Whether a field, a column or a line of this name states it."""
        if name.isascii():
            return name in self.fields
        return bool(self.columns.search("".join(name.split())))


@cache
def _aspects() -> tuple[tuple[re.Pattern[str], Aspect], ...]:
    source = files("retrieval.lookup") / "aspects.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(
        (
            re.compile(section["cue"]),
            Aspect(
                name=name,
                words=tuple(section["words"]),
                fields=frozenset(section["fields"]),
                columns=re.compile(section["columns"]),
                says=re.compile(section["says"]) if "says" in section else None,
                only=re.compile(section["only"]) if "only" in section else None,
            ),
        )
        for name, section in tree.items()
    )


def aspects_asked(text: str) -> tuple[Aspect, ...]:
    """Aspects that a question asks for; none for most lists and calculations.

    >>> [aspect.name for aspect in aspects_asked("다음 회의 장소는?")]
    ['place', 'next_on', 'next_place']
    """
    packed = re.sub(r"\s+", "", text)
    return tuple(aspect for cue, aspect in _aspects() if cue.search(packed))


def words_of(aspects: Iterable[Aspect], terms_of: Callable[[str], str]) -> frozenset[str]:
    """The words that name some aspects, as they are and as index terms."""
    words = {word for one in aspects for word in one.words}
    return frozenset(words | {term for word in words for term in terms_of(word).split()})
