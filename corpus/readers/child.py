"""The far side of reading: a small server that forks one short-lived child for each file.

Run by `corpus.readers.process`, never imported by it. The server itself opens no paper; it only
keeps the libraries loaded, so that a child starts in milliseconds.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from corpus.errors import UnreadableDocumentError, UnsupportedFormatError
from corpus.readers.limits import Limits
from corpus.readers.wire import dump_paper, pack

# Loaded one by one while nobody asks, the most frequent formats first.
_PRELOADED = [
    "corpus.readers.formats",
    "corpus.readers.txt",
    "corpus.readers.hwp",
    "corpus.readers.pdf",
    "corpus.readers.docx",
    "corpus.readers.xlsx",
    "corpus.readers.csv",
    "corpus.readers.md",
]
# Beyond the caller's own time limit: ends a child whose caller was killed.
_ORPHAN_SECONDS = 5


def serve(descriptor: int) -> None:
    """Fork a child for every socket that arrives, until the caller closes the channel.

    Args:
        descriptor: Of a Unix stream socket; each message is one byte that carries a socket, over
            which the caller then talks to the child alone.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps children: no zombies
    channel = socket.socket(fileno=descriptor)
    waiting = list(_PRELOADED)
    while True:
        if waiting and not select.select([channel], [], [], 0)[0]:
            with contextlib.suppress(ImportError, OSError):
                importlib.import_module(waiting.pop(0))
            continue
        message, descriptors, _, _ = socket.recv_fds(channel, 1, 1)
        if not message:
            return
        with contextlib.suppress(OSError):  # no process left: the caller sees the socket close
            if os.fork() == 0:
                channel.close()
                _answer_and_exit(descriptors[0])
        os.close(descriptors[0])


def answer_once() -> None:
    """Answer one request from standard input on standard output, where nothing can be forked."""
    request = _request(sys.stdin.buffer)
    sys.stdout.buffer.write(_answer(request))
    sys.stdout.buffer.flush()


def _answer_and_exit(descriptor: int) -> NoReturn:
    try:
        os.setsid()  # a group of its own: whatever it starts dies with it
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection = socket.socket(fileno=descriptor)
        connection.sendall(struct.pack("!I", os.getpid()))
        with connection.makefile("rb") as stream:
            request = _request(stream)
        _restrict(request["limits"])
        connection.sendall(_answer(request))
    finally:
        os._exit(0)


def _request(stream: BinaryIO) -> dict[str, Any]:
    request: dict[str, Any] = json.loads(stream.readline())
    request["limits"] = Limits(**request["limits"])
    return request


def _restrict(limits: Limits) -> None:
    import resource

    seconds = int(limits.seconds) + _ORPHAN_SECONDS
    signal.setitimer(signal.ITIMER_REAL, seconds)
    for kind, bound in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, limits.memory),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (bound, bound))


def _answer(request: dict[str, Any]) -> bytes:
    """What became of a file; never raises, whatever a library does."""
    path, limits = Path(request["path"]), request["limits"]
    try:
        from corpus.readers.formats import recognise
        from corpus.readers.grid import without_boxes
        from corpus.readers.reader import reader_for

        paper = reader_for(recognise(path, limits), limits).read(path)
        blocks = without_boxes(paper.blocks)
        if not blocks:
            return pack({"unreadable": "no_text"})
        return pack({"paper": dump_paper(replace(paper, blocks=blocks))})
    except UnreadableDocumentError as error:
        return pack({"unreadable": error.code})
    except UnsupportedFormatError as error:
        return pack({"unsupported": error.code})
    except MemoryError:
        return pack({"unreadable": "memory"})
    except RecursionError:
        return pack({"unreadable": "too_deep"})
    except PermissionError:
        return pack({"unreadable": "forbidden"})
    except Exception as error:
        code = "damaged" if path.exists() else "missing"
        return pack({"unreadable": code, "detail": type(error).__qualname__})
