"""Opinions as every channel takes them in: personal data masked, understood, like ones found."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from corpus.database import CouncilDatabase
from corpus.ledger.departments import departments
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Matter, Opinion
from corpus.messages import say
from corpus.text import clean
from corpus.types import Visibility
from retrieval.known_names import KnownNames
from retrieval.matters import Matters
from retrieval.similar_opinions import Similar, SimilarOpinions
from retrieval.terms import KiwiTerms
from retrieval.understanding.asking_help import asks_help
from retrieval.understanding.personal_data import PersonalKind, find, mask
from retrieval.understanding.present_need import present_need
from retrieval.understanding.utterances import Label, Utterance


def _stand_in(kind: PersonalKind) -> str:
    return say(f"personal_data.{kind}")


# A longer text is a paper, and papers come in by `dongne ingest`.
LONGEST = 2000
# Whatever a text is for, its first characters tell; Telegram sends at most so many.
_READ = 4096
# A few tell who should answer, more are counted.
_SHOWING, _COUNTED = 3, 40
# What stands in the place of personal data, with the particle that hung on it.
_MASKED = re.compile(
    "(?:" + "|".join(re.escape(_stand_in(kind)) for kind in PersonalKind) + ")(?:으?로|에서?|이나)?"
)
_CLAUSE = re.compile(r"[.!?,\n]+\s*")
_CONTACTS = frozenset({PersonalKind.PHONE, PersonalKind.EMAIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An opinion before anybody confirmed it.

    Attributes:
        text: What was said, personal data masked.
        found: What kinds of personal data are masked in it.
        matter: What it is about.
        similar: Earlier opinions like it, most alike first.
    """

    text: str
    found: tuple[PersonalKind, ...]
    matter: Matter
    similar: tuple[Opinion, ...]


class Opinions:
    """Takes opinions in; safe to call from several threads.

    Args:
        database: The council's store.
        terms: Makes index terms.
        names: The programmes that the store knows.
        classify: Tells what kind of message a text is, as far as an audience may know.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        terms: KiwiTerms,
        names: KnownNames,
        classify: Callable[[str, Visibility], Utterance],
    ) -> None:
        self.ledger = Ledger(database)
        self.index_terms = terms.index_terms
        self._database = database
        self._classify = classify
        self._similar = SimilarOpinions(database, terms)
        self._matters = Matters(database, names, classify)

    def recognised(self, text: str) -> bool:
        """Whether a message says an opinion, how its writer can be reached left aside."""
        said = clean(text[:_READ])
        told = dict.fromkeys((said, _without_contacts(mask(said))))
        labels = (self._classify(one, Visibility.PUBLIC).label for one in told if one)
        return Label.OPINION in labels

    def confidential(self, text: str) -> bool:
        """Whether a message tells of somebody's need or private circumstances: nothing to keep."""
        text = clean(text[:_READ])
        if present_need(text) is not None or asks_help(text):
            return True
        return self._classify(text, Visibility.PUBLIC).label is Label.PERSONAL_INFO

    def departments(self, most: int) -> list[str]:
        """Departments that staff may choose from, those that have answered most often first."""
        return departments(self._database, Visibility.STAFF, most)

    def drafted(self, text: str, audience: Visibility) -> Drafted:
        """An opinion as it would be recorded; nothing is kept yet.

        Args:
            text: What was said; its first 2,000 characters count.
            audience: Highest level whose opinions and programmes may be shown.
        """
        whole = clean(text[:_READ])[:LONGEST].strip()
        masked = mask(whole)
        similar = self._similar.find(_MASKED.sub(" ", masked), audience, _COUNTED)
        return Drafted(
            text=masked,
            found=tuple(kind for kind in PersonalKind if _stand_in(kind) in masked),
            matter=self._matter(masked, audience, similar[:_SHOWING]),
            similar=tuple(one.opinion for one in similar),
        )

    def _matter(self, masked: str, audience: Visibility, similar: Sequence[Similar]) -> Matter:
        """What a text is about; how somebody can be reached is no topic."""
        matter = self._matters.read(_MASKED.sub(" ", masked), audience, similar)
        if not _MASKED.search(masked):
            return matter
        spoken_of = self._matters.read(_without_contacts(masked), audience, similar)
        return replace(matter, topic=spoken_of.topic or matter.topic)

    def similar(
        self, text: str, audience: Visibility, but: Collection[int] = ()
    ) -> Sequence[Opinion]:
        """Earlier opinions like a text, most alike first."""
        found = self._similar.find(_MASKED.sub(" ", text), audience, _COUNTED, but=but)
        return [one.opinion for one in found]


def contact_in(text: str) -> str:
    """The telephone numbers and addresses for mail in a text, as they were typed; empty without."""
    return ", ".join(datum.text for datum in find(text) if datum.kind in _CONTACTS)


def _without_contacts(masked: str) -> str:
    """The clauses of a text in which no personal data were masked; empty where there is none."""
    return ", ".join(one for one in _CLAUSE.split(masked) if not _MASKED.search(one))
