from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.intake import rebuild, take_in, take_out
from bot.wiring import Council
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Basis
from tests.bot.conftest import opened

SECRET = "은행나무센터 위탁 기간은 어떻게 하기로 했나요?"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Council]:
    with opened(tmp_path / "data") as council:
        yield council


def found(council: Council, query: str, audience: Visibility = Visibility.STAFF) -> set[str]:
    return {hit.document for hit in council.search.search(query, 5, audience)}


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_papers_of_staff_are_invisible_to_others(council: Council, audience: Visibility) -> None:
    assistant = council.assistant
    (secret,) = (
        paper for paper in assistant.papers(Visibility.STAFF) if paper.name == "내부 검토.txt"
    )
    assert secret.name not in {paper.name for paper in assistant.papers(audience)}
    assert secret.name not in found(council, SECRET, audience)
    assert assistant.context(secret.id, 0, 10, audience) is None
    answer = assistant.ask(SECRET, audience=audience)
    everything = json.dumps(
        [answer.text, *(citation.quote for citation in answer.citations)], ensure_ascii=False
    )
    assert "줄이는 방안" not in everything
    assert secret.title not in everything
    assert secret.name not in {citation.document for citation in answer.citations}


def test_staff_see_their_papers(council: Council) -> None:
    answer = council.assistant.ask(SECRET, audience=Visibility.STAFF)
    assert answer.basis is not Basis.NONE
    assert {citation.document for citation in answer.citations} == {"내부 검토.txt"}
    citation = answer.citations[0]
    context = council.assistant.context(
        citation.document_id, citation.start, citation.end, Visibility.STAFF
    )
    assert context is not None
    assert " ".join(context.quote.split()) == citation.quote


def test_a_receipt_says_what_was_found_and_what_failed(
    fresh: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "받은 자료"
    inbox.mkdir()
    (inbox / "1.txt").write_text(
        "2031년 제3차 나래구 회의록\n1. 안건\n- 가결함\n", encoding="utf-8"
    )
    (inbox / "2.txt").write_bytes((inbox / "1.txt").read_bytes())
    (inbox / "3.jsonl").write_text('{"id": "가", "text": "나"}\n{broken\n', encoding="utf-8")
    (inbox / "4.docx").write_bytes(b"PK\x03\x04")
    failed = take_in(fresh, [inbox, inbox / "5.txt"], Visibility.MEMBERS, wait=False)
    assert failed == 2
    output = capsys.readouterr().out
    for part in (
        "✔ 1.txt",
        "회의록 · 2031 · 2031년 제3차 나래구 회의록",
        "= 2.txt: '1.txt'",
        "읽지 못한 줄 1개(첫째: 2번째 줄)",
        "✘ 4.docx",
        f"✘ 5.txt: {say('unreadable.missing')}",
        "새 자료 2, 바뀐 자료 0, 그대로 0, 같은 내용 1, 읽지 못함 2 (새 자료의 공개 범위: 위원)",
        "의미 색인 2개는",
    ):
        assert part in output
    take_in(fresh, [inbox / "3.jsonl"], Visibility.MEMBERS, wait=False)
    assert "읽지 못한 줄 1개" in capsys.readouterr().out


def test_nothing_to_take_in_is_said(
    fresh: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "빈 폴더").mkdir()
    assert take_in(fresh, [tmp_path / "빈 폴더"], Visibility.PUBLIC, wait=True) == 0
    assert say("intake.nothing") in capsys.readouterr().out


def test_papers_are_findable_at_once_withdrawn_and_indexed_anew(
    fresh: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, subject in enumerate(["공동급식", "골목텃밭"]):
        text = f"2031년 나래구 {subject} 계획\n- {subject}을 넓히기로 함\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    paths = [tmp_path / "0.txt", tmp_path / "1.txt"]

    take_in(fresh, paths, Visibility.PUBLIC, wait=False)
    assert fresh.vectors.pending() == 2
    assert "1.txt" in found(fresh, "골목텃밭")

    take_in(fresh, [], Visibility.PUBLIC, wait=True)
    assert fresh.vectors.pending() == 0

    assert take_out(fresh, ["1.txt", "없는 자료.txt"]) == 1
    output = capsys.readouterr().out
    assert say("intake.withdrawn", name="1.txt") in output
    assert "없는 자료.txt: 그런 자료가 없습니다" in output
    assert found(fresh, "골목텃밭") == {"0.txt"}
    assert fresh.vectors.check() == []

    with fresh.database.write() as db:
        db.execute("delete from passage_terms")
    rebuild(fresh)
    assert say("intake.rebuilt", count=1) in capsys.readouterr().out
    assert [hit.keyword is not None for hit in fresh.search.search("공동급식")] == [True]
    assert fresh.vectors.pending() == 0


def test_a_bulk_set_that_lost_lines_leaves_no_vector_behind(fresh: Council, tmp_path: Path) -> None:
    path = tmp_path / "대량.jsonl"
    rows = [json.dumps({"id": str(number), "text": f"안건 {number}"}) for number in range(3)]
    path.write_text("\n".join(rows), encoding="utf-8")
    take_in(fresh, [path], Visibility.PUBLIC, wait=True)
    path.write_text(rows[0], encoding="utf-8")
    take_in(fresh, [path], Visibility.PUBLIC, wait=True)
    stale = fresh.database.one("select count(*) as n from stale_vectors")
    assert stale is not None
    assert stale["n"] == 0


def test_another_process_reads_while_papers_go_in(
    fresh: Council, tmp_path: Path, papers: dict[Visibility, Path]
) -> None:
    with opened(fresh.config.data.folder) as neighbour:
        take_in(fresh, [papers[Visibility.PUBLIC]], Visibility.PUBLIC, wait=False)
        assert "동별 예산.md" in found(neighbour, "동백동 특화사업 예산")
        take_out(neighbour, ["동별 예산.md"])
        assert "동별 예산.md" not in found(fresh, "동백동 특화사업 예산")
        assert fresh.vectors.pending() == 0
