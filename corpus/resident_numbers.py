"""Resident registration numbers (주민등록번호) in papers: hidden before anything is kept.

The law lets an office process them only where a law names the case (개인정보 보호법 제24조의2);
finding what papers say never needs them. Staff see all else that papers print of people.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import Block, Cell, Paper, Paragraph

DOUBT = "resident_numbers"
"""Code of the doubt by which whoever brings a paper in learns that some were hidden."""

# Six digits of a real month and day, a sign between, seven more of which the first tells century
# and sex. Digits without a sign between are amounts and numbers of files more often than people.
_DAY = r"(?<![\d-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SIGN = r"(?P<sign>\s?[-‐‑‒–—−－~./]\s?)?"
_NUMBER = re.compile(_DAY + _SIGN + r"(?P<own>[1-8]\d{6})(?!\d)")
_LABEL = re.compile(r"주민|외국인\s?등록|생년월일")
# How far before a number without a sign its label may stand.
_BEFORE = 20


def hidden(paper: Paper) -> Paper:
    """A paper with `900101-*******` in the place of each resident number, of the same length.

    A paper without any comes back as it is; one with some has the doubt `DOUBT`.
    """
    blocks = tuple(_block(block) for block in paper.blocks)
    if blocks == tuple(paper.blocks):
        return paper
    return replace(paper, blocks=blocks, doubts=(*paper.doubts, DOUBT))


def hide(text: str) -> str:
    """A text with stars in the place of the last seven digits of each resident number."""
    if not any(sign.isdigit() for sign in text):
        return text
    return _NUMBER.sub(_starred, text)


def _starred(match: re.Match[str]) -> str:
    if match["sign"] is None:
        before = match.string[max(0, match.start() - _BEFORE) : match.start()]
        if not _LABEL.search(before):
            return match[0]
    own = len(match["own"])
    return match[0][:-own] + "*" * own


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        text = hide(block.text)
        return block if text == block.text else replace(block, text=text)
    cells = tuple(_cell(cell) for cell in block.cells)
    caption = hide(block.caption)
    if cells == block.cells and caption == block.caption:
        return block
    return replace(block, cells=cells, caption=caption)


def _cell(cell: Cell) -> Cell:
    text = hide(cell.text)
    return cell if text == cell.text else replace(cell, text=text)
