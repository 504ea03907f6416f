"""Work that takes a minute, in a thread of its own, so that nobody else waits for it."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def aside(work: Callable[[], T]) -> T:
    """The result of something that takes long and that the program need not wait for to stop.

    The threads that answer questions are few, and a program that ends waits for them; this one is
    left behind instead. Its update stays in the store and is taken up at the next start.

    Args:
        work: Reads, and gives a value; whatever it raises is raised here.
    """
    loop, context = asyncio.get_running_loop(), contextvars.copy_context()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if result.done():
            return  # nobody waits any more
        if error is None:
            result.set_result(value)  # type: ignore[arg-type]
        else:
            result.set_exception(error)

    def run() -> None:
        value, failed = None, None
        try:
            value = context.run(work)
        except Exception as error:
            failed = error
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(settle, value, failed)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return await result
