"""Names that people shorten to the first syllables of their words (가꿈터 for 가람 꿈 터전)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.lookup.kept import Kept, state_of
from retrieval.terms import KiwiTerms

_NAMES = (
    "select json_group_array(name) as names from (select distinct name from ("
    " select title as name from documents where visibility <= ?1"
    " union all select body from documents where visibility <= ?1"
    " union all select n.title from relations n join documents d on d.id = n.document_id"
    "  where d.visibility <= ?1"
    " union all select f.text from fields f join records r on r.id = f.record_id"
    "  join relations n on n.id = r.relation_id join documents d on d.id = n.document_id"
    "  where d.visibility <= ?1 and f.type in ('name', 'organisation')) limit 20000)"
)
_HANGUL = re.compile(r"[가-힣]+")
_LEAST, _MOST = 2, 6
# Who writes more than so many words writes no abbreviated question.
_WORDS = 16
# Two syllables that the analyser knows (태풍) are a word, which papers may begin words with, too.
_SURE = 3
_NOUNS = frozenset({"NNG", "NNP", "NNB", "MAG", "MM", "XPN", "XR"})
_CONTENT = ("NN", "VV", "VA", "XR", "MAG", "SL")
_PARTICLES = ("JK", "JX", "JC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """A question with an abbreviation written out.

    Attributes:
        short: The abbreviation.
        long: What it stands for, as the papers print it.
        text: The question with that in its place.
    """

    short: str
    long: str
    text: str


class Abbreviations:
    """Writes out abbreviations by the names that the papers print.

    Args:
        database: The council's store.
        terms: Takes texts apart.
    """

    def __init__(self, database: CouncilDatabase, terms: KiwiTerms) -> None:
        self._database = database
        self._terms = terms
        self._names: Kept[Visibility, list[str]] = Kept(len(Visibility))

    def expanded(
        self, text: str, audience: Visibility, known: Callable[[str], bool]
    ) -> Expanded | None:
        """A question with its one abbreviation written out.

        Args:
            text: The question.
            audience: Highest level whose names may be used.
            known: Whether papers hold a word as it is.

        Returns:
            None where no word of it is one, or where it may stand for more than one name.
        """
        for word in text.split()[:_WORDS]:
            short = self._short(word, known)
            if short and (long := self._meant(short, audience)):
                return Expanded(short=short, long=long, text=text.replace(short, long, 1))
        return None

    def _short(self, word: str, known: Callable[[str], bool]) -> str:
        """What may be an abbreviation of a word without its particles; empty for other words."""
        tokens = list(self._terms.kiwi.tokenize(word))
        while tokens and tokens[-1].tag.startswith(_PARTICLES):
            tokens.pop()
        short = word[: tokens[-1].end] if tokens else ""
        said = {short, *(token.form for token in tokens if len(token.form) > 1)}
        if (
            not _HANGUL.fullmatch(short)
            or not _LEAST <= len(short) <= _MOST
            or any(token.tag not in _NOUNS for token in tokens)
            or any(map(known, said))
        ):
            return ""
        return short if len(short) >= _SURE or self._terms.may_be_misspelt(short) else ""

    def _meant(self, short: str, audience: Visibility) -> str:
        """The one stretch of the papers' names whose words begin with some syllables."""
        names = self._names.get(state_of(self._database), [audience], self._read)[audience]
        inside = re.compile(".*?".join(short))
        found = {
            "".join(long.split()): long
            for name in names
            if inside.search(name)
            for long in self._stretches(short, " ".join(name.split()))
        }
        return next(iter(found.values())) if len(found) == 1 else ""

    def _read(self, audiences: Collection[Visibility]) -> dict[Visibility, list[str]]:
        rows = {one: self._database.one(_NAMES, [int(one)]) for one in audiences}
        return {one: json.loads(row["names"]) if row else [] for one, row in rows.items()}

    def _stretches(self, short: str, name: str) -> Iterator[str]:
        """Neighbouring words of a name that begin with the syllables, one each."""
        words = [t for t in self._terms.kiwi.tokenize(name) if t.tag.startswith(_CONTENT)]
        starts = "".join(name[word.start] for word in words)
        for at in range(len(words) - len(short) + 1):
            if starts[at : at + len(short)] == short:
                yield name[words[at].start : words[at + len(short) - 1].end]
