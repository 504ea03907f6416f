"""What every test may lean on: a clean environment and no way off this machine."""

from __future__ import annotations

import os
import socket
import tomllib
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.terms import KiwiTerms
from tests.support.shelf import Shelf

KNOWN_GAPS = Path(__file__).parent / "known_gaps.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=20, help="deaths that tests/faults/test_kills.py dies"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the questions that are answered wrongly today; one that comes right must leave."""
    gaps = tomllib.loads(KNOWN_GAPS.read_text(encoding="utf-8"))["gap"]
    for item in items:
        for gap in gaps:
            if item.name.startswith(gap["test"]) and gap["question"] in item.name.encode(
                "ascii", "ignore"
            ).decode("unicode_escape"):
                item.add_marker(pytest.mark.xfail(strict=True, reason=gap["reason"]))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the model on board is converted, once a run: whoever needs it first does it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return folder / "models"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, models: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("DONGNE_", "TELEGRAM_", "LANGCHAIN_", "LANGSMITH_", "CHROMA_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DONGNE_EMBEDDER__FOLDER", str(models))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that connects to anything but this machine."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture(scope="session")
def terms() -> KiwiTerms:
    return KiwiTerms()


@pytest.fixture(scope="session")
def embedder(models: Path) -> E5Embeddings:
    return E5Embeddings(converted(models))


@pytest.fixture
def shelf(tmp_path: Path, terms: KiwiTerms) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "data", terms)
    yield shelf
    shelf.database.close()
