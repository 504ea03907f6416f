"""The chat model itself, imported only where one is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import ModelError
from corpus.messages import say
from retrieval.model.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def chat_model(settings: ModelSettings) -> BaseChatModel:
    """The model of a server, without having called it; importing takes 2 s.

    Raises:
        ModelError: The settings are of no use, or the library is missing.
    """
    try:
        import httpx
        from langchain.chat_models import init_chat_model

        client = httpx.Client(
            # A proxy of the environment would carry internal material out of the office.
            trust_env=not settings.local,
            timeout=settings.patience,
            # Calls are minutes apart: a connection that is kept open meanwhile is often dead by
            # then, and there is no second attempt.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        model: BaseChatModel = init_chat_model(
            settings.name,
            model_provider="openai",
            base_url=settings.base_url,
            # The library insists on a key; servers in the office rarely want one.
            api_key=settings.key or "none",
            timeout=settings.patience,
            # A second attempt would be a call that no budget knows of.
            max_retries=0,
            temperature=0,
            http_client=client,
        )
    except (ImportError, ValueError, TypeError) as error:
        raise ModelError(say("chat_model.unusable", reason=type(error).__name__)) from error
    return model
