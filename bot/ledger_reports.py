"""Reports of the ledger: what became of promises, what is overdue, what a week brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.opinion_cards import promise_words, status
from bot.render import clipped
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion, State
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.types import Visibility

_TEXT, _REPLY = 60, 80
_WEEK = timedelta(days=7)
# Whoever reads a digest needs to know that it is many, not each of them.
_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A promise and what became of it: one row of the table 지난 회의 조치결과.

    Attributes:
        opinion: The opinion that was answered.
        reply: The last reply.
        department: Who answered.
        stands: Where it stands, overdue said.
    """

    opinion: Opinion
    reply: str
    department: str
    stands: str


def actions_since(ledger: Ledger, today: date, audience: Visibility) -> tuple[str, list[Action]]:
    """Every promise since the last meeting with its state.

    Args:
        ledger: The ledger.
        today: The day of the report.
        audience: Highest level that may be seen.

    Returns:
        The day of the last meeting, empty where no paper tells them of one, and then every promise:
        the promises, oldest first.
    """
    since = ledger.meetings.last(today, audience) or ""
    actions = []
    for opinion in ledger.promises(since, today, audience):
        replies = ledger.replies(opinion.id)
        staff = audience is Visibility.STAFF and replies
        reply = replies[-1].text if staff else opinion.published_reply
        late = opinion.promise is not None and ledger.is_overdue(opinion, today)
        stands = say("opinion.overdue") if late else ""
        actions.append(
            Action(
                opinion=opinion,
                reply=reply,
                department=opinion.matter.department,
                stands=" ".join(filter(None, (_kept(opinion), stands))),
            )
        )
    return since, actions


def _kept(opinion: Opinion) -> str:
    """A promise with its day, and that it was closed where it was."""
    promised = promise_words(opinion.promise) or say("opinion_state.answered")
    if opinion.state is State.CLOSED:
        return say("opinion.closed_after", promise=promised)
    return promised


def actions_text(ledger: Ledger, today: date, audience: Visibility) -> str:
    """The table 지난 회의 조치결과 as lines for a chat."""
    since, actions = actions_since(ledger, today, audience)
    head = say("actions.since", date=since) if since else say("actions.all")
    if not actions:
        return f"{head}\n{say('actions.none')}"
    lines = [
        say(
            "actions.line",
            number=one.opinion.number,
            text=clipped(one.opinion.words(audience), _TEXT),
            who=one.department or say("opinion.somebody"),
            reply=clipped(one.reply, _REPLY),
            stands=one.stands,
        )
        for one in actions
    ]
    return "\n".join([say("actions.head", head=head, count=len(actions)), *lines])


def overdue_text(opinions: list[Opinion]) -> str:
    """Overdue promises as lines for those who made them."""
    lines = [
        say(
            "opinion.overdue_line",
            number=one.number,
            text=clipped(one.text, _TEXT),
            promise=promise_words(one.promise),
        )
        for one in opinions[:_MOST]
    ]
    return "\n".join([say("opinion.chase", count=len(opinions)), *lines])


def digest_text(ledger: Ledger, today: date) -> str:
    """The week that ended yesterday, for staff."""
    until, since = today - timedelta(days=1), today - _WEEK
    states = ledger.states(Visibility.STAFF, since, until)
    named = ", ".join(
        say("digest.count", state=say(f"opinion_state.{state}"), count=count)
        for state, count in sorted(states.items())
    )
    new = say("digest.new", count=sum(states.values()), states=named)
    waiting = ledger.waiting(today)
    late = ledger.listed(Wanted(overdue=True), Visibility.STAFF, today, most=_MOST)
    lines = [
        say("digest.head", since=since.isoformat(), until=until.isoformat()),
        new if named else say("digest.none"),
        say("digest.waiting", count=len(waiting)),
        *(f"· {one.number} {clipped(one.text, _TEXT)}" for one in waiting[:_MOST]),
        say("digest.overdue", count=ledger.count(Wanted(overdue=True), Visibility.STAFF, today)),
        *(f"· {one.number} {status(one)}" for one in late),
    ]
    return "\n".join(lines)
