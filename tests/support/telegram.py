"""A Bot API double on loopback: real HTTP, the few methods the bot uses, and trouble on demand.

It keeps to what is publicly known of Telegram where the bot relies on it: offsets confirm updates,
private chats share one counter of message numbers and supergroups have their own, an edit that
changes nothing is refused, and texts are at most 4,096 UTF-16 units of well-nested HTML.
"""

from __future__ import annotations

import itertools
import json
import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from html import escape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

TOKEN = "4242:a-token-for-tests_only"
BOT = {"id": 4242, "is_bot": True, "first_name": "동네비서", "username": "dongne_test_bot"}
# A private chat that has had its burst of twenty messages waits up to twenty seconds for the next.
PATIENCE = 90.0


def person(number: int, name: str = "아무개") -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": name}


def private(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": "아무개"}


# Members of any group, the bot among them.
IN_A_GROUP = 9


def supergroup(number: int = 7, *, forum: bool = False) -> dict[str, Any]:
    chat = {"id": -1_000_000_000_000 - number, "type": "supergroup", "title": "협의체 단체방"}
    return {**chat, "is_forum": True} if forum else chat


@dataclass
class Fault:
    """`429`, `502`, `400`, `404`, `garbage`, `drop` (not applied) or `drop_after` (applied)."""

    kind: str
    method: str
    count: int = 1
    chat_id: int | None = None
    retry_after: int = 1
    description: str = ""


@dataclass
class Call:
    method: str
    parameters: dict[str, Any]
    at: float
    status: int | None = None


class Refusal(Exception):
    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code, self.description, self.parameters = code, description, parameters


class _Balanced(HTMLParser):
    """Refuses what Telegram's own parser would: unknown, unclosed or crossed tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}:
            raise Refusal(400, f'Bad Request: can\'t parse entities: unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: unexpected end tag")

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(html: str) -> str:
    """The text of a message as people see it."""
    parser = _Balanced()
    parser.feed(html)
    parser.close()
    if parser.open:
        raise Refusal(400, "Bad Request: can't parse entities: can't find end tag")
    return parser.text


@dataclass
class TelegramDouble:
    """Telegram's servers and the people before their telephones."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    administers: set[int] = field(default_factory=set)
    token: str = TOKEN
    confirmed: int = 0
    webhook: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.changed = threading.Condition()
        self._update_ids = itertools.count(1000)
        self._shared = itertools.count(1)
        self._counters: dict[int, Any] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> TelegramDouble:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/file/bot"

    # -- what people do ------------------------------------------------------------------------
    def says(
        self, who: int, text: str | None = None, chat: dict[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        """Somebody sends a message; returns the update."""
        body = {"from": person(who), **({} if text is None else {"text": text}), **more}
        if text is not None and (command := re.match(r"/[A-Za-z0-9_]+(@\w+)?", text)):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        return self.brings({"message": self._add(chat or private(who), body)})

    def replies(
        self, who: int, to: dict[str, Any], text: str, chat: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Somebody answers a message, the bot's or a person's."""
        replied = as_sent(to) if to.get("bot") else {k: v for k, v in to.items() if k != "bot"}
        replied.pop("reply_to_message", None)
        return self.says(who, text, chat, reply_to_message=replied)

    def uploads(self, who: int, name: str, content: bytes, size: int | None = None) -> Any:
        """Somebody sends a file in private."""
        key = f"file-{len(self.files)}"
        self.files[key] = content
        size = len(content) if size is None else size
        document = {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": size}
        return self.says(who, None, document=document)

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        message = {**update["message"], "text": text, "edit_date": int(time.time())}
        return self.brings({"edited_message": message})

    def presses(self, who: int, message: dict[str, Any], label: str) -> dict[str, Any]:
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if label in b["text"])
        assert len(data.encode()) <= 64
        query = {
            "id": str(next(self._update_ids)),
            "from": person(who),
            "chat_instance": "1",
            "message": as_sent(message),
            "data": data,
        }
        return self.brings({"callback_query": query})

    def brings(self, update: dict[str, Any]) -> dict[str, Any]:
        """An update is ready for the bot."""
        with self.changed:
            whole = {"update_id": next(self._update_ids), **update}
            self.updates.append(whole)
            self.changed.notify_all()
        return whole

    def redelivers(self, update: dict[str, Any]) -> None:
        """Telegram forgets that an update has been confirmed."""
        with self.changed:
            self.confirmed = min(self.confirmed, update["update_id"])
            self.changed.notify_all()

    # -- what is to be seen -----------------------------------------------------------------------
    def sent(self, chat_id: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat, as they read now."""
        return [m for (chat, _), m in sorted(self.messages.items()) if chat == chat_id and m["bot"]]

    def texts(self, chat_id: int) -> list[str]:
        return [shown(message["text"]) for message in self.sent(chat_id)]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.parameters for call in self.calls if call.method == method]

    def wait(self, test: Any, seconds: float = PATIENCE) -> Any:
        """Wait until something is true of this double; returns it."""
        with self.changed:
            assert self.changed.wait_for(test, seconds), f"still not so: {self._seen()}"
            return test()

    def _seen(self) -> str:
        """The last messages of every chat, for people who look for what went wrong."""
        last = sorted(self.messages.items(), key=lambda one: one[0][1])[-12:]
        return "\n".join(f"{chat} #{n}: {str(m.get('text'))[:300]}" for (chat, n), m in last)

    def waits_for(self, chat_id: int, count: int) -> list[dict[str, Any]]:
        """Wait until the bot has sent so many messages to a chat; returns them."""
        self.wait(lambda: len(self.sent(chat_id)) >= count)
        return self.sent(chat_id)

    def sees(self, chat_id: int, *words: str, seconds: float = PATIENCE) -> dict[str, Any]:
        """The newest message of the bot's in a chat that says something, once there is one."""

        def there() -> list[dict[str, Any]]:
            texts = ((one, shown(one.get("text") or "")) for one in self.sent(chat_id))
            return [one for one, text in texts if all(word in text for word in words)]

        found: list[dict[str, Any]] = self.wait(there, seconds)
        return found[-1]

    # -- the Bot API ---------------------------------------------------------------------------
    def answer(self, method: str, given: dict[str, Any]) -> Any:
        with self.changed:
            try:
                return getattr(self, f"_{method}")(given)
            finally:
                self.changed.notify_all()

    def _getMe(self, given: dict[str, Any]) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    def _getUpdates(self, given: dict[str, Any]) -> Any:
        self.confirmed = max(self.confirmed, given.get("offset", 0))

        def waiting() -> list[dict[str, Any]]:
            return [u for u in self.updates if u["update_id"] >= self.confirmed]

        self.changed.wait_for(waiting, min(given.get("timeout", 0), 1))
        return waiting()[:100]

    def _sendMessage(self, given: dict[str, Any]) -> Any:
        chat = int(given["chat_id"])
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        self._check(given)
        place = {"id": chat, "type": "supergroup" if chat < 0 else "private"}
        body = {k: v for k, v in given.items() if k != "chat_id"}
        if "message_thread_id" in body:
            body["is_topic_message"] = True
        return as_sent(self._add(place, {"from": BOT, **body}, bot=True))

    def _editMessageText(self, given: dict[str, Any]) -> Any:
        message = self.messages.get((int(given["chat_id"]), int(given["message_id"])))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if not message["bot"]:
            raise Refusal(400, "Bad Request: message can't be edited")
        if "file" in message:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        self._check(given)
        new = {"text": given["text"], "reply_markup": given.get("reply_markup")}
        if new == {key: message.get(key) for key in new}:
            raise Refusal(400, "Bad Request: message is not modified: it is exactly the same")
        message.update(new, edits=message.get("edits", 0) + 1)
        return as_sent(message)

    def _sendDocument(self, given: dict[str, Any]) -> Any:
        return self._sendFile(given, "document")

    def _sendPhoto(self, given: dict[str, Any]) -> Any:
        return self._sendFile(given, "photo")

    def _sendFile(self, given: dict[str, Any], kind: str) -> Any:
        chat = int(given["chat_id"])
        if len(given.get("caption", "")) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        name, content = given.pop(kind)
        if not content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        place = {"id": chat, "type": "supergroup" if chat < 0 else "private"}
        body = {k: v for k, v in given.items() if k != "chat_id"}
        file = {"kind": kind, "name": name, "content": content}
        whole = {"from": BOT, **body, "text": escape(given.get("caption", "")), "file": file}
        return as_sent(self._add(place, whole, bot=True))

    def _editMessageCaption(self, given: dict[str, Any]) -> Any:
        message = self.messages.get((int(given["chat_id"]), int(given["message_id"])))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if not message["bot"]:
            raise Refusal(400, "Bad Request: message can't be edited")
        if "file" not in message:
            raise Refusal(400, "Bad Request: there is no caption in the message to edit")
        if given["caption"] == message.get("caption"):
            raise Refusal(400, "Bad Request: message is not modified: it is exactly the same")
        message.update(caption=given["caption"], text=escape(given["caption"]))
        return as_sent(message)

    @staticmethod
    def _check(given: dict[str, Any]) -> None:
        text = shown(given["text"]) if given.get("parse_mode") == "HTML" else given["text"]
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            raise Refusal(400, "Bad Request: message is too long")

    def _getChatMember(self, given: dict[str, Any]) -> Any:
        if int(given["chat_id"]) not in self.administers:
            return {"status": "member", "user": BOT}
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages"
            " can_manage_video_chats can_restrict_members can_promote_members can_change_info"
            " can_invite_users can_post_stories can_edit_stories can_delete_stories"
        )
        return {"status": "administrator", "user": BOT, **dict.fromkeys(rights.split(), False)}

    def _getChatMemberCount(self, given: dict[str, Any]) -> int:
        return IN_A_GROUP

    def _getFile(self, given: dict[str, Any]) -> Any:
        key = given["file_id"]
        if key not in self.files:
            raise Refusal(400, "Bad Request: invalid file_id")
        return {"file_id": key, "file_unique_id": key, "file_path": f"documents/{key}"}

    def _setWebhook(self, given: dict[str, Any]) -> Any:
        self.webhook = given
        return True

    def _accept(self, given: dict[str, Any]) -> Any:
        return True

    _answerCallbackQuery = _sendChatAction = _sendMessageDraft = _setMyCommands = (
        _deleteMyCommands
    ) = _accept
    _setMyShortDescription = _deleteWebhook = _accept

    def _add(
        self, chat: dict[str, Any], body: dict[str, Any], *, bot: bool = False
    ) -> dict[str, Any]:
        with self.changed:
            own = chat["id"] <= -1_000_000_000_000
            counter = self._shared
            if own:
                counter = self._counters.setdefault(chat["id"], itertools.count(1))
            number = next(counter)
            message = {"message_id": number, "date": int(time.time()), "chat": chat, **body}
            self.messages[chat["id"], number] = {**message, "bot": bot}
            return self.messages[chat["id"], number] if bot else message

    # -- HTTP ------------------------------------------------------------------------------------
    def fault(self, method: str, given: dict[str, Any]) -> Fault | None:
        with self.changed:
            for fault in self.faults:
                here = fault.chat_id in (None, given.get("chat_id"))
                if fault.method == method and here and fault.count:
                    fault.count -= 1
                    return fault
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                return

            def do_GET(self) -> None:
                key = self.path.rpartition("/")[2]
                path = unquote(self.path)
                known = path.startswith(f"/file/bot{double.token}/") and key in double.files
                content = double.files[key] if known else b""
                self.send_response(200 if known else 404)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(content)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                given = _given(body, self.headers.get("Content-Type", ""))
                token, _, method = self.path.removeprefix("/bot").rpartition("/")
                call = Call(method, given, time.monotonic())
                double.calls.append(call)
                fault = double.fault(method, given)
                if fault is not None and fault.kind == "drop":
                    self._hang_up()
                    return
                call.status, reply = _reply(double, token, method, given, fault)
                if fault is not None and fault.kind == "drop_after":
                    self._hang_up()
                    return
                self.send_response(call.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                with suppress(ConnectionError):  # the bot may have been killed meanwhile
                    self.wfile.write(reply)

            def _hang_up(self) -> None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        return Handler


def _reply(
    double: TelegramDouble, token: str, method: str, given: dict[str, Any], fault: Fault | None
) -> tuple[int, bytes]:
    if fault is not None and fault.kind == "502":
        return 502, b"<html>Bad Gateway</html>"
    try:
        _refuse(double, token, fault)
        result = double.answer(method, given)
    except Refusal as refusal:
        body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
        if refusal.parameters:
            body["parameters"] = refusal.parameters
        return refusal.code, json.dumps(body).encode()
    if fault is not None and fault.kind == "garbage":
        return 200, b'{"ok":true,"result":{"message_id":1'
    return 200, json.dumps({"ok": True, "result": result}).encode()


def _refuse(double: TelegramDouble, token: str, fault: Fault | None) -> None:
    if token != double.token:
        raise Refusal(401, "Unauthorized")
    if fault is not None and fault.kind == "429":
        raise Refusal(429, "Too Many Requests", retry_after=fault.retry_after)
    if fault is not None and fault.kind in ("400", "404"):
        raise Refusal(int(fault.kind), fault.description)


def _given(body: bytes, kind: str) -> dict[str, Any]:
    """Parameters of a call; a file is its name and its bytes."""
    if not kind.startswith("multipart/"):
        return {key: _value(value) for key, value in parse_qsl(body.decode())}
    form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    given: dict[str, Any] = {}
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        file = part.get_filename()
        given[name] = _value(content.decode()) if file is None else (file, content)
    # A file may stand apart from the parameter that it belongs to.
    for key, value in list(given.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            given[key] = given.pop(value.removeprefix("attach://"))
    return given


def _value(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, (dict, list, int)) else text


def as_sent(message: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot's as Telegram gives it back."""
    kept = ("message_id", "date", "chat", "from", "message_thread_id", "is_topic_message")
    given = {k: message[k] for k in kept if message.get(k) is not None}
    if "file" in message:
        file = {"file_id": "f", "file_unique_id": "u", "file_name": message["file"]["name"]}
        photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
        picture = message["file"]["kind"] == "photo"
        given |= {"photo": [photo]} if picture else {"document": file}
        given["caption"] = message.get("caption", "")
    else:
        given["text"] = shown(message["text"])
    if message.get("reply_markup"):
        given["reply_markup"] = message["reply_markup"]
    return given
