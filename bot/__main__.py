"""The command `dongne`."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sqlite3
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import click

from bot.access import Role, audience_of
from bot.config import Config, load
from bot.department_commands import departments
from bot.keep_commands import backup, restore
from bot.ledger_commands import ledger
from bot.misuse import Misuse, misuse
from bot.model_command import model
from bot.opening import FAILED, PARTLY, as_role, open_or_sample, open_store
from bot.outputs import Outputs, outputs
from bot.people_commands import people
from bot.review_commands import review
from bot.unanswered_commands import stats, unanswered
from bot.view_commands import VIEW_COMMANDS
from corpus.database import CouncilDatabase
from corpus.errors import CouncilError
from corpus.messages import level_name, say
from corpus.people import People
from corpus.types import Visibility

# Modules, models and kept rows are no garbage, and looking for some among them so often took 6 % of
# a start from cold and 8 % of a question. What is garbage is still found.
_GARBAGE = (50_000, 20, 20)


class _Group(click.Group):
    """Turns the errors this program raises on purpose into one line and an exit code."""

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
            folder = ctx.obj.data.folder if isinstance(ctx.obj, Config) else ""
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
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = load(config)
    if data is not None:
        settings = settings.model_copy(
            update={"data": settings.data.model_copy(update={"folder": data})}
        )
    context.obj = settings


def _json_streams() -> tuple[TextIO, TextIO]:
    """Standard input and output for lines of JSON: UTF-8, whatever the locale."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin, sys.stdout


@cli.command(help=say("cli.run"))
@click.pass_context
def run(context: click.Context) -> None:
    """Telegram where a token is set, the console otherwise."""
    if os.environ.get("TELEGRAM_BOT_TOKEN"):
        context.invoke(serve)
    else:
        context.invoke(chat, audience=audience_of(Role.ADMINISTRATOR))


@cli.command(help=say("cli.chat"))
@as_role
@click.pass_obj
def chat(config: Config, audience: Visibility) -> None:
    """The conversation at the console."""
    with open_or_sample(config) as council, council.vectors_in_background():
        from bot.console import ConsoleChat

        ConsoleChat(council.assistant, audience).run()


@cli.command(help=say("cli.ask"), epilog=say("cli.ask_examples"))
@click.argument("question", nargs=-1)
@click.option("--jsonl", is_flag=True, help=say("cli.ask_jsonl"))
@as_role
@outputs
@click.pass_obj
def ask(
    config: Config,
    question: tuple[str, ...],
    jsonl: bool,
    audience: Visibility,
    files: Outputs,
) -> None:
    """One question, or many as lines of JSON."""
    if jsonl == bool(question):
        raise Misuse(say("cli.ask_usage"))
    with open_or_sample(config) as council:
        from bot.console import ConsoleChat
        from bot.lines import answer_jsonl
        from retrieval.types import Basis

        if jsonl:
            answer_jsonl(council.assistant, *_json_streams(), audience)
            return
        text = " ".join(question)
        answer = council.assistant.ask(text, audience=audience)
        ConsoleChat(council.assistant, audience).show(answer)
        views = council.assistant.views
        written = files.write(views, answer.rows, answer.compared, text, audience)
        if answer.basis is Basis.NONE or not written:
            sys.exit(PARTLY)


@cli.command(help=say("cli.search"), epilog=say("cli.search_examples"))
@click.argument("query", nargs=-1)
@click.option("--jsonl", is_flag=True, help=say("cli.search_jsonl"))
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, help=say("cli.search_k"))
@as_role
@click.pass_obj
def search(
    config: Config, query: tuple[str, ...], jsonl: bool, count: int, audience: Visibility
) -> None:
    """Passages without an answer drawn from them."""
    from bot.lines import search_jsonl, search_results

    if jsonl == bool(query):
        raise Misuse(say("cli.search_usage"))
    with open_or_sample(config, told=True) as council:
        if jsonl:
            search_jsonl(council.search, *_json_streams(), audience, count)
            return
        for result in search_results(council.search, " ".join(query), audience, count):
            click.echo(f"{result['document']}  {result['locator']}\n    {result['text'][:200]}")


@cli.command(help=say("cli.ingest"), epilog=say("cli.ingest_examples"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--visibility",
    type=click.Choice([one.name.lower() for one in Visibility]),
    default="public",
    help=say("cli.visibility"),
)
@click.option("--no-wait", is_flag=True, help=say("cli.no_wait"))
@click.pass_obj
def ingest(config: Config, paths: tuple[Path, ...], visibility: str, no_wait: bool) -> None:
    """Papers into the store."""
    from bot.intake import take_in

    with open_store(config) as council:
        failed = take_in(council, paths, Visibility[visibility.upper()], wait=not no_wait)
    if failed:
        sys.exit(PARTLY)


@cli.command(help=say("cli.papers"))
@click.option("--jsonl", is_flag=True, help=say("cli.papers_jsonl"))
@as_role
@click.pass_obj
def papers(config: Config, jsonl: bool, audience: Visibility) -> None:
    """What is in the store."""
    with open_or_sample(config, told=True) as council:
        found = council.assistant.papers(audience)
    if not found:
        click.echo(say("console.no_papers"), err=jsonl)
    for paper in found:
        if jsonl:
            row = {
                "document": paper.name,
                "title": paper.title,
                "kind": paper.kind,
                "dated": paper.dated,
                "visibility": paper.visibility.name.lower(),
            }
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            shown = level_name(paper.visibility)
            click.echo(f"{paper.dated or '-':10}  {shown}  {paper.title}  ({paper.name})")


@cli.command(help=say("cli.withdraw"))
@click.argument("names", nargs=-1, required=True)
@click.pass_obj
def withdraw(config: Config, names: tuple[str, ...]) -> None:
    """Papers out of the store."""
    from bot.intake import take_out

    with open_store(config) as council:
        missing = take_out(council, names)
    if missing:
        sys.exit(PARTLY)


@cli.command(help=say("cli.reindex"))
@click.pass_obj
def reindex(config: Config) -> None:
    """Keyword and vector indexes anew from the store."""
    from bot.intake import rebuild

    with open_store(config) as council:
        rebuild(council)


@cli.command(help=say("cli.serve"))
@click.pass_obj
def serve(config: Config) -> None:
    """The bot in Telegram."""
    from bot.keeping.settings_file import settings_text
    from bot.logs import log_to
    from bot.serve_settings import rota, telegram_settings, watch_settings
    from bot.telegram.application import serve as serve_telegram
    from bot.telegram.backups import Backups
    from bot.wiring import limits, now

    settings = telegram_settings(config, os.environ)
    watch = watch_settings(config)
    log_to(config.log, config.data.folder)
    with open_store(config) as council:
        greeting = "telegram.serving" if council.documents.count() else "telegram.serving_empty"
        work = serve_telegram(
            council.assistant,
            council.database,
            settings,
            background=council.make_vectors,
            backups=Backups(council.database, rota(config), settings_text(config), now).run,
            started=lambda: _greet(council.database, greeting),
            limits=limits(config),
            watch=watch,
            missing=council.vectors.pending,
        )
        asyncio.run(work)


def _greet(database: CouncilDatabase, greeting: str) -> None:
    """Say that the bot runs, and what is still to be done before anybody can look after it."""
    click.echo(say(greeting))
    if not People(database).counts()[Role.ADMINISTRATOR]:
        click.echo(say("people.first"))


cli.add_command(backup)
cli.add_command(departments)
cli.add_command(ledger)
cli.add_command(model)
cli.add_command(people)
cli.add_command(restore)
cli.add_command(review)
cli.add_command(stats)
cli.add_command(unanswered)
for view_command in VIEW_COMMANDS:
    cli.add_command(view_command)


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a stray byte must not end a conversation
            stream.reconfigure(errors="replace")
    gc.set_threshold(*_GARBAGE)
    cli()


if __name__ == "__main__":
    main()
