"""Rows of an answer or a view written to files: `--format`, `--output`, `--chart`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corpus.errors import CouncilError
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    from retrieval.views.views import Views

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Which files a command writes beside what it prints.

    Attributes:
        kind: `xlsx` or `csv`; None for no sheet.
        output: The sheet's file; None for a free name in the working directory.
        chart: The chart's file; None for no chart.
    """

    kind: str | None
    output: Path | None
    chart: Path | None

    def write(
        self,
        views: Views,
        rows: Sequence[int],
        compared: str,
        title: str,
        audience: Visibility,
    ) -> bool:
        """Write the files that were asked for, and say so on standard error.

        Args:
            views: Reads the rows.
            rows: Row numbers of the records.
            compared: Their column of amounts; empty without one.
            title: What the files show.
            audience: Highest level that may be seen.

        Returns:
            Whether all that was asked for could be made of these rows.
        """
        sheet = self._sheet(views, rows, title, audience) if self.kind else True
        chart = self._chart(views, rows, compared, title, audience) if self.chart else True
        return sheet and chart

    def _sheet(self, views: Views, rows: Sequence[int], title: str, audience: Visibility) -> bool:
        from bot.sheets import SheetFormat, sheet_file

        kind = SheetFormat(self.kind or SheetFormat.XLSX)
        if (sheet := views.sheet(rows, title, audience)) is None:
            click.echo(say("sheet.none"), err=True)
            return False
        _write(self.output or _free(f"{say('sheet.name')}.{kind}"), sheet_file(sheet, kind))
        return True

    def _chart(
        self,
        views: Views,
        rows: Sequence[int],
        compared: str,
        title: str,
        audience: Visibility,
    ) -> bool:
        figures = views.figures(rows, compared, title, audience)
        if figures is None or self.chart is None:
            click.echo(say("sheet.none_chart"), err=True)
            return False
        from bot.charts import chart

        _write(self.chart, chart(figures))
        return True


def outputs(command: Command) -> Command:
    """Give a command the options; they come as one argument `files`."""

    def gathered(**options: Any) -> Any:
        kind, output, chart = (options.pop(name) for name in ("kind", "output", "chart"))
        if output is not None and kind is None:
            kind = output.suffix.lower().lstrip(".")
            if kind not in _KINDS:
                raise click.BadParameter(", ".join(_KINDS), param_hint="--output")
        return command(files=Outputs(kind=kind, output=output, chart=chart), **options)

    gathered.__name__, gathered.__doc__ = command.__name__, command.__doc__
    wrapped: Any = gathered
    wrapped.__click_params__ = getattr(command, "__click_params__", [])
    file = click.Path(path_type=Path, dir_okay=False)
    for option in (
        click.option("--chart", type=file, help=say("cli.chart")),
        click.option("--output", type=file, help=say("cli.output")),
        click.option("--format", "kind", type=click.Choice(_KINDS), help=say("cli.format")),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


_KINDS = ("xlsx", "csv")


def _free(name: str) -> Path:
    """A name in the working directory that no file has yet."""
    path, number = Path(name), 2
    while path.exists():
        path = Path(f"{Path(name).stem} ({number}){Path(name).suffix}")
        number += 1
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CouncilError(say("sheet.unwritable", path=path, reason=error.strerror)) from error
    click.echo(say("sheet.written", path=path), err=True)
