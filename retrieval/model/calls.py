"""Calls to the chat model: few, masked, listed in the audit, and never waited for too long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from corpus.audit import write_entry
from corpus.database import CouncilDatabase
from corpus.errors import ModelError
from corpus.messages import say
from retrieval.model.loading import chat_model
from retrieval.model.settings import ModelSettings
from retrieval.model.waiting import Piece, pieces
from retrieval.understanding.personal_data import mask

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Form = TypeVar("Form", bound=BaseModel)

_LOGGER = logging.getLogger(__name__)

ACTION = "model"
"""What calls are called in the audit."""
# Two threads answer everybody's questions: while one waits for the model, whoever asks the other
# gets the answer without it.
_AT_ONCE = 1
# A server that is down costs three people their waiting time, and a minute later one again.
_FAILURES, _REST = 3, 60.0
# Korean takes about one token a syllable with the vocabularies in use.
_TOKENS_OF_CHARACTER = 1
_REPLY = 1_200


@dataclass(slots=True, kw_only=True)
class Allowance:
    """What is left for one question.

    Attributes:
        calls: How often it may still call.
        tokens: What these calls may still cost, sent and written.
        ends: When nobody waits any longer, on the monotonic clock.
        waits: Whether it may wait for its turn while the model works for somebody else.
    """

    calls: int
    tokens: int
    ends: float
    waits: bool


class ModelCalls:
    """The one way to the chat model; safe to use from several threads.

    Args:
        model: The model.
        settings: What it may cost.
        database: The store, whose audit lists the calls.
        now: The clock, aware.
        tick: The monotonic clock, in seconds.
    """

    def __init__(
        self,
        model: BaseChatModel,
        settings: ModelSettings,
        database: CouncilDatabase,
        now: Callable[[], datetime],
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._model = model
        self._database = database
        self._now = now
        self._tick = tick
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._failures, self._rests_until = 0, 0.0

    def allowance(self, *, waiting: bool = True) -> Allowance:
        """What one question may cost; `waiting` tells whether somebody's answer waits for it."""
        seconds = self.settings.wait if waiting else self.settings.patience
        return Allowance(
            calls=self.settings.calls,
            tokens=self.settings.tokens,
            ends=self._tick() + seconds,
            waits=not waiting,
        )

    def write(self, kind: str, orders: str, text: str, allowance: Allowance) -> Iterator[str]:
        """What the model writes, piece by piece.

        Args:
            kind: What it is for, as the audit tells it.
            orders: What it is to do.
            text: What it is to work on; personal data is masked here.
            allowance: What may be spent; it is lessened.

        Raises:
            ModelError: Nothing may be spent, or the server fails, or it takes too long.
        """
        messages = _messages(orders, text)
        with self._turn(allowance):
            bound = self._model.bind(max_tokens=self._begin(kind, messages, allowance))
            written = self._run(lambda: (str(o.text) for o in bound.stream(messages)), allowance)
            yield from written

    def fill(
        self, kind: str, orders: str, text: str, form: type[Form], allowance: Allowance
    ) -> Form:
        """A form that the model fills in; arguments and errors as of `write`."""
        messages = _messages(orders, text)
        with self._turn(allowance):
            room = self._begin(kind, messages, allowance)
            bound = self._model.with_structured_output(form, method="json_schema", max_tokens=room)
            (filled,) = self._run(lambda: iter((bound.invoke(messages),)), allowance)
        if not isinstance(filled, form):
            raise ModelError(say("chat_model.garbled"))
        return filled

    def _begin(self, kind: str, messages: list[tuple[str, str]], allowance: Allowance) -> int:
        """Take a call from every budget and list it; how many tokens may be written."""
        size = sum(len(text) for _, text in messages)
        room = min(_REPLY, allowance.tokens - size * _TOKENS_OF_CHARACTER)
        if allowance.calls < 1 or room < 1:
            raise ModelError(say("chat_model.question_budget"))
        if self._tick() < self._rests_until:
            raise ModelError(say("chat_model.down"))
        with self._database.write() as db:
            now = self._now()
            today = now.date().isoformat()
            made = "select count(*) from audit where action = ? and at >= ?"
            if db.execute(made, [ACTION, today]).fetchone()[0] >= self.settings.daily:
                raise ModelError(say("chat_model.day_budget"))
            write_entry(
                db,
                at=now,
                person="program",
                action=ACTION,
                subject=kind,
                details={"characters": size, "local": self.settings.local},
            )
        allowance.calls -= 1
        allowance.tokens -= size * _TOKENS_OF_CHARACTER + room
        return room

    @contextmanager
    def _turn(self, allowance: Allowance) -> Iterator[None]:
        """The model to oneself; a draft waits for it, an answer does without."""
        left = max(0.0, allowance.ends - self._tick()) if allowance.waits else 0.0
        if not self._places.acquire(timeout=left):
            raise ModelError(say("chat_model.busy"))
        try:
            yield
        finally:
            self._places.release()

    def _run(self, work: Callable[[], Iterator[Piece]], allowance: Allowance) -> Iterator[Piece]:
        try:
            yield from pieces(work, lambda: allowance.ends - self._tick())
            self._failures = 0
        except TimeoutError:
            self._failed()
            raise ModelError(say("chat_model.slow")) from None
        except Exception as error:
            self._failed()
            # Its text may hold what was sent.
            _LOGGER.warning("the chat model failed: %s", type(error).__name__)
            raise ModelError(say("chat_model.failed", reason=type(error).__name__)) from None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= _FAILURES:
            self._rests_until = self._tick() + _REST


def _messages(orders: str, text: str) -> list[tuple[str, str]]:
    return [("system", orders), ("human", mask(text))]


def try_model(settings: ModelSettings) -> str | None:
    """What keeps a configured model from being of use, with its remedy; None where it answers.

    The call holds no word of any paper or person.
    """
    ends = time.monotonic() + settings.wait
    try:
        model = chat_model(settings).bind(max_tokens=16)
        for piece in pieces(
            lambda: model.stream([("human", "1+1=")]), lambda: ends - time.monotonic()
        ):
            if str(piece.text).strip():
                return None
    except ModelError as error:
        return str(error)
    except Exception as error:  # whatever the library raises for a server that is none
        return say("chat_model.unreachable", url=settings.base_url, reason=type(error).__name__)
    return say("chat_model.silent", name=settings.name)
