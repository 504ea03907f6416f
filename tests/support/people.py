"""People whom a store knows, by their numbers at Telegram."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.database import CouncilDatabase


def enrol(database: CouncilDatabase, roles: Mapping[int, str]) -> None:
    """Give people their roles, as if they had taken up an invitation."""
    with database.write() as db:
        for number, role in roles.items():
            db.execute(
                "insert into people (telegram_id, role, created_at) values (?, ?, '2031')",
                [number, role],
            )
