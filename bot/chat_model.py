"""The chat model of a configuration, and what works with it; nothing of it where none is named."""

from __future__ import annotations

from bot.config import Config
from corpus.errors import ConfigError
from corpus.messages import say
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
