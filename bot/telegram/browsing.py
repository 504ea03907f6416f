"""`/budget`, `/decisions`, `/plan` and `/programs`: pages whose buttons lead to other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.access import live_in
from bot.render import clipped, escaped, parts
from bot.telegram.accounts import account
from bot.telegram.addressing import Addressing
from bot.telegram.conversations import key, save
from bot.telegram.desk import Desk, Exchange
from bot.telegram.keyboards import DONG, VIEW, files, source_buttons
from bot.telegram.pressed import pressed_data, pressed_message
from bot.viewing import VIEWS, first
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer
from retrieval.views.dongs import dong_number
from retrieval.views.page import Address, Link, Page, View

if TYPE_CHECKING:
    from bot.assistant import Assistant

_LABEL = 60
# Names of neighbourhoods stand three in a row on a phone, short titles two.
_THREE, _TWO = 7, 14


class Browsing:
    """Handlers of the views.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Makes the pages.
        addressing: Tells the command in a message.
    """

    def __init__(self, desk: Desk, assistant: Assistant, addressing: Addressing) -> None:
        self._desk = desk
        self._assistant = assistant
        self._addressing = addressing

    async def show(self, update: Update, context: Any) -> None:
        """Send the first page of the view that the command names."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        view = VIEWS[command.name] if command else View.BUDGET
        typed = command.rest if command else ""
        page = await self._desk.think(
            lambda: first(self._assistant.views, view, typed or exchange.dong, exchange.audience)
        )
        await self._close(exchange, page, None)

    async def turn(self, update: Update, context: Any) -> None:
        """Put the page that a button leads to in the place of the one that it stood under."""
        exchange = await self._desk.pressed(update)
        await self._close(exchange, await self._pressed(update, exchange), pressed_message(update))

    async def live(self, update: Update, context: Any) -> None:
        """Remember the neighbourhood on whose page the button stands as the person's own."""
        exchange = await self._desk.open(update)
        number = int(pressed_data(update, DONG)[1])
        views = self._assistant.views
        dong = await self._desk.think(lambda: views.dong(number, exchange.audience))
        if exchange.private:
            await self._desk.close(exchange, lambda db: live_in(db, exchange.person.id, dong))
            told = say("view.remembered", dong=dong) if dong else say("view.forgotten")
            await self._desk.acknowledge(update, told)
        else:
            await self._desk.close(exchange)
            await self._desk.acknowledge(update)

    async def _pressed(self, update: Update, exchange: Exchange) -> Page | None:
        address = Address.read(pressed_data(update, VIEW)[1])
        return await self._desk.think(
            lambda: self._assistant.views.page(address, exchange.audience)
        )

    async def _close(self, exchange: Exchange, page: Page | None, pressed: int | None) -> None:
        if page is None:
            text = escaped(say("view.gone"))
            await self._desk.close(
                exchange, lambda db: self._desk.post(db, exchange, text, reply_to=pressed)
            )
            return
        answer = await self._desk.think(lambda: self._shown(page, exchange))
        await self._desk.close(exchange, self._effects(exchange, page, answer, pressed))

    def _shown(self, page: Page, exchange: Exchange) -> Answer:
        answer = self._assistant.shown(page, exchange.audience)
        notices = answer.notices
        if not exchange.private:
            notices = (*notices, exchange.limited)
        if _moves_in(page, exchange):
            notices = (*notices, say("view.remembered", dong=page.dong))
        return replace(answer, notices=notices)

    def _effects(
        self, exchange: Exchange, page: Page, answer: Answer, pressed: int | None
    ) -> Callable[[sqlite_utils.Database], None]:
        texts = parts(answer, title=page.title)
        # Only one message can take the place of one message.
        in_place = len(texts) == 1

        def effects(db: sqlite_utils.Database) -> None:
            number = self._save(db, exchange, page, answer)
            view = page.address.view.name.lower()
            account(db, exchange, self._desk.now(), "view", view)
            if _moves_in(page, exchange):
                live_in(db, exchange.person.id, page.dong)
            for index, text in enumerate(texts):
                last = index == len(texts) - 1
                self._desk.post(
                    db,
                    exchange,
                    text,
                    below_page(number, page, answer, exchange) if last else None,
                    answer_id=number,
                    over=pressed if in_place else None,
                )

        return effects

    def _save(
        self, db: sqlite_utils.Database, exchange: Exchange, page: Page, answer: Answer
    ) -> int:
        """Keep the sources of a page for its buttons, apart from what was asked in words."""
        return save(
            db,
            conversation=f"{key(exchange.chat_id, exchange.thread, exchange.person.id)}:view",
            question=str(page.address),
            answer=answer,
            audience=exchange.audience,
            chat_id=exchange.chat_id,
            question_message_id=None,
            now=self._desk.now(),
        )


def _moves_in(page: Page, exchange: Exchange) -> bool:
    """Whether a person who has not said where they live chooses their neighbourhood now."""
    return bool(page.dong) and exchange.private and not exchange.dong


def below_page(
    answer_id: int, page: Page, answer: Answer, exchange: Exchange
) -> InlineKeyboardMarkup | None:
    """Buttons below a page: the ways on, its sources, its files, and what is done with it.

    Args:
        answer_id: Row under which its sources are kept.
        page: The page.
        answer: The same as an answer.
        exchange: Whom it is shown to.
    """
    rows = _packed(page.links)
    rows += [[_way(link) for link in page.turns]] if page.turns else []
    rows += source_buttons(answer_id, answer)
    rows += files("h", str(page.address), answer)
    rows += _own(page, exchange)
    return InlineKeyboardMarkup(rows) if rows else None


def _own(page: Page, exchange: Exchange) -> list[list[InlineKeyboardButton]]:
    """What concerns the person: their own neighbourhood, and for staff a new programme."""
    if page.address.view is not View.PROGRAMMES or not exchange.private:
        return []
    rows = []
    if exchange.dong and page.dong in ("", exchange.dong):
        rows.append([InlineKeyboardButton(say("view.forget"), callback_data="m:0")])
    elif exchange.dong:
        data = f"m:{dong_number(page.dong)}"
        rows.append([InlineKeyboardButton(say("view.remember"), callback_data=data)])
    if exchange.audience is Visibility.STAFF:
        data = f"a:{dong_number(page.dong) if page.dong else 0}"
        rows.append([InlineKeyboardButton(say("entry.add"), callback_data=data)])
    return rows


def _packed(links: Sequence[Link]) -> list[list[InlineKeyboardButton]]:
    """As many buttons in a row as their labels leave room for; one for a label that is longer."""
    rows: list[list[InlineKeyboardButton]] = []
    width = 0
    for link in links:
        room = 3 if len(link.label) <= _THREE else 2 if len(link.label) <= _TWO else 1
        if not rows or len(rows[-1]) >= min(room, width):
            rows.append([])
            width = room
        rows[-1].append(_way(link))
        width = min(room, width)
    return rows


def _way(link: Link) -> InlineKeyboardButton:
    return InlineKeyboardButton(clipped(link.label, _LABEL), callback_data=f"w:{link.address}")
