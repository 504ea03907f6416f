"""The chat model of a configuration, and what works with it; nothing of it where none is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from bot.config import Config
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.errors import ConfigError
from corpus.messages import say
from retrieval.answer import Answerer
from retrieval.model.settings import ModelSettings
from retrieval.spelling import Spelling
from retrieval.terms import KiwiTerms
from retrieval.understanding.question import soft_words, want
from retrieval.weighing import Weigher

if TYPE_CHECKING:
    from retrieval.model.second_pass import SecondPass


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


def second_pass(
    settings: ModelSettings | None,
    database: CouncilDatabase,
    answerer: Answerer,
    documents: Documents,
    weigher: Weigher,
    terms: KiwiTerms,
    now: Callable[[], datetime],
) -> SecondPass | None:
    """What a chat model adds to answers; its modules are imported here and nowhere before.

    None where no model is configured.

    Raises:
        ModelError: The settings are of no use.
    """
    if settings is None:
        return None
    from retrieval.model.calls import ModelCalls
    from retrieval.model.checking import Checker
    from retrieval.model.loading import chat_model
    from retrieval.model.planning import Planning
    from retrieval.model.second_pass import SecondPass
    from retrieval.model.wording import Wording

    calls = ModelCalls(chat_model(settings), settings, database, now)

    def words(text: str) -> list[str]:
        return list(weigher.weights(text, soft_words(want(text)), text))

    def telling(question: str, line: str) -> bool:
        return not set(words(question)).isdisjoint(terms.index_terms(line).split())

    return SecondPass(
        calls,
        Wording(calls, Checker(terms.kiwi.tokenize)),
        Planning(calls, words, Spelling(database).knows),
        answerer,
        documents,
        telling,
    )
