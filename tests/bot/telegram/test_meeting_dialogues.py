"""Meetings in Telegram as people meet them: dialogues as data, over HTTP against the double."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.database import CouncilDatabase
from tests.bot.telegram.conftest import Serving, secretary_knowing
from tests.bot.telegram.stage import STEP, Stage, dialogues
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, supergroup

PEOPLE = {"ann": 601, "bea": 602, "carl": 603, "mira": 604, "zoe": 605}
ROLES = {"ann": "staff", "bea": "staff", "carl": "chair", "mira": "member"}
GROUP = supergroup(forum=True)
TOPIC = {"message_thread_id": 77, "is_topic_message": True}
PLAN = """/meeting 2032년 제1차 실무협의체
일시: 2032. 3. 25. 16:00
장소: 단비구청 3층 회의실
위원정수: 3
1. 우산 수리소 운영 결과 검토
2. 골목 화분 사업 계획(안) 검토"""
_FILE = "meetings.toml"
_BEGINNING = (
    {"who": "ann", "says": PLAN, "sees": ["이렇게 알아들었습니다"]},
    {"who": "ann", "presses": "저장", "sees": ["저장했습니다"]},
    {"who": "ann", "presses": "제1차", "sees": ["(예정)"]},
)

secretary = secretary_knowing({PEOPLE[name]: role for name, role in ROLES.items()})


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


@pytest.mark.parametrize("dialogue", dialogues(_FILE), ids=lambda one: one["name"])
async def test_a_dialogue_goes_as_written(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, dialogue: dict[str, Any]
) -> None:
    stage = Stage(telegram, PEOPLE, GROUP, TOPIC)
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        for step in (*_BEGINNING, *dialogue["steps"]):
            await stage.go(step)


def test_steps_are_written_as_they_are_read() -> None:
    assert all(set(step) <= STEP for one in dialogues(_FILE) for step in one["steps"])
