"""An OpenAI-compatible server on loopback that says what a test scripts, and fails as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """One reply.

    Attributes:
        text: What is written; sent in pieces of `piece` characters where a stream is asked for.
        status: HTTP status; anything but 200 sends an error.
        half: Whether the connection breaks in the middle.
        garbage: Whether bytes are sent that are no JSON.
        pause: Seconds of silence before the first piece and after each.
        piece: Characters a piece.
        tools: Name of a function that the model calls with `text` as its arguments.
    """

    text: str = ""
    status: int = 200
    half: bool = False
    garbage: bool = False
    pause: float = 0.0
    piece: int = 7
    tools: str = ""


Script = Callable[[dict[str, Any]], Says]


class ChatServer:
    """Runs for the length of its `with` block.

    Args:
        script: Gives the reply to a request.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def heard(self) -> str:
        """Everything that was ever sent here."""
        return json.dumps(self.requests, ensure_ascii=False)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


def asked(request: dict[str, Any]) -> str:
    """What the person's side of a request says."""
    return str(request["messages"][-1]["content"])


def form_of(request: dict[str, Any]) -> str:
    """The name of the form that is to be filled in; empty where text is wanted."""
    wanted = request.get("response_format") or {}
    return str(wanted.get("json_schema", {}).get("name", ""))


def _handler(owner: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = json.loads(body)
            owner.requests.append(request)
            says = owner.script(request)
            self._wait(says.pause)
            try:
                self._answer(request, says)
            except (BrokenPipeError, ConnectionResetError):
                return

        def _wait(self, seconds: float) -> None:
            ends = time.monotonic() + seconds
            while time.monotonic() < ends and not owner.stopped.is_set():
                time.sleep(0.01)

        def _answer(self, request: dict[str, Any], says: Says) -> None:
            if says.status != 200:
                self._send(json.dumps({"error": {"message": "scripted"}}), says.status)
            elif says.garbage:
                self._send('{"choices": [}', 200)
            elif request.get("stream"):
                self._stream(says)
            else:
                text = says.text[: len(says.text) // 2] if says.half else says.text
                self._send(json.dumps(_whole(text, says.tools)), 200)

        def _send(self, text: str, status: int) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, says: Says) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            text = says.text[: len(says.text) // 2] if says.half else says.text
            for start in range(0, len(text), says.piece):
                self._event(_piece(text[start : start + says.piece], tool=says.tools))
                self._wait(says.pause)
            if not says.half:
                self._event(_piece("", "stop"))
                self.wfile.write(b"data: [DONE]\n\n")
            self.wfile.flush()

        def _event(self, content: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(content)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


def _whole(text: str, tool: str) -> dict[str, Any]:
    message = {"role": "assistant", **_said(text, tool)}
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _said(text: str, tool: str) -> dict[str, Any]:
    """What is written, or a call of a function with that as its arguments."""
    if not tool:
        return {"content": text}
    function = {"name": tool, "arguments": text}
    call = {"index": 0, "id": "c1", "type": "function", "function": function}
    return {"content": None, "tool_calls": [call]}


def _piece(text: str, end: str | None = None, tool: str = "") -> dict[str, Any]:
    choice = {"index": 0, "delta": _said(text, tool), "finish_reason": end}
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
    }
