from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import ChatModel, Config, Data
from bot.doctor.conversation import chat_model
from bot.doctor.finding import Patient, State
from corpus.messages import say
from tests.support.chat_server import ChatServer, Says


def patient(folder: Path, **chat: str) -> Patient:
    config = Config(data=Data(folder=folder), chat_model=ChatModel(**chat))
    now = datetime(2031, 6, 1, tzinfo=UTC)
    return Patient(config=config, environment={}, now=now, raw=None, database=None)


def test_no_chat_model_is_no_fault(tmp_path: Path) -> None:
    assert chat_model(patient(tmp_path)).state is State.WELL


def test_a_chat_model_is_tried_and_one_that_is_down_is_told_with_a_remedy(tmp_path: Path) -> None:
    pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")
    with ChatServer(lambda request: Says(text="2")) as server:
        here = patient(tmp_path, base_url=server.base_url, model="scripted")
        assert chat_model(here).state is State.WELL
        server.script = lambda request: Says(status=500)
        found = chat_model(here)
    assert found.state is State.DOUBTFUL
    assert found.remedy == say("doctor.chat_model_remedy")
