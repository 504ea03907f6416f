from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.database import FILE_NAME, CouncilDatabase
from corpus.documents import Documents
from corpus.files import files_under
from corpus.ingest import Ingest, Outcome, Receipt
from corpus.messages import say
from corpus.readers import Limits
from corpus.types import Visibility
from tests.support import files
from tests.support.wholeness import assert_whole

LIMITS = Limits(seconds=20, file_bytes=10**7, unpacked_bytes=10**7)
DERIVED = ("passages", "passage_terms", "tables", "cells", "pages", "doubts")


class Desk:
    """A store with its ingest; terms are words, which is all that these tests look up."""

    def __init__(self, folder: Path) -> None:
        self.database = CouncilDatabase(folder)
        self.documents = Documents(self.database, str.lower)
        self.ingest = Ingest(
            self.database, self.documents, LIMITS, lambda: datetime(2031, 4, 2, tzinfo=UTC)
        )

    def take(self, *paths: Path, visibility: Visibility = Visibility.PUBLIC) -> list[Receipt]:
        return list(self.ingest.run(files_under(paths), visibility))

    def outcomes(self, *paths: Path) -> list[Outcome]:
        return [receipt.outcome for receipt in self.take(*paths)]

    def names(self, audience: Visibility = Visibility.STAFF) -> list[str]:
        return sorted(paper.name for paper in self.documents.visible(audience))

    def text(self, name: str) -> str:
        row = self.database.one("select text from documents where name = ?", [name])
        assert row is not None
        return str(row["text"])

    def count(self, table: str) -> int:
        row = self.database.one(f"select count(*) as n from {table}")
        assert row is not None
        return int(row["n"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "data")
    yield desk
    desk.database.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "회의자료"
    folder.mkdir()
    return folder


def minutes(number: int, decision: str = "원안대로 가결함") -> bytes:
    return (
        f"2031년 제{number}차 마을회의 회의록\n일시: 2031. 4. {number}.\n1. 안건\n- {decision}\n"
    ).encode()


def bulk(path: Path, lines: Sequence[object]) -> Path:
    texts = [
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    ]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def line(number: int, text: str = "경로당 급식을 넓히기로 함") -> dict[str, str]:
    return {"id": f"건-{number}", "title": f"제{number}호 안건", "text": f"{text} ({number})"}


# -- papers ----------------------------------------------------------------------------------


def test_a_paper_of_every_format_is_stored_whole(desk: Desk, inbox: Path) -> None:
    for suffix, raw in files.good_files().items():
        files.put(inbox, f"나래구.{suffix}", raw)
    receipts = desk.take(inbox)
    assert {receipt.outcome for receipt in receipts} == {Outcome.ADDED}
    assert not any("records" in receipt.doubts for receipt in receipts)
    assert desk.count("passages") == sum(receipt.passages for receipt in receipts) > 0
    assert desk.count("tables") == sum(receipt.tables for receipt in receipts) > 0
    assert desk.count("passage_terms") == desk.count("passages")
    rows = desk.database.read(
        'select p.text, substr(d.text, p.start + 1, p."end" - p.start) as shown'
        " from passages p join documents d on d.id = p.document_id"
    )
    assert all(row["text"] == row["shown"] for row in rows)


def test_a_paper_whose_records_cannot_be_read_is_stored_with_a_doubt(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("corpus.extraction.paper.extract", broken)
    (receipt,) = desk.take(files.put(inbox, "회의록.txt", minutes(1)))
    assert receipt.outcome == Outcome.ADDED
    assert receipt.doubts == ("records",)
    assert say(f"doubt.{receipt.doubts[0]}")
    assert desk.count("passages") == 1


def test_the_same_file_is_taken_in_once(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "회의록.txt", minutes(1))
    assert desk.outcomes(path) == [Outcome.ADDED]
    before = desk.documents.visible(Visibility.STAFF)
    os.utime(path, (0, 0))  # only the content counts
    assert desk.outcomes(path) == [Outcome.UNCHANGED]
    assert desk.documents.visible(Visibility.STAFF) == before


def test_a_changed_file_takes_the_place_and_the_name_of_its_old_version(
    desk: Desk, inbox: Path
) -> None:
    path = files.put(inbox, "회의록.txt", minutes(1, "부결함"))
    desk.take(path)
    old = {row["id"] for row in desk.database.read("select id from passages")}
    files.put(inbox, "회의록.txt", minutes(1, "조건부로 가결함"))
    (receipt,) = desk.take(path)
    assert receipt.outcome == Outcome.REPLACED
    assert desk.names() == ["회의록.txt"]
    assert "조건부로 가결함" in desk.text("회의록.txt")
    new = {row["id"] for row in desk.database.read("select id from passages")}
    assert not old & new
    assert desk.count("passage_terms") == len(new)
    assert {row[0] for row in desk.database.read("select passage_id from stale_vectors")} == old


def test_a_changed_file_that_cannot_be_read_leaves_its_old_version(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "계획.docx", files.docx_file())
    desk.take(path)
    before = desk.text("계획.docx")
    files.put(inbox, "계획.docx", files.docx_file()[:2000])
    (receipt,) = desk.take(path)
    assert receipt.outcome == Outcome.FAILED
    assert desk.text("계획.docx") == before


def test_a_version_that_cannot_be_written_leaves_the_old_one_whole(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "회의록.txt", minutes(1, "부결함"))
    desk.take(path)
    before = {table: desk.count(table) for table in DERIVED}
    with desk.database.write() as db:
        db.execute(
            "create trigger full_disk before insert on passages begin"
            " select raise(abort, 'disk full'); end"
        )
    files.put(inbox, "회의록.txt", minutes(1, "가결함"))
    with pytest.raises(Exception, match="disk full"):
        desk.take(path)
    assert "부결함" in desk.text("회의록.txt")
    assert {table: desk.count(table) for table in DERIVED} == before


def test_the_same_content_elsewhere_is_told_and_not_stored(desk: Desk, inbox: Path) -> None:
    desk.take(files.put(inbox, "회의록.txt", minutes(1)))
    (receipt,) = desk.take(files.put(inbox, "사본.txt", minutes(1)))
    assert receipt.outcome == Outcome.DUPLICATE
    assert "회의록.txt" in receipt.reason
    assert desk.names() == ["회의록.txt"]


def test_a_paper_that_becomes_equal_to_another_is_not_left_at_its_old_text(
    desk: Desk, inbox: Path
) -> None:
    desk.take(files.put(inbox, "가.txt", minutes(1)), files.put(inbox, "나.txt", minutes(2)))
    files.put(inbox, "나.txt", minutes(1))
    assert desk.outcomes(inbox) == [Outcome.UNCHANGED, Outcome.REPLACED]
    assert desk.text("나.txt") == desk.text("가.txt")


def test_papers_of_one_name_get_their_folder_before_it(desk: Desk, tmp_path: Path) -> None:
    paths = []
    for number, folder in enumerate(["가/2030년", "가/2031년", "나/2031년"], start=1):
        (tmp_path / folder).mkdir(parents=True)
        paths.append(files.put(tmp_path / folder, "회의록.txt", minutes(number)))
    desk.take(*paths)
    assert desk.names() == ["2031년/회의록.txt", "2031년/회의록.txt (2)", "회의록.txt"]
    files.put(paths[1].parent, "회의록.txt", minutes(9))
    desk.take(paths[1])
    assert "제9차" in desk.text("2031년/회의록.txt")


def test_unreadable_files_are_told_in_korean_and_never_stop_the_rest(
    desk: Desk, inbox: Path
) -> None:
    hostile = {
        "가빈파일.hwp": b"",
        "나잘림.docx": files.docx_file()[:900],
        "다그림.txt": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "라폭탄.xlsx": files.zip_bomb(),
        "마개체.docx": files.entity_bomb(),
        "바빈칸.txt": b"   \n\n",
        "사대량.jsonl": b"{broken\n",
    }
    for name, raw in hostile.items():
        files.put(inbox, name, raw)
    files.put(inbox, "하회의록.txt", minutes(1))
    *failed, last = desk.take(inbox)
    assert last.outcome == Outcome.ADDED
    assert len(failed) == len(hostile)
    for receipt in failed:
        assert receipt.outcome == Outcome.FAILED
        assert receipt.reason.endswith("주세요."), receipt.reason
        assert "\n" not in receipt.reason
    assert desk.names() == ["하회의록.txt"]


def test_paths_that_are_no_files_are_told_with_a_remedy(desk: Desk, inbox: Path) -> None:
    pipe = inbox / "관.txt"
    os.mkfifo(pipe)
    receipts = desk.take(inbox / "없음.txt", pipe, inbox / "없음.jsonl")
    assert [receipt.outcome for receipt in receipts] == [Outcome.FAILED] * 3
    assert "찾을 수 없습니다" in receipts[0].reason
    assert "파일이 아닙니다" in receipts[1].reason
    assert "찾을 수 없습니다" in receipts[2].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "잠김.txt", minutes(1))
    path.chmod(0)
    (receipt,) = desk.take(path)
    assert "권한" in receipt.reason


def test_hidden_and_temporary_files_are_passed_over(inbox: Path) -> None:
    (inbox / ".git").mkdir()
    for name in (".숨김.txt", "~$계획.docx", "Thumbs.db", ".git/config.txt", "나.txt", "가.txt"):
        files.put(inbox, name, minutes(1))
    assert [path.name for path in files_under([inbox])] == ["가.txt", "나.txt"]


def test_a_decomposed_file_name_is_stored_as_people_type_it(desk: Desk, inbox: Path) -> None:
    name = unicodedata.normalize("NFD", "회의록.txt")
    assert name != "회의록.txt"
    path = files.put(inbox, name, minutes(1))
    desk.take(path)
    assert desk.names() == ["회의록.txt"]
    assert desk.outcomes(path) == [Outcome.UNCHANGED]


def test_a_file_name_in_cp949_is_read_as_such(desk: Desk, inbox: Path) -> None:
    path = inbox / os.fsdecode("회의록.txt".encode("cp949"))
    try:
        path.write_bytes(minutes(1))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert desk.outcomes(path) == [Outcome.ADDED]
    assert desk.names() == ["회의록.txt"]
    assert desk.outcomes(path) == [Outcome.UNCHANGED]


# -- bulk sets -------------------------------------------------------------------------------


def test_a_line_of_a_bulk_set_is_a_paper_named_by_its_id(desk: Desk, inbox: Path) -> None:
    path = bulk(inbox / "대량.jsonl", [line(1), {"id": 7, "text": "제목 없는 건"}, ""])
    (receipt,) = desk.take(path)
    assert receipt.outcome == Outcome.ADDED
    assert len(receipt.document_ids) == 2
    assert receipt.reason == ""
    assert desk.names() == ["7", "건-1"]
    assert desk.outcomes(path) == [Outcome.UNCHANGED]


def test_bad_lines_are_counted_and_the_others_kept(desk: Desk, inbox: Path) -> None:
    bad = [
        "{broken",
        "[1, 2]",
        "[" * 100_000,
        {"id": "", "text": "이름 없음"},
        {"id": "건-9", "text": "  "},
        {"text": "이름 없음"},
        {"id": "\ud800", "text": "저장할 수 없는 이름"},
        line(1, "같은 이름"),
    ]
    texts = [json.dumps(each) if not isinstance(each, str) else each for each in bad]
    path = bulk(
        inbox / "대량.jsonl", [line(1), *texts, {"id": "건-2", "title": "\x00", "text": "나"}]
    )
    (receipt,) = desk.take(path)
    assert desk.names() == ["건-1", "건-2"]
    assert f"{len(bad)}개" in receipt.reason
    assert "2번째" in receipt.reason
    assert desk.take(path)[0].reason == receipt.reason


def test_lone_surrogates_and_controls_of_a_bulk_set_are_cleaned(desk: Desk, inbox: Path) -> None:
    record = '{"id": "건-1", "title": "가\\ud800나", "text": "다\\u0000라\\udfff마"}'
    assert desk.outcomes(bulk(inbox / "대량.jsonl", [record])) == [Outcome.ADDED]
    assert desk.text("건-1") == "가나\n다라마"


def test_lines_that_change_or_go_are_followed(desk: Desk, inbox: Path) -> None:
    path = bulk(inbox / "대량.jsonl", [line(1), line(2), line(3)])
    desk.take(path)
    first = desk.database.one("select id from documents where name = '건-1'")
    bulk(path, [line(1), line(3, "고친 내용")])
    (receipt,) = desk.take(path)
    assert receipt.outcome == Outcome.REPLACED
    assert desk.names() == ["건-1", "건-3"]
    assert "고친 내용" in desk.text("건-3")
    assert desk.database.one("select id from documents where name = '건-1'") == first
    bulk(path, [line(1)])
    assert desk.outcomes(path) == [Outcome.REPLACED]
    assert desk.names() == ["건-1"]


def test_a_bulk_set_that_went_bad_as_a_whole_withdraws_nothing(desk: Desk, inbox: Path) -> None:
    path = bulk(inbox / "대량.jsonl", [line(1), line(2)])
    desk.take(path)
    bulk(path, ["<html>오류</html>"])
    assert desk.outcomes(path) == [Outcome.FAILED]
    assert desk.names() == ["건-1", "건-2"]


def test_bulk_sets_with_the_same_ids_do_not_mix(desk: Desk, inbox: Path) -> None:
    one = bulk(inbox / "가.jsonl", [line(1)])
    other = bulk(inbox / "나.jsonl", [line(1, "다른 내용")])
    desk.take(one, other)
    assert desk.names() == ["건-1", "회의자료/건-1"]
    bulk(one, [line(5)])
    desk.take(one)
    assert desk.names() == ["건-5", "회의자료/건-1"]


# -- who may see -----------------------------------------------------------------------------


def test_new_papers_are_as_open_as_told(desk: Desk, inbox: Path) -> None:
    desk.take(files.put(inbox, "공개.txt", minutes(1)))
    desk.take(files.put(inbox, "위원.txt", minutes(2)), visibility=Visibility.MEMBERS)
    desk.take(files.put(inbox, "직원.txt", minutes(3)), visibility=Visibility.STAFF)
    assert desk.names(Visibility.PUBLIC) == ["공개.txt"]
    assert desk.names(Visibility.MEMBERS) == ["공개.txt", "위원.txt"]
    assert desk.names(Visibility.STAFF) == ["공개.txt", "위원.txt", "직원.txt"]


def test_a_stricter_level_outlives_a_new_version(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "내부.txt", minutes(1))
    desk.take(path, visibility=Visibility.STAFF)
    assert desk.outcomes(path) == [Outcome.UNCHANGED]
    files.put(inbox, "내부.txt", minutes(2))
    assert desk.outcomes(path) == [Outcome.REPLACED]
    assert desk.names(Visibility.MEMBERS) == []


@pytest.mark.parametrize("name", ["내부.txt", "내부.jsonl"])
def test_a_stricter_level_reaches_a_paper_that_has_not_changed(
    desk: Desk, inbox: Path, name: str
) -> None:
    raw = minutes(1) if name.endswith("txt") else json.dumps(line(1)).encode()
    path = files.put(inbox, name, raw)
    desk.take(path)
    (receipt,) = desk.take(path, visibility=Visibility.STAFF)
    assert receipt.outcome == Outcome.UNCHANGED
    assert "직원" in receipt.reason
    assert desk.names(Visibility.MEMBERS) == []
    assert desk.take(path, visibility=Visibility.STAFF)[0].reason == ""


# -- kills and neighbours --------------------------------------------------------------------

INGEST = """
import sys
from pathlib import Path
from tests.corpus.test_ingest import Desk
desk = Desk(Path(sys.argv[1]))
print("open", flush=True)
for receipt in desk.ingest.run([Path(each) for each in sys.argv[2:]], 0):
    print(receipt.outcome, flush=True)
"""


def ingesting(folder: Path, *paths: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", INGEST, str(folder), *map(str, paths)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_kill_in_the_middle_leaves_whole_papers_and_the_next_run_completes(
    desk: Desk, inbox: Path
) -> None:
    for number in range(1, 31):
        files.put(inbox, f"{number:02}.txt", minutes(number) * 5)
    big = bulk(inbox / "대량.jsonl", [line(number) for number in range(800)])
    child = ingesting(desk.database.folder, *files_under([inbox]))
    assert child.stdout is not None
    for _ in range(11):  # open, and ten papers
        child.stdout.readline()
    child.kill()
    child.wait()
    child.stdout.close()
    assert 10 <= desk.count("documents") < 30
    assert_whole(desk.database)

    child = ingesting(desk.database.folder, big)
    assert child.stdout is not None
    deadline = time.monotonic() + 30
    while desk.count("documents") < 200 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert_whole(desk.database)

    assert Outcome.FAILED not in desk.outcomes(inbox)
    assert desk.count("documents") == 830
    assert_whole(desk.database)
    assert set(desk.outcomes(inbox)) == {Outcome.UNCHANGED}


def test_two_ingests_beside_each_other_store_every_paper_once(desk: Desk, inbox: Path) -> None:
    for number in range(1, 21):
        files.put(inbox, f"{number:02}.txt", minutes(number))
    children = [ingesting(desk.database.folder, *files_under([inbox])) for _ in range(2)]
    results = [child.communicate()[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert all(len(result) == 21 and "failed" not in result for result in results)
    assert desk.count("documents") == 20
    assert_whole(desk.database)


def test_the_stored_digest_is_of_the_bytes(desk: Desk, inbox: Path) -> None:
    path = files.put(inbox, "회의록.txt", minutes(1))
    desk.take(path)
    (paper,) = desk.documents.visible(Visibility.STAFF)
    assert paper.sha256 == hashlib.sha256(minutes(1)).hexdigest()
    assert (desk.database.folder / FILE_NAME).is_file()
