"""The program as people run it: `dongne serve` with real answers, over real HTTP."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, Data
from bot.wiring import open_council
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Visibility
from tests.support.telegram import TOKEN, TelegramDouble, shown, supergroup

ANN, BEN = 501, 502
DONGNE = Path(sys.executable).with_name("dongne")

PUBLIC = """# 2031년 달빛구 마을사업 안내

## 1. 골목 음악회
- 대상 : 달빛구 주민 누구나
- 이용요금 : 한 사람 3,400원
- 문의 : 별내동 행정복지센터 02-000-7001

## 2. 옥상 텃밭
- 대상 : 60세 이상 어르신
- 이용요금 : 한 평 9,100원
"""
STAFF = """# 2031년 달빛구 내부 검토자료

## 1. 빈집 도서관
- 공사비 : 7,650만원
"""
ASKED, SAID = "골목 음악회 이용요금은 얼마인가요?", "3,400원"
QUOTE = "이용요금 : 한 사람 3,400원"
ASKED_INSIDE, SAID_INSIDE = "빈집 도서관 공사비는 얼마인가요?", "7,650만원"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a public paper and one for staff; its vectors are left to `serve`."""
    folder = tmp_path_factory.mktemp("papers")
    files = {"안내.md": (PUBLIC, Visibility.PUBLIC), "검토.md": (STAFF, Visibility.STAFF)}
    with open_council(Config(data=Data(folder=folder / "store"))) as council:
        for name, (text, visibility) in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            list(council.ingest.run([folder / name], visibility))
    return folder / "store"


@pytest.fixture
def store(papers: Path, tmp_path: Path) -> Path:
    shutil.copytree(papers, tmp_path / "store")
    return tmp_path / "store"


class Served:
    """`dongne serve` as a process of its own, and all that it prints."""

    def __init__(self, folder: Path, telegram: TelegramDouble) -> None:
        self.output = folder.with_name("output.txt")
        addresses = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": telegram.base_url,
            "TELEGRAM_BASE_FILE_URL": telegram.base_file_url,
        }
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [DONGNE, "--data", folder, "serve"],
                stdout=output,
                stderr=output,
                cwd=folder.parent,
                env={**os.environ, **addresses},
            )

    def end(self, how: signal.Signals = signal.SIGTERM) -> str:
        self.process.send_signal(how)
        status = self.process.wait(30)
        assert status == (0 if how == signal.SIGTERM else -how)
        return self.output.read_text(encoding="utf-8")


@pytest.fixture
def serve(telegram: TelegramDouble) -> Iterator[Callable[[Path], Served]]:
    started: list[Served] = []

    def start(folder: Path) -> Served:
        started.append(Served(folder, telegram))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def text(message: dict[str, Any]) -> str:
    return shown(message["text"])


def test_a_question_gets_a_sourced_answer_and_its_button_shows_the_quote(
    telegram: TelegramDouble, store: Path, serve: Callable[[Path], Served]
) -> None:
    served = serve(store)
    telegram.says(ANN, ASKED)
    (answer,) = telegram.waits_for(ANN, 1)
    assert SAID in text(answer)
    assert "[1] 2031년 달빛구 마을사업 안내" in text(answer)
    telegram.presses(ANN, answer, say("telegram.source", number=1))
    source = telegram.waits_for(ANN, 2)[1]
    assert QUOTE in source["text"].partition("<b>")[2].partition("</b>")[0]
    assert "대상 : 달빛구 주민 누구나" in text(source)
    printed = served.end()
    assert say("telegram.serving") in printed
    assert TOKEN not in printed
    assert TOKEN.partition(":")[2] not in printed


def test_a_paper_for_staff_is_found_by_staff_in_private_and_by_nobody_else(
    telegram: TelegramDouble, store: Path, serve: Callable[[Path], Served]
) -> None:
    served = serve(store)
    telegram.says(BEN, "/start")
    telegram.waits_for(BEN, 1)
    database = CouncilDatabase(store)
    with database.write() as db:
        db.execute("update people set role = 'staff' where telegram_id = ?", [BEN])
    database.close()
    group = supergroup()
    telegram.says(ANN, ASKED_INSIDE)
    telegram.says(BEN, ASKED_INSIDE)
    telegram.says(BEN, f"/ask {ASKED_INSIDE}", group)
    telegram.says(ANN, "/sources")
    citizen, listed = (text(message) for message in telegram.waits_for(ANN, 2))
    clerk = text(telegram.waits_for(BEN, 2)[1])
    (everyone,) = (text(message) for message in telegram.waits_for(group["id"], 1))
    served.end()
    assert SAID_INSIDE in clerk
    assert SAID_INSIDE not in citizen + everyone
    assert "검토" in clerk
    assert "검토" not in citizen + everyone + listed
    assert say("telegram.public_here") in everyone


def test_what_was_asked_around_a_kill_is_answered_once_after_the_restart(
    telegram: TelegramDouble, store: Path, serve: Callable[[Path], Served]
) -> None:
    served = serve(store)
    telegram.says(ANN, ASKED)
    before = telegram.waits_for(ANN, 1)[0]
    telegram.says(BEN, ASKED)
    served.end(signal.SIGKILL)
    telegram.says(ANN, "옥상 텃밭 이용요금은 얼마인가요?")
    served = serve(store)
    after = telegram.waits_for(ANN, 2)[1]
    telegram.waits_for(BEN, 1)
    telegram.presses(ANN, before, say("telegram.source", number=1))
    telegram.waits_for(ANN, 3)
    served.end()
    assert "9,100원" in text(after)
    assert [SAID in said for said in telegram.texts(BEN)] == [True]
    assert len(telegram.sent(ANN)) == 3


def test_the_log_has_a_line_a_question_without_its_words_and_its_asker(
    telegram: TelegramDouble,
    store: Path,
    serve: Callable[[Path], Served],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DONGNE_LOG__FILE", "log/serve.log")
    served = serve(store)
    asked = [telegram.says(90_210, ASKED), telegram.says(90_210, "화성 이주는 언제 하나요?")]
    telegram.waits_for(90_210, 2)
    printed = served.end()
    log = (store / "log" / "serve.log").read_text("utf-8")
    answered = re.findall(r" event=question update=(\d+) kind=typed basis=(\w+) .*ms=\d+\n", log)
    assert [int(number) for number, _ in answered] == [update["update_id"] for update in asked]
    assert answered[1][1] == "none"
    assert log in printed.replace(say("telegram.serving") + "\n", "")
    for secret in (ASKED, "화성", "90210", TOKEN):
        assert secret not in printed


def test_an_empty_store_says_how_papers_get_into_it(
    telegram: TelegramDouble, tmp_path: Path, serve: Callable[[Path], Served]
) -> None:
    served = serve(tmp_path / "store")
    telegram.says(ANN, ASKED)
    telegram.says(ANN, "/sources")
    answer, listed = telegram.waits_for(ANN, 2)
    assert "dongne ingest" in text(answer)
    assert text(listed) == say("telegram.no_papers")
    assert "dongne ingest" in served.end()
