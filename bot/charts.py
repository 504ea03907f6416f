"""Amounts as bars: a PNG that can be read on a phone and by people who see colours differently."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.lettering import DRAWING, lettering, readable
from corpus.amounts import format_won
from corpus.messages import say
from retrieval.sheets import Figures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Blue and vermilion of the palette of Okabe and Ito, which every kind of colour vision tells apart.
_MORE, _LESS = "#0072B2", "#D55E00"
# More bars than these are too thin to touch or read on a phone.
_MOST_BARS = 24
_WIDTH, _BAR, _FRAME = 7.2, 0.38, 1.7  # inches
_DPI = 150
# Characters, most of them Hangul, that fit: a line of the title, a name, a line of the source.
_TITLE, _NAME, _SOURCE = 34, 22, 58
_TITLE_LINES = 2
# Room for the amount behind a bar, as a share of all that is drawn.
_ROOM = 0.32


def chart(figures: Figures) -> bytes:
    """Draw amounts as horizontal bars, each with its name and its amount in 만원 or 억원.

    Args:
        figures: Names and amounts; of very many the largest are drawn, and the chart says so.

    Returns:
        A PNG file.
    """
    # Takes half a second and 60 MB, which only charts need.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    bars = list(figures.bars)
    if len(bars) > _MOST_BARS:
        kept = sorted(bars, key=lambda bar: -abs(bar[1]))[:_MOST_BARS]
        bars = [bar for bar in bars if bar in kept]
    with DRAWING:
        drawn = Figure(figsize=(_WIDTH, _FRAME + _BAR * len(bars)), dpi=_DPI, layout="constrained")
        FigureCanvasAgg(drawn)
        _draw(drawn, figures, bars)
        file = io.BytesIO()
        drawn.savefig(file, format="png")
    return file.getvalue()


def _draw(drawn: Figure, figures: Figures, bars: Sequence[tuple[str, int]]) -> None:
    axes = drawn.subplots()
    unit, size = _unit([value for _, value in bars])
    places = list(range(len(bars)))
    values = [value / size for _, value in bars]
    colours = [_MORE if value >= 0 else _LESS for value in values]
    axes.barh(places, values, color=colours, height=0.68)
    axes.set_yticks(places, [readable(_short(name), _NAME) for name, _ in bars], **lettering(10))
    axes.margins(y=0.01)
    axes.invert_yaxis()
    lowest, highest = min(0, *values), max(0, *values)
    room = _ROOM * ((highest - lowest) or 1)
    axes.set_xlim(lowest - room if lowest < 0 else 0, highest + room)
    axes.axvline(0, color="#444444", linewidth=0.8)
    for place, (_, won) in zip(places, bars, strict=True):
        axes.annotate(
            format_won(won),
            (won / size, place),
            xytext=(4 if won >= 0 else -4, 0),
            textcoords="offset points",
            va="center",
            ha="left" if won >= 0 else "right",
            **lettering(10),
        )
    axes.set_xlabel(say("sheet.axis", unit=unit), **lettering(9))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    for tick in axes.get_xticklabels():
        tick.set(**lettering(9))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(left=False)
    drawn.suptitle(_title(figures.title), **lettering(13, bold=True))
    drawn.supxlabel(_below(figures, len(bars)), color="#444444", **lettering(8))


def _below(figures: Figures, drawn: int) -> str:
    source = readable(say("sheet.source", papers=figures.source), _SOURCE)
    if drawn == len(figures.bars):
        return source
    return f"{source}\n{say('sheet.rest', count=drawn, of=len(figures.bars))}"


def _unit(values: Sequence[int]) -> tuple[str, int]:
    """The unit of the axis: 억원 where the largest amount has one, else 만원."""
    largest = max(map(abs, values), default=0)
    return ("억원", 10**8) if largest >= 10**8 else ("만원", 10**4)


def _title(text: str) -> str:
    lines = textwrap.wrap(readable(text, _TITLE * _TITLE_LINES), _TITLE)
    return "\n".join(lines[:_TITLE_LINES])


def _short(name: str) -> str:
    """Both ends of a long name: what tells long names apart often stands behind."""
    half = _NAME // 2
    return name if len(name) <= _NAME else f"{name[: half - 1]}…{name[-half:]}"
