"""What one check found."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.config import Config
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.messages import say


class State(StrEnum):
    """How it stands with a thing."""

    WELL = "well"  # 정상
    DOUBTFUL = "doubtful"  # 주의: it works, and somebody should look
    BROKEN = "broken"  # 고장: something does not work or may be lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says.

    Attributes:
        check: Its name, a key of `[doctor_check]` in the messages.
        state: How it stands.
        text: What was found.
        remedy: What to do; empty where nothing is to be done.
    """

    check: str
    state: State
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is looked at.

    Attributes:
        config: The settings.
        environment: Environment variables.
        now: The clock, aware.
        raw: A reading connection to the store, however damaged; None where there is none.
        database: The open store; None where it is damaged or of another version.
    """

    config: Config
    environment: Mapping[str, str]
    now: datetime
    raw: sqlite3.Connection | None
    database: CouncilDatabase | None

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.config.data.folder

    @property
    def store(self) -> Path:
        """The file of the store."""
        return self.folder / FILE_NAME


def well(check: str, key: str, **values: object) -> Finding:
    """All is as it should be."""
    return Finding(check=check, state=State.WELL, text=say(f"doctor.{key}", **values))


def doubtful(check: str, key: str, **values: object) -> Finding:
    """Somebody should look; `KEY_remedy` says at what."""
    return _with_remedy(State.DOUBTFUL, check, key, values)


def broken(check: str, key: str, **values: object) -> Finding:
    """Something does not work; `KEY_remedy` says what to do."""
    return _with_remedy(State.BROKEN, check, key, values)


def _with_remedy(state: State, check: str, key: str, values: Mapping[str, object]) -> Finding:
    return Finding(
        check=check,
        state=state,
        text=say(f"doctor.{key}", **values),
        remedy=say(f"doctor.{key}_remedy", **values),
    )
