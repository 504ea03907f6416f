"""What an opinion is about: its dong, programme, agenda item, topic, and who should answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.database import CouncilDatabase
from corpus.departments import Departments
from corpus.ledger.departments import is_department, responsible
from corpus.ledger.opinion import Matter
from corpus.types import Visibility
from retrieval.known_names import KnownNames
from retrieval.similar_opinions import Similar
from retrieval.understanding.utterances import Utterance

# A shorter name stands in too many sentences by chance.
_SHORTEST = 4
# Agenda items of the newest papers; older ones are settled.
_AGENDA_PAPERS = 5


class Matters:
    """Reads opinions.

    Args:
        database: The council's store.
        names: The programmes that the store knows.
        classify: Tells the dong and the topic of a message, as far as an audience may know them.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        names: KnownNames,
        classify: Callable[[str, Visibility], Utterance],
    ) -> None:
        self._database = database
        self._names = names
        self._classify = classify

    def read(self, text: str, audience: Visibility, similar: Sequence[Similar]) -> Matter:
        """What an opinion is about, as far as it can be told; the person may correct it.

        Args:
            text: The opinion.
            audience: Highest level whose programmes and agenda items may be named.
            similar: Earlier opinions like it; unless the office says who answers for such a
                matter, who answered the most similar one should, else whom papers name beside
                the programme.
        """
        utterance = self._classify(text, audience)
        programme = _named(text, self._names.programmes(audience))
        dong, topic = utterance.dong or "", utterance.topic or programme
        return Matter(
            dong=dong,
            programme=programme,
            agenda=_named(text, self._agenda(audience)),
            topic=topic,
            department=self._kept(f"{text}\n{programme}\n{topic}", dong)
            or self._read(programme, audience, similar),
        )

    def _kept(self, text: str, dong: str) -> str:
        """The department that the office itself made responsible; empty without one."""
        department = Departments(self._database).answering(text, dong)
        return department.name if department else ""

    def _read(self, programme: str, audience: Visibility, similar: Sequence[Similar]) -> str:
        """The department that answered before or that papers name; by the office's name of it."""
        answered = (one.opinion.matter.department for one in similar)
        found = next(filter(is_department, answered), "")
        if programme and not found:
            found = responsible(self._database, programme, audience)
        known = Departments(self._database).named(found)
        return known.name if known else found

    def _agenda(self, audience: Visibility) -> list[str]:
        rows = self._database.read(
            "select distinct f.text from fields f join records r on r.id = f.record_id"
            " join relations n on n.id = r.relation_id where r.kind = 'agenda item'"
            " and f.name = 'title' and n.document_id in (select id from documents"
            " where visibility <= ? order by dated desc, id desc limit ?)",
            [int(audience), _AGENDA_PAPERS],
        )
        return [row["text"] for row in rows]


def _named(text: str, names: Sequence[str]) -> str:
    """The longest of some names that a text holds, spacing aside; empty without one."""
    packed = "".join(text.split())
    fitting = [
        name
        for name in names
        if len(short := "".join(name.split())) >= _SHORTEST and short in packed
    ]
    return max(fitting, key=len, default="")
