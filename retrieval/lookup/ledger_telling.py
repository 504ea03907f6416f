"""Entries of the ledger as people read them, each with the source that it is quoted from."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion, Promise, State
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.types import Visibility
from retrieval.lookup.rows import Rows
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis, Citation, unmarked

_SHOWN, _IN_A_LIST, _QUOTE = 240, 70, 300


class LedgerTelling:
    """Words opinions for one audience.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._ledger = Ledger(database)
        self._rows = Rows(database)

    def told(
        self,
        text: str,
        opinions: Sequence[Opinion],
        audience: Visibility,
        *,
        head: str = "",
        basis: Basis = Basis.RECORDS,
        author_id: int | None = None,
    ) -> Answer:
        """Opinions with what was replied to them.

        Args:
            text: The question.
            opinions: The opinions, at least one.
            audience: Who reads it.
            head: What is said above them; with it they are a list, one line each.
            basis: What the answer rests on.
            author_id: Who reads it, where that is one person: their own are shown in full.
        """
        made: list[Citation] = []
        lines = [head] if head else []
        for opinion in opinions:
            # Whoever raised an opinion reads as much of it as staff.
            own = author_id is not None and opinion.author_id == author_id
            level = Visibility.STAFF if own else audience
            mark = self._cite(made, opinion, level)
            word = self._listed if head else self._whole
            lines += word(opinion.seen_by(level), mark, level)
        return Answer(
            text="\n".join(lines),
            citations=tuple(made),
            basis=basis,
            notices=_notices(opinions, author_id),
            standalone=text,
        )

    def _cite(self, made: list[Citation], opinion: Opinion, audience: Visibility) -> str:
        """Add what an opinion is quoted from; its marks. A paper's is quoted with its reply."""
        source = self._ledger.source(opinion.id)
        if source is not None and source.record_id is not None:
            cite = Citations(self._database, made)
            rows = self._rows.with_replies(source.record_id, audience)
            marks = [cite.add(row) for row in rows]
            if marks:
                made[:] = cite.all()
                return " ".join(marks)
        quote = opinion.words(audience)
        made.append(
            Citation(
                number=len(made) + 1,
                document=opinion.number,
                title=opinion.number,
                quote=quote[:_QUOTE],
                locator=opinion.raised_on,
                document_id=0,
                start=0,
                end=min(len(quote), _QUOTE),
            )
        )
        return f"[{len(made)}]"

    def _whole(self, opinion: Opinion, mark: str, audience: Visibility) -> list[str]:
        head = _line(opinion, mark, opinion.words(audience), _SHOWN)
        reply = self._reply(opinion, audience)
        if not reply:
            # That there is a reply is no secret; what it says is, until staff publish it.
            key = "ledger.reply_unpublished" if opinion.promised_at else "ledger.no_reply"
            return [head, say(key)]
        lines = [head, _replied(opinion, reply, _SHOWN)]
        if opinion.state is State.ANSWERED and (promised := _promised(opinion.promise)):
            lines.append(say("ledger.promised", promise=promised))
        return lines

    def _listed(self, opinion: Opinion, mark: str, audience: Visibility) -> list[str]:
        head = _line(opinion, mark, opinion.words(audience), _IN_A_LIST)
        reply = self._reply(opinion, audience)
        if not reply:
            return [head]
        return [head, f"  → {_replied(opinion, reply, _IN_A_LIST)}"]

    def _reply(self, opinion: Opinion, audience: Visibility) -> str:
        if audience is Visibility.STAFF:
            replies = self._ledger.replies(opinion.id)
            return replies[-1].text if replies else ""
        return opinion.published_reply


def described(wanted: Wanted) -> str:
    """What opinions are narrowed to, in words that stand before 의견; empty where they are not."""
    parts = [wanted.dong, ", ".join(wanted.departments)]
    if wanted.since:
        key = "ledger.period" if wanted.until else "ledger.since"
        parts.append(say(key, since=wanted.since, until=wanted.until))
    if wanted.state:
        parts.append(say("ledger.in_state", state=say(f"opinion_state.{wanted.state}")))
    if wanted.standing:
        parts.append(say(f"ledger_standing.{wanted.standing}"))
    if wanted.promise:
        parts.append(say("ledger.promising", promise=say(f"promise.{wanted.promise}")))
    if wanted.overdue:
        parts.append(say("ledger.overdue"))
    return " ".join(part for part in parts if part)


def _line(opinion: Opinion, mark: str, words: str, most: int) -> str:
    return say(
        "ledger.told",
        number=opinion.number,
        date=opinion.raised_on,
        state=_stands(opinion),
        text=unmarked(_clipped(words, most)),
        mark=mark,
    )


def _stands(opinion: Opinion) -> str:
    stands = say(f"opinion_state.{opinion.state}")
    promised = _promised(opinion.promise) if opinion.state is State.ANSWERED else ""
    return f"{stands}: {promised}" if promised else stands


def _replied(opinion: Opinion, reply: str, most: int) -> str:
    department = f"{opinion.matter.department}, " if opinion.matter.department else ""
    when = f"({department}{opinion.promised_at[:10]})"
    return say("ledger.replied", who=when, text=unmarked(_clipped(reply, most)))


def _promised(promise: Promise | None) -> str:
    if promise is None or promise.kind is None:
        return ""
    kind, by = say(f"promise.{promise.kind}"), promise.due or promise.meeting
    return say("ledger.promised_by", kind=kind, by=by) if by else kind


def _notices(opinions: Sequence[Opinion], author_id: int | None) -> tuple[str, ...]:
    others = [one for one in opinions if author_id is None or one.author_id != author_id]
    unpublished = any(one.visibility is Visibility.STAFF for one in others)
    return (say("ledger.unpublished"),) if unpublished else ()


def _clipped(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"
