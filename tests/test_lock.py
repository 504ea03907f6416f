from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def name_of(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def locked(file: str) -> dict[str, str]:
    """What a lock file says of each package, by name."""
    text = (REPOSITORY / file).read_text("utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + text)
    return {name_of(entry): entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)}


@pytest.mark.parametrize("file", LOCKS)
def test_no_graphics_card_is_in_the_lock(file: str) -> None:
    heavy = re.compile(r"torch(?:vision|audio)?$|triton|nvidia|cuda|cudnn")
    assert [name for name in locked(file) if heavy.match(name)] == []


@pytest.mark.parametrize("file", LOCKS)
def test_everything_locked_has_one_version_and_hashes(file: str) -> None:
    for name, entry in locked(file).items():
        assert re.match(r"\S+==\S+", entry), name
        assert "--hash=sha256:" in entry, name


def test_every_direct_dependency_is_locked_as_declared() -> None:
    dev = PROJECT["optional-dependencies"]["dev"]
    for requirements, file in ((PROJECT["dependencies"], LOCKS[0]), (dev, LOCKS[1])):
        entries = locked(file)
        for requirement in requirements:
            entry = entries[name_of(requirement)]
            if pinned := re.search(r"==([\w.]+)", requirement):
                assert re.match(rf"\S+=={re.escape(pinned[1])}(?!\S)", entry), requirement


def test_both_locks_agree() -> None:
    product, dev = map(locked, LOCKS)
    for name in product.keys() & dev.keys():
        assert product[name].split()[0] == dev[name].split()[0]


def test_every_direct_dependency_has_its_reason_licence_and_keeper_in_a_decision() -> None:
    told: dict[str, list[str]] = {}
    for page in sorted((REPOSITORY / "docs" / "decisions").glob("*.md")):
        for line in page.read_text("utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("|") and len(cells) == 5:
                names = re.sub(r"\(.*?\)", "", cells[0]).split(",")
                told |= {name_of(name.strip()): cells[1:4] for name in names if name.strip("- ")}
    every = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {name_of(requirement) for requirement in every}
    assert [name for name in sorted(names) if name not in told] == []
    assert [name for name in sorted(names) if not all(told[name])] == []
