"""The chat model of a configuration, and what works with it; nothing of it where none is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.config import Config
from bot.opinions import Opinions
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.errors import ConfigError
from corpus.messages import say
from retrieval.answer import Answerer
from retrieval.spelling import Spelling
from retrieval.terms import KiwiTerms
from retrieval.understanding.question import soft_words, want
from retrieval.weighing import Weigher

if TYPE_CHECKING:
    from bot.staff_drafts import StaffDrafts
    from retrieval.model.second_pass import SecondPass
    from retrieval.model.second_reader import SecondReader
    from retrieval.model.settings import ModelSettings


def model_settings(config: Config) -> ModelSettings | None:
    """The chat model that is configured; None without one.

    Raises:
        ConfigError: It has an address and no name.
    """
    chosen = config.chat_model
    if not chosen.base_url:
        return None
    if not chosen.model:
        raise ConfigError(say("config.no_model_name"))
    from retrieval.model.settings import ModelSettings

    return ModelSettings(
        base_url=chosen.base_url,
        name=chosen.model,
        key=chosen.key.get_secret_value(),
        wait=chosen.wait_seconds,
        patience=chosen.draft_seconds,
        calls=chosen.calls_per_question,
        tokens=chosen.tokens_per_question,
        daily=chosen.calls_per_day,
        public_only=chosen.public_only,
    )


class ChatModel:
    """A configured model at work on a store; the modules that it needs are imported here alone.

    Args:
        settings: The model and what it may cost.
        database: The store.
        terms: Makes terms.
        now: The clock, aware.

    Raises:
        ModelError: The settings are of no use.
    """

    def __init__(
        self,
        settings: ModelSettings,
        database: CouncilDatabase,
        terms: KiwiTerms,
        now: Callable[[], datetime],
    ) -> None:
        from retrieval.model.calls import ModelCalls
        from retrieval.model.checking import Checker
        from retrieval.model.loading import chat_model

        self.settings = settings
        self._database = database
        self._terms = terms
        self._calls = ModelCalls(chat_model(settings), settings, database, now)
        self._checker = Checker(terms.kiwi.tokenize)

    def second_pass(self, answerer: Answerer, documents: Documents, weigher: Weigher) -> SecondPass:
        """What the model adds to answers."""
        from retrieval.model.planning import Planning
        from retrieval.model.second_pass import SecondPass
        from retrieval.model.wording import Wording

        def words(text: str) -> list[str]:
            return list(weigher.weights(text, soft_words(want(text)), text))

        def telling(question: str, line: str) -> bool:
            return not set(words(question)).isdisjoint(self._terms.index_terms(line).split())

        return SecondPass(
            self._calls,
            Wording(self._calls, self._checker),
            Planning(self._calls, words, Spelling(self._database).knows),
            answerer,
            documents,
            telling,
        )

    def drafts(self, opinions: Opinions) -> StaffDrafts:
        """What the model writes for staff."""
        from bot.staff_drafts import StaffDrafts
        from retrieval.model.drafting import Drafting

        return StaffDrafts(Drafting(self._calls, self._checker), self.settings, opinions)

    def second_reader(self) -> SecondReader:
        """What the model reads of papers a second time."""
        from retrieval.model.second_reader import SecondReader

        return SecondReader(self._calls)
