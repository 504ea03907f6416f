from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.errors import ModelError
from retrieval.model.calls import ModelCalls, try_model
from retrieval.model.loading import chat_model
from retrieval.model.settings import ModelSettings
from tests.support.chat_server import ChatServer, Says

pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")

NOW = datetime.fromisoformat("2031-05-06T09:00:00+09:00")


class Form(BaseModel):
    answer: int


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(lambda request: Says(text="나래구입니다.")) as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    store = CouncilDatabase(tmp_path)
    yield store
    store.close()


def settings(server: ChatServer, **more: Any) -> ModelSettings:
    return replace(
        ModelSettings(base_url=server.base_url, name="scripted", wait=5.0, daily=20), **more
    )


def calls(server: ChatServer, database: CouncilDatabase, **more: Any) -> ModelCalls:
    chosen = settings(server, **more)
    return ModelCalls(chat_model(chosen), chosen, database, lambda: NOW)


def written(made: ModelCalls, text: str = "안녕") -> str:
    return "".join(made.write("wording", "짧게 답한다.", text, made.allowance()))


def test_what_the_model_writes_comes_in_pieces(
    server: ChatServer, database: CouncilDatabase
) -> None:
    server.script = lambda request: Says(text="나래구 텃밭은 봄에 엽니다.", piece=4)
    made = calls(server, database)
    pieces = list(made.write("wording", "o", "t", made.allowance()))
    assert "".join(pieces) == "나래구 텃밭은 봄에 엽니다."
    assert len(pieces) > 2


def test_personal_data_is_masked_before_it_leaves(
    server: ChatServer, database: CouncilDatabase
) -> None:
    written(calls(server, database), "제 번호는 010-2345-6789이고 900101-1234567입니다")
    assert "전화번호" in server.heard
    assert "2345" not in server.heard
    assert "1234567" not in server.heard


def test_every_call_is_listed_by_kind_and_size_and_never_by_its_text(
    server: ChatServer, database: CouncilDatabase
) -> None:
    written(calls(server, database), "비밀 텃밭")
    (entry,) = Audit(database).entries()
    assert (entry.action, entry.subject) == ("model", "wording")
    assert entry.details == {"characters": len("짧게 답한다.비밀 텃밭"), "local": True}
    assert Audit(database).broken_at() is None


def test_a_question_has_so_many_calls_and_tokens_and_no_more(
    server: ChatServer, database: CouncilDatabase
) -> None:
    made = calls(server, database, calls=2)
    allowance = made.allowance()
    for _ in range(2):
        list(made.write("wording", "o", "t", allowance))
    with pytest.raises(ModelError, match="이 질문"):
        list(made.write("wording", "o", "t", allowance))
    with pytest.raises(ModelError, match="이 질문"):
        written(made, "가" * 20_000)
    assert len(server.requests) == 2


def test_the_day_has_so_many_calls_also_after_a_restart(
    server: ChatServer, database: CouncilDatabase
) -> None:
    for _ in range(3):
        written(calls(server, database, daily=3))
    with pytest.raises(ModelError, match="오늘"):
        written(calls(server, database, daily=3))
    chosen = settings(server, daily=3)
    tomorrow = ModelCalls(chat_model(chosen), chosen, database, lambda: NOW + timedelta(days=1))
    assert written(tomorrow)


@pytest.mark.parametrize(
    "says",
    [
        Says(status=429),
        Says(status=500),
        Says(garbage=True),
        Says(text="나래구는 …", pause=30),
    ],
)
def test_every_way_to_fail_is_one_error(
    server: ChatServer, database: CouncilDatabase, says: Says
) -> None:
    server.script = lambda request: says
    with pytest.raises(ModelError):
        written(calls(server, database, wait=0.3))


def test_a_form_that_is_not_filled_in_rightly_is_an_error(
    server: ChatServer, database: CouncilDatabase
) -> None:
    made = calls(server, database)
    server.script = lambda request: Says(text='{"answer": 3}')
    assert made.fill("plan", "o", "t", Form, made.allowance()).answer == 3
    for wrong in ('{"answer": "세 개"}', '{"answer": 3', "모르겠습니다", "", "[]"):
        server.script = lambda request, wrong=wrong: Says(text=wrong)  # type: ignore[misc]
        with pytest.raises(ModelError):
            made.fill("plan", "o", "t", Form, made.allowance())
        made = calls(server, database)


def test_calls_of_tools_that_nobody_offered_are_neither_obeyed_nor_read(
    server: ChatServer, database: CouncilDatabase
) -> None:
    server.script = lambda request: Says(text='{"answer": 3}', tools="send_message")
    made = calls(server, database)
    assert written(made) == ""
    with pytest.raises(ModelError):
        made.fill("plan", "o", "t", Form, made.allowance())
    assert all("tools" not in request for request in server.requests)


def test_a_draft_waits_for_its_turn_and_an_answer_does_not(
    server: ChatServer, database: CouncilDatabase
) -> None:
    made = calls(server, database, patience=60.0)
    first = made.write("wording", "o", "t", made.allowance())
    next(first)  # the model works for somebody
    with pytest.raises(ModelError, match="다른 질문"):
        written(made)
    waiting = threading.Thread(
        target=lambda: drafted.extend(made.write("reply", "o", "t", made.allowance(waiting=False)))
    )
    drafted: list[str] = []
    waiting.start()
    assert not drafted
    assert "".join(first) == ""
    waiting.join(60)
    assert "".join(drafted) == "나래구입니다."
    assert [entry.subject for entry in Audit(database).entries()] == ["wording", "reply"]


def test_a_server_that_keeps_failing_is_left_alone_for_a_while(
    server: ChatServer, database: CouncilDatabase
) -> None:
    server.script = lambda request: Says(status=500)
    clock = [0.0]
    chosen = settings(server)
    made = ModelCalls(chat_model(chosen), chosen, database, lambda: NOW, lambda: clock[0])
    for _ in range(5):
        with pytest.raises(ModelError):
            written(made)
    assert len(server.requests) == 3
    clock[0] = 61.0
    server.script = lambda request: Says(text="다시 됩니다.")
    assert written(made) == "다시 됩니다."


def test_tracing_of_the_environment_is_not_obeyed(
    server: ChatServer, database: CouncilDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChatServer(lambda request: Says()) as spy:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", spy.base_url)
        assert written(calls(server, database))
        assert spy.requests == []


def test_a_proxy_of_the_environment_gets_nothing_that_is_meant_for_the_office(
    server: ChatServer, database: CouncilDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChatServer(lambda request: Says()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base_url.removesuffix("/v1"))
        assert written(calls(server, database)) == "나래구입니다."
        assert proxy.requests == []


def test_trying_a_model_says_what_is_wrong_and_what_to_do(server: ChatServer) -> None:
    assert try_model(settings(server)) is None
    server.script = lambda request: Says(text="")
    assert "model의 이름" in str(try_model(settings(server)))
    nowhere = ModelSettings(base_url="http://127.0.0.1:9/v1", name="x", wait=3.0)
    assert "base_url" in str(try_model(nowhere))


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://192.168.0.7/v1", True),
        ("http://[::1]:80/v1", True),
        ("https://api.example.org/v1", False),
        ("http://8.8.8.8/v1", False),
        ("http://localhost.example.org/v1", False),
        ("", False),
    ],
)
def test_local_is_only_what_is_so_by_its_figures(url: str, local: bool) -> None:
    made = ModelSettings(base_url=url, name="x")
    assert made.local is local
    assert made.sees_internal is local
    assert replace(made, public_only=False).sees_internal
