"""The check of the messenger: whether Telegram knows the token, and what time it is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from bot.doctor.finding import Finding, Patient, broken, doubtful, well
from bot.serve_settings import telegram_settings
from corpus.errors import ConfigError

_SECONDS = 10.0
_UNAUTHORIZED = 401
_NO_SUCH_BOT = 404
# Codes and invitations end by the minute.
_APART = timedelta(minutes=1)


def telegram(patient: Patient) -> Finding:
    """Asks Telegram who the bot is, where a token is set."""
    if not patient.environment.get("TELEGRAM_BOT_TOKEN", "").strip():
        return well("telegram", "no_token")
    try:
        settings = telegram_settings(patient.config, patient.environment)
    except ConfigError as error:
        return broken("telegram", "telegram_settings", reason=error)
    address = f"{settings.base_url}{settings.token.get_secret_value()}/getMe"
    try:
        reply = httpx.post(address, timeout=_SECONDS)
    except httpx.HTTPError as error:  # its text may hold the address, and so the token
        return doubtful("telegram", "telegram_away", reason=type(error).__name__)
    if reply.status_code in (_UNAUTHORIZED, _NO_SUCH_BOT):
        return broken("telegram", "token_refused")
    if apart := _apart(reply):
        return broken("telegram", "clock_apart", minutes=int(apart.total_seconds() // 60))
    return _known(reply)


def _known(reply: httpx.Response) -> Finding:
    try:
        name = reply.json()["result"]["username"]
    except (ValueError, KeyError, TypeError):
        return doubtful("telegram", "telegram_away", reason=f"HTTP {reply.status_code}")
    return well("telegram", "telegram", name=name)


def _apart(reply: httpx.Response) -> timedelta | None:
    """How far this clock is from Telegram's; None where that is too little to matter."""
    try:
        there = parsedate_to_datetime(reply.headers["Date"])
    except (KeyError, ValueError):
        return None
    apart = abs(datetime.now(UTC) - there)
    return apart if apart > _APART else None
