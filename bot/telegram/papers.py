"""`/sources`: the papers that the person may see, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup, Update

from bot.render import clipped, escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.keyboards import PAGE, pages
from bot.telegram.pressed import pressed_message, pressed_numbers
from corpus.messages import level_name, say
from corpus.types import Document, Visibility
from retrieval.views.page import cut

if TYPE_CHECKING:
    from bot.assistant import Assistant

# Ten lines of two rows each fill a phone's screen.
_A_PAGE = 10
_TITLE = 60


class Papers:
    """Handlers of the list of papers.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Knows the papers.
    """

    def __init__(self, desk: Desk, assistant: Assistant) -> None:
        self._desk = desk
        self._assistant = assistant

    async def show(self, update: Update, context: Any) -> None:
        """Send the first page."""
        exchange = await self._desk.open(update)
        text, markup = await self._page(exchange, 0)
        await self._desk.reply(exchange, text, markup)

    async def turn(self, update: Update, context: Any) -> None:
        """Put another page in the place of the one whose button was pressed."""
        exchange = await self._desk.pressed(update)
        number = pressed_message(update)
        if number is None:
            await self._desk.close(exchange)
            return
        text, markup = await self._page(exchange, *pressed_numbers(update, PAGE))
        await self._desk.close(
            exchange,
            lambda db: self._desk.post(db, exchange, text, markup, over=number),
        )

    async def _page(self, exchange: Exchange, page: int) -> tuple[str, InlineKeyboardMarkup | None]:
        papers = await self._desk.think(lambda: self._assistant.papers(exchange.audience))
        if not papers:
            staff = exchange.audience is Visibility.STAFF
            return escaped(say("telegram.no_papers_staff" if staff else "telegram.no_papers")), None
        shown, page, last = cut(papers, page, _A_PAGE)
        head = say("telegram.papers", count=len(papers), page=page + 1, pages=last + 1)
        lines = _lines(shown, page * _A_PAGE + 1)
        if not exchange.private:
            lines.append(f"<i>{escaped(exchange.limited)}</i>")
        return "\n".join([f"<b>{escaped(head)}</b>", *lines]), pages(page, last)


def _lines(papers: Sequence[Document], first: int) -> list[str]:
    lines = []
    for number, paper in enumerate(papers, first):
        notes = [say(f"kind.{paper.kind.name.lower()}"), paper.dated]
        if paper.visibility is not Visibility.PUBLIC:
            notes.append(level_name(paper.visibility))
        note = ", ".join(filter(None, notes))
        title = clipped(paper.title or paper.name, _TITLE)
        lines.append(escaped(f"{number}. {title}" + (f" ({note})" if note else "")))
    return lines
