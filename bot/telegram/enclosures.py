"""Files on their way to Telegram: kept in the outbox like any message until they are there."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputFile, Message

from bot.telegram.letters import DOCUMENT, PHOTO


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file to be sent.

    Attributes:
        name: Its name.
        content: Its bytes.
        caption: Plain text below it, at most 1,024 characters.
        picture: Whether it is shown as a photo rather than offered as a file.
    """

    name: str
    content: bytes
    caption: str
    picture: bool = False

    @property
    def method(self) -> str:
        """The Bot API method that sends it."""
        return PHOTO if self.picture else DOCUMENT

    @property
    def format(self) -> str:
        """What kind of file it is, by the end of its name."""
        return self.name.rpartition(".")[2].lower()

    def payload(self) -> dict[str, Any]:
        """What the outbox keeps of it, beside the chat and what it replies to."""
        content = base64.b64encode(self.content).decode("ascii")
        return {"caption": self.caption, "name": self.name, "content": content}


async def send_enclosure(
    bot: Bot, chat_id: int, method: str, parameters: dict[str, Any]
) -> Message:
    """Send what `Enclosure.payload` kept.

    Raises:
        TelegramError: As the Bot API says.
    """
    rest = {key: value for key, value in parameters.items() if key not in ("name", "content")}
    file = InputFile(base64.b64decode(parameters["content"]), filename=parameters["name"])
    if method == PHOTO:
        return await bot.send_photo(chat_id=chat_id, photo=file, **rest)
    return await bot.send_document(chat_id=chat_id, document=file, **rest)
