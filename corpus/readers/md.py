"""Markdown: headings and pipe tables; everything else as it is shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

from corpus.readers.encoding import decode
from corpus.readers.grid import Printed, spanning_table
from corpus.readers.limits import Limits
from corpus.types import Block, Paper, Paragraph

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
# Marks of emphasis and of what is to be printed as typed; single * and _ are too often bullets,
# footnotes and names to be taken for emphasis.
_EMPHASIS = (
    re.compile(r"(?<![\\*])(\*{2,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?!\*)"),
    re.compile(r"(?<![\\\w])(__)(?=[^\s_])(.+?)(?<=[^\s_\\])\1(?!\w)"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+[^`]+`+)")
_PIPE = re.compile(r"(?<!\\)\|")


class MarkdownReader:
    """Reads Markdown line by line; links and lists stay as typed, marks of emphasis go."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """Headings with their levels, tables with their cells, the lines between as they are."""
        text, certain = decode(path.read_bytes())
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        blocks: list[Block] = []
        loose: list[str] = []
        at = 0
        while at < len(lines):
            block, used = self._block(lines, at)
            if block is None:
                fenced = _FENCE.match(lines[at]) is not None
                loose += lines[at : at + used] if fenced else [_plain(lines[at])]
            else:
                _flush(loose, blocks)
                blocks.append(block)
            at += used
        _flush(loose, blocks)
        return Paper(format="md", blocks=tuple(blocks), doubts=() if certain else ("encoding",))

    def _block(self, lines: list[str], at: int) -> tuple[Block | None, int]:
        """The heading or table that starts on a line, if any, and the lines it takes."""
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if fence := _FENCE.match(line):
            return None, _fenced(lines, at, fence[1])
        if heading := _HEADING.match(line):
            return Paragraph(text=_plain(heading[2]), level=len(heading[1])), 1
        if "|" in line and "|" in following and _RULE.match(following):
            return self._table(lines, at)
        alone = at == 0 or not lines[at - 1].strip()
        if line.strip() and alone and (mark := _UNDERLINE.match(following)):
            return Paragraph(text=_plain(line.strip()), level=1 if mark[1][0] == "=" else 2), 2
        return None, 1

    def _table(self, lines: list[str], at: int) -> tuple[Block, int]:
        end = at + 2
        while end < len(lines) and "|" in lines[end]:
            end += 1
        rows = [[Printed(text=text) for text in _cells(line)] for line in lines[at:end]]
        del rows[1]
        return spanning_table(rows, self._limits), end - at


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [re.sub(r"<br\s*/?>", "\n", _plain(part)).strip() for part in _PIPE.split(inner)]


def _plain(line: str) -> str:
    r"""A line as it is shown: `**총 3건** \* 4월` reads `총 3건 * 4월`; code stays as typed."""
    return "".join(
        part if number % 2 else _unmarked(part) for number, part in enumerate(_CODE.split(line))
    )


def _unmarked(words: str) -> str:
    for pattern in _EMPHASIS:
        words = pattern.sub(r"\2", words)
    return html.unescape(_ESCAPED.sub(r"\1", words))


def _fenced(lines: list[str], at: int, fence: str) -> int:
    for end in range(at + 1, len(lines)):
        if lines[end].strip().startswith(fence):
            return end - at + 1
    return len(lines) - at


def _flush(loose: list[str], blocks: list[Block]) -> None:
    text = "\n".join(loose).strip("\n")
    if text.strip():
        blocks.append(Paragraph(text=text))
    loose.clear()
