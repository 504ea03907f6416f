"""Every sentence that people read, in one data file, with particles that fit."""

from __future__ import annotations

import string
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import hangeul

from corpus.types import Visibility


class _Wording(string.Formatter):
    """Formats `{name:은/는}` as the value with the particle that its last sound asks for."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "/" in format_spec:
            return str(hangeul.attach(str(value), format_spec))
        return str(super().format_field(value, format_spec))


_WORDING = _Wording()


@cache
def messages() -> dict[str, str]:
    """All sentences by dotted key, for example `answer.not_found`."""
    tree = tomllib.loads((files("corpus") / "messages.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{key}": text for section, group in tree.items() for key, text in group.items()
    }


def say(key: str, /, **values: object) -> str:
    """The sentence of a key with its values filled in.

    Args:
        key: Dotted key in `corpus/messages.toml`.
        values: What its placeholders name; `{name:은/는}` attaches the fitting particle.

    Raises:
        KeyError: The key or a placeholder's value is missing; both are programming errors.

    >>> say("unreadable.empty")
    '내용이 없는 파일입니다. 원본을 다시 저장해 올려 주세요.'
    """
    return _WORDING.vformat(messages()[key], (), values)


def field_name(name: str) -> str:
    """What people call a field; a column's printed heading is that already.

    Empty for a field whose value speaks for itself.
    """
    return messages().get(f"field.{name}", "") if name.isascii() else name


def level_name(level: Visibility) -> str:
    """What people call a level of visibility."""
    return say(f"visibility.{level.name.lower()}")
