"""The double of Telegram under load: it keeps to Telegram's limits, and fails now and then."""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tests.support.telegram import Call, Fault, Refusal, TelegramDouble

# Sends in a stretch of seconds, as core.telegram.org/bots/faq names them; a private chat may have
# its twenty seconds' worth in a short burst.
PRIVATE, GROUP, ALL = (20, 20.0), (20, 60.0), (30, 1.0)
# Of a hundred calls; some of everything that Telegram is known to do. A failed request for updates
# holds up everybody for a second, and there are ten a second of them.
TROUBLE = {
    "sendMessage": {"429": 0.3, "502": 0.4, "drop": 0.4, "drop_after": 0.4, "garbage": 0.2},
    "editMessageText": {"502": 0.5, "drop_after": 0.5},
    "getUpdates": {"502": 0.05, "drop": 0.05, "drop_after": 0.05},
    "sendChatAction": {"502": 1.0},
    "answerCallbackQuery": {"drop": 1.0},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message of the bot's as it came: its number, its text, what it replies to, and when."""

    number: int
    text: str
    replied: int | None
    at: float


@dataclass
class BusyTelegram(TelegramDouble):
    """See the module.

    Attributes:
        chance: Decides what fails; None for nothing yet.
        arrived: The bot's messages, by chat.
        failed: How often what was made to fail, by kind; `limit` counts refusals by the limits.
    """

    chance: random.Random | None = None
    arrived: dict[int, list[Arrival]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.calls = deque[Call](maxlen=1000)  # type: ignore[assignment]  # half an hour of them
        # A killed bot leaves connections in the middle of a request; that is what it is killed for.
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._sends: dict[int, deque[float]] = {}

    def fault(self, method: str, given: dict[str, Any]) -> Fault | None:
        if self.chance is None:
            return None
        drawn = 100 * self.chance.random()
        for kind, share in TROUBLE.get(method, {}).items():
            drawn -= share
            if drawn < 0:
                self.failed[kind] += 1
                return Fault(kind, method)
        return None

    def _sendMessage(self, given: dict[str, Any]) -> Any:
        chat = int(given["chat_id"])
        now = time.monotonic()
        waits = [self._full(0, ALL, now), self._full(chat, GROUP if chat < 0 else PRIVATE, now)]
        if any(waits):
            self.failed["limit"] += 1
            raise Refusal(429, "Too Many Requests", retry_after=int(max(waits)) + 1)
        sent = super()._sendMessage(given)
        for counted in (0, chat):
            self._sends[counted].append(now)
        replied = (given.get("reply_parameters") or {}).get("message_id")
        one = Arrival(number=sent["message_id"], text=sent["text"], replied=replied, at=now)
        self.arrived.setdefault(chat, []).append(one)
        return sent

    def _full(self, chat: int, limit: tuple[int, float], now: float) -> float:
        """Seconds until a chat may be sent to; 0 for now."""
        count, seconds = limit
        sends = self._sends.setdefault(chat, deque())
        while sends and sends[0] <= now - seconds:
            sends.popleft()
        return sends[0] + seconds - now if len(sends) >= count else 0.0

    def _getUpdates(self, given: dict[str, Any]) -> Any:
        found = super()._getUpdates(given)
        self.updates = [one for one in self.updates if one["update_id"] >= self.confirmed]
        return found
