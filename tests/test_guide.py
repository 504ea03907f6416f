"""The staff guide shows what the bot says today, and names what there is."""

from __future__ import annotations

import re

import pytest

from bot.__main__ import cli
from bot.telegram.addressing import COMMANDS
from docs.excerpts import ROOT
from docs.guide_pictures import FOLDER, checksum, conversations, drawn_from, scenes, text_of

PAGE = (ROOT / "docs" / "guide.ko.md").read_text("utf-8")


def test_the_conversations_of_its_pictures_are_what_the_bot_says_today() -> None:
    changed = [
        name
        for name, messages in conversations(scenes())
        if text_of(messages) != (FOLDER / f"{name}.txt").read_text("utf-8")
    ]
    assert changed == [], "renew them with: python -m docs.guide_pictures"


@pytest.mark.parametrize("name", sorted(scenes()))
def test_a_picture_is_drawn_from_its_text_and_shown(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert drawn_from(FOLDER / f"{name}.png") == checksum(text), "python -m docs.guide_pictures"
    assert f'<img src="images/guide/{name}.png" alt="' in PAGE


def test_every_picture_that_it_shows_is_one_of_the_scenes() -> None:
    assert set(re.findall(r'src="images/guide/(\w+)\.png"', PAGE)) == set(scenes())


def test_every_command_named_there_exists() -> None:
    named = set(re.findall(r"`/([a-z]+|[가-힣]+)", PAGE))
    assert {"ask", "review", "대장"} <= named
    assert [name for name in sorted(named) if name not in COMMANDS] == []
    console = set(re.findall(r"dongne ([a-z]+)", PAGE))
    assert console <= set(cli.list_commands(cli.make_context("dongne", ["run"])))


def test_every_button_named_there_is_on_some_picture() -> None:
    shown = "\n".join((FOLDER / f"{name}.txt").read_text("utf-8") for name in scenes())
    quoted = re.findall(r"`([^`\n]+)`", PAGE)
    buttons = [one for one in quoted if re.fullmatch(r"(?:\[1\] )?[가-힣 ]+", one)]
    assert len(buttons) >= 5
    assert [one for one in buttons if not re.search(rf"\[[^\]\n]*{re.escape(one)}", shown)] == []
