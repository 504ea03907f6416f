"""What one run of the bot has done so far, counted as it happens; only numbers, nobody's words."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable

from bot.telegram.delivery import Fate
from retrieval.types import Answer, Basis

_LOGGER = logging.getLogger(__name__)

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which answers are counted together; half a second is what a person should wait."""


class Tally:
    """Counts of one run; used from the event loop only.

    Args:
        clock: Seconds that only go forward.

    Attributes:
        answers: Answers by what they rest on.
        sends: Attempts to deliver by what became of them.
        within: Answers by their time: up to each of `BOUNDS`, and longer than all.
        seconds: The time that all answers took together.
        heard_at: When Telegram last gave updates or said that there are none; None before.
        delivered_at: When a message last arrived, or when the run began.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.answers = Counter({str(basis): 0 for basis in Basis})
        self.sends = Counter({fate.value: 0 for fate in Fate})
        self.within = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0
        self.heard_at: float | None = None
        self.delivered_at = clock()

    def answered(self, update_id: int, kind: str, answer: Answer, seconds: float) -> None:
        """Count an answer, and log it as one line.

        Args:
            update_id: Number of the update that asked.
            kind: How it was asked: typed, edited or pressed.
            answer: The answer.
            seconds: How long it took.
        """
        self.answers[str(answer.basis)] += 1
        self.within[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds
        _LOGGER.info(
            "event=question update=%d kind=%s basis=%s citations=%d ms=%d",
            update_id,
            kind,
            answer.basis.value,
            len(answer.citations),
            1000 * seconds,
        )

    def tried(self, fate: Fate) -> None:
        """Count an attempt to deliver a message."""
        self.sends[fate.value] += 1
        if fate is Fate.ARRIVED:
            self.delivered_at = self.clock()

    def heard(self) -> None:
        """Note that Telegram has just answered a request for updates."""
        self.heard_at = self.clock()
