"""The staff card: every step on an opinion is a button on it, and of two presses one wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.opinion_cards import (
    folder,
    history_text,
    last_reply,
    own_card,
    similar_lines,
    staff_card,
)
from bot.render import escaped, pieces
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import LEDGER, close_dialogue, open_dialogue
from bot.telegram.opinions.keyboards import (
    HISTORY,
    STAFF,
    below_own,
    below_staff,
    code_of,
    promises,
    typing,
)
from bot.telegram.opinions.notices import Notices
from bot.telegram.pressed import pressed_message, pressed_parts
from corpus.database import OpenTransaction
from corpus.errors import LedgerError
from corpus.ledger import handling
from corpus.ledger.changes import STEPS, Action, By, SeenOpinion
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion
from corpus.messages import say
from corpus.types import Visibility
from retrieval.understanding.personal_data import mask

if TYPE_CHECKING:
    from bot.assistant import Assistant

Change = Callable[[sqlite_utils.Database, SeenOpinion, By], object]

_AT_ONCE: dict[str, tuple[Change, str]] = {
    Action.TAKE: (handling.take, "opinion.told_taken"),
    Action.CLOSE: (handling.close, "opinion.told_closed"),
    Action.REOPEN: (handling.reopen, "opinion.told_reopened"),
    Action.CONCEAL: (handling.conceal, ""),
}
# Steps for which something is typed, and the question that asks for it.
_TYPED = {
    Action.ASSIGN: "opinion.ask_department",
    Action.NOTE: "opinion.ask_note",
    Action.ASK: "opinion.ask_question",
    Action.MERGE: "opinion.ask_number",
    Action.PUBLISH: "opinion.ask_public",
}
_OPEN = "open"
_DEPARTMENTS, _MERGES = 12, 3


class Handling:
    """Handlers of the staff card.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Reads the ledger and finds similar opinions.
        notices: Tells authors.
    """

    def __init__(self, desk: Desk, assistant: Assistant, notices: Notices) -> None:
        self.desk = desk
        self.assistant = assistant
        self.notices = notices

    async def press(self, update: Update, context: Any) -> None:
        """A button of a staff card, or of a list that opens one."""
        exchange = await self.desk.pressed(update)
        what, number, revision = pressed_parts(update, STAFF)
        seen = SeenOpinion(id=int(number), revision=int(revision))
        if what == _OPEN:
            await self._open(exchange, seen.id)
        elif refusal := refused(exchange):
            await self.desk.reply(exchange, escaped(refusal))
        elif what == HISTORY:
            await self._history(exchange, seen.id)
        elif what in _AT_ONCE:
            change, told = _AT_ONCE[what]
            await self._at_once(update, exchange, seen, change, told)
        elif what == Action.ANSWER:
            await self.desk.reply(exchange, escaped(say("opinion.ask_kind")), promises(seen))
        else:
            await self._type(exchange, seen, Action(what))

    async def _open(self, exchange: Exchange, opinion_id: int) -> None:
        """The card for staff, their own view for its author, what is published for others."""
        ledger = self.assistant.opinions.ledger
        found = await self.desk.think(lambda: folder(ledger, opinion_id))
        if found is None:
            await self.desk.reply(exchange, escaped(say("ledger.unknown")))
        elif not refused(exchange):
            lines = await self.similar(found.opinion.text, opinion_id)
            card = staff_card(found, lines, exchange.person.key)
            markup = self._below(found.opinion, exchange)
            await self.desk.reply(exchange, card, markup)
        elif exchange.private and found.opinion.author_id == exchange.person.id:
            await self.desk.reply(exchange, own_card(found), below_own(found.opinion))
        elif words := found.opinion.words(exchange.audience):
            blocks = [found.opinion.number, words, found.opinion.published_reply]
            await self.desk.reply(exchange, escaped("\n\n".join(filter(None, blocks))))
        else:
            await self.desk.reply(exchange, escaped(say("ledger.unknown")))

    async def _history(self, exchange: Exchange, opinion_id: int) -> None:
        """Everything that was done to it, and every version of its reply."""
        ledger = self.assistant.opinions.ledger
        found = await self.desk.think(lambda: folder(ledger, opinion_id))
        events = await self.desk.think(lambda: ledger.history(opinion_id))
        if found is None:
            await self.desk.reply(exchange, escaped(say("ledger.unknown")))
            return
        shown = list(pieces(history_text(found, events)))

        def effects(db: sqlite_utils.Database) -> None:
            for piece in shown:
                self.desk.post(db, exchange, escaped(piece))

        await self.desk.close(exchange, effects)

    async def similar(self, text: str, opinion_id: int) -> Sequence[str]:
        """Lines about opinions like one, for staff."""
        opinions = self.assistant.opinions
        found = await self.desk.think(
            lambda: opinions.similar(text, Visibility.STAFF, but={opinion_id})
        )
        return similar_lines(found, Visibility.STAFF, opinions.ledger)

    async def _at_once(
        self, update: Update, exchange: Exchange, seen: SeenOpinion, change: Change, told: str
    ) -> None:
        def tell(db: sqlite_utils.Database) -> None:
            if told:
                self.notices.said(db, exchange, seen.id, told)

        await self.commit(exchange, seen, change, tell, pressed=pressed_message(update))

    async def commit(
        self,
        exchange: Exchange,
        seen: SeenOpinion,
        change: Change,
        tell: Callable[[sqlite_utils.Database], object],
        *,
        pressed: int | None = None,
        ending: Callable[[sqlite_utils.Database], object] | None = None,
    ) -> None:
        """Make a change, tell of it, and show the card as it is then, all in one transaction.

        Args:
            exchange: The update.
            seen: The opinion as the person saw it.
            change: The change; where it is refused, the person reads why and nothing is written.
            tell: Writes notices after the change.
            pressed: The message with the card, to be shown anew in its place; else a new one.
            ending: Written in any case, such as the end of a dialogue.
        """
        ledger = self.assistant.opinions.ledger
        before = await self.desk.think(lambda: ledger.get(seen.id))
        lines = await self.similar(before.text, seen.id) if before else ()
        by = self.desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            if ending is not None:
                ending(db)
            over = pressed
            try:
                change(db, seen, by)
            except LedgerError as error:
                self.desk.post(db, exchange, escaped(str(error)))
                over = None
            else:
                tell(db)
            card, markup = self.card(db, exchange, seen.id, lines)
            if card:
                self.desk.post(db, exchange, card, markup, over=over)

        await self.desk.close(exchange, effects)

    async def end_dialogue(
        self,
        exchange: Exchange,
        state: dict[str, Any],
        change: Change,
        tell: Callable[[sqlite_utils.Database], object],
    ) -> None:
        """As `commit`, for the change that a dialogue was about; the dialogue ends with it."""
        seen = SeenOpinion(id=state["opinion"], revision=state["revision"])
        await self.commit(
            exchange, seen, change, tell, ending=lambda db: close_dialogue(db, exchange)
        )

    def card(
        self, db: sqlite_utils.Database, exchange: Exchange, opinion_id: int, lines: Sequence[str]
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """The card as the open transaction has left the opinion; empty where there is none."""
        found = folder(Ledger(OpenTransaction(db)), opinion_id)
        if found is None:
            return "", None
        card = staff_card(found, lines, exchange.person.key)
        return card, self._below(found.opinion, exchange)

    def _below(self, opinion: Opinion, exchange: Exchange) -> InlineKeyboardMarkup:
        drafts = self.assistant.drafts is not None
        return below_staff(opinion, exchange.person.key, drafts=drafts)

    async def _type(self, exchange: Exchange, seen: SeenOpinion, action: Action) -> None:
        """Ask for the words of a step."""
        ledger = self.assistant.opinions.ledger
        opinion = await self.desk.think(lambda: ledger.get(seen.id))
        if opinion is None or action not in _TYPED:
            await self.desk.reply(exchange, escaped(say("ledger.unknown")))
            return
        words = mask(opinion.published or opinion.text)
        text = say(_TYPED[action], number=opinion.number, text=words)
        if action is Action.PUBLISH and (reply := last_reply(opinion, Visibility.STAFF, ledger)):
            text += "\n\n" + say("opinion.publishes_reply", text=mask(reply))
        picks = await self._picks(opinion, action)
        state = {"step": action.value, "opinion": seen.id, "revision": seen.revision}
        usual = ("asis",) if action is Action.PUBLISH else ()

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, LEDGER, state, self.desk.now())
            self.desk.post(db, exchange, escaped(text), typing(*usual, picks=picks))

        await self.desk.close(exchange, effects)

    async def _picks(self, opinion: Opinion, action: Action) -> list[tuple[str, str]]:
        """What may be chosen instead of typing: a known department, an opinion to merge into."""
        opinions = self.assistant.opinions
        if action is Action.ASSIGN:
            names = await self.desk.think(lambda: opinions.departments(_DEPARTMENTS))
            return [(name, code_of(name)) for name in names]
        if action is not Action.MERGE:
            return []
        alike = await self.desk.think(
            lambda: opinions.similar(opinion.text, Visibility.STAFF, but={opinion.id})
        )
        open_ones = [one for one in alike if one.state in STEPS[Action.ABSORB]]
        return [(one.number, str(one.id)) for one in open_ones[:_MERGES]]


def refused(exchange: Exchange) -> str:
    """Why somebody may not handle opinions here; empty for staff in a private chat."""
    if not exchange.person.corrects:
        return say("opinion.staff_only")
    return "" if exchange.private else say("opinion.private_only")
