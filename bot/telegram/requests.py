"""PTB's own HTTP requests, watched for what would leave the bot deaf and looking alive.

PTB ends polling when Telegram refuses the token and only writes that into the log. An update that
it cannot read, it asks for again and again, and never sees those behind it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

_LOGGER = logging.getLogger(__name__)

# A send that takes longer than this is treated as unanswered and looked for.
_SECONDS = 20.0
_CONNECT_SECONDS = 10.0
# PTB rests a second after a failed request for updates, and everybody who asks meanwhile waits.
# Asking again soon costs nothing: Telegram gives the same updates until they are confirmed.
_SOON = 0.1


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
    """Requests for updates; PTB ends polling on 404 as well, which an address may cause.

    Args:
        refused: Called when Telegram refuses the token or the address.
        heard: Called when Telegram has answered.
    """

    def __init__(self, refused: Callable[[], None], heard: Callable[[], None]) -> None:
        super().__init__(refused)
        self._heard = heard

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read a reply of Telegram; of an update that cannot be read only its number is left."""
        reply = HTTPXRequest.parse_json_payload(payload)
        if isinstance(reply.get("result"), list):
            reply["result"] = [_readable(one) for one in reply["result"]]
        return reply

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; see `BaseRequest.do_request`."""
        try:
            code, content = await super().do_request(*args, **kwargs)
        except TimedOut:
            raise
        except NetworkError:
            code, content = HTTPStatus.BAD_GATEWAY, b""
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            await asyncio.sleep(_SOON)
            code, content = await super().do_request(*args, **kwargs)
        if code == HTTPStatus.OK:
            self._heard()
        if code == HTTPStatus.NOT_FOUND:
            self._refused()
        return code, content


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except (
        TelegramError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:
        _LOGGER.warning("an update could not be read and is passed over: %s", type(error).__name__)
        return {"update_id": update["update_id"]}
    return update
