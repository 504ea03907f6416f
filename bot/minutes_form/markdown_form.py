"""Minutes as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.minutes_form.layout import COUNCIL, HEADING, TITLE, Block, Grid, Line

_PREFIX = {TITLE: "# ", HEADING: "## ", COUNCIL: ""}


def markdown(blocks: Sequence[Block]) -> str:
    """The paper as text; a cell of several lines has `<br>` between them."""
    return (
        "\n\n".join(
            "\n".join(_table(block)) if isinstance(block, Grid) else _line(block)
            for block in blocks
        )
        + "\n"
    )


def _line(line: Line) -> str:
    return f"{_PREFIX.get(line.style, '')}{'  ' * line.level}{line.text}"


def _table(grid: Grid) -> Iterator[str]:
    for number, row in enumerate(grid.rows):
        cells = [part for box in row for part in (_cell(box.text), *([""] * (box.span - 1)))]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{'---|' * len(grid.widths)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
