"""What was read from the store is forgotten when papers change, and not because somebody asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.audit import write_entry
from corpus.database import CouncilDatabase
from retrieval.lookup.kept import state_of


@pytest.mark.parametrize(
    ("action", "changes"),
    [("ask", False), ("view", False), ("correct", True), ("undo", True), ("level", True)],
)
def test_what_is_kept_outlives_questions_and_no_correction(
    tmp_path: Path, action: str, changes: bool
) -> None:
    database = CouncilDatabase(tmp_path)
    before = state_of(database)
    with database.write() as db:
        now = datetime(2031, 5, 6, tzinfo=UTC)
        write_entry(db, at=now, person="a", action=action, subject="b", details={})
    assert (state_of(database) != before) is changes
    database.close()
