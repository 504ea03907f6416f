from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, load
from corpus.errors import ConfigError

SECRETS = {"webhook_secret", "key"}
SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_the_shipped_file_says_the_defaults() -> None:
    shipped = load(SHIPPED, {})
    assert shipped.data.folder == SHIPPED.parent / "data"
    assert shipped.model_copy(update={"data": Config().data}) == Config()


def test_the_shipped_file_names_every_key_but_secrets() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    for name, field in Config.model_fields.items():
        assert f"[{name}]" in text
        for key in field.annotation.model_fields:
            assert (f"\n{key} = " in text) == (key not in SECRETS), key


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[search]\npassages = 4\n", encoding="utf-8")
    monkeypatch.setenv("DONGNE_SEARCH__PASSAGES", "6")
    assert load(file).search.passages == 6


def test_a_relative_data_folder_lies_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[data]\nfolder = "자료실"\n', encoding="utf-8")
    assert load(file).data.folder == tmp_path / "자료실"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[search]\npasages = 4\n", "search.pasages"),
        ("[search]\npassages = 0\n", "search.passages"),
        ("[telegram]\nmode = 'pigeon'\n", "telegram.mode"),
        ("[telegram]\nwebhook_secret = 'x'\n", "telegram.webhook_secret"),
        ("[chat_model]\nkey = 'x'\n", "chat_model.key"),
        ("[search\n", "config.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key(tmp_path: Path, content: str, named: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=named.replace(".", r"\.")):
        load(file)


def test_a_missing_file_is_refused_when_it_was_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        load(tmp_path / "none.toml")


def test_a_misspelt_variable_is_refused() -> None:
    with pytest.raises(ConfigError, match="DONGNE_DATA__FODLER"):
        load(None, {"DONGNE_DATA__FODLER": "x"})


def test_a_secret_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONGNE_TELEGRAM__WEBHOOK_SECRET", "geheim")
    config = load(None)
    assert config.telegram.webhook_secret.get_secret_value() == "geheim"
    assert "geheim" not in repr(config)
