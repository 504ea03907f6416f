"""docs/architecture.md names what is there, and nothing else."""

from __future__ import annotations

import re

from docs.excerpts import ARCHITECTURE, ROOMS, ROOT


def named() -> set[str]:
    return set(re.findall(r"^\| `([^`]+\.py)` \|", ARCHITECTURE.read_text("utf-8"), re.MULTILINE))


def test_every_module_of_the_rooms_is_in_the_table_and_no_other() -> None:
    there = {
        path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")
    }
    assert named() == there, "renew it with: python -m docs.excerpts"


def test_every_file_that_the_page_speaks_of_exists() -> None:
    text = ARCHITECTURE.read_text("utf-8")
    paths = set(re.findall(r"`((?:bot|retrieval|corpus|tests|docs)/[\w./]+)`", text))
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
