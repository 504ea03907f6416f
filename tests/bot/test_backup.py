"""A council in one file and back: the same answers, the same numbers, and nothing half."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.access import meet
from bot.keeping.backup import write_backup
from bot.keeping.contents import MANIFEST, verify
from bot.keeping.erasures import keep_list
from bot.keeping.restoring import restore
from bot.telegram.opinions.forgetting import erase
from corpus.audit import CONSOLE, Audit, write_entry
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.errors import BackupError, BusyError
from corpus.files import source_of
from corpus.ledger.changes import By
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Matter
from corpus.ledger.raising import Author, NewOpinion, record
from corpus.ledger.wanted import Wanted
from corpus.locks import SERVING, held
from corpus.messages import say
from corpus.snapshot import problems
from corpus.types import Visibility
from retrieval.types import Answer
from tests.bot.conftest import opened

NOW = datetime(2032, 3, 4, 5, 6, tzinfo=UTC)
QUESTIONS = (
    "동백동 특화사업 예산은 얼마예요?",
    "동별 특화사업 예산을 모두 더하면?",
    "경로당 공동급식은 어떻게 됐나요?",
    "위원 연수는 어디서 하나요?",
    "우주선은 언제 쏘나요?",
)

Dongne = Callable[..., Result]


@pytest.fixture
def dongne() -> Dongne:
    return lambda *arguments: CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture
def village(store: Path, tmp_path: Path) -> Path:
    """A store of small papers with vectors, for one test alone."""
    return Path(shutil.copytree(store, tmp_path / "village"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A small store with a kept paper, an audit, and an opinion."""
    folder = tmp_path / "data"
    with closing(CouncilDatabase(folder)) as database, database.write() as db:
        write_entry(
            db, at=NOW, person=CONSOLE, action="role", subject="x", details={"new": "staff"}
        )
    kept = folder / "papers" / "chat" / "나눔 10:30 장부.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("우산 나눔 12개", encoding="utf-8")
    return folder


def made(folder: Path, file: Path) -> Path:
    write_backup(folder, file, '[council]\nname = "나래"\n', NOW)
    return file


def essence(answer: Answer) -> tuple[Any, ...]:
    cited = [(one.document, one.quote, one.locator) for one in answer.citations]
    return answer.text, answer.basis, cited, answer.notices


def test_after_a_restore_answers_are_the_same_and_numbers_go_on(
    village: Path, tmp_path: Path, dongne: Dongne
) -> None:
    assert dongne("--data", village, "ledger", "add", "동백동 가로등이 어두워요").exit_code == 0
    done = dongne("--data", village, "backup", tmp_path / "하나.zip")
    assert (done.exit_code, "온전합니다" in done.output) == (0, True), done.output
    with opened(village) as council:
        before = [
            essence(council.assistant.ask(one, audience=Visibility.STAFF)) for one in QUESTIONS
        ]
        numbers = [
            one.number
            for one in Ledger(council.database).listed(Wanted(), Visibility.STAFF, NOW.date())
        ]
    new = tmp_path / "새 자료실"
    done = dongne("--data", new, "restore", tmp_path / "하나.zip")
    assert done.exit_code == 0, done.output
    with opened(new) as council:
        assert council.vectors.pending() == 0
        assert council.vectors.check() == []
        after = [
            essence(council.assistant.ask(one, audience=Visibility.STAFF)) for one in QUESTIONS
        ]
        assert Audit(council.database).broken_at() is None
    assert after == before
    done = dongne("--data", new, "ledger", "add", "목련동 벤치가 망가졌어요")
    assert done.exit_code == 0
    with closing(CouncilDatabase(new)) as database:
        now = [
            one.number for one in Ledger(database).listed(Wanted(), Visibility.STAFF, NOW.date())
        ]
        assert Audit(database).broken_at() is None
    assert len(now) == len(set(now)) == len(numbers) + 1
    assert set(numbers) < set(now)


def test_without_vectors_a_restored_store_answers_by_keywords_at_once(
    village: Path, tmp_path: Path, dongne: Dongne
) -> None:
    assert dongne("--data", village, "backup", tmp_path / "하나.zip").exit_code == 0
    new = tmp_path / "new"
    done = dongne("--data", new, "restore", tmp_path / "하나.zip", "--no-wait")
    assert "낱말 검색은 지금부터" in done.output
    with opened(new) as council:
        assert council.vectors.pending() > 0
        answer = council.assistant.ask(QUESTIONS[0], audience=Visibility.PUBLIC)
        assert "1,200천원" in answer.text


def test_papers_kept_in_the_store_are_found_again_in_their_new_place(
    folder: Path, tmp_path: Path
) -> None:
    (paper,) = (path for path in folder.rglob("*.txt"))
    with opened(folder) as council:
        list(council.ingest.run([paper], Visibility.PUBLIC))
    restore(made(folder, tmp_path / "b.zip"), tmp_path / "new", NOW)
    moved = tmp_path / "new" / paper.relative_to(folder)
    assert moved.read_text(encoding="utf-8") == "우산 나눔 12개"
    with closing(CouncilDatabase(tmp_path / "new")) as database:
        (row,) = database.read("select source from documents")
    assert row["source"] == source_of(moved)


def test_a_backup_has_settings_but_no_secret(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dongne: Dongne
) -> None:
    secrets = {
        "TELEGRAM_BOT_TOKEN": "4242:token-of-ours",
        "DONGNE_TELEGRAM__WEBHOOK_SECRET": "secret-of-ours",
    }
    for name, value in (secrets | {"DONGNE_COUNCIL__NAME": '나래 "협의체"'}).items():
        monkeypatch.setenv(name, value)
    file = tmp_path / "b.zip"
    assert dongne("--data", village, "backup", file).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(value.encode() in whole for value in secrets.values())
    for name in secrets:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DONGNE_COUNCIL__NAME")
    restore(file, tmp_path / "new", NOW)
    from bot.config import load

    config = load(tmp_path / "new" / "config.toml", {})
    assert (config.council.name, config.data.folder) == ('나래 "협의체"', tmp_path / "new")


def test_a_resident_number_that_was_erased_is_in_no_backup(folder: Path, tmp_path: Path) -> None:
    planted = "900101-1234568"
    with closing(CouncilDatabase(folder)) as database:
        with database.write() as db:
            db.execute(
                "insert into inbox (update_id, payload, state, received_at)"
                " values (1, ?, 'waiting', '')",
                [f"{planted} {'가' * 9000}"],
            )
        database.set_setting("later", "x" * 5000)
        with database.write() as db:
            db.execute("update inbox set payload = '', state = 'done'")
        with zipfile.ZipFile(made(folder, tmp_path / "b.zip")) as archive:
            assert planted.encode() not in archive.read(FILE_NAME)


def test_a_backup_is_one_moment_of_a_store_that_is_written_to(folder: Path, tmp_path: Path) -> None:
    stopped = threading.Event()

    def writes() -> None:
        with closing(CouncilDatabase(folder)) as database:
            number = 0
            while not stopped.is_set():
                number += 1
                with database.write() as db:
                    for half in ("left", "right"):
                        db.execute(
                            "insert or replace into settings values (?, ?)",
                            [f"{half}-{number % 50}", f"{number}" * 500],
                        )

    thread = threading.Thread(target=writes)
    thread.start()
    try:
        for number in range(2):
            file = made(folder, tmp_path / f"{number}.zip")
            restore(file, tmp_path / str(number), NOW)
            with closing(CouncilDatabase(tmp_path / str(number))) as database:
                rows = {r["key"]: r["value"] for r in database.read("select * from settings")}
            halves = [
                {
                    key.partition("-")[2]: value
                    for key, value in rows.items()
                    if key.startswith(half)
                }
                for half in ("left", "right")
            ]
            assert halves[0] == halves[1]
    finally:
        stopped.set()
        thread.join()


def test_an_earlier_backup_is_replaced_only_when_told(folder: Path, tmp_path: Path) -> None:
    file = made(folder, tmp_path / "b.zip")
    with pytest.raises(BackupError, match="--overwrite"):
        made(folder, file)
    (folder / "papers" / "new.txt").write_text("새것", encoding="utf-8")
    write_backup(folder, file, "", NOW, overwrite=True)
    assert verify(file).papers == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "data"]


def test_a_damaged_store_is_not_backed_up(folder: Path, tmp_path: Path) -> None:
    with closing(CouncilDatabase(folder)) as database:
        with database.write() as db:
            for number in range(200):
                db.execute("insert into settings values (?, ?)", [f"key-{number}", "가" * 500])
        database.scrub()
    spoil(folder / FILE_NAME)
    with pytest.raises(BackupError, match="dongne doctor"):
        made(folder, tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def spoil(store: Path) -> None:
    """Write rubbish over a page in the middle that rows lie on."""
    content = bytearray(store.read_bytes())
    place = content.rindex(b"key-1") // 4096 * 4096
    content[place : place + 4096] = b"\xa5" * 4096
    store.write_bytes(content)


def test_what_stands_in_a_folder_is_never_overwritten_but_can_be_set_aside(
    folder: Path, tmp_path: Path
) -> None:
    file = made(folder, tmp_path / "b.zip")
    with closing(CouncilDatabase(folder)) as database:
        database.set_setting("since", "the backup")
    with pytest.raises(BackupError, match="--set-aside"):
        restore(file, folder, NOW)
    done = restore(file, folder, NOW, set_aside=True)
    assert done.set_aside is not None
    for place, expected in ((folder, None), (done.set_aside, "the backup")):
        with closing(CouncilDatabase(place)) as database:
            assert database.setting("since") == expected
        assert len(list((place / "papers").rglob("*.txt"))) == 1


def test_a_store_that_is_served_is_not_restored_over(folder: Path, tmp_path: Path) -> None:
    file = made(folder, tmp_path / "b.zip")
    with held(folder, SERVING), pytest.raises(BusyError, match="멈춘"):
        restore(file, folder, NOW, set_aside=True)


@pytest.mark.parametrize("served", [True, False])
def test_messages_that_a_serving_bot_was_sending_are_not_sent_twice(
    folder: Path, tmp_path: Path, served: bool
) -> None:
    with closing(CouncilDatabase(folder)) as database, database.write() as db:
        db.execute(
            "insert into outbox (chat_id, method, payload, state, not_before, created_at)"
            " values (1, 'sendMessage', '{}', 'queued', '', '')"
        )
    with held(folder, SERVING if served else "other.lock"):
        file = made(folder, tmp_path / "b.zip")
    assert restore(file, tmp_path / "new", NOW).unsent == int(served)
    with closing(CouncilDatabase(tmp_path / "new")) as database:
        (row,) = database.read("select state from outbox")
    assert row["state"] == ("failed" if served else "queued")


# -- people who were erased ------------------------------------------------------------------

ANN, BEN = 601, 602
WORDS = "별똥별 놀이터에 그늘막을 놓아 주세요"


@pytest.fixture
def erased(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A store from which somebody was erased, and a backup of the day before in its folder."""
    with closing(CouncilDatabase(folder)) as database, database.write() as db:
        for telegram_id in (ANN, BEN):
            person = meet(db, telegram_id, lambda: NOW)
            author = Author(person_id=person.id, contact="010-1234-5678")
            matter = Matter(dong="목련동")
            new = NewOpinion(
                text=f"{WORDS} {telegram_id}", matter=matter, author=author, raised_at="2032-03-01"
            )
            record(db, new, By(person=person.key, at=NOW), lambda text: text)
            db.execute(
                "insert into outbox (chat_id, method, payload, state, not_before, created_at)"
                " values (?, 'sendMessage', '', 'sent', '', '')",
                [telegram_id],
            )
        ann = meet(db, ANN, lambda: NOW)
    file = made(folder, folder / "backups" / "b.zip")
    with closing(CouncilDatabase(folder)) as database:
        with database.write() as db:
            erase(db, ann.id, By(person=ann.key, at=NOW))
        database.scrub()
    return folder, file


def remembered(folder: Path) -> list[int]:
    """Of whom anything is left in a store, its file included."""
    with closing(CouncilDatabase(folder)) as database:
        assert Audit(database).broken_at() is None
        database.scrub()
    content = (folder / FILE_NAME).read_bytes()
    with closing(CouncilDatabase(folder)) as database:
        rows = database.read(
            "select telegram_id as n from people union select chat_id from outbox order by 1"
        )
    known = [row["n"] for row in rows]
    assert known == [who for who in (ANN, BEN) if f"{WORDS} {who}".encode() in content]
    return known


def test_whoever_was_erased_since_a_backup_is_erased_again_with_it(
    erased: tuple[Path, Path], dongne: Dongne
) -> None:
    folder, file = erased
    done = dongne("--data", folder, "restore", file, "--set-aside", "--no-wait")
    assert done.exit_code == 0
    assert say("backup.erased_again", count=1) in done.output
    assert "dongne-erased.txt" not in done.output
    assert remembered(folder) == [BEN]


def test_on_another_machine_the_list_beside_the_backup_tells_who_was_erased(
    erased: tuple[Path, Path], tmp_path: Path, dongne: Dongne
) -> None:
    folder, file = erased
    made(folder, folder / "backups" / "c.zip")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    alone = Path(shutil.copy(file, elsewhere / "b.zip"))
    restored = restore(alone, tmp_path / "without", NOW)
    assert (restored.erased, restored.all_erased) == (0, False)
    assert remembered(tmp_path / "without") == [ANN, BEN]
    shutil.copy(file.with_name("dongne-erased.txt"), elsewhere)
    done = dongne("--data", tmp_path / "with", "restore", alone, "--no-wait")
    assert say("backup.erased_again", count=1) in done.output
    assert "dongne-erased.txt" in done.output  # whoever was erased since then is not known
    assert remembered(tmp_path / "with") == [BEN]


def test_where_the_store_is_ruined_the_list_in_its_backups_tells_who_was_erased(
    erased: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, file = erased
    keep_list(folder / FILE_NAME, file.parent)
    assert str(ANN) not in file.with_name("dongne-erased.txt").read_text("ascii")
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    restored = restore(file, folder, NOW, set_aside=True)
    assert (restored.erased, restored.all_erased) == (1, False)
    assert remembered(folder) == [BEN]


# -- files that are no backup, or no longer --------------------------------------------------


def repacked(file: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a backup with other members."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def listing(members: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads(members[MANIFEST])
    change(manifest)
    members[MANIFEST] = json.dumps(manifest).encode()


def renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        (old,) = (one for one in members if one.startswith("papers/"))
        members[name] = members.pop(old)

        def told(manifest: dict[str, Any]) -> None:
            for member in manifest["members"]:
                member["name"] = name if member["name"] == old else member["name"]

        listing(members, told)

    return change


def changed(members: dict[str, bytes]) -> None:
    members[FILE_NAME] = members[FILE_NAME][:-1] + b"\xff"


def added(members: dict[str, bytes]) -> None:
    members["papers/more.txt"] = b"unlisted"


def bomb(members: dict[str, bytes]) -> None:
    members[FILE_NAME] += b"\0" * 9_000_000


def newer(members: dict[str, bytes]) -> None:
    listing(members, lambda manifest: manifest["schema_steps"].append("m999_future"))


def later_form(members: dict[str, bytes]) -> None:
    listing(members, lambda manifest: manifest.update(format=99))


def shapeless(members: dict[str, bytes]) -> None:
    members[MANIFEST] = b'{"format": "one"}'


@pytest.mark.parametrize(
    "change",
    [
        changed,
        added,
        bomb,
        newer,
        later_form,
        shapeless,
        renamed("../outside.txt"),
        renamed("papers/../../outside.txt"),
        renamed("/tmp/outside.txt"),
        renamed("papers//outside.txt"),
        renamed("index/chroma.sqlite3"),
        renamed("serve.lock"),
    ],
)
def test_a_backup_that_was_tampered_with_is_refused_before_anything_is_written(
    folder: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    file = repacked(made(folder, tmp_path / "b.zip"), tmp_path / "c.zip", change)
    new = tmp_path / "new"
    with pytest.raises(BackupError):
        restore(file, new, NOW)
    assert [path.name for path in new.glob("*") if path.name != SERVING] == []
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_backup_that_is_cut_off_is_refused(folder: Path, tmp_path: Path, share: float) -> None:
    file = made(folder, tmp_path / "b.zip")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupError, match="백업"):
        restore(file, tmp_path / "new", NOW)


@pytest.mark.parametrize("seed", range(6))
def test_a_byte_that_changed_anywhere_is_found_or_harmless(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    file = made(folder, tmp_path / "b.zip")
    content = bytearray(file.read_bytes())
    content[(seed * 7919 + 31) * 104729 % len(content)] ^= 0x55
    file.write_bytes(content)
    try:
        restore(file, tmp_path / "new", NOW)
    except BackupError:
        assert not (tmp_path / "new" / FILE_NAME).exists()
    else:
        assert problems(tmp_path / "new" / FILE_NAME) == []


def test_what_a_killed_restore_left_is_cleared_away(folder: Path, tmp_path: Path) -> None:
    file, new = made(folder, tmp_path / "b.zip"), tmp_path / "new"
    for left in (new / ".restoring", new / "papers"):
        left.mkdir(parents=True)
        (left / "half.txt").write_text("half", encoding="utf-8")
    restore(file, new, NOW)
    assert [path.name for path in new.rglob("*.txt")] == ["나눔 10:30 장부.txt"]
    assert not (new / ".restoring").exists()


def test_a_restore_that_was_killed_once_it_was_done_is_not_undone_by_the_next(
    folder: Path, tmp_path: Path
) -> None:
    file, new = made(folder, tmp_path / "b.zip"), tmp_path / "new"
    with closing(CouncilDatabase(new)):
        pass
    done = restore(file, new, NOW, set_aside=True)
    assert done.set_aside is not None
    (new / ".restoring").mkdir()
    (new / ".restoring" / "aside").write_text(done.set_aside.name, encoding="utf-8")
    before = (new / FILE_NAME).read_bytes()
    with pytest.raises(BackupError, match="set-aside"):
        restore(file, new, NOW)
    assert (new / FILE_NAME).read_bytes() == before
    assert (done.set_aside / FILE_NAME).exists()
