"""Telegram's sending limits, kept from our side so that it need not refuse."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable


class Pace:
    """At most so many events in any stretch of time.

    Args:
        count: Events allowed, at least 1.
        seconds: The stretch.
        clock: Seconds that only go forward.
    """

    def __init__(self, count: int, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._starts: deque[float] = deque(maxlen=count)

    def wait(self) -> float:
        """Seconds until the next event may start; 0 when it may start now."""
        if len(self._starts) < (self._starts.maxlen or 0):
            return 0.0
        return max(0.0, self._starts[0] + self._seconds - self._clock())

    def start(self) -> None:
        """Count an event that starts now."""
        self._starts.append(self._clock())


_MADE_UP = 3


class Gate:
    """Lets events through one by one, evenly; those that somebody waits for before all others.

    Args:
        seconds: From one event to the next.
        clock: Seconds that only go forward.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._next = clock()
        self._order = itertools.count()
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, *, later: bool) -> None:
        """Wait for a place and take it.

        Args:
            later: Whether nobody is waiting for it at this moment.
        """
        if not self._waiting and self._clock() >= self._next:
            self._pass()
            return
        mine = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (later, next(self._order), mine))
        self._arm()
        await mine

    def _pass(self) -> None:
        # A busy machine opens late; up to three places are made up for, or the rate would sink.
        late = self._clock() - _MADE_UP * self._seconds
        self._next = max(self._next, late) + self._seconds

    def _arm(self) -> None:
        if self._timer is None:
            wait = max(0.0, self._next - self._clock())
            self._timer = asyncio.get_running_loop().call_later(wait, self._open)

    def _open(self) -> None:
        self._timer = None
        while self._waiting:
            _, _, first = heapq.heappop(self._waiting)
            if not first.done():  # whoever was cancelled while waiting takes no place
                first.set_result(None)
                self._pass()
                break
        if self._waiting:
            self._arm()


# core.telegram.org/bots/faq, "My bot is hitting limits": about 1 message a second in one chat with
# short bursts tolerated, 20 a minute in a group, about 30 a second over all. Somebody who presses
# four buttons in three seconds must not wait, so a private chat may use its 20 seconds' worth at
# once; the rate in the long run is the documented one.
_PRIVATE = (20, 20.0)
_GROUP = (20, 60.0)
# Evenly: 30 at once at the end of one second and 30 at the start of the next are 60 to Telegram,
# which counts what arrives. Thirty in bursts came to 36 a second in five seconds, by that count.
_OVERALL = 1 / 28
# What a chat gets once Telegram has complained about it: the same rates without bursts, and a
# tenth more, since Telegram counts arrivals and we count departures. For a minute, the longest
# stretch that Telegram counts over: kept up for good, it made a group of five that asks 17 things a
# minute wait for one another, 1.4 s at p95 and 4.4 in one group, where others had 0.4.
_STRICT_PRIVATE = (1, 1.1)
_STRICT_GROUP = (1, 3.3)
_STRICT_SECONDS = 60.0


class ChatPace:
    """The pace of one chat: the usual one, and a stricter one for a while after a complaint.

    Args:
        group: Whether it is a group.
        clock: Seconds that only go forward.
    """

    def __init__(self, group: bool, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._usual = Pace(*(_GROUP if group else _PRIVATE), clock)
        self._strict = Pace(*(_STRICT_GROUP if group else _STRICT_PRIVATE), clock)
        self._strict_until = clock()

    def slow_down(self) -> None:
        """Allow no bursts for a while."""
        self._strict_until = self._clock() + _STRICT_SECONDS

    def wait(self) -> float:
        """Seconds until the next message may go; 0 when it may go now."""
        strict = self._strict.wait() if self._clock() < self._strict_until else 0.0
        return max(self._usual.wait(), strict)

    def start(self) -> None:
        """Count a message that goes now."""
        self._usual.start()
        self._strict.start()


class Pacing:
    """Lets sends start no faster than Telegram allows: one chat, and all together.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._overall = Gate(_OVERALL, clock)
        self._chats: dict[int, ChatPace] = {}

    def slow_down(self, chat_id: int) -> None:
        """Allow a chat no bursts for a minute, after Telegram has refused one."""
        self._chat(chat_id).slow_down()

    async def turn(self, chat_id: int, *, later: bool = False) -> None:
        """Wait until a chat may be written to, and count it.

        Args:
            chat_id: The chat.
            later: Whether nobody is waiting for it: answers go before a thousand notices.
        """
        chat = self._chat(chat_id)
        while wait := chat.wait():  # noqa: ASYNC110 -- for time itself
            await asyncio.sleep(wait)
        await self._overall.turn(later=later)
        chat.start()

    def _chat(self, chat_id: int) -> ChatPace:
        return self._chats.setdefault(chat_id, ChatPace(chat_id < 0, self._clock))
