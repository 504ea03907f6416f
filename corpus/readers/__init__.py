"""Files to papers: each format read by its own reader, in a child process that may die.

read(path)      any paper -> Paper, or an error that says why and what to do
records(path)   a bulk set of JSON lines, streamed
"""

from __future__ import annotations

import logging
import stat
from pathlib import Path

from corpus.errors import UnreadableDocumentError, UnsupportedFormatError
from corpus.readers.jsonl import BadLine, JsonlRecord, is_jsonl, records
from corpus.readers.limits import DEFAULT_LIMITS, Limits
from corpus.readers.process import ask_child
from corpus.readers.wire import load_paper
from corpus.types import Paper

__all__ = ["BadLine", "JsonlRecord", "Limits", "is_jsonl", "read", "records"]

_LOG = logging.getLogger(__name__)


def read(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Paper:
    """Read a file of any supported format, whatever its name says.

    Works from any thread. Text comes as the file holds it, not cleaned. Nothing that the file
    does can end or block the caller beyond `limits`.

    Args:
        path: The file.
        limits: Time, memory and sizes that it may take.

    Returns:
        The paper; at least one block holds text.

    Raises:
        UnsupportedFormatError: No reader knows the content.
        UnreadableDocumentError: Missing, empty, locked, damaged, dangerous or too large.
    """
    _check(path, limits)
    answer = ask_child(path, limits)
    if "paper" in answer:
        return load_paper(answer["paper"])
    if "unsupported" in answer:
        raise UnsupportedFormatError(answer["unsupported"])
    if "detail" in answer:
        _LOG.info("unreadable %s: %s", answer["unreadable"], answer["detail"])
    raise UnreadableDocumentError(answer["unreadable"])


def _check(path: Path, limits: Limits) -> None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocumentError("not_a_file")
        path.open("rb").close()
    except PermissionError as error:
        raise UnreadableDocumentError("forbidden") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableDocumentError("missing") from error
    if not status.st_size:
        raise UnreadableDocumentError("empty")
    if status.st_size > limits.file_bytes:
        raise UnreadableDocumentError("too_large")
