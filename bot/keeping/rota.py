"""Backups by the calendar: what they are called, which are kept, and when the next is due."""

from __future__ import annotations

from datetime import datetime


def backup_name(now: datetime) -> str:
    """Name of a backup made now; names sort by time."""
    return f"dongne-{now:%Y%m%d-%H%M}.zip"
