"""`dongne ingest`, `papers`, `withdraw` and `reindex`: papers into the store and out of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.config import Config
from bot.exit_codes import PARTLY
from bot.opening import as_role, open_or_sample, open_store
from corpus.messages import level_name, say
from corpus.types import Visibility


@click.command(help=say("cli.ingest"), epilog=say("cli.ingest_examples"))
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


@click.command(help=say("cli.papers"))
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


@click.command(help=say("cli.withdraw"))
@click.argument("names", nargs=-1, required=True)
@click.pass_obj
def withdraw(config: Config, names: tuple[str, ...]) -> None:
    """Papers out of the store."""
    from bot.intake import take_out

    with open_store(config) as council:
        missing = take_out(council, names)
    if missing:
        sys.exit(PARTLY)


@click.command(help=say("cli.reindex"))
@click.pass_obj
def reindex(config: Config) -> None:
    """Keyword and vector indexes anew from the store."""
    from bot.intake import rebuild

    with open_store(config) as council:
        rebuild(council)
