"""Buttons that send the rows of an answer or a page as a file, or its amounts as a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from telegram import Update

from bot.charts import chart
from bot.render import clipped, escaped
from bot.sheets import SheetFormat, sheet_file
from bot.telegram.conversations import Conversations
from bot.telegram.desk import Desk, Exchange
from bot.telegram.enclosures import Enclosure
from bot.telegram.keyboards import FILE, VIEW_FILE
from bot.telegram.pressed import pressed_data, pressed_message
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer
from retrieval.views.page import Address

if TYPE_CHECKING:
    from bot.assistant import Assistant

_KINDS = {"x": SheetFormat.XLSX, "c": SheetFormat.CSV}
_CAPTION = 200


class Files:
    """Handlers of the buttons for files.

    Rows are read anew when a button is pressed: what was corrected or withdrawn meanwhile is not
    sent, and nothing that the person may not see any more.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Reads the rows.
        conversations: The answers that the buttons belong to.
    """

    def __init__(self, desk: Desk, assistant: Assistant, conversations: Conversations) -> None:
        self._desk = desk
        self._assistant = assistant
        self._conversations = conversations

    async def of_answer(self, update: Update, context: Any) -> None:
        """Send the rows of an answer."""
        match = pressed_data(update, FILE)
        exchange = await self._opened(update)
        saved = self._conversations.answer(int(match[2]), exchange.chat_id)
        if saved is None or saved.audience > exchange.audience:
            await self._say(update, exchange, "telegram.answer_gone")
            return
        question = saved.answer.standalone or saved.question

        def again() -> tuple[Answer, str]:
            now, seen = self._desk.now(), exchange.audience
            return self._assistant.ask(question, audience=seen, now=now), question

        await self._send(update, exchange, match[1], again)

    async def of_view(self, update: Update, context: Any) -> None:
        """Send the rows of a page."""
        match = pressed_data(update, VIEW_FILE)
        exchange = await self._opened(update)
        address = Address.read(match[2])
        seen = exchange.audience
        page = await self._desk.think(lambda: self._assistant.views.page(address, seen))
        if page is None:
            await self._say(update, exchange, "view.gone")
            return
        shown = page
        await self._send(
            update, exchange, match[1], lambda: (self._assistant.shown(shown, seen), shown.title)
        )

    async def _opened(self, update: Update) -> Exchange:
        return await self._desk.pressed(update)

    async def _send(
        self,
        update: Update,
        exchange: Exchange,
        letter: str,
        read: Callable[[], tuple[Answer, str]],
    ) -> None:
        async with self._desk.typing(exchange):
            file = await self._desk.think(lambda: self._made(letter, *read(), exchange.audience))
        if file is None:
            await self._say(update, exchange, "sheet.none_chart" if letter == "g" else "sheet.none")
            return
        await self._desk.close(
            exchange,
            lambda db: self._desk.enclose(
                db, exchange, file, "rows", reply_to=pressed_message(update)
            ),
        )

    def _made(
        self, letter: str, answer: Answer, title: str, audience: Visibility
    ) -> Enclosure | None:
        views = self._assistant.views
        notices = " ".join(answer.notices)
        caption = clipped(f"{title} {notices}".strip(), _CAPTION)
        if letter == "g":
            figures = views.figures(answer.rows, answer.compared, title, audience)
            if figures is None:
                return None
            name = f"{say('sheet.name')}.png"
            return Enclosure(name=name, content=chart(figures), caption=caption, picture=True)
        sheet = views.sheet(answer.rows, title, audience)
        if sheet is None:
            return None
        kind = _KINDS[letter]
        name = f"{say('sheet.name')}.{kind}"
        return Enclosure(name=name, content=sheet_file(sheet, kind), caption=caption)

    async def _say(self, update: Update, exchange: Exchange, sentence: str) -> None:
        text, pressed = escaped(say(sentence)), pressed_message(update)
        await self._desk.close(
            exchange, lambda db: self._desk.post(db, exchange, text, reply_to=pressed)
        )
