"""Questions by week as a picture: what was answered, and on top of it what was not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.lettering import DRAWING, lettering, readable
from corpus.messages import say
from corpus.tallies import Week

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Blue and orange of the palette of Okabe and Ito, which every kind of colour vision tells apart;
# hatched, so that they are told apart in print, too.
_ANSWERED, _REFUSED = "#0072B2", "#E69F00"
_SIZE, _DPI = (7.2, 4.2), 150  # inches; the width of the other charts
# Room above the highest bar for its number.
_ROOM = 1.18


def week_chart(weeks: Sequence[Week]) -> bytes:
    """Draw the weeks as stacked bars.

    Args:
        weeks: At least one, oldest first.

    Returns:
        A PNG file.
    """
    # Takes half a second and 60 MB, which only charts need.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with DRAWING:
        drawn = Figure(figsize=_SIZE, dpi=_DPI, layout="constrained")
        FigureCanvasAgg(drawn)
        _draw(drawn.subplots(), weeks)
        drawn.suptitle(readable(say("stats.chart"), 60), **lettering(13, bold=True))
        file = io.BytesIO()
        drawn.savefig(file, format="png")
    return file.getvalue()


def _draw(axes: Axes, weeks: Sequence[Week]) -> None:
    from matplotlib.ticker import MaxNLocator

    places = list(range(len(weeks)))
    answered = [week.answered for week in weeks]
    refused = [week.refused for week in weeks]
    axes.bar(places, answered, color=_ANSWERED, width=0.62, label=say("stats.answered"))
    axes.bar(
        places,
        refused,
        bottom=answered,
        color=_REFUSED,
        hatch="//",
        edgecolor="white",
        width=0.62,
        label=say("stats.refused"),
    )
    for place, week in zip(places, weeks, strict=True):
        if week.questions:
            axes.annotate(
                str(week.questions),
                (place, week.questions),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                **lettering(10),
            )
    axes.set_xticks(places, [f"{w.monday.month}.{w.monday.day}.~" for w in weeks], **lettering(9))
    axes.set_ylim(0, max(1, *(week.questions for week in weeks)) * _ROOM)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(say("stats.axis"), **lettering(9))
    for tick in axes.get_yticklabels():
        tick.set(**lettering(9))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    font = lettering(10)["fontproperties"]
    axes.legend(prop=font, frameon=False, loc="upper left", bbox_to_anchor=(0, 1.1), ncols=2)
