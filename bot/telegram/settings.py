"""What an operator decides about the Telegram channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from bot.house_rules import Allowances, Privacy


class WebhookSettings(BaseModel):
    """Where Telegram delivers updates when it is not asked for them.

    Attributes:
        url: Public HTTPS address; its path is the path that is listened on.
        listen: Address to listen on, behind a proxy that ends TLS.
        port: TCP port to listen on.
        secret_token: What Telegram proves itself with in every delivery.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    listen: str = "127.0.0.1"
    port: int = Field(default=8443, ge=1, le=65535)
    secret_token: SecretStr = Field(min_length=1, max_length=256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Where `/health` and `/metrics` are read, and what they tell beside what the bot does.

    Attributes:
        listen: Address to listen on.
        port: TCP port to listen on.
        missing: Counts passages without a vector.
        backed_up: When the newest backup was made; None where there is none.
    """

    listen: str
    port: int
    missing: Callable[[], int]
    backed_up: Callable[[], datetime | None]


class TelegramSettings(BaseModel):
    """Everything the channel needs to know; the token comes from the environment only.

    Attributes:
        token: The bot's token, as BotFather gives it.
        base_url: Address of the Bot API up to the token.
        base_file_url: Address of its files up to the token.
        webhook: Deliveries by webhook; None asks for updates by long polling.
        answer_threads: Questions answered at once. Two, since the embedder alone keeps the two
            cores busy that a small office's machine has.
        memory_minutes: How long a follow-up may refer to what was asked before.
        privacy: How long things are kept.
        limits: How much people may ask for.
        backup_days: How long backups that the bot makes itself are kept; 0 where it makes none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook: WebhookSettings | None = None
    answer_threads: int = Field(default=2, ge=1, le=32)
    memory_minutes: int = Field(default=30, ge=1, le=1440)
    privacy: Privacy = Privacy()
    limits: Allowances = Allowances()
    backup_days: int = Field(default=0, ge=0)
