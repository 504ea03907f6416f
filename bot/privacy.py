"""`/privacy`: what is kept of a person, how long, who sees it, and how it is erased."""

from __future__ import annotations

from bot.house_rules import Privacy
from corpus.messages import say


def privacy_text(privacy: Privacy, backup_days: int) -> str:
    """What everybody may know, in plain words; the periods are the office's own.

    Args:
        privacy: How long things are kept.
        backup_days: How long backups that the bot makes itself are kept; 0 where it makes none.
    """
    backups = say("privacy.backups", period=period(backup_days)) + "\n" if backup_days else ""
    return say(
        "privacy.all",
        backups=backups,
        conversations=period(privacy.conversations_days),
        unanswered=period(privacy.unanswered_days),
        outbox=period(privacy.outbox_days),
        drafts=period(privacy.drafts_days),
    )


def period(days: int) -> str:
    """Days as people say them: 년 (years) or 개월 (months of 30 days) where they come out even."""
    for unit, size in (("years", 365), ("months", 30)):
        if days % size == 0:
            return say(f"privacy.{unit}", count=days // size)
    return say("privacy.days", count=days)
