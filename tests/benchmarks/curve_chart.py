"""The chart of the cost curves."""

from __future__ import annotations

from pathlib import Path

from bot.lettering import DRAWING, lettering

# The palette of Okabe and Ito, which every kind of colour vision tells apart.
_LINES = (
    ("question", "whole question", "#0072B2", "o"),
    ("keyword", "keyword search", "#E69F00", "s"),
    ("vector", "vector search", "#009E73", "^"),
)
_SPACE = (
    ("store", "store", "#0072B2", "o"),
    ("copy", "vectors", "#009E73", "^"),
    ("own", "memory of its own", "#D55E00", "s"),
)
_MOST_MS = 400


def chart(curves: list[dict[str, float]], file: Path) -> None:
    """Draw time and space by passages into a PNG file.

    Args:
        curves: Figures of `tests.benchmarks.scale`, smallest store first.
        file: Written over.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    sizes = [row["size"] for row in curves]
    with DRAWING:
        drawn = Figure(figsize=(9, 4), dpi=150, layout="constrained")
        FigureCanvasAgg(drawn)
        time, space = drawn.subplots(1, 2)
        for axes, lines, label in (
            (time, _LINES, "p95, milliseconds"),
            (space, _SPACE, "megabytes"),
        ):
            for key, name, colour, sign in lines:
                axes.plot(
                    sizes, [row[key] for row in curves], color=colour, marker=sign, label=name
                )
            axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=label)
            axes.grid(color="#DDDDDD", linewidth=0.6)
            axes.legend(prop=lettering(9)["fontproperties"], frameon=False)
        time.axhline(_MOST_MS, color="#999999", linestyle="--", linewidth=1)
        drawn.savefig(file, format="png")
