"""docs/operating.md names commands, settings, numbers and files that there are."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from bot.__main__ import cli
from bot.config import Config
from bot.telegram.health import Health
from bot.telegram.metrics import Metrics
from bot.telegram.settings import Watch
from bot.telegram.tally import Tally
from bot.wiring import now
from corpus.database import CouncilDatabase
from docs.excerpts import ROOT

PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
UNIT = (ROOT / "docs" / "dongne@.service").read_text("utf-8")


def test_every_command_named_there_exists() -> None:
    named = set(re.findall(r"(?:^|[`/ ])dongne ([a-z]+)", PAGE + UNIT, re.MULTILINE))
    assert {"serve", "reindex", "people", "backup"} <= named
    assert named <= set(cli.list_commands(cli.make_context("dongne", ["run"])))


def test_every_make_target_named_there_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`|&& )make ([a-z]+)", PAGE, re.MULTILINE))
    assert {"bundle", "soak", "setup"} == named
    assert named <= targets


def test_every_piece_of_configuration_is_accepted() -> None:
    pieces = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(pieces) == 4
    for piece in pieces:
        Config(**tomllib.loads(piece))


def test_every_setting_and_variable_named_in_passing_exists() -> None:
    for section, key in re.findall(r"`\[(\w+)\](?: (\w+))?`", PAGE):
        model = Config.model_fields[section].annotation
        assert model is not None
        assert not key or key in model.model_fields, f"[{section}] {key}"
    known = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    variables = set(re.findall(r"\b(?:DONGNE|TELEGRAM)_[A-Z_]+\b", PAGE))
    assert variables
    assert [name for name in variables if f"`{name}`" not in known] == []


def test_every_number_named_there_is_told(tmp_path: Path) -> None:
    database = CouncilDatabase(tmp_path)
    watch = Watch(listen="", port=0, missing=lambda: 0, backed_up=now)
    told = Metrics(database, Tally(lambda: 0.0), now, watch).page().decode()
    database.close()
    named = set(re.findall(r"`((?:dongne|process)_\w+)(?:\{\w+\})?`", PAGE))
    assert [name for name in named if f"# TYPE {name} " not in told] == []
    ours = set(re.findall(r"# TYPE (dongne_\w+) ", told))
    assert {name for name in ours if not name.endswith("_created")} <= named


@pytest.mark.parametrize("part", [field.name for field in fields(Health)])
def test_what_health_consists_of_is_explained(part: str) -> None:
    assert f"`{part}`" in PAGE


def test_the_unit_starts_the_bot_and_lets_it_write_its_data_only() -> None:
    lines = dict(line.split("=", 1) for line in UNIT.splitlines() if re.match(r"\w+=", line))
    assert shlex.split(lines["ExecStart"]) == ["/srv/%i/.venv/bin/dongne", "serve"]
    assert lines["ReadWritePaths"] == f"/srv/%i/{Config().data.folder}"
    assert int(lines["TimeoutStopSec"]) >= 30
    assert "TOKEN" not in UNIT


def test_nothing_of_one_machine_is_in_it() -> None:
    assert re.findall(r"/work/|/home/|/root/|/tmp/|pypi|download\.pytorch", PAGE + UNIT) == []
