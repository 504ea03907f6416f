"""What an opinion is about: its dong, programme, agenda item, topic, and who should answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.database import CouncilDatabase
from corpus.ledger.opinion import Matter
from corpus.types import Visibility
from retrieval.similar_opinions import Similar
from retrieval.understanding.utterances import Utterance

# A shorter name stands in too many sentences by chance.
_SHORTEST = 4
# Agenda items of the newest papers; older ones are settled.
_AGENDA_PAPERS = 5
_MOST = 5000


class Matters:
    """Reads opinions.

    Args:
        database: The council's store.
        classify: Tells the dong and the topic of a message.
    """

    def __init__(self, database: CouncilDatabase, classify: Callable[[str], Utterance]) -> None:
        self._database = database
        self._classify = classify

    def read(self, text: str, audience: Visibility, similar: Sequence[Similar]) -> Matter:
        """What an opinion is about, as far as it can be told; the person may correct it.

        Args:
            text: The opinion.
            audience: Highest level whose programmes and agenda items may be named.
            similar: Earlier opinions like it; who answered the most similar one should answer.
        """
        utterance = self._classify(text)
        programme = _named(text, self._programmes(audience))
        departments = (one.opinion.matter.department for one in similar)
        return Matter(
            dong=utterance.dong or "",
            programme=programme,
            agenda=_named(text, self._agenda(audience)),
            topic=utterance.topic or programme,
            department=next(filter(None, departments), ""),
        )

    def _programmes(self, audience: Visibility) -> list[str]:
        rows = self._database.read(
            "select distinct f.text from fields f join records r on r.id = f.record_id"
            " join relations n on n.id = r.relation_id join documents d on d.id = n.document_id"
            " where f.name = 'programme' and d.visibility <= ? limit ?",
            [int(audience), _MOST],
        )
        return [row["text"] for row in rows]

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
