"""Minutes as a paper in the council's form: laid out once, written as DOCX, HWPX and Markdown."""

from __future__ import annotations

from bot.minutes_form.docx_form import docx_bytes
from bot.minutes_form.hwpx_form import hwpx_bytes
from bot.minutes_form.layout import laid_out
from bot.minutes_form.markdown_form import markdown
from corpus.meetings.minutes import Minutes

__all__ = ["FORMATS", "OFFICIAL", "docx_bytes", "hwpx_bytes", "laid_out", "markdown", "written"]

OFFICIAL = ("hwpx", "docx")
"""What the chair and whoever files them are sent, by suffix."""

FORMATS = (*OFFICIAL, "md")
"""What minutes can be had as."""


def written(minutes: Minutes, suffix: str) -> bytes:
    """The paper in one of the formats.

    Args:
        minutes: What it says.
        suffix: One of `FORMATS`.
    """
    blocks = laid_out(minutes)
    if suffix == "md":
        return markdown(blocks).encode()
    return docx_bytes(blocks) if suffix == "docx" else hwpx_bytes(blocks)
