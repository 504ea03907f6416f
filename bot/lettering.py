"""How charts write Korean: one font, from a wheel that carries it, and only what it can draw."""

from __future__ import annotations

import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DRAWING = threading.Lock()
"""matplotlib keeps one font cache for all threads."""


def readable(text: str, most: int) -> str:
    """One line of what the font can draw; other signs become `?`."""
    line = " ".join(text.split())
    line = line if len(line) <= most else f"{line[: most - 1]}…"
    known = _glyphs()
    return "".join(sign if ord(sign) in known else "?" for sign in line)


def lettering(size: float, *, bold: bool = False) -> dict[str, Any]:
    """Properties of text: the Korean font, and no formulas between dollar signs."""
    from matplotlib.font_manager import FontProperties

    return {
        "fontproperties": FontProperties(fname=str(_font(bold=bold)), size=size),
        "parse_math": False,
    }


@cache
def _font(*, bold: bool) -> Path:
    """A font file of the wheel that carries Nanum Gothic; the wheel itself is never imported.

    Raises:
        FileNotFoundError: The wheel is not installed.
    """
    found = find_spec("koreanize_matplotlib")
    for folder in found.submodule_search_locations or () if found else ():
        path = Path(folder) / "fonts" / f"NanumGothic{'Bold' if bold else ''}.ttf"
        if path.is_file():
            return path
    raise FileNotFoundError("koreanize-matplotlib")


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(_font(bold=False))).get_charmap())
