"""`dongne audit`: what was done, by whom, and whether the record of it is whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.audit_cards import audit_sheet, entry_line, standing, who_did
from bot.config import Config
from bot.exit_codes import FAILED
from bot.misuse import Misuse
from bot.people_commands import console, store
from corpus.audit import Audit, write_at_console
from corpus.errors import CouncilError
from corpus.messages import say


@click.group(help=say("cli.audit"))
def audit() -> None:
    """Who did what."""


@audit.command("list", help=say("cli.audit_list"))
@click.option("-n", "count", type=click.IntRange(1, 100_000), default=30, help=say("cli.audit_n"))
@click.pass_obj
def list_entries(config: Config, count: int) -> None:
    """The newest entries, the last one at the bottom."""
    with store(config) as database:
        who, found = who_did(database), Audit(database).newest(count)
    click.echo("\n".join(entry_line(one, who) for one in found) or say("audit.nothing"))


@audit.command(help=say("cli.audit_export"))
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(config: Config, output: Path) -> None:
    """Everything as a file."""
    from bot.sheets import SheetFormat, sheet_file

    suffix = output.suffix.lower().lstrip(".")
    if suffix not in list(SheetFormat):
        raise Misuse(say("ledger_file.unknown", known=", ".join(SheetFormat)))
    with store(config) as database:
        sheet = audit_sheet(Audit(database).entries(), who_did(database))
        write_at_console(database, console().at, "export", "audit", format=suffix)
    try:
        output.write_bytes(sheet_file(sheet, SheetFormat(suffix)))
    except OSError as error:
        raise CouncilError(say("sheet.unwritable", path=output, reason=error.strerror)) from error
    click.echo(say("sheet.written", path=output), err=True)


@audit.command(help=say("cli.audit_verify"))
@click.pass_obj
def verify(config: Config) -> None:
    """Whether nothing was changed, taken out or put in between."""
    with store(config) as database:
        found = Audit(database)
        text, whole = standing(found), found.broken_at() is None
    click.echo(text, err=not whole)
    if not whole:
        sys.exit(FAILED)
