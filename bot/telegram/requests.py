"""PTB's own HTTP requests, watched for a token that Telegram does not know any more.

PTB ends polling when Telegram refuses the token and only writes that into the log; the bot would
be deaf and look alive.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.request import HTTPXRequest

# A send that takes longer than this is treated as unanswered and looked for.
_SECONDS = 20.0
_CONNECT_SECONDS = 10.0


class SendingRequest(HTTPXRequest):
    """Requests of everything but updates.

    Args:
        refused: Called when Telegram refuses the token.
    """

    def __init__(self, refused: Callable[[], None]) -> None:
        super().__init__(
            connection_pool_size=64,
            read_timeout=_SECONDS,
            write_timeout=_SECONDS,
            connect_timeout=_CONNECT_SECONDS,
            pool_timeout=_SECONDS,
        )
        self._refused = refused

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; see `BaseRequest.do_request`."""
        code, content = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.UNAUTHORIZED:
            self._refused()
        return code, content


class PollingRequest(SendingRequest):
    """Requests for updates; PTB ends polling on 404 as well, which an address may cause."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; see `BaseRequest.do_request`."""
        code, content = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.NOT_FOUND:
            self._refused()
        return code, content
