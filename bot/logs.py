"""The log of `dongne serve`: an event a line, to standard error and to files that are rotated.

A line is `time=… level=… from=…` and then either the `key=value` pairs of an event, as they are
logged, or a sentence as `message="…"`. A traceback follows in lines of its own, indented. Neither
what people write nor who they are is logged anywhere; libraries are heard from warnings on only,
since they log what they are given.
"""

from __future__ import annotations

import json
import logging
import sys
import textwrap
from collections.abc import Sequence
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.clock import SEOUL
from bot.config import Log
from corpus.errors import ConfigError
from corpus.messages import say

EVENT = "event="
"""How the message of an event begins."""

_ROOMS = ("bot", "retrieval", "corpus")


def log_to(settings: Log, folder: Path) -> None:
    """Send everything that is logged from now on where the settings say, and nowhere else.

    Args:
        settings: Level, file and rotation.
        folder: What a relative path of the file starts from.

    Raises:
        ConfigError: The file cannot be written.
    """
    level = settings.level.upper()
    handlers = _handlers(settings, folder)
    for handler in handlers:
        handler.setFormatter(Lines())
        handler.setLevel(level)
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level)


def _handlers(settings: Log, folder: Path) -> Sequence[logging.Handler]:
    stream = logging.StreamHandler(sys.stderr)
    if not settings.file:
        return [stream]
    path = folder / settings.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            path,
            maxBytes=settings.file_mb * 10**6,
            backupCount=settings.files,
            encoding="utf-8",
        )
    except OSError as error:
        raise ConfigError(say("config.log_unwritable", path=path, reason=error.strerror)) from error
    return [stream, file]


class Lines(logging.Formatter):
    """Writes a record as one line, and what it has of a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as text; see the module."""
        first, _, rest = record.getMessage().partition("\n")
        at = datetime.fromtimestamp(record.created, SEOUL).isoformat(timespec="milliseconds")
        said = first if first.startswith(EVENT) else f"message={_quoted(first)}"
        head = f"time={at} level={record.levelname.lower()} from={record.name} {said}"
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        below = [part for part in (rest, record.exc_text, record.stack_info) if part]
        return "\n".join([head, *(textwrap.indent(part, "  ") for part in below)])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
