"""A command typed wrongly, told in one Korean line instead of click's English ones."""

from __future__ import annotations

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from corpus.messages import say


class Misuse(click.ClickException):
    """Replaces click's usage errors; ends the program with the same code, 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Write the one line to standard error."""
        click.echo(self.message, err=True)


def misuse(error: click.UsageError) -> click.ClickException:
    """What went wrong, with where to read on.

    Args:
        error: As click raised it.
    """
    if isinstance(error, NoArgsIsHelpError):
        return error  # its text is the help itself
    command = error.ctx.command_path if error.ctx else "dongne"
    if isinstance(error, click.NoSuchOption):
        return Misuse(say("cli.option", name=error.option_name, command=command))
    if isinstance(error, NoSuchCommand):
        return Misuse(say("cli.command", name=error.command_name, command=command))
    name = _parameter(error)
    if isinstance(error, click.MissingParameter):
        return Misuse(say("cli.missing", name=name, command=command))
    if isinstance(error, click.BadParameter):
        return Misuse(say("cli.value", name=name, reason=error.message, command=command))
    return Misuse(say("cli.usage", reason=error.format_message(), command=command))


def _parameter(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "")
    return str(
        parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
    )
