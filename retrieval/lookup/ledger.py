"""Opinions that came by chat, and what was replied: quoted by number, found by words, counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.numbers import quoted
from corpus.ledger.opinion import Opinion, State
from corpus.messages import say
from corpus.types import Visibility
from retrieval.lookup.rows import Rows
from retrieval.lookup.wording import Citations
from retrieval.similar_opinions import SimilarOpinions
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis, Citation, unmarked

# Words by which people ask for opinions and what became of them.
_CUES = re.compile(r"의견|건의|제안|민원|답변|대답|뭐래|뭐라|어떻게됐|어떻게되|조치|요청")
_COUNTING = re.compile(r"몇(?:건|번|개|명|동)|얼마나많|건수")
# What is said of any opinion, and tells none from another.
_ASKING = re.compile(
    r"(?:의견|건의|제안|민원|답변|대답|조치|요청|처리|결과)\S*|어떻게\s?\S*|뭐\S*|몇\s?\S*|얼마나\s?많\S*"
    r"|있(?:었|나|어|니|습)\S*|(?:들어|나)온\S*|나왔\S*|누가\S*|언제\S*|알려\s?\S*|보여\s?\S*|에\s?대한|관련\S*"
)
# A question shares less with an opinion than two opinions do, and must still be about it.
_ALIKE = 0.25
_MOST = 3
_SHOWN = 240


class LedgerLookup:
    """Answers from entries of the ledger; what papers print is answered from their records.

    Args:
        database: The council's store.
        terms: Makes index terms.
    """

    def __init__(self, database: CouncilDatabase, terms: KiwiTerms) -> None:
        self._database = database
        self._ledger = Ledger(database)
        self._similar = SimilarOpinions(database, terms)
        self._rows = Rows(database)

    def answer(self, text: str, audience: Visibility) -> Answer | None:
        """The entries that a question is about; None where it is about none.

        Args:
            text: The question, complete.
            audience: Highest level that may be seen.
        """
        if number := quoted(text):
            return self._numbered(text, number, audience)
        packed = "".join(text.split())
        if not _CUES.search(packed) or not self._any(audience):
            return None
        subject = _ASKING.sub(" ", text)
        if _COUNTING.search(packed):
            return self._counted(text, subject, audience)
        found = self._similar.find(subject, audience, _MOST)
        chat = [
            one.opinion for one in found if one.likeness >= _ALIKE and one.opinion.origin == "chat"
        ]
        # What a paper says best is answered from the paper, with its own quote.
        if not chat or found[0].opinion.origin != "chat":
            return None
        return self._told(text, chat, audience)

    def _any(self, audience: Visibility) -> bool:
        row = self._database.one(
            "select 1 from opinions where origin = 'chat' and visibility <= ?"
            " and state <> 'withdrawn' limit 1",
            [int(audience)],
        )
        return row is not None

    def _numbered(self, text: str, number: tuple[int, int], audience: Visibility) -> Answer:
        opinion = self._ledger.numbered(*number)
        if opinion is None or not opinion.words(audience):
            return Answer(text=say("ledger.not_visible"), basis=Basis.NONE, standalone=text)
        return self._told(text, [opinion], audience)

    def _counted(self, text: str, subject: str, audience: Visibility) -> Answer | None:
        group = self._similar.group(subject, audience)
        if not any(one.origin == "chat" for one in group.opinions):
            return None
        shown = group.opinions[:_MOST]
        citations = _cited(shown, audience)
        marks = " ".join(f"[{one.number}]" for one in citations)
        key = "ledger.counted" if group.dongs else "ledger.counted_anywhere"
        head = say(
            key, count=len(group.opinions), dongs=len(group.dongs), names=", ".join(group.dongs)
        )
        return Answer(
            text=f"{head} {marks}",
            citations=citations,
            basis=Basis.COMPUTED,
            notices=_notices(group.opinions),
            standalone=text,
        )

    def _told(self, text: str, opinions: Sequence[Opinion], audience: Visibility) -> Answer:
        printed = self._printed(opinions[0], audience) if len(opinions) == 1 else ()
        citations = printed or _cited(opinions, audience)
        marks = [f"[{one.number}]" for one in citations]
        each = [" ".join(marks)] if len(opinions) == 1 else marks
        lines = [
            line
            for opinion, mark in zip(opinions, each, strict=True)
            for line in self._lines(opinion, mark, audience)
        ]
        return Answer(
            text="\n".join(lines),
            citations=citations,
            basis=Basis.RECORDS,
            notices=_notices(opinions),
            standalone=text,
        )

    def _printed(self, opinion: Opinion, audience: Visibility) -> tuple[Citation, ...]:
        """Where a paper prints an opinion and its reply; nothing for what came by chat."""
        source = self._ledger.source(opinion.id)
        if source is None or source.record_id is None:
            return ()
        cite = Citations(self._database)
        for row in self._rows.with_replies(source.record_id, audience):
            cite.add(row)
        return cite.all()

    def _lines(self, opinion: Opinion, mark: str, audience: Visibility) -> list[str]:
        stands = say(f"opinion_state.{opinion.state}")
        words = _clipped(opinion.words(audience))
        head = say(
            "ledger.told",
            number=opinion.number,
            date=opinion.raised_on,
            state=stands,
            text=unmarked(words),
            mark=mark,
        )
        reply = self._reply(opinion, audience)
        if not reply:
            return [head, say("ledger.no_reply")]
        who = opinion.matter.department
        department = f"{who}, " if who else ""
        when = f"({department}{opinion.promised_at[:10]})"
        lines = [head, say("ledger.replied", who=when, text=unmarked(_clipped(reply)))]
        if opinion.state is State.ANSWERED and opinion.promise and opinion.promise.kind:
            kind = say(f"promise.{opinion.promise.kind}")
            by = opinion.promise.due or opinion.promise.meeting
            promised = say("ledger.promised_by", kind=kind, by=by) if by else kind
            lines.append(say("ledger.promised", promise=promised))
        return lines

    def _reply(self, opinion: Opinion, audience: Visibility) -> str:
        if audience is Visibility.STAFF:
            replies = self._ledger.replies(opinion.id)
            return replies[-1].text if replies else ""
        return opinion.published_reply


def _cited(opinions: Sequence[Opinion], audience: Visibility) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            number=number,
            document=opinion.number,
            title=opinion.number,
            quote=opinion.words(audience),
            locator=opinion.raised_on,
            document_id=0,
            start=0,
            end=len(opinion.words(audience)),
        )
        for number, opinion in enumerate(opinions, start=1)
    )


def _notices(opinions: Sequence[Opinion]) -> tuple[str, ...]:
    unpublished = any(one.visibility is Visibility.STAFF for one in opinions)
    return (say("ledger.unpublished"),) if unpublished else ()


def _clipped(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
