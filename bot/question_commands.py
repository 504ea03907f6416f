"""`dongne run`, `chat`, `ask` and `search`: questions at the console."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TextIO

import click

from bot.access import Role, audience_of
from bot.config import Config
from bot.exit_codes import PARTLY
from bot.misuse import Misuse
from bot.opening import as_role, open_or_sample
from bot.outputs import Outputs, outputs
from corpus.messages import say
from corpus.types import Visibility


@click.command(help=say("cli.run"))
@click.pass_context
def run(context: click.Context) -> None:
    """Telegram where a token is set, the console otherwise."""
    if os.environ.get("TELEGRAM_BOT_TOKEN"):
        from bot.serve_command import serve

        context.invoke(serve)
    else:
        context.invoke(chat, audience=audience_of(Role.ADMINISTRATOR))


@click.command(help=say("cli.chat"))
@as_role
@click.pass_obj
def chat(config: Config, audience: Visibility) -> None:
    """The conversation at the console."""
    with open_or_sample(config) as council, council.vectors_in_background():
        from bot.console import ConsoleChat

        ConsoleChat(council.assistant, audience).run()


@click.command(help=say("cli.ask"), epilog=say("cli.ask_examples"))
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


@click.command(help=say("cli.search"), epilog=say("cli.search_examples"))
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


def _json_streams() -> tuple[TextIO, TextIO]:
    """Standard input and output for lines of JSON: UTF-8, whatever the locale."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin, sys.stdout
