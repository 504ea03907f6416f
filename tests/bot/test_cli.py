from __future__ import annotations

import json
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from corpus.database import exists
from corpus.messages import say
from corpus.types import Visibility
from tests.bot.conftest import Run, command, environment

BUDGET = "목련동 특화사업 예산은 얼마인가요?"
SAMPLE = say("answer.sample")


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


# -- the frame: in process, as nothing is opened -----------------------------------------------


HERE = click.Context(cli)


@pytest.mark.parametrize("name", [[], *([name] for name in cli.list_commands(HERE))])
def test_every_command_explains_itself_in_korean(name: list[str]) -> None:
    done = CliRunner().invoke(cli, [*name, "--help"])
    assert done.exit_code == 0
    assert "dongne" in done.output or name
    assert say(f"cli.{name[0]}" if name else "cli.dongne")[:10] in done.output
    explained = cli.get_command(HERE, name[0]) if name else cli
    assert explained is not None
    for option in explained.params:
        assert option.param_type_name == "argument" or option.help, option.name


def test_help_shows_examples() -> None:
    for name in ("ask", "search", "ingest"):
        assert "예: dongne" in CliRunner().invoke(cli, [name, "--help"]).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nope"], "--nope"),
        (["frob"], "frob"),
        (["ask"], "--jsonl"),
        (["ask", "뭐", "--jsonl"], "--jsonl"),
        (["search"], "--jsonl"),
        (["search", "뭐", "-k", "0"], "-k"),
        (["ask", "--as", "king", "뭐"], "--as"),
        (["ingest"], "PATHS"),
        (["ingest", "x", "--visibility", "secret"], "--visibility"),
        (["papers", "하나"], "하나"),
        (["withdraw"], "NAMES"),
    ],
)
def test_wrong_usage_is_one_korean_line_and_code_2(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert said in line
    assert line.endswith(("세요.", "하나)."))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (None, "none.toml"),
        ("[search]\npasages = 3\n", "search.pasages"),
        ("[search\n", "config.toml"),
        ("[reading]\nseconds = 'soon'\n", "reading.seconds"),
    ],
)
def test_a_wrong_configuration_is_one_korean_line_and_code_1(
    tmp_path: Path, config: str | None, said: str
) -> None:
    file = tmp_path / ("none.toml" if config is None else "config.toml")
    if config is not None:
        file.write_text(config, encoding="utf-8")
    done = CliRunner().invoke(cli, ["--config", str(file), "papers"])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert said in line
    assert line.endswith("주세요.")


def test_serving_without_a_token_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--data", str(tmp_path / "data"), "serve"])
    assert (done.exit_code, done.stderr.strip()) == (1, say("telegram.no_token"))
    assert not exists(tmp_path / "data")


def test_a_damaged_store_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "council.sqlite3").write_bytes(b"no database" * 1000)
    done = CliRunner().invoke(cli, ["--data", str(tmp_path), "papers"])
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert "백업" in line


# -- whole runs as programs of their own -------------------------------------------------------


def test_papers_go_in_and_are_found_from_the_command_line(
    dongne: Run, tmp_path: Path, papers: dict[Visibility, Path]
) -> None:
    data = tmp_path / "data"
    folder = tmp_path / "자료"
    folder.mkdir()
    (folder / "빈 파일.hwp").write_bytes(b"")
    public = papers[Visibility.PUBLIC]

    first = dongne("--data", data, "ingest", public, folder)
    assert first.returncode == 3
    assert first.stderr == ""
    assert "✔ 동별 예산.md" in first.stdout
    assert f"✘ 빈 파일.hwp: {say('unreadable.empty')}" in first.stdout
    assert "공개 범위: 공개" in first.stdout

    again = dongne("--data", data, "ingest", public, "--visibility", "staff", "--no-wait")
    assert again.returncode == 0
    assert "그대로입니다" in again.stdout
    assert "2" in again.stdout.splitlines()[-1]

    citizen = dongne("--data", data, "papers", "--as", "citizen", "--jsonl")
    assert (citizen.returncode, citizen.stdout) == (0, "")
    staff = lines(dongne("--data", data, "papers", "--jsonl").stdout)
    assert {row["document"] for row in staff} == {path.name for path in public.iterdir()}
    assert {row["visibility"] for row in staff} == {"staff"}


def test_one_question_is_answered_with_its_source(dongne: Run, store: Path) -> None:
    done = dongne("--data", store, "ask", *BUDGET.split())
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "3450" in done.stdout.replace(",", "")
    assert "[1]" in done.stdout
    assert SAMPLE not in done.stdout
    assert "\x1b" not in done.stdout


def test_what_the_papers_do_not_say_ends_with_code_3(dongne: Run, store: Path) -> None:
    done = dongne("--data", store, "ask", "화성 이주 우주선의 연료는 무엇인가요?")
    assert done.returncode == 3
    assert say("answer.not_found") in done.stdout


def test_lines_of_questions_are_answered_one_by_one(store: Path) -> None:
    """Each reply is read before the next line is written: nothing waits in a buffer."""
    asked: list[object] = [
        {"case": "가", "user": "1", "turn": BUDGET},
        {"case": "가", "user": "1", "turn": "그럼 동백동은?"},
        {"case": "나", "user": "2", "turn": "안녕하세요"},
        {"turn": "골목 텃밭을 만들어 주세요", "mode": "classify"},
        {"case": "나"},
        {"case": "나", "turn": None},
        ["turn"],
        {"case": "다", "turn": "\ud800\x00"},
    ]
    raw = [json.dumps(line).encode() for line in asked] + [b"{broken", b"\xff\xfe", b"[" * 99_999]
    child = subprocess.Popen(
        command("--data", store, "ask", "--jsonl", "--as", "citizen"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(LC_ALL="C", PYTHONUTF8="0"),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    replies = []
    with child:
        for line in raw:
            child.stdin.write(line + b"\n\n")
            child.stdin.flush()
            replies.append(json.loads(child.stdout.readline()))
        child.stdin.close()
        assert child.stdout.read() == b""
        assert child.wait() == 0
    budget, follow_up, greeting, kind, *rest = replies
    assert "3450" in budget["text"].replace(",", "")
    assert budget["citations"][0]["document"] == "동별 예산.md"
    assert budget["ms"] > 0
    assert "1200" in follow_up["text"].replace(",", "")
    assert greeting["basis"] == "dialogue"
    assert set(kind) == {"label", "dong", "topic"}
    assert kind["label"] == "opinion"
    *bad, surrogate = rest[:4]
    assert set(surrogate) >= {"text", "citations", "basis", "notices", "choices", "ms"}
    assert [*bad, *rest[4:]] == [{"error": say("cli.bad_line")}] * 6


def test_searches_are_lines_too_and_know_their_audience(dongne: Run, store: Path) -> None:
    queries = [{"query": "은행나무센터 위탁 기간"}, {"q": "?"}, {"query": "\ud800 공동급식"}]
    stdin = "".join(json.dumps(query) + "\n" for query in queries)
    done = dongne("--data", store, "search", "--jsonl", "-k", 1, "--as", "citizen", stdin=stdin)
    assert done.returncode == 0, done.stderr
    secret, bad, meal = lines(done.stdout)
    assert [hit["document"] for hit in secret["results"]] != ["내부 검토.txt"]
    assert bad == {"error": say("cli.bad_line")}
    (hit,) = meal["results"]
    assert hit["document"] == "2031년 제1차 마을회의 회의록.txt"
    assert set(hit) == {"document", "locator", "score", "text"}


def test_run_without_token_and_store_answers_from_marked_sample_papers(
    dongne: Run, sample_data: Path
) -> None:
    questions = [
        "실무협의체 회의는 언제 열렸나요?",
        "화성 이주 계획은?",
        "특화사업 예산은 얼마인가요?",
    ]
    done = dongne("--data", sample_data, "run", stdin="\n".join(questions) + "\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(SAMPLE) == len(questions)
    assert [line[2:] for line in done.stdout.splitlines() if line.startswith("> ")] == questions
    assert "\x1b" not in done.stdout
    assert not exists(sample_data)


def test_run_with_a_store_answers_from_it(dongne: Run, store: Path) -> None:
    done = dongne("--data", store, "run", stdin=f"{BUDGET}\n\n/자료\n")
    assert done.returncode == 0, done.stderr
    assert "3450" in done.stdout.replace(",", "")
    assert SAMPLE not in done.stdout
    for line in (f"> {BUDGET}", "(2031년 제1차 마을회의 회의록.txt)"):
        assert line in done.stdout  # whole, though the terminal is said to be 40 columns wide


def test_listing_sample_papers_says_so(dongne: Run, sample_data: Path) -> None:
    done = dongne("--data", sample_data, "papers", "--jsonl")
    assert done.returncode == 0
    assert say("console.sample") in done.stderr
    assert len(lines(done.stdout)) >= 7
