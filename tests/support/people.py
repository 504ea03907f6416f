"""People whom a store knows, by their numbers at Telegram."""

from __future__ import annotations

from collections.abc import Mapping

from bot.house_rules import Allowances
from corpus.database import CouncilDatabase

# What a test does in a second, people do in an hour.
WIDE = Allowances(
    questions_minute=10_000, questions_day=10_000, group_minute=10_000, opinions_day=10_000
)


def enrol(database: CouncilDatabase, roles: Mapping[int, str]) -> None:
    """Give people their roles, as if they had taken up an invitation."""
    with database.write() as db:
        for number, role in roles.items():
            db.execute(
                "insert into people (telegram_id, role, created_at) values (?, ?, '2031')",
                [number, role],
            )
