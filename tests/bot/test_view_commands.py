"""The views and the files at the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from PIL import Image

from bot.__main__ import cli
from corpus.messages import say
from tests.support.village import PAPERS, SECRET

RANKING = "동별 예산이 많은 순서대로 알려줘"


def dongne(*arguments: object, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], input=stdin)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a store with the village's papers, one of them for staff."""
    folder = tmp_path_factory.mktemp("village")
    for level, papers in (("public", PAPERS), ("staff", {"내부 검토.csv": SECRET})):
        inbox = folder / level
        inbox.mkdir()
        for name, text in papers.items():
            (inbox / name).write_text(text, encoding="utf-8")
        done = dongne(
            "--data", folder / "data", "ingest", inbox, "--visibility", level, "--no-wait"
        )
        assert done.exit_code == 0, done.stderr
    return folder / "data"


def test_a_view_is_gone_through_by_numbers_and_names(village: Path) -> None:
    first = dongne("--data", village, "budget", "--as", "citizen")
    assert first.exit_code == 0, first.stderr
    assert " 1. 2031년 나래구 동 협의체 특화사업 예산" in first.stdout
    assert "내부" not in first.stdout
    row = dongne("--data", village, "budget", "1", "목련동", "--as", "citizen")
    assert "금액: 545만원 (문서에 적힌 값)" in row.stdout
    assert "“목련동…반찬 나눔…3…5450”" in row.stdout


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (["decisions", "1"], "특화사업 운영계획(안) 검토 → 원안 가결"),
        (["plan", "1", "2"], "2-1. 어르신 한글 교실"),
        (["programs", "동백1동"], "나머지는 동백1동 행정복지센터(주민센터)에"),
        (["programs", "1"], "동백1동 사업 2개"),
    ],
)
def test_every_view_has_its_command(village: Path, arguments: list[str], holds: str) -> None:
    done = dongne("--data", village, *arguments)
    assert done.exit_code == 0, done.stderr
    assert holds in done.stdout


@pytest.mark.parametrize(
    "arguments", [["budget", "9"], ["plan", "없는 것"], ["programs", "바람동"]]
)
def test_a_choice_that_is_not_there_is_one_line_and_code_2(
    village: Path, arguments: list[str]
) -> None:
    done = dongne("--data", village, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip() == say("cli.no_choice", choice=arguments[-1])


def test_the_rows_of_an_answer_are_written_beside_it(village: Path, tmp_path: Path) -> None:
    sheet, picture = tmp_path / "표.csv", tmp_path / "그림.png"
    done = dongne("--data", village, "ask", RANKING, "--output", sheet, "--chart", picture)
    assert done.exit_code == 0, done.stderr
    assert "1. 동백2동 1,200만원 [1]" in done.stdout
    assert str(sheet) in done.stderr
    text = sheet.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["금액(원)"] for row in rows] == ["8400000", "12000000", "5450000", "800000"]
    assert rows[1]["주요 사업"] == "'=HYPERLINK(1)"
    assert rows[2]["원문"] == "목련동…반찬 나눔…3…5450"
    with Image.open(picture) as drawn:
        assert drawn.format == "PNG"


def test_a_view_goes_into_a_workbook(village: Path, tmp_path: Path) -> None:
    file = tmp_path / "예산.xlsx"
    done = dongne("--data", village, "budget", "1", "--format", "xlsx", "--output", file)
    assert done.exit_code == 0, done.stderr
    page = load_workbook(file).active
    assert page is not None
    assert page.max_row == 5


def test_without_a_name_files_never_take_the_place_of_others(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = [dongne("--data", village, "ask", RANKING, "--format", "csv") for _ in range(2)]
    assert [one.exit_code for one in done] == [0, 0]
    assert {file.name for file in tmp_path.iterdir()} == {"동네비서.csv", "동네비서 (2).csv"}


def test_what_has_no_rows_or_amounts_says_so_and_ends_with_code_3(
    village: Path, tmp_path: Path
) -> None:
    question = "화성 이주 우주선의 연료는 무엇인가요?"
    done = dongne("--data", village, "ask", question, "--format", "csv")
    assert done.exit_code == 3
    assert done.stderr.strip() == say("sheet.none")
    done = dongne("--data", village, "decisions", "1", "--chart", tmp_path / "그림.png")
    assert done.exit_code == 3
    assert done.stderr.strip() == say("sheet.none_chart")
    wrong = dongne("--data", village, "ask", RANKING, "--output", tmp_path / "표.docx")
    assert wrong.exit_code == 2
    there = dongne("--data", village, "ask", RANKING, "--output", tmp_path / "없는 곳" / "표.csv")
    assert there.exit_code == 1
    assert len(there.stderr.splitlines()) == 1


def test_a_conversation_goes_through_views_by_number_and_remembers_the_dong(village: Path) -> None:
    lines = ["/예산", "1", "3", "/programs 목련동", "우리동 예산은 얼마야?", "/사업", "7"]
    done = dongne("--data", village, "chat", "--as", "citizen", stdin="\n".join(lines))
    assert done.exit_code == 0, done.stderr
    parts = done.stdout.split("\n> ")
    assert "합계 2,665만원 (문서에 적힌 값)" in parts[1]
    assert "금액: 545만원 (문서에 적힌 값)" in parts[2]
    assert "545만원" in parts[4]
    assert "목련동 사업 1개" in parts[5]
