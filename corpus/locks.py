"""The lock files of a data folder; the system frees them when their process dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

SERVING = "serve.lock"
"""Held by the one process that serves the store in a messenger."""


@contextmanager
def held(folder: Path, name: str) -> Iterator[bool]:
    """Hold a lock while the block runs, without waiting for it.

    Args:
        folder: The data folder, which exists.
        name: Of the lock file.

    Yields:
        Whether it is held; another process has it otherwise.
    """
    lock = FileLock(folder / name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def is_served(folder: Path) -> bool:
    """Whether a process serves the store of a data folder now."""
    if not (folder / SERVING).exists():
        return False
    with held(folder, SERVING) as free:
        return not free
