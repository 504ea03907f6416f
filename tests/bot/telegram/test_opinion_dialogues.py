"""Opinions in Telegram as people meet them: dialogues as data, over HTTP against the double."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.database import CouncilDatabase
from tests.bot.telegram.conftest import Serving, secretary_knowing
from tests.bot.telegram.stage import STEP, Stage, dialogues
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, supergroup

PEOPLE = {"ann": 501, "carl": 502, "sora": 503, "miru": 504}
STAFF = ("sora", "miru")
GROUP = supergroup()
_FILE = "opinions.toml"


secretary = secretary_knowing({PEOPLE[name]: "staff" for name in STAFF})


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


@pytest.mark.parametrize("dialogue", dialogues(_FILE), ids=lambda one: one["name"])
async def test_a_dialogue_goes_as_written(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, dialogue: dict[str, Any]
) -> None:
    stage = Stage(telegram, PEOPLE, GROUP)
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        for step in dialogue["steps"]:
            await stage.go(step)


def test_steps_are_written_as_they_are_read() -> None:
    assert all(set(step) <= STEP for one in dialogues(_FILE) for step in one["steps"])
