"""One person's updates in order, strangers' side by side, and none that keeps crashing us."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.inbox import begin
from bot.telegram.writer import Writer

# An update waits here for its person's earlier ones. Too few places would let one person's flood
# keep everybody else out; a waiting coroutine costs a few kilobytes.
_PLACES = 10_000
# Three attempts that ended with the whole process gone: the update is the likely cause.
_ATTEMPTS = 3


class PerPerson(BaseUpdateProcessor):
    """Handles updates with a lock for each pair of chat and person.

    An update that was being handled when the process died may have been the cause, or may only
    have been near. Such updates are handled one at a time, so that each crash counts against one.

    Args:
        writer: Writes to the store.
        give_up: Tells the sender of an update that it cannot be handled.
    """

    def __init__(
        self, writer: Writer, give_up: Callable[[Update], Coroutine[Any, Any, None]]
    ) -> None:
        super().__init__(_PLACES)
        self._writer = writer
        self._give_up = give_up
        self._locks: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._suspects = asyncio.Lock()
        self._stopping = False
        self._known: set[int] = set()

    def suspect(self, update_ids: set[int]) -> None:
        """Name the updates that were being handled when an earlier process died."""
        self._known = update_ids

    def stop(self) -> None:
        """Begin no further update; those that wait stay in the store."""
        self._stopping = True

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to take down."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update when its turn has come."""
        if not isinstance(update, Update):
            await coroutine
            return
        lock = self._locks.setdefault(_key(update), asyncio.Lock())
        async with lock:
            if update.update_id not in self._known:
                await self._handle(update, coroutine)
                return
            async with self._suspects:
                await self._handle(update, coroutine)

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        attempts = 0
        if not self._stopping:
            attempts = await self._writer.write(lambda db: begin(db, update.update_id))
        if 0 < attempts <= _ATTEMPTS:
            await coroutine
            return
        if isinstance(coroutine, Coroutine):
            coroutine.close()
        if attempts:
            await self._give_up(update)


def _key(update: Update) -> tuple[int, int]:
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else 0, user.id if user else 0
