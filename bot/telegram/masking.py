"""Keeps the bot's token, and what people write, out of every log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_MASK = "<token>"
_QUIET = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.INFO}


@contextmanager
def masked_logs(token: str) -> Iterator[None]:
    """Masks a token in whatever is logged while the block runs, tracebacks included.

    httpx logs every address at INFO and names it in its errors, and the address of a Bot API
    call contains the token. A filter would have to sit on every handler that anyone adds; the
    record itself is the one place that all of them read, so it is masked when it is made.

    PTB for its part logs every update at DEBUG, and at ERROR what it could not read.
    """
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    ordinary = logging.getLogRecordFactory()

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = ordinary(*args, **kwargs)
        mask(record, token)
        if record.name.startswith("telegram.") and record.levelno >= logging.ERROR:
            record.args = ()  # the sentence stays, with its placeholders
        return record

    logging.setLogRecordFactory(masked)
    try:
        yield
    finally:
        logging.setLogRecordFactory(ordinary)


def mask(record: logging.LogRecord, token: str) -> None:
    """Replaces a token in a record's message, traceback and stack; other records stay as they are.

    A traceback is rendered here and its exception taken off the record, since a handler that
    renders exceptions itself would print the token again.
    """
    message = record.getMessage() if record.args else str(record.msg)
    if token in message:
        record.msg, record.args = message.replace(token, _MASK), ()
    if record.exc_info and record.exc_info[0] is not None:
        text = logging.Formatter().formatException(record.exc_info)
        if token in text:
            record.exc_text, record.exc_info = text.replace(token, _MASK), None
    if record.stack_info:
        record.stack_info = record.stack_info.replace(token, _MASK)
