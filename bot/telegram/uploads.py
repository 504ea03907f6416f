"""Papers that staff send as files: progress, a receipt, who may see them, and out again."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.archive import Archive, Kept
from bot.clock import seoul
from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.fetching import fetch
from bot.telegram.keyboards import examples
from bot.telegram.paper_keyboards import PAPER_LEVEL, PAPER_OUT, below_paper
from bot.telegram.pressed import pressed_numbers
from corpus.messages import level_name, say
from corpus.types import Visibility


class Uploads:
    """Handlers of files.

    Args:
        desk: Takes up updates and commits their effects.
        archive: Keeps and reads the files.
    """

    def __init__(self, desk: Desk, archive: Archive) -> None:
        self._desk = desk
        self._archive = archive

    async def take(self, update: Update, context: Any) -> None:
        """Read a file; after a crash the update comes again, and the same file is known by then."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        file = message.document if message else None
        if file is None or not exchange.person.corrects:
            await self._desk.reply(exchange, escaped(say("upload.staff_only")))
            return
        name = file.file_name or say("archive.unnamed")
        async with self._desk.typing(exchange):
            fetched = await fetch(self._desk.bot, file.file_id, file.file_size)
            content = fetched.content
            if content is None:
                key = "upload.too_large" if fetched.too_large else "upload.unreachable"
                await self._desk.reply(exchange, escaped(say(key, name=name)))
                return
            await self._desk.say_first(exchange, escaped(say("upload.reading", name=name)))
            by = self._desk.by(exchange)
            day = seoul(self._desk.now()).strftime("%Y-%m-%d")
            folder = f"{day}-{exchange.update_id}"
            kept = await self._desk.think(
                lambda: self._archive.keep(folder, name, content, Visibility.STAFF, by)
            )
        await self._receipt(exchange, kept)

    async def _receipt(self, exchange: Exchange, kept: Kept) -> None:
        lines = "\n".join(kept.lines)
        if kept.document_id is None:
            await self._desk.reply(exchange, escaped(lines))
            return
        number = kept.document_id
        text = f"{lines}\n\n{say('upload.who')}"

        def effects(db: Any) -> None:
            self._desk.post(db, exchange, escaped(text), below_paper(number, invites=kept.invites))
            if kept.questions:
                asked = escaped(say("upload.questions"))
                self._desk.post(db, exchange, asked, examples(kept.questions))

        await self._desk.close(exchange, effects)

    async def show_to(self, update: Update, context: Any) -> None:
        """Set who may see a paper."""
        number, level = pressed_numbers(update, PAPER_LEVEL)
        shown = level_name(Visibility(level))
        exchange = await self._staff(update)
        if exchange is None:
            return
        by = self._desk.by(exchange)
        title = await self._desk.think(lambda: self._archive.show_to(number, Visibility(level), by))
        said = say("upload.in_use", title=title, level=shown) if title else say("upload.gone")
        await self._desk.reply(exchange, escaped(said))

    async def withdraw(self, update: Update, context: Any) -> None:
        """Take a paper out."""
        (number,) = pressed_numbers(update, PAPER_OUT)
        exchange = await self._staff(update)
        if exchange is None:
            return
        by = self._desk.by(exchange)
        title = await self._desk.think(lambda: self._archive.withdraw(number, by))
        said = say("upload.withdrawn", title=title) if title else say("upload.gone")
        await self._desk.reply(exchange, escaped(said))

    async def _staff(self, update: Update) -> Exchange | None:
        exchange = await self._desk.pressed(update)
        if exchange.person.corrects and exchange.private:
            return exchange
        await self._desk.reply(exchange, escaped(say("upload.staff_only")))
        return None
