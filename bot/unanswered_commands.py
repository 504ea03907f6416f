"""`dongne unanswered`, `dongne stats`: unanswered questions and weekly numbers at the console."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.config import Config
from bot.exit_codes import FAILED
from bot.misuse import Misuse
from bot.opening import open_store
from corpus.audit import CONSOLE
from corpus.database import CouncilDatabase
from corpus.ledger.changes import By
from corpus.messages import level_name, say
from corpus.types import Visibility
from corpus.unanswered import OpenQuestion, Standing, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlite_utils

    from bot.unanswered import UnansweredQuestions, Word

_MOST = 1000
_LEVELS = click.Choice([one.name.lower() for one in Visibility])


@click.group(help=say("cli.unanswered"))
def unanswered() -> None:
    """Questions that the papers did not answer."""


_number = click.argument("number", type=int)


@unanswered.command("list", help=say("cli.unanswered_list"))
@click.option(
    "--state",
    "standing",
    type=click.Choice([one.value for one in Standing]),
    default=Standing.WAITING.value,
    help=say("cli.unanswered_state"),
)
@click.pass_obj
def list_questions(config: Config, standing: str) -> None:
    """The questions that stand so, the most asked first."""
    with closing(CouncilDatabase(config.data.folder)) as database:
        found = Unanswered(database).listed(Standing(standing), _MOST)
    if not found:
        click.echo(say("unanswered.none"))
    for one in found:
        times = say("unanswered.times", count=one.asked, day=one.last_at[:10])
        click.echo(f"{one.id:>5}  {one.question} {times}")
        for told in filter(None, (one.answer, one.reason)):
            click.echo("       → " + told.replace("\n", "\n         "))


@unanswered.command(help=say("cli.unanswered_answer"), epilog=say("cli.unanswered_examples"))
@_number
@click.argument("text")
@click.option("--visibility", type=_LEVELS, required=True, help=say("cli.unanswered_level"))
@click.pass_obj
def answer(config: Config, number: int, text: str, visibility: str) -> None:
    """An answer, for whoever asked and for whoever asks next."""
    from bot.unanswered import worded

    level, words = Visibility[visibility.upper()], worded(text)
    if not words:
        raise Misuse(say("unanswered.empty"))
    done = say("unanswered.saved", level=level_name(level))
    _change(config, number, lambda own, db, seen, by: own.answer(db, seen, words, level, by), done)


@unanswered.command(help=say("cli.unanswered_drop"))
@_number
@click.option("--reason", default="", help=say("cli.unanswered_reason"))
@click.pass_obj
def drop(config: Config, number: int, reason: str) -> None:
    """A question that gets no answer."""
    from bot.unanswered import worded

    words = worded(reason)
    done = say("unanswered.dropped")
    _change(config, number, lambda own, db, seen, by: own.drop(db, seen, words, by), done)


@unanswered.command(help=say("cli.unanswered_withdraw"))
@_number
@click.pass_obj
def withdraw(config: Config, number: int) -> None:
    """An answer out of the papers."""
    done = say("unanswered.withdrawn")
    _change(
        config,
        number,
        lambda own, db, seen, by: [] if own.withdraw(db, seen, by) else None,
        done,
    )


def _change(
    config: Config,
    number: int,
    change: Callable[
        [UnansweredQuestions, sqlite_utils.Database, OpenQuestion, By], list[Word] | None
    ],
    done: str,
) -> None:
    """Make a change and leave what askers are told to whoever serves the store."""
    from bot.clock import seoul
    from bot.render import escaped
    from bot.telegram.outbox import notice
    from bot.unanswered import UnansweredQuestions
    from bot.wiring import now

    with open_store(config) as council:
        questions = UnansweredQuestions(council.database, council.documents)
        seen, at = questions.list.get(number), seoul(now())
        if seen is None:
            click.echo(say("unanswered.gone"), err=True)
            sys.exit(FAILED)
        with council.database.write() as db:
            words = change(questions, db, seen, By(person=CONSOLE, at=at))
            for word in words or ():
                notice(db, word.chat_id, escaped(word.text), None, at, level=word.level)
    if words is None:
        click.echo(say("unanswered.overtaken"), err=True)
        sys.exit(FAILED)
    click.echo(done)
    if words:
        click.echo(say("unanswered.told_some", count=len(words)))


@click.command(help=say("cli.stats"))
@click.option("--weeks", "count", type=click.IntRange(1, 53), default=8, help=say("cli.stats_n"))
@click.option(
    "--chart",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("cli.stats_chart"),
)
@click.pass_obj
def stats(config: Config, count: int, chart: Path | None) -> None:
    """The numbers of the last weeks."""
    from bot.clock import day_of
    from bot.weekly import weekly_text
    from bot.wiring import now
    from corpus.tallies import weeks

    with closing(CouncilDatabase(config.data.folder)) as database:
        found = weeks(database, day_of(now()), count)
        waiting = Unanswered(database).count(Standing.WAITING)
    click.echo(weekly_text(found, waiting))
    if chart is not None:
        from bot.week_chart import week_chart

        chart.write_bytes(week_chart(found))
        click.echo(say("stats.written", path=chart), err=True)
