"""When an event begins and ends, asked of it by its name: never the hours of one of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import aspects_asked, words_of
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import of_bodies, of_time
from retrieval.lookup.suiting import of_month
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want

_CLOCK = re.compile(
    r"몇시|(?:시작|종료|끝나는|마치는)시[간각]|언제(?:시작|끝|마치|마쳐)|(?:시작|끝)(?:이|은|나는게)?언제"
)
_MEETING = re.compile(r"회의(?!실|장|소)")
_KINDS = (RecordKind.EVENT, RecordKind.FACT)


class EventHours:
    """Answers with the line that prints the day of an event with its hours.

    Args:
        rows: Reads records.
        finder: Rates records.
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(
        self,
        rows: Rows,
        finder: Finder,
        citations: Callable[[], Citations],
        terms_of: Callable[[str], str],
    ) -> None:
        self._rows = rows
        self._finder = finder
        self._citations = citations
        self._terms_of = terms_of

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The day and the hours of the event that a question names.

        Args:
            asked: The question.
            found: Records that may answer; events are looked up by themselves.
            audience: Highest level that may be seen.

        Returns:
            None for other questions, and where a word of it (개회사, 3부) is of no whole event.
        """
        if asked.question.want is not Want.TIME or not _CLOCK.search(asked.question.packed):
            return None
        if _MEETING.search(asked.question.packed):
            return None  # a meeting's own record tells it
        spared = words_of(aspects_asked(asked.question.text), self._terms_of) | asked.verbs
        weights = {term: one for term, one in asked.weights.items() if term not in spared}
        rows = [
            row
            for row in (self._rows.of_kinds(_KINDS, audience) if weights else ())
            if (day := row.day_with_hours) is not None
            and of_month(asked, (day,))
            and of_time(row, asked)
            and of_bodies(asked, row)
        ]
        named = [one for one in self._finder.rated(rows, weights) if not one.missing]
        if not named:
            return None
        row = named[0].row
        day, title = row.day_with_hours, row.field("title")
        if day is None:
            return None
        cite = self._citations()
        name = title.text if title else row.title
        return Answer(
            text=f"{name}: {day.text} {cite.add_line(row, day.span)}",
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=(row.id,),
        )
