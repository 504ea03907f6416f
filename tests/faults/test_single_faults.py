"""One thing at a time goes wrong under the commands: it is told with its remedy, and mended."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.config import Config
from bot.doctor import machine
from bot.doctor.finding import Patient, State
from bot.house_rules import Privacy
from bot.telegram.channel import Channel
from bot.telegram.opinions.chores import do_due
from bot.telegram.settings import TelegramSettings
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.ingest import Outcome
from corpus.messages import say
from corpus.retention import Periods
from tests.bot.conftest import PAPERS, opened
from tests.bot.telegram.conftest import running, until
from tests.faults.conftest import Nursery
from tests.support.chroma_server import chroma_server, free_port
from tests.support.parrot import Parrot
from tests.support.people import WIDE, enrol
from tests.support.telegram import TOKEN, Fault, TelegramDouble
from tests.support.wholeness import assert_whole

ROOT = Path(__file__).parents[2]
ASKED, SAID = "동백동 특화사업 예산은 얼마예요?", "1,200천원"
ANN, SORA, BOSS = 501, 503, 505

Dongne = Callable[..., Result]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with vectors; copied for each test."""
    root = tmp_path_factory.mktemp("filled")
    for level, texts in PAPERS.items():
        for name, text in texts.items():
            path = root / level.name / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    with opened(root / "data") as council:
        for level in PAPERS:
            outcomes = {
                one.outcome
                for one in council.ingest.run(sorted((root / level.name).iterdir()), level)
            }
            assert outcomes == {Outcome.ADDED}
        assert council.vectors.sync()
    return root / "data"


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "data"))


@pytest.fixture
def dongne(folder: Path) -> Dongne:
    return lambda *arguments, **more: CliRunner().invoke(
        cli, ["--data", str(folder), *map(str, arguments)], **more
    )


def alone(folder: Path, *arguments: object, wrap: tuple[str, ...] = (), **more: object) -> str:
    """Run a command as a process of its own that fails; what it says in one line."""
    done = subprocess.run(
        [*wrap, sys.executable, "-m", "bot", "--data", str(folder), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=120,
        **more,  # type: ignore[call-overload]
    )
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    return str(done.stdout + done.stderr)


# -- the disk --------------------------------------------------------------------------------------


def narrow(size: int) -> Callable[[], None]:
    """No file of the process grows beyond this, as on a disk that is full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_on_a_full_disk_a_backup_is_refused_and_leaves_no_half(folder: Path) -> None:
    target = folder.parent / "out"
    said = alone(folder, "backup", target / "b.zip", preexec_fn=narrow(100_000))
    assert "공간" in said
    assert list(target.iterdir()) == []


@pytest.mark.usefixtures("at_length")
def test_on_a_full_disk_papers_are_refused_whole_and_taken_once_there_is_room(
    folder: Path, dongne: Dongne
) -> None:
    with closing(CouncilDatabase(folder)) as database:
        database.scrub()
    paper = folder.parent / "긴 회의록.txt"
    lines = (f"- {number}번 골목의 보안등을 고치기로 함" for number in range(3000))
    paper.write_text("2031년 제2차 회의록\n" + "\n".join(lines), encoding="utf-8")
    size = (folder / FILE_NAME).stat().st_size
    said = alone(folder, "ingest", paper, "--no-wait", preexec_fn=narrow(size + 100_000))
    assert "디스크 공간" in said
    with closing(CouncilDatabase(folder)) as database:
        assert_whole(database)
        assert database.read("select 1 from documents where name = ?", [paper.name]) == []
    assert dongne("ingest", paper, "--no-wait").exit_code == 0


def _read_only(folder: Path) -> tuple[str, ...]:
    """What runs a command with a folder that nobody can write to."""
    script = f'mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec "$@"'
    wrap = ("unshare", "--mount", "sh", "-c", script, "sh")
    if os.geteuid() or subprocess.run([*wrap, "true"], capture_output=True, check=False).returncode:
        pytest.skip("only the superuser can make a folder read-only for itself")
    return wrap


@pytest.mark.usefixtures("at_length")
def test_a_disk_that_went_read_only_is_told_and_can_still_be_saved_from(
    folder: Path, dongne: Dongne
) -> None:
    wrap = _read_only(folder)
    for command in (("ask", ASKED), ("ingest", folder.parent)):
        assert "쓰기 권한" in alone(folder, *command, wrap=wrap)
    assert "쓸 수 없습니다" in alone(folder, "doctor", wrap=wrap)
    target = folder.parent / "saved.zip"
    alone(folder, "backup", target, wrap=wrap)  # it is written; the audit cannot be
    new = folder.parent / "new"
    assert dongne("--data", new, "restore", target).exit_code == 0
    assert SAID in dongne("--data", new, "ask", ASKED).output


# -- damage ----------------------------------------------------------------------------------------


def test_a_damaged_index_is_told_and_made_anew_and_keywords_answer_meanwhile(
    folder: Path, dongne: Dongne
) -> None:
    (folder / "index" / "chroma.sqlite3").write_bytes(b"rubbish" * 1000)
    shutil.rmtree(folder / "vectors", ignore_errors=True)
    assert SAID in dongne("ask", ASKED).output
    told = dongne("doctor")
    assert told.exit_code == 1
    assert "dongne reindex" in told.output
    assert dongne("reindex").exit_code == 0
    assert dongne("doctor").exit_code == 0
    with opened(folder) as council:
        assert council.vectors.check() == []
        assert council.vectors.pending() == 0


def test_a_corrupt_page_is_found_told_and_restored_from_a_backup(
    folder: Path, dongne: Dongne
) -> None:
    backup = folder.parent / "backup.zip"
    assert dongne("backup", backup).exit_code == 0
    before = dongne("ask", ASKED).output
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    place = content.index("동백동 특화사업".encode()) // 4096 * 4096
    content[place : place + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    told = dongne("doctor")
    assert told.exit_code == 1
    assert "dongne restore" in told.output
    assert "손상" in dongne("backup", folder.parent / "worse.zip").output
    for command in (("ask", ASKED), ("papers",), ("review", "list")):
        done = dongne(*command)
        assert isinstance(done.exception, SystemExit | None), done.exception
    assert dongne("restore", backup, "--set-aside").exit_code == 0
    assert dongne("doctor").exit_code == 0
    assert dongne("ask", ASKED).output == before


@pytest.mark.usefixtures("at_length")
def test_without_its_chroma_server_it_answers_by_keywords_and_with_it_again_by_meaning(
    folder: Path, dongne: Dongne, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("DONGNE_INDEX__KIND", "http")
    monkeypatch.setenv("DONGNE_INDEX__PORT", str(port))
    (folder.parent / "chroma").mkdir()
    for _ in range(2):
        with chroma_server(folder.parent / "chroma", port):
            assert dongne("reindex").exit_code == 0
            assert dongne("doctor").exit_code == 0
            assert say("answer.keywords_only") not in dongne("ask", "마을 잔치").output
        assert SAID in dongne("ask", ASKED).output
        told = dongne("doctor")
        assert told.exit_code == 1
        assert "Chroma" in told.output


KEPT = ("conversations", "unanswered", "outbox", "inbox", "drafts")

# -- the clock -------------------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    with closing(CouncilDatabase(tmp_path / "empty")) as database:
        enrol(database, {SORA: "staff"})
        yield database


def test_a_clock_that_jumps_ahead_and_back_neither_repeats_nor_stops_what_is_done_by_the_calendar(
    database: CouncilDatabase,
) -> None:
    start = datetime(2032, 3, 4, 1, tzinfo=UTC)

    def digests(at: datetime) -> int:
        with database.write() as db:
            do_due(db, at, Periods(**dict.fromkeys(KEPT, timedelta(days=3650))))
            return int(db.execute("select count(*) from outbox").fetchone()[0])

    assert digests(start) == 0
    assert digests(start + timedelta(days=7)) == 1
    ahead = digests(start + timedelta(days=400))
    assert ahead == 2
    back = start + timedelta(days=8)
    assert digests(back) == 2
    assert digests(back + timedelta(hours=1)) == 2
    # The week after, as if the clock had never been wrong.
    assert digests(back + timedelta(days=7)) == 3


def test_a_clock_that_jumps_ahead_by_years_erases_nothing_that_its_time_is_not_over_for(
    database: CouncilDatabase,
) -> None:
    start = datetime(2032, 3, 4, 1, tzinfo=UTC)
    enrol(database, {BOSS: "administrator"})

    def does(at: datetime) -> tuple[int, int]:
        """How many conversations are kept, and how often the administrator was told."""
        with database.write() as db:
            do_due(db, at, Periods(**dict.fromkeys(KEPT, timedelta(days=180))))
            told = "select count(*) from outbox where payload like '%건너뛰었%' and chat_id = ?"
            kept = db.execute("select count(*) from answers").fetchone()
            return kept[0], db.execute(told, [BOSS]).fetchone()[0]

    def clock(at: datetime) -> str:
        with closing(sqlite3.connect(database.folder / FILE_NAME)) as raw:
            return machine.clock(
                Patient(config=Config(), environment={}, now=at, raw=raw, database=database)
            ).state

    with database.write() as db:
        db.execute(
            "insert into answers (conversation, question, answer, visibility, chat_id, asked_at)"
            " values ('telegram:1:0:1', '?', '{}', 0, 1, ?)",
            [start.isoformat()],
        )
    assert does(start) == (1, 0)
    ahead = start.replace(year=2034)
    for later in (timedelta(0), timedelta(minutes=1), timedelta(days=3)):
        assert does(ahead + later) == (1, 1)
        assert clock(ahead + later) is State.DOUBTFUL
    assert clock(ahead + timedelta(days=8)) is State.WELL
    # It is set right, and all goes on as if nothing had been.
    back = start + timedelta(days=4)
    assert does(back) == (1, 1)
    assert does(back + timedelta(days=20)) == (1, 1)
    assert does(back + timedelta(days=40)) == (1, 1)
    # A computer that was off for a year is right after all: a week later its time is over.
    year = back + timedelta(days=400)
    assert does(year) == (1, 2)
    assert [does(year + timedelta(days=day)) for day in range(1, 9)][-1] == (0, 2)


# -- beside a bot ----------------------------------------------------------------------------------

BESIDE: dict[str, tuple[tuple[str, ...], int]] = {
    "ask": ((ASKED,), 0),
    "audit": (("list",), 0),
    "backup": (("{folder}/../b.zip",), 0),
    "budget": ((), 0),
    "chat": ((), 0),
    "decisions": ((), 0),
    "departments": (("list",), 0),
    "doctor": ((), 0),
    "draft": (("records", "새 자료.txt"), 1),
    "evaluate": (("{folder}/../questions.jsonl",), 1),  # it has nothing to compare
    "ingest": (("{folder}/../새 자료.txt",), 0),
    "ledger": (("add", "가로등이 어두워요"), 0),
    "model": ((), 0),
    "papers": ((), 0),
    "people": (("list",), 0),
    "plan": ((), 0),
    "programs": ((), 0),
    "reindex": ((), 0),
    "restore": (("{folder}/../b.zip", "--set-aside"), 1),
    "review": (("list",), 0),
    "run": ((), 1),
    "search": (("경로당",), 0),
    "serve": ((), 1),
    "stats": ((), 0),
    "unanswered": (("list",), 0),
    "withdraw": (("새 자료.txt",), 0),
}


def test_every_command_works_beside_a_bot_or_says_why_not(
    folder: Path,
    dongne: Dongne,
    nursery: Nursery,
    telegram: TelegramDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = {
        "token": TOKEN,
        "base_url": telegram.base_url,
        "base_file_url": telegram.base_file_url,
    }
    (folder.parent / "새 자료.txt").write_text("2031년 공원 안내\n- 위치: 동백동", encoding="utf-8")
    assert set(BESIDE) == set(cli.list_commands(cli.make_context("dongne", ["run"])))
    (folder.parent / "questions.jsonl").write_text("", "utf-8")
    bot = nursery.start("serve", folder=str(folder.parent), settings=settings)
    try:
        telegram.says(ANN, ASKED)
        telegram.waits_for(ANN, 1)
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("TELEGRAM_BASE_URL", telegram.base_url)
        for command, (arguments, code) in BESIDE.items():
            given = [one.format(folder=folder) for one in arguments]
            done = dongne(command, *given, input="")
            assert done.exit_code in (code, 3), (command, done.output, done.exception)
        telegram.says(ANN, ASKED)
        telegram.waits_for(ANN, 2)
        assert all(SAID in text for text in telegram.texts(ANN))
    finally:
        os.kill(bot, signal.SIGTERM)
    assert nursery.code(bot) == 0
    with closing(CouncilDatabase(folder)) as database:
        assert_whole(database)


def test_telegram_away_for_an_hour_delays_what_is_said_and_loses_none(
    nursery: Nursery, telegram: TelegramDouble, tmp_path: Path
) -> None:
    """What was to be said an hour ago is said once, in its order, when Telegram is back."""
    with closing(CouncilDatabase(tmp_path / "data")) as database, database.write() as db:
        then = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        for number in range(5):
            db.execute(
                "insert into outbox (chat_id, method, payload, state, not_before, created_at)"
                " values (?, 'sendMessage', ?, 'queued', ?, ?)",
                [ANN, f'{{"text": "{number}번째 소식"}}', then, then],
            )
    settings = {
        "token": TOKEN,
        "base_url": telegram.base_url,
        "base_file_url": telegram.base_file_url,
    }
    telegram.faults += [Fault("drop", "getMe", count=2), Fault("502", "sendMessage", count=1)]
    bot = nursery.start("serve", folder=str(tmp_path), settings=settings)
    telegram.waits_for(ANN, 5)
    os.kill(bot, signal.SIGTERM)
    assert nursery.code(bot) == 0
    assert telegram.texts(ANN) == [f"{number}번째 소식" for number in range(5)]


async def test_who_writes_while_telegram_is_away_for_an_hour_is_answered_once_and_in_order(
    telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    """Neither asked for updates nor sent to: what came before and meanwhile is answered after."""
    away = [timedelta(0)]
    options = TelegramSettings(
        token=TOKEN,
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        privacy=Privacy(told=False),
        limits=WIDE,
    )
    channel = Channel(Parrot(), database, options, lambda: datetime.now(UTC) + away[0])
    async with running(channel):
        await until(telegram, telegram.says(ANN, "첫째")["message"]["chat"]["id"], 1)
        telegram.faults += [
            Fault(kind, method, count=10**6)
            for kind, method in (("drop", "sendMessage"), ("502", "getUpdates"))
        ]
        # What an update that was under way still brings cannot be answered; the rest stays there.
        for number in range(6):
            for who in (ANN, SORA):
                telegram.says(who, f"{number}번째 십분")
            away[0] += timedelta(minutes=10)
            await asyncio.sleep(0.5)
        assert len(telegram.sent(ANN)) == 1
        assert telegram.sent(SORA) == []
        telegram.faults.clear()
        await until(telegram, ANN, 7)
        await until(telegram, SORA, 6)
    for who in (ANN, SORA):
        told = [text.split(" <")[0].split(" (앞")[0] for text in telegram.texts(who)][-6:]
        assert told == [f"들은 말: {number}번째 십분" for number in range(6)]
    states = database.read("select distinct state from outbox union select state from inbox")
    assert {row["state"] for row in states} == {"sent", "done"}
    assert_whole(database)
