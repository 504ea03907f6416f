"""Drafts of opinions: recorded, corrected, made anonymous or thrown away by their buttons."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.clock import seoul
from bot.opinion_cards import similar_lines
from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import LEDGER, close_dialogue, open_dialogue
from bot.telegram.opinions import drafts
from bot.telegram.opinions.draft_card import draft_card
from bot.telegram.opinions.drafts import Draft
from bot.telegram.opinions.elsewhere import private_chat
from bot.telegram.opinions.keyboards import (
    DRAFT,
    below_draft,
    below_receipt,
)
from bot.telegram.opinions.notices import Notices
from bot.telegram.pressed import pressed_message, pressed_parts
from bot.telegram.questions import Asked, Questions
from corpus.database import OpenTransaction, Reader
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter
from corpus.ledger.raising import NewOpinion, pseudonym, record, recorded
from corpus.messages import say
from corpus.people import key_of
from corpus.types import Visibility
from retrieval.understanding.personal_data import mask

if TYPE_CHECKING:
    from bot.assistant import Assistant


class Confirming:
    """Handlers of drafts.

    Args:
        desk: Takes up updates and commits their effects.
        reader: The store.
        assistant: Understands opinions.
        questions: Answers what was a question after all.
        notices: Tells staff and authors.
    """

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        assistant: Assistant,
        questions: Questions,
        notices: Notices,
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._assistant = assistant
        self._questions = questions
        self._notices = notices

    async def press(self, update: Update, context: Any) -> None:
        """A button of a draft."""
        exchange = await self._desk.pressed(update)
        what, number = pressed_parts(update, DRAFT)
        draft = drafts.find(self._reader, int(number), exchange.person.id)
        if draft is None or (draft.opinion_id is None and not draft.text):
            await self._desk.reply(exchange, escaped(say("opinion.draft_gone")))
            return
        if draft.opinion_id is not None:
            opinion = self._assistant.opinions.ledger.get(draft.opinion_id)
            shown = say("opinion.already", number=opinion.number if opinion else "")
            await self._desk.reply(exchange, escaped(shown))
            return
        acts: dict[str, Callable[[Update, Exchange, Draft], Coroutine[Any, Any, None]]] = {
            "record": self._record,
            "correct": self._correct,
            "contact": self._contact,
            "anonymous": self._anonymous,
            "question": self._question,
        }
        await acts.get(what, self._cancel)(update, exchange, draft)

    async def _record(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        opinions = self._assistant.opinions
        similar = await self._desk.think(lambda: opinions.similar(draft.text, Visibility.STAFF))
        lines = similar_lines(similar, Visibility.STAFF, opinions.ledger)
        pressed = pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            if drafts.find(OpenTransaction(db), draft.id, exchange.person.id) is None:
                return  # cancelled by a press that was faster
            ledger = Ledger(OpenTransaction(db))
            new = recorded(db, draft.place) is None
            opinion_id = self._write(db, exchange, draft)
            drafts.finish(db, draft.id, opinion_id)
            close_dialogue(db, exchange)
            opinion = ledger.get(opinion_id)
            if opinion is None:
                return
            key = "opinion.recorded" if exchange.private else "opinion.recorded_in_group"
            text = escaped(say(key if new else "opinion.already", number=opinion.number))
            markup = self._below(exchange, opinion_id) if new and draft.own else None
            self._desk.post(db, exchange, text, markup, over=pressed)
            if new:
                reached = self._notices.staff(db, exchange, opinion_id, lines)
                if not reached:
                    self._desk.post(db, exchange, escaped(say("opinion.no_staff")))
                if not draft.own:
                    self._tell_author(db, exchange, draft, opinion_id, opinion.number)

        await self._desk.close(exchange, effects)

    def _write(self, db: sqlite_utils.Database, exchange: Exchange, draft: Draft) -> int:
        now = seoul(self._desk.now())
        author_id = draft.author_id or draft.person_id
        key = key_of(db, author_id)
        author = Author(
            person_id=author_id,
            name=draft.author_name,
            pseudonym=pseudonym(key, now.year),
            anonymous=draft.anonymous,
            contact=draft.contact,
        )
        new = NewOpinion(
            text=draft.text,
            matter=draft.matter,
            author=author,
            place=draft.place,
            raised_at=now.isoformat(timespec="seconds"),
        )
        return record(db, new, self._desk.by(exchange), self._assistant.opinions.index_terms)

    def _tell_author(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        draft: Draft,
        opinion_id: int,
        number: str,
    ) -> None:
        """Tell somebody, where they said it, that their words are in the ledger now."""
        text = escaped(say("opinion.yours_recorded", number=number))
        self._desk.post(
            db,
            exchange,
            text,
            self._below(exchange, opinion_id),
            reply_to=draft.place.message_id,
        )

    def _below(self, exchange: Exchange, opinion_id: int) -> InlineKeyboardMarkup:
        """To take it back; in a group also the way to where the reply can be read."""
        below = below_receipt(opinion_id)
        if exchange.private:
            return below
        way = private_chat(self._desk.bot.username)
        return InlineKeyboardMarkup([*way.inline_keyboard, *below.inline_keyboard])

    async def _correct(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        await self._type(exchange, draft, "correct", "opinion.how_to_correct")

    async def _contact(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        await self._type(exchange, draft, "contact", "opinion.how_to_contact")

    async def _type(self, exchange: Exchange, draft: Draft, step: str, key: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            state = {"step": step, "draft": draft.id}
            open_dialogue(db, exchange, LEDGER, state, self._desk.now())
            # In a group the bot hears nothing but commands and replies to what it said.
            how = "" if exchange.private else say("opinion.by_reply")
            self._desk.post(db, exchange, escaped(f"{say(key)}\n{how}".strip()))

        await self._desk.close(exchange, effects)

    async def _anonymous(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        changed = replace(draft, anonymous=not draft.anonymous)
        await self.show(exchange, changed, pressed_message(update))

    async def _cancel(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        pressed = pressed_message(update)

        def effects(db: sqlite_utils.Database) -> None:
            drafts.drop(db, draft.id)
            close_dialogue(db, exchange)
            text = escaped(say("opinion.cancelled"))
            self._desk.post(db, exchange, text, over=pressed)

        await self._desk.close(exchange, effects)

    async def _question(self, update: Update, exchange: Exchange, draft: Draft) -> None:
        def forget(db: sqlite_utils.Database) -> None:
            drafts.drop(db, draft.id)

        await self._questions.answer(exchange, Asked(text=draft.text, shown=draft.text), forget)

    async def show(self, exchange: Exchange, draft: Draft, pressed: int | None = None) -> None:
        """Show a draft anew: in the place of the message that was pressed, else as a new one.

        Whatever was being typed about it is in it then; what is typed next is something else.
        """
        drafted = await self._desk.think(
            lambda: self._assistant.opinions.drafted(draft.text, exchange.audience)
        )
        ledger = self._assistant.opinions.ledger
        card = draft_card(draft, drafted, exchange.audience, ledger)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            drafts.keep(db, draft, self._desk.now())
            markup = below_draft(draft.id, contact=exchange.private, offered=False)
            self._desk.post(db, exchange, card, markup, over=pressed)

        await self._desk.close(exchange, effects)

    async def corrected(self, exchange: Exchange, draft_id: int, text: str) -> None:
        """Take a correction: lines such as `동: 가람2동` for what is understood, else new words."""
        draft = drafts.find(self._reader, draft_id, exchange.person.id)
        if draft is None or draft.opinion_id is not None:
            await self._desk.reply(exchange, escaped(say("opinion.draft_gone")))
            return
        given = corrected_matter(draft.matter, mask(text))
        if given is not None:
            await self.show(exchange, replace(draft, matter=given))
            return
        await self.reword(exchange, draft, text)

    async def reword(self, exchange: Exchange, draft: Draft, text: str) -> None:
        """Show a draft with other words, understood anew."""
        await self._questions.heed(exchange, text)
        drafted = await self._desk.think(
            lambda: self._assistant.opinions.drafted(text, exchange.audience)
        )
        await self.show(exchange, replace(draft, text=drafted.text, matter=drafted.matter))


def corrected_matter(matter: Matter, text: str) -> Matter | None:
    """What an opinion is about with lines like `동: 가람2동` taken over; None for other text."""
    names = {say(f"opinion_field.{key}"): key for key in Matter.__dataclass_fields__}
    given: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.replace("：", ":").partition(":")
        if not colon or name.strip() not in names:
            return None
        given[names[name.strip()]] = value.strip()
    return replace(matter, **given) if given else None
