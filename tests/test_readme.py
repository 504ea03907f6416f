"""README says what the program does today."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.__main__ import cli
from bot.config import Config
from docs.excerpts import README, ROOT, conversation, excerpt, questions

KOREAN = ROOT / "README.ko.md"
PAGES = pytest.mark.parametrize("page", [README, KOREAN], ids=lambda page: page.name)


@PAGES
def test_every_command_named_there_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"(?:^|[`'/ ])dongne (?:--as \S+ )?([a-z]+)", text, re.MULTILINE))
    assert {"ingest", "ask"} <= named
    assert named <= set(cli.list_commands(click.Context(cli)))


@PAGES
def test_every_make_target_named_there_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
    assert "run" in named
    assert named <= targets


@PAGES
def test_every_file_it_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", page.read_text("utf-8"))
    paths = [one or other for one, other in links]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_it_opens_with_the_two_commands_of_a_fresh_machine() -> None:
    first = README.read_text("utf-8").split("```")[1]
    assert re.findall(r"^make \w+", first, re.MULTILINE) == ["make run", "make test"]


def test_the_conversation_is_what_the_console_says_today() -> None:
    shown = excerpt(README, "conversation")
    assert shown == conversation(questions(shown)), "renew it with: python -m docs.excerpts"


def test_every_section_of_the_configuration_is_explained() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert [name for name in Config.model_fields if f"## [{name}]" not in page] == []


@PAGES
def test_nothing_of_one_machine_is_in_it(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"/work/|/home/|/root/|/tmp/|pypi|download\.pytorch", text) == []
