"""Opinions as messages: drafts, the one card that staff work on, what an author is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.render import clipped, escaped
from corpus.ledger.ledger import Ledger, Source
from corpus.ledger.opinion import Event, Matter, Note, Opinion, Promise, Reply, State
from corpus.messages import say
from corpus.types import Visibility

_TEXT, _REPLY, _SIMILAR, _NOTE, _LINE = 900, 500, 90, 200, 60
_NOTES = 6
# Similar ones that are shown; the rest is counted.
_SHOWN = 3
# Choices that a history tells of: a department, another opinion's number, a promise.
_CHOSEN = ("department", "number", "promise", "due", "meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Everything about one opinion that staff look at.

    Attributes:
        opinion: The opinion.
        replies: Every version of its reply.
        notes: Its thread.
        merged: Opinions that go on as this one.
        source: Where a paper prints it.
        helped: How many said that the reply helped, and how many that it did not.
    """

    opinion: Opinion
    replies: Sequence[Reply]
    notes: Sequence[Note]
    merged: Sequence[Opinion]
    source: Source | None
    helped: tuple[int, int]


def folder(ledger: Ledger, opinion_id: int) -> Folder | None:
    """Everything about one opinion; None where there is none."""
    opinion = ledger.get(opinion_id)
    if opinion is None:
        return None
    return Folder(
        opinion=opinion,
        replies=ledger.replies(opinion_id),
        notes=ledger.notes(opinion_id),
        merged=ledger.merged(opinion_id),
        source=ledger.source(opinion_id),
        helped=ledger.judged(opinion_id),
    )


# -- parts -----------------------------------------------------------------------------------------
def matter_line(matter: Matter) -> str:
    """What an opinion is about, in one line; empty where nothing was understood."""
    named = (
        ("opinion.dong", matter.dong),
        ("opinion.programme", matter.programme),
        ("opinion.agenda", matter.agenda),
        ("opinion.topic", matter.topic),
        ("opinion.department", matter.department),
    )
    return " · ".join(say(key, value=clipped(value, _LINE)) for key, value in named if value)


def promise_words(promise: Promise | None) -> str:
    """A promise with its day: `검토(2026-12-31까지)`; empty without a promise."""
    if promise is None or promise.kind is None:
        return ""
    kind = say(f"promise.{promise.kind}")
    when = promise.due or promise.meeting
    return say("opinion.promised", kind=kind, when=when) if when else kind


def status(opinion: Opinion) -> str:
    """Where an opinion stands, with what was promised."""
    stands = say(f"opinion_state.{opinion.state}")
    promised = promise_words(opinion.promise) if opinion.state is State.ANSWERED else ""
    return f"{stands}: {promised}" if promised else stands


def line(opinion: Opinion, audience: Visibility, *, own: bool = False) -> str:
    """An opinion in one line of a list."""
    words = opinion.text if own else opinion.words(audience)
    shown = clipped(words, _LINE) or say("opinion.erased")
    named = "".join(opinion.matter.dong.split()) in "".join(shown.split())
    dong = "" if named else f"{opinion.matter.dong} "
    return say(
        "opinion.line",
        number=opinion.number,
        date=opinion.raised_on,
        state=status(opinion),
        text=f"{dong}{shown}",
    )


def similar_lines(
    similar: Sequence[Opinion], audience: Visibility, ledger: Ledger | None = None
) -> list[str]:
    """Earlier opinions and what was replied, as lines; none for none.

    Args:
        similar: The opinions, the most alike first.
        audience: Who reads it.
        ledger: Gives staff the last reply; others read the published one.
    """
    lines = []
    for one in similar[:_SHOWN]:
        lines.append(
            say(
                "opinion.similar_one",
                number=one.number,
                date=one.raised_on,
                text=clipped(one.words(audience), _SIMILAR),
            )
        )
        reply = last_reply(one, audience, ledger)
        if reply:
            lines.append(
                say(
                    "opinion.similar_reply",
                    date=one.promised_at[:10],
                    who=one.matter.department or say("opinion.somebody"),
                    text=clipped(reply, _SIMILAR),
                )
            )
    return [_similar_head(similar), *lines] if lines else []


def _similar_head(similar: Sequence[Opinion]) -> str:
    """That there are similar ones; where there are more than are shown, how many and where."""
    if len(similar) <= _SHOWN:
        return say("opinion.similar")
    dongs = dict.fromkeys(one.matter.dong for one in similar if one.matter.dong)
    where = say("opinion.similar_where", dongs=len(dongs)) if dongs else ""
    return say("opinion.similar_many", count=len(similar), where=where)


def last_reply(opinion: Opinion, audience: Visibility, ledger: Ledger | None) -> str:
    """The reply that an audience may read; empty without one."""
    if audience is Visibility.STAFF and ledger is not None:
        replies = ledger.replies(opinion.id)
        return replies[-1].text if replies else ""
    return opinion.published_reply


def _block(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


# -- whole messages --------------------------------------------------------------------------------
def staff_card(folder: Folder, similar: Sequence[str], viewer: str) -> str:
    """The card on which staff work, as HTML of one message.

    Args:
        folder: The opinion with all that belongs to it.
        similar: Lines about similar ones.
        viewer: Key of who looks at it; the author is named to whoever handles the opinion.
    """
    one = folder.opinion
    head = f"<b>{escaped(one.number)}</b> {escaped(status(one))}"
    if one.private:
        head += f"\n<b>{escaped(say('opinion.private'))}</b>"
    told = [
        matter_line(one.matter),
        _author_line(one, viewer),
        say("opinion.contact", contact=one.contact)
        if one.contact and _handles(one, viewer)
        else "",
        say("opinion.raised", date=one.raised_at[:16].replace("T", " "), link=one.link).strip(),
        say("opinion.from_paper", title=folder.source.title) if folder.source else "",
        say("opinion.mine" if _handles(one, viewer) else "opinion.taken") if one.taken_by else "",
        _publicity(one),
        say("opinion.merged", numbers=", ".join(m.number for m in folder.merged))
        if folder.merged
        else "",
        say("opinion.helped", yes=folder.helped[0], no=folder.helped[1])
        if any(folder.helped)
        else "",
    ]
    blocks = [
        head,
        escaped(clipped_lines(one.text, _TEXT) or say("opinion.erased")),
        escaped(_block(*told)),
        escaped(_block(*[line for reply in folder.replies[-1:] for line in reply_lines(reply)])),
        escaped(_block(*note_lines(folder.notes))),
        escaped(_block(*similar)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _publicity(opinion: Opinion) -> str:
    if opinion.visibility is Visibility.STAFF:
        return ""
    return say("opinion.public_but_reply" if opinion.reply_unpublished else "opinion.public")


def _handles(opinion: Opinion, viewer: str) -> bool:
    return bool(opinion.taken_by) and opinion.taken_by == viewer


def _author_line(opinion: Opinion, viewer: str) -> str:
    if not opinion.pseudonym:
        return ""
    named = _handles(opinion, viewer) and opinion.author_name
    name = f"{opinion.pseudonym}({opinion.author_name})" if named else opinion.pseudonym
    return say("opinion.anonymous_author" if opinion.anonymous else "opinion.author", name=name)


def reply_lines(last: Reply) -> list[str]:
    """One version of a reply, as lines."""
    head = say(
        "opinion.reply_head",
        version=last.version,
        date=last.at[:10],
        who=last.department or say("opinion.somebody"),
        promise=promise_words(last.promise),
    )
    return [head, clipped_lines(last.text, _REPLY)]


def note_lines(notes: Sequence[Note]) -> list[str]:
    """The last lines of a thread."""
    return [
        say(
            f"opinion_note.{note.kind}",
            date=note.at[5:16].replace("T", " "),
            text=clipped(note.text, _NOTE),
        )
        for note in notes[-_NOTES:]
    ]


def history_text(folder: Folder, events: Sequence[Event]) -> str:
    """Every step on an opinion and every version of its reply, as text of any length."""
    lines = [
        say(
            "opinion.event",
            at=event.at[:16].replace("T", " "),
            action=say(f"opinion_action.{event.action}"),
            what=_told(event),
        ).rstrip()
        for event in events
    ]
    replies = ["\n".join(reply_lines(reply)) for reply in folder.replies]
    head = say("opinion.history", number=folder.opinion.number)
    return "\n\n".join(["\n".join([head, *lines]), *replies])


def _told(event: Event) -> str:
    """What a step chose, and the state that it led to where that is another one."""
    chosen = [
        say(f"promise.{value}") if name == "promise" else value
        for name in _CHOSEN
        if (value := event.details.get(name))
    ]
    moved = [say(f"opinion_state.{event.after}")] if event.before not in {"", event.after} else []
    return " → ".join(filter(None, [" ".join(chosen), *moved]))


def clipped_lines(text: str, limit: int) -> str:
    """At most `limit` characters of a text, line breaks kept."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def own_card(folder: Folder) -> str:
    """An opinion as its author sees it, as HTML of one message."""
    one = folder.opinion
    asked = [note for note in folder.notes if note.kind != "note"]
    blocks = [
        f"<b>{escaped(one.number)}</b> {escaped(status(one))}",
        escaped(clipped_lines(one.text, _TEXT) or say("opinion.erased")),
        escaped(matter_line(one.matter)),
        escaped(_block(*[line for reply in folder.replies[-1:] for line in reply_lines(reply)])),
        escaped(_block(*note_lines(asked))),
    ]
    return "\n\n".join(block for block in blocks if block)
