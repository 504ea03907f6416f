"""The rooms import in one direction: bot -> retrieval -> corpus."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"corpus": set(), "retrieval": {"corpus"}, "bot": {"corpus", "retrieval"}}


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names & MAY_IMPORT.keys()


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        assert imported_rooms(path) - {room} <= MAY_IMPORT[room], path


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_modules_stay_small_enough_to_read_at_once(room: str) -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / room).rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_no_function_grows_into_a_monster(room: str) -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": size
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > 60
    }
    assert long == {}


def test_only_the_wiring_reads_the_configuration() -> None:
    for room in ("corpus", "retrieval"):
        for path in (ROOT / room).rglob("*.py"):
            assert "bot.config" not in path.read_text(encoding="utf-8"), path
