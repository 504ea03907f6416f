"""Files on their way from Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest, TelegramError

# What the Bot API lets a bot download (core.telegram.org/bots/api#getfile).
_MOST_BYTES = 20 * 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of a download.

    Attributes:
        content: The bytes; None where they could not be had.
        too_large: Whether that is because Telegram gives bots no file of this size.
    """

    content: bytes | None = None
    too_large: bool = False


async def fetch(bot: Bot, file_id: str, size: int | None) -> Fetched:
    """Download a file.

    Args:
        bot: The bot.
        file_id: Telegram's key to it.
        size: Its bytes as Telegram tells them; None where it does not.
    """
    if (size or 0) > _MOST_BYTES:
        return Fetched(too_large=True)
    try:
        there = await bot.get_file(file_id)
        return Fetched(content=bytes(await there.download_as_bytearray()))
    except BadRequest as error:
        return Fetched(too_large="too big" in error.message.lower())
    except TelegramError:
        return Fetched()
