"""`dongne review`: rows that staff confirm and correct at the console."""

from __future__ import annotations

import sys

import click

from bot.config import Config
from bot.exit_codes import FAILED
from bot.misuse import Misuse
from bot.opening import open_store
from bot.rows import change_line, field_line, row_lines, shown
from corpus.audit import CONSOLE
from corpus.corrections import Actor, Verdict
from corpus.given_values import given_value
from corpus.messages import field_name, say
from corpus.review import Review, ReviewRow
from corpus.types import Visibility


@click.group(help=say("cli.review"))
def review() -> None:
    """Rows that staff look at."""


_record = click.argument("record", type=int)
_reason = click.option("--reason", default="", help=say("cli.review_reason"))


@review.command("list", help=say("cli.review_list"))
@click.option("-n", "count", type=click.IntRange(1, 1000), default=20, help=say("cli.review_n"))
@click.pass_obj
def list_rows(config: Config, count: int) -> None:
    """Rows that wait."""
    with open_store(config) as council:
        waiting = council.review.count(Visibility.STAFF)
        click.echo(say("review.waiting", count=waiting) if waiting else say("review.nothing"))
        for row in council.review.waiting(Visibility.STAFF, count):
            click.echo("")
            click.echo("\n".join(row_lines(row)))


@review.command(help=say("cli.review_show"))
@_record
@click.pass_obj
def show(config: Config, record: int) -> None:
    """One row with its values."""
    with open_store(config) as council:
        row = _row(council.review, record)
        click.echo("\n".join(row_lines(row)))
        for number, field in enumerate(row.fields, start=1):
            click.echo(f"  {number}. {field_line(field)}")


@review.command(help=say("cli.review_changes"))
@click.pass_obj
def changes(config: Config) -> None:
    """Everything that staff changed."""
    with open_store(config) as council:
        found = council.review.changes()
    click.echo("\n".join(map(change_line, found)) or say("review.no_changes"))


@review.command(help=say("cli.review_confirm"))
@_record
@_reason
@click.pass_obj
def confirm(config: Config, record: int, reason: str) -> None:
    """A row says what is printed."""
    with open_store(config) as council:
        row = _row(council.review, record)
        with council.database.write() as db:
            verdict = council.review.confirm(db, row.seen, _console(reason))
        _tell(verdict, say("review.confirmed"))


@review.command(help=say("cli.review_correct"), epilog=say("cli.review_examples"))
@_record
@click.argument("field")
@click.argument("value")
@_reason
@click.pass_obj
def correct(config: Config, record: int, field: str, value: str, reason: str) -> None:
    """Another value in the place of a printed one."""
    with open_store(config) as council:
        row = _row(council.review, record)
        ordinal = _ordinal(row, field)
        new = given_value(row.fields[ordinal], value)
        if new is None:
            raise Misuse(say("review.no_value", printed=row.fields[ordinal].text))
        with council.database.write() as db:
            verdict = council.review.correct(db, row.seen, _console(reason), ordinal, new)
        _tell(verdict, say("review.saved", old=row.fields[ordinal].text, new=shown(new)))


@review.command(help=say("cli.review_undo"))
@_record
@_reason
@click.pass_obj
def undo(config: Config, record: int, reason: str) -> None:
    """The last change of a row is taken back."""
    with open_store(config) as council:
        row = _row(council.review, record)
        with council.database.write() as db:
            verdict = council.review.undo(db, row.seen, _console(reason))
        _tell(verdict, say("review.undone"))


def _row(review: Review, record: int) -> ReviewRow:
    row = review.row(record, Visibility.STAFF)
    if row is None:
        raise Misuse(say("review.gone"))
    return row


def _ordinal(row: ReviewRow, field: str) -> int:
    """The field that a person names by its number or its name."""
    if field.isdigit() and 1 <= int(field) <= len(row.fields):
        return int(field) - 1
    named = [n for n, one in enumerate(row.fields) if field in {one.name, field_name(one.name)}]
    if len(named) != 1:
        raise Misuse(say("review.no_field", name=field))
    return named[0]


def _console(reason: str) -> Actor:
    from bot.wiring import now
    from retrieval.understanding.personal_data import mask

    return Actor(person=CONSOLE, at=now(), reason=mask(reason))


def _tell(verdict: Verdict, done: str) -> None:
    if verdict is not Verdict.DONE:
        click.echo(say(f"review.{verdict.value}"), err=True)
        sys.exit(FAILED)
    click.echo(done)
