"""The settings in effect as a `config.toml`, without secrets and without this machine's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr

_MACHINE = "data"
"""The section that a restore writes anew."""


def settings_text(config: BaseModel) -> str:
    """All settings but `[data]` and secrets, as they are in effect.

    Args:
        config: Sections as fields, each a model of plain values.
    """
    lines: list[str] = []
    for section in type(config).model_fields:
        if section != _MACHINE:
            lines += ["", f"[{section}]", *_keys(getattr(config, section))]
    return "\n".join(lines).lstrip() + "\n"


def with_folder(text: str, folder: Path) -> str:
    """Settings of a backup, for use with the data folder they were restored into."""
    return f"[{_MACHINE}]\nfolder = {_value(str(folder.absolute()))}\n\n{text}"


def _keys(section: BaseModel) -> list[str]:
    return [
        f"{name} = {_value(value)}"
        for name, value in section
        if not isinstance(value, SecretStr) and value is not None
    ]


def _value(value: Any) -> str:
    """JSON spells plain values as TOML does; what it has no form for is text to both."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (set, frozenset)) else str(value)
