"""The near side of reading: hands files to child processes and outlives whatever they do."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import struct
import subprocess  # our own interpreter with our own code, never a shell  # nosec B404
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableDocumentError
from corpus.readers.limits import Limits

# The text of a paper is at most a few megabytes; this much takes the caller half a gigabyte.
_ANSWER_BYTES = 100_000_000
_BOOT = "import sys; sys.path[:] = {path!r}; from corpus.readers import child; child.{call}"


class _Server:
    """The forking server of this process, started at first use and again if it died.

    Not `multiprocessing`: its fork server runs the caller's main module again in each child, which
    fails for a script without a `__main__` guard and for code from standard input.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def connect(self) -> socket.socket:
        """A socket to a fresh child that waits for its request."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                with self._lock:
                    self._send(theirs)
            except BaseException:
                ours.close()
                raise
        return ours

    def close(self) -> None:
        """Let the server end; the next `connect` starts another."""
        channel, process = self._channel, self._process
        self._channel = self._process = None
        if channel is not None:
            channel.close()
        if process is not None:
            process.wait()

    def forget(self) -> None:
        """Leave the server to the process that this one was forked from."""
        self._lock = threading.Lock()  # another thread may have held it at the fork
        if self._channel is not None:
            self._channel.close()
        self._channel = self._process = None

    def _send(self, theirs: socket.socket) -> None:
        for attempt in range(2):
            if self._channel is None:
                self._start()
            assert self._channel is not None  # for mypy; _start has set it  # nosec B101
            try:
                socket.send_fds(self._channel, [b"+"], [theirs.fileno()])
            except OSError:
                if attempt:
                    raise
                self.close()
            else:
                return

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # nothing of a file is in it  # nosec B603
                [sys.executable, "-c", _boot(f"serve({theirs.fileno()})")],
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal is for the caller alone
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._channel = ours


_SERVER = _Server()
atexit.register(_SERVER.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_SERVER.forget)


def ask_child(path: Path, limits: Limits) -> dict[str, Any]:
    """What a child process says about a file.

    Args:
        path: The file, which need not exist.
        limits: Time and memory of the child; at the end of its time it is killed with its group.

    Returns:
        `{"paper": …}`, `{"unreadable": code}` or `{"unsupported": code}`; see `child._answer`.

    Raises:
        UnreadableDocumentError: `timeout`, or `crashed` if the child died without an answer.
    """
    request = json.dumps({"path": os.fspath(path.absolute()), "limits": asdict(limits)}) + "\n"
    try:
        if hasattr(os, "fork"):
            answer = _forked(request.encode("ascii"), limits.seconds)
        else:
            answer = _spawned(request.encode("ascii"), limits.seconds)
    except (TimeoutError, subprocess.TimeoutExpired) as error:
        raise UnreadableDocumentError("timeout") from error
    except OSError as error:
        raise UnreadableDocumentError("crashed") from error
    try:
        tree: dict[str, Any] = json.loads(answer)
    except ValueError as error:  # nothing, or half an answer
        raise UnreadableDocumentError("crashed") from error
    return tree


def _forked(request: bytes, seconds: float) -> bytes:
    deadline = time.monotonic() + seconds
    pid = 0
    with _SERVER.connect() as connection:
        try:
            connection.settimeout(seconds)
            connection.sendall(request)
            head = connection.recv(4, socket.MSG_WAITALL)
            if len(head) < 4:
                return b""
            (pid,) = struct.unpack("!I", head)
            answer = _received(connection, deadline)
            pid = 0  # it closed its end: the kernel has it, and the number may be another's soon
            return answer
        finally:
            if pid:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)


def _received(connection: socket.socket, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        part = connection.recv(1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > _ANSWER_BYTES:
            raise UnreadableDocumentError("too_large")


def _spawned(request: bytes, seconds: float) -> bytes:
    """One interpreter a file, about 0.3 s each: the way of Windows, which cannot fork."""
    return subprocess.run(  # nothing of a file is in it  # nosec B603
        [sys.executable, "-c", _boot("answer_once()")],
        input=request,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
    ).stdout


def _boot(call: str) -> str:
    return _BOOT.format(path=[entry or str(Path.cwd()) for entry in sys.path], call=call)
