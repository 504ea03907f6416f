"""The command `dongne`."""

from __future__ import annotations

import gc
import logging
import sqlite3
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from bot.exit_codes import FAILED
from bot.misuse import misuse
from corpus.errors import CouncilError
from corpus.messages import say
from retrieval.analyser import ANALYSER

# Modules, models and kept rows are no garbage, and looking for some among them so often took 6 % of
# a start from cold and 8 % of a question. What is garbage is still found.
_GARBAGE = (50_000, 20, 20)
# Where each command stands; imported when it is called, as all of them together took 0.2 s.
_COMMANDS = {
    "ask": "question_commands",
    "audit": "audit_commands",
    "backup": "keep_commands",
    "budget": "view_commands",
    "chat": "question_commands",
    "decisions": "view_commands",
    "departments": "department_commands",
    "doctor": "keep_commands",
    "draft": "draft_command",
    "evaluate": "evaluate_command",
    "ingest": "paper_commands",
    "ledger": "ledger_commands",
    "model": "model_command",
    "papers": "paper_commands",
    "people": "people_commands",
    "plan": "view_commands",
    "programs": "view_commands",
    "reindex": "paper_commands",
    "restore": "keep_commands",
    "review": "review_commands",
    "run": "question_commands",
    "search": "question_commands",
    "serve": "serve_command",
    "stats": "unanswered_commands",
    "unanswered": "unanswered_commands",
    "withdraw": "paper_commands",
}
# Answers one question and ends, so that the time to start is all of its time.
_AT_ONCE = "ask"


class _Group(click.Group):
    """Imports commands by name, and turns this program's errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"bot.{_COMMANDS[cmd_name]}"), cmd_name)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise misuse(error) from error

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CouncilError as error:
            click.echo(str(error), err=True)
            ctx.exit(FAILED)
        except sqlite3.Error as error:
            folder = ctx.obj.data.folder if ctx.obj else ""
            click.echo(say("store.unusable", path=folder, reason=error), err=True)
            ctx.exit(FAILED)
        except click.UsageError as error:
            raise misuse(error) from error


@click.group(cls=_Group, help=say("cli.dongne"), epilog=say("cli.examples"))
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help=say("cli.data"))
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help=say("cli.config"))
@click.version_option(package_name="dongne-biseo", message="%(version)s", help=say("cli.version"))
@click.help_option(help=say("cli.help"))
@click.pass_context
def cli(context: click.Context, data: Path | None, config: Path | None) -> None:
    """Everything starts here: settings are read once."""
    from bot.config import load

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = load(config)
    if data is not None:
        settings = settings.model_copy(
            update={"data": settings.data.model_copy(update={"folder": data})}
        )
    context.obj = settings


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a stray byte must not end a conversation
            stream.reconfigure(errors="replace")
    gc.set_threshold(*_GARBAGE)
    if _AT_ONCE in sys.argv and "--jsonl" not in sys.argv:
        ANALYSER.begin_beside()
    cli()


if __name__ == "__main__":
    main()
