from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import Config, Data
from bot.wiring import Council, open_council
from corpus.types import Visibility

REPOSITORY = Path(__file__).parents[2]

PAPERS = {
    Visibility.PUBLIC: {
        "2031년 제1차 마을회의 회의록.txt": (
            "2031년 제1차 나래구 마을회의 회의록\n"
            "일시: 2031. 4. 2.(수) 14:00\n"
            "장소: 나래홀\n"
            "참석: 위원 21명 중 17명\n"
            "1. 안건\n"
            "- 경로당 공동급식 확대: 원안대로 가결함\n"
            "- 골목 텃밭 조성: 다음 회의에서 다시 논의하기로 함\n"
        ),
        "동별 예산.md": (
            "# 2031년 나래구 동별 특화사업 예산\n\n"
            "- 동백동 특화사업 예산: 1,200천원\n- 목련동 특화사업 예산: 3,450천원\n"
        ),
    },
    Visibility.MEMBERS: {
        "위원 연수 계획.md": (
            "# 2031년 위원 연수 계획\n\n- 장소: 솔밭수련원\n- 기간: 5월 9일부터 이틀\n"
        ),
    },
    Visibility.STAFF: {
        "내부 검토.txt": (
            "2031년 은행나무센터 위탁 내부 검토 보고\n"
            "1. 결과\n- 은행나무센터 위탁 기간을 줄이는 방안을 검토하기로 함\n"
        ),
    },
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without settings of this program."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("DONGNE_", "TELEGRAM_"))
    }
    return kept | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "40"} | more


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, arguments)]


@pytest.fixture(scope="session")
def dongne(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the command as a program of its own, outside the repository."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: object, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=elsewhere,
            env=environment(**more),
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[Visibility, Path]:
    """A folder of small papers for each level."""
    root = tmp_path_factory.mktemp("papers")
    folders = {}
    for level, texts in PAPERS.items():
        folders[level] = root / level.name.lower()
        folders[level].mkdir()
        for name, text in texts.items():
            (folders[level] / name).write_text(text, encoding="utf-8")
    return folders


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, papers: dict[Visibility, Path]) -> Path:
    """The data folder of a store that holds the small papers, with vectors; read it only."""
    folder = tmp_path_factory.mktemp("store") / "data"
    with opened(folder) as council:
        for level, paths in papers.items():
            list(council.ingest.run(sorted(paths.iterdir()), level))
        assert council.vectors.sync()
    return folder


def opened(folder: Path) -> Council:
    """An open store at a folder, with default settings."""
    return open_council(Config().model_copy(update={"data": Data(folder=folder)}))


@pytest.fixture(scope="session")
def council(store: Path) -> Iterator[Council]:
    """The store of small papers, open; read it only."""
    with opened(store) as council:
        yield council


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, dongne: Run) -> Path:
    """A data folder without a store; the sample store beside it is made already."""
    folder = tmp_path_factory.mktemp("nothing") / "data"
    done = dongne("--data", folder, "papers")
    assert done.returncode == 0, done.stderr
    return folder
