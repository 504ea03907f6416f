"""What `dongne serve` is told by the configuration and the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address

from pydantic import ValidationError

from bot.config import Config
from bot.keeping.rota import Rota
from bot.telegram.settings import TelegramSettings, Watch
from corpus.errors import ConfigError
from corpus.messages import say


def telegram_settings(config: Config, environment: Mapping[str, str]) -> TelegramSettings:
    """What the Telegram channel needs, from the file and the environment.

    Raises:
        ConfigError: The token is missing, or webhook settings are incomplete.
    """
    if not (token := environment.get("TELEGRAM_BOT_TOKEN", "").strip()):
        raise ConfigError(say("telegram.no_token"))
    telegram = config.telegram
    webhook = None
    if telegram.mode == "webhook":
        if not (telegram.webhook_url and telegram.webhook_secret.get_secret_value()):
            raise ConfigError(say("telegram.no_webhook"))
        webhook = {
            "url": telegram.webhook_url,
            "listen": telegram.listen,
            "port": telegram.port,
            "secret_token": telegram.webhook_secret,
        }
    addresses = {
        key: environment[name]
        for key, name in (
            ("base_url", "TELEGRAM_BASE_URL"),
            ("base_file_url", "TELEGRAM_BASE_FILE_URL"),
        )
        if environment.get(name)
    }
    try:
        rules = {"privacy": config.privacy, "limits": config.limits}
        days = rota(config).days
        return TelegramSettings.model_validate(
            {"token": token, "webhook": webhook, "backup_days": days, **rules} | addresses
        )
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = f"telegram.{'.'.join(str(part) for part in first['loc'])}"
        raise ConfigError(say("config.wrong_value", key=key, reason=first["msg"])) from None


def rota(config: Config) -> Rota:
    """When backups are made by themselves, and how many are kept."""
    chosen = config.backup
    return Rota(
        folder=config.data.folder / chosen.folder,
        hour=chosen.hour,
        daily=chosen.daily,
        weekly=chosen.weekly,
    )


def watch_settings(config: Config, missing: Callable[[], int]) -> Watch | None:
    """Where the bot tells how it is doing; None where it is not enabled.

    Args:
        config: The settings.
        missing: Counts passages without a vector.

    Raises:
        ConfigError: Other machines could read it and the configuration does not say so.
    """
    metrics = config.metrics
    if not metrics.enabled:
        return None
    if not (_loopback(metrics.listen) or metrics.beyond_loopback):
        raise ConfigError(say("watch.beyond_loopback", address=metrics.listen))
    backups = rota(config)

    def backed_up() -> datetime | None:
        return next((at for at, _ in backups.made()), None)

    return Watch(listen=metrics.listen, port=metrics.port, missing=missing, backed_up=backed_up)


def _loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
