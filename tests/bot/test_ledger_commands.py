"""`dongne ledger` at the console."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import cli
from corpus.database import CouncilDatabase

YEAR_FREE = "의견-"


def dongne(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(folder), "ledger", *words])


def test_an_opinion_by_telephone_is_added_answered_published_and_exported(tmp_path: Path) -> None:
    store = tmp_path / "store"
    CouncilDatabase(store).close()
    added = dongne(store, "add", "가람2동 가로등이 어둡대요. 010-2345-6789로 알려 달래요")
    assert added.exit_code == 0, added.output
    assert YEAR_FREE in added.output
    answered = dongne(store, "answer", "1", "consider", "살펴보겠습니다.", "--due", "12월 31일")
    assert "답변: 검토(" in answered.output
    assert dongne(store, "publish", "1", "가로등이 어둡습니다").exit_code == 0
    public = dongne(store, "list", "--as", "citizen")
    assert "가로등이 어둡습니다" in public.output
    shown = dongne(store, "show", "1")
    assert "살펴보겠습니다." in shown.output
    assert "2345" not in shown.output
    assert "공개" in shown.output
    actions = dongne(store, "actions", "--output", str(tmp_path / "결과.docx"))
    assert "살펴보겠습니다." in actions.output
    assert dongne(store, "export", str(tmp_path / "대장.json")).exit_code == 0
    (entry,) = json.loads((tmp_path / "대장.json").read_text(encoding="utf-8"))
    assert [event["action"] for event in entry["history"]] == ["record", "answer", "publish"]


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    store = tmp_path / "store"
    CouncilDatabase(store).close()
    dongne(store, "add", "벤치를 놓아 주세요")
    assert dongne(store, "close", "1").exit_code == 0
    refused = dongne(store, "close", "1")
    assert refused.exit_code == 1
    assert "종결" in refused.output
    assert dongne(store, "reopen", "1").exit_code == 0
    assert dongne(store, "show", "99").exit_code == 2
    assert dongne(store, "export", str(tmp_path / "대장.hwp")).exit_code == 2
    assert dongne(store, "assign", "1", "공원과").exit_code == 0
    dongne(store, "add", "벤치가 모자라요")
    assert "[병합]" in dongne(store, "merge", "2", "1").output
    assert "공원과" not in dongne(store, "list", "접수").output
