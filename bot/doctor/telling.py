"""Findings as people and programs read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.doctor.finding import Finding, State
from corpus.messages import say

# The longest name of a check, in columns of a terminal.
_WIDTH = 14


def as_line(finding: Finding) -> str:
    """One line: how it stands, with what, what was found, what to do."""
    name = say(f"doctor_check.{finding.check}")
    line = f"{say(f'doctor_state.{finding.state.value}')}  {_padded(name)}  {finding.text}"
    return f"{line} {say('doctor.remedy', remedy=finding.remedy)}" if finding.remedy else line


def as_object(finding: Finding) -> dict[str, str]:
    """For other programs; names and states are ASCII and stay."""
    return {
        "check": finding.check,
        "state": finding.state.value,
        "text": finding.text,
        "remedy": finding.remedy,
    }


def summary(findings: Sequence[Finding]) -> str:
    """How many checks found what."""
    counts = {one.value: sum(finding.state is one for finding in findings) for one in State}
    return say("doctor.summary", **counts)


def _padded(name: str) -> str:
    """Korean letters are two columns wide."""
    width = sum(1 + (unicodedata.east_asian_width(letter) == "W") for letter in name)
    return name + " " * (_WIDTH - width)
