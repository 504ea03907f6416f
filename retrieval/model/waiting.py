"""Pieces of something slow, waited for no longer than anybody wants to wait."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Piece = TypeVar("Piece")


def pieces(work: Callable[[], Iterator[Piece]], left: Callable[[], float]) -> Iterator[Piece]:
    """What `work` gives, made in a thread of its own that is left behind once time is over.

    A thread cannot be stopped from outside: one that hangs ends when its connection does.

    Args:
        work: Makes the pieces; whatever it raises is raised here.
        left: Seconds that may still be waited.

    Raises:
        TimeoutError: Nothing more came in time.
    """
    made: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    left_behind = threading.Event()

    def run() -> None:
        try:
            for piece in _untraced(work):
                made.put(("piece", piece))
                if left_behind.is_set():
                    return
            made.put(("end", None))
        except Exception as error:
            made.put(("error", error))

    threading.Thread(target=run, name="chat-model", daemon=True).start()
    try:
        while (one := _next(made, left()))[0] == "piece":
            yield one[1]
    finally:
        left_behind.set()


def _next(made: queue.SimpleQueue[tuple[str, Any]], seconds: float) -> tuple[str, Any]:
    try:
        kind, piece = made.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError from None
    if kind == "error":
        raise piece
    return kind, piece


def _untraced(work: Callable[[], Iterator[Piece]]) -> Iterator[Piece]:
    """Without LangSmith, to which a variable of the environment would send everything."""
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield from work()
