"""`dongne ledger`: opinions, replies and promises at the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clock import day_of
from bot.config import Config
from bot.misuse import Misuse
from bot.opening import as_role, open_or_sample, open_store
from corpus.audit import CONSOLE, write_at_console
from corpus.errors import CouncilError
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.due_days import due_day
from corpus.ledger.handling import NewReply
from corpus.ledger.numbers import number_in
from corpus.ledger.opinion import Matter, Opinion, Promise, PromiseKind
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    import sqlite_utils

    from bot.ledger_files import LedgerFormat
    from bot.wiring import Council

_PAGE = 50


@click.group(help=say("cli.ledger"))
def ledger() -> None:
    """Opinions and replies."""


_number = click.argument("number")


@ledger.command("list", help=say("cli.ledger_list"), epilog=say("cli.ledger_examples"))
@click.argument("words", nargs=-1)
@click.option("-p", "page", type=click.IntRange(1), default=1, help=say("cli.ledger_page"))
@as_role
@click.pass_obj
def list_opinions(config: Config, words: tuple[str, ...], page: int, audience: Visibility) -> None:
    """One page of the ledger."""
    from bot.ledger_lists import ledger_page, wanted_of

    with open_or_sample(config, told=True) as council:
        book, today = council.assistant.opinions.ledger, _today()
        wanted = wanted_of(" ".join(words), book, audience, today)
        click.echo(ledger_page(book, wanted, audience, today, page - 1, _PAGE).text)


@ledger.command(help=say("cli.ledger_show"))
@_number
@click.pass_obj
def show(config: Config, number: str) -> None:
    """One opinion with its replies, its thread and its history."""
    from bot.opinion_cards import (
        folder,
        matter_line,
        note_lines,
        reply_lines,
        similar_lines,
        status,
    )

    with open_or_sample(config, told=True) as council:
        opinion, opinions = _opinion(council, number), council.assistant.opinions
        found = folder(opinions.ledger, opinion.id)
        similar = opinions.similar(opinion.text, Visibility.STAFF, but={opinion.id})
        lines = [f"{opinion.number} {opinion.raised_on} {status(opinion)}", opinion.text]
        lines += [matter_line(opinion.matter)]
        for reply in found.replies if found else ():
            lines += reply_lines(reply)
        lines += note_lines(found.notes) if found else []
        lines += similar_lines(similar, Visibility.STAFF, opinions.ledger)
        lines += [
            f"{event.at}  {say(f'opinion_action.{event.action}')}"
            for event in opinions.ledger.history(opinion.id)
        ]
        click.echo("\n".join(line for line in lines if line))


@ledger.command(help=say("cli.ledger_add"))
@click.argument("text")
@click.option("--dong", default="", help=say("cli.ledger_dong"))
@click.pass_obj
def add(config: Config, text: str, dong: str) -> None:
    """An opinion that came by telephone or letter."""
    from dataclasses import replace

    from bot.clock import seoul
    from bot.wiring import now
    from corpus.ledger.opinion import Author
    from corpus.ledger.raising import NewOpinion, record

    with open_store(config) as council:
        opinions = council.assistant.opinions
        drafted = opinions.drafted(text, Visibility.STAFF)
        matter: Matter = replace(drafted.matter, dong=dong or drafted.matter.dong)
        at = seoul(now())
        new = NewOpinion(
            text=drafted.text,
            matter=matter,
            author=Author(person_id=None, pseudonym=say("ledger.by_hand")),
            raised_at=at.isoformat(timespec="seconds"),
        )
        with council.database.write() as db:
            opinion_id = record(db, new, By(person=CONSOLE, at=at), opinions.index_terms)
        found = opinions.ledger.get(opinion_id)
        click.echo(say("ledger.added", number=found.number if found else ""))


# -- what staff do ---------------------------------------------------------------------------------
@ledger.command(help=say("cli.ledger_answer"), epilog=say("cli.ledger_answer_examples"))
@_number
@click.argument("kind", type=click.Choice([kind.value for kind in PromiseKind]))
@click.argument("text", required=False)
@click.option("--department", default="", help=say("cli.ledger_department"))
@click.option("--due", default="", help=say("cli.ledger_due"))
@click.option("--meeting", default="", help=say("cli.ledger_meeting"))
@click.pass_obj
def answer(
    config: Config,
    number: str,
    kind: str,
    text: str | None,
    department: str,
    due: str,
    meeting: str,
) -> None:
    """A reply with its promise; without words the template of its kind."""
    from bot.telegram.opinions.notices import tell_answered
    from retrieval.understanding.personal_data import mask

    day = due_day(due, _today()) if due else ""
    if day is None:
        raise Misuse(say("opinion.no_day"))

    def change(db: sqlite_utils.Database, seen: SeenOpinion, by: By, opinion: Opinion) -> None:
        who = department or opinion.matter.department
        template = say(f"reply_template.{kind}", department=who or say("opinion.somebody"))
        promise = Promise(kind=PromiseKind(kind), due=day, meeting=meeting)
        reply = NewReply(department=who, text=mask(text or template), promise=promise)
        handling.answer(db, seen, by, reply)
        tell_answered(db, opinion.id, reply.text, promise, by.at)

    _change(config, number, change)


@ledger.command(help=say("cli.ledger_assign"))
@_number
@click.argument("department")
@click.pass_obj
def assign(config: Config, number: str, department: str) -> None:
    """The department that should answer."""
    _change(config, number, lambda db, seen, by, one: handling.assign(db, seen, by, department))


@ledger.command(help=say("cli.ledger_merge"))
@_number
@click.argument("into")
@click.pass_obj
def merge(config: Config, number: str, into: str) -> None:
    """One opinion goes on as another."""
    with open_store(config) as council:
        target = _opinion(council, into).id
    _change(config, number, lambda db, seen, by, one: handling.merge(db, seen, by, target))


@ledger.command(help=say("cli.ledger_publish"))
@_number
@click.argument("text", required=False)
@click.pass_obj
def publish(config: Config, number: str, text: str | None) -> None:
    """Everybody may read it."""
    from corpus.database import OpenTransaction
    from corpus.ledger.ledger import Ledger
    from retrieval.understanding.personal_data import mask

    def change(db: sqlite_utils.Database, seen: SeenOpinion, by: By, opinion: Opinion) -> None:
        replies = Ledger(OpenTransaction(db)).replies(opinion.id)
        reply = mask(replies[-1].text) if replies else ""
        handling.publish(db, seen, by, mask(text or opinion.text), reply)

    _change(config, number, change)


@ledger.command(help=say("cli.ledger_close"))
@_number
@click.pass_obj
def close(config: Config, number: str) -> None:
    """Nothing more is to be done."""
    _change(config, number, lambda db, seen, by, one: handling.close(db, seen, by))


@ledger.command(help=say("cli.ledger_reopen"))
@_number
@click.pass_obj
def reopen(config: Config, number: str) -> None:
    """It is taken up again."""
    _change(config, number, lambda db, seen, by, one: handling.reopen(db, seen, by))


# -- reports ---------------------------------------------------------------------------------------
_output = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help=say("cli.ledger_output")
)


@ledger.command(help=say("cli.ledger_actions"))
@as_role
@_output
@click.pass_obj
def actions(config: Config, audience: Visibility, output: Path | None) -> None:
    """What became of every promise since the last meeting."""
    from bot.ledger_files import LedgerFormat, actions_file
    from bot.ledger_reports import actions_text

    with open_or_sample(config, told=True) as council:
        book = council.assistant.opinions.ledger
        click.echo(actions_text(book, _today(), audience))
        if output is not None:
            kind = _kind(output, but=LedgerFormat.JSON)
            _write(output, actions_file(book, _today(), audience, kind))


@ledger.command(help=say("cli.ledger_export"))
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(config: Config, output: Path) -> None:
    """The whole ledger as a file."""
    from bot.ledger_files import LedgerFormat, ledger_file

    kind = _kind(output, but=LedgerFormat.DOCX)
    with open_or_sample(config, told=True) as council:
        _write(output, ledger_file(council.assistant.opinions.ledger, _today(), kind))
        write_at_console(council.database, _now(), "export", "ledger", format=kind.value)


def _kind(output: Path, but: str) -> LedgerFormat:
    from bot.ledger_files import LedgerFormat

    known = [one for one in LedgerFormat if one != but]
    suffix = output.suffix.lower().lstrip(".")
    if suffix not in known:
        raise Misuse(say("ledger_file.unknown", known=", ".join(known)))
    return LedgerFormat(suffix)


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise CouncilError(say("sheet.unwritable", path=output, reason=error.strerror)) from error
    click.echo(say("sheet.written", path=output), err=True)


def _today() -> date:
    return day_of(_now())


def _now() -> datetime:
    from bot.wiring import now

    return now()


def _opinion(council: Council, number: str) -> Opinion:
    """The opinion that somebody names."""
    found = number_in(number, _today().year)
    opinion = council.assistant.opinions.ledger.numbered(*found) if found else None
    if opinion is None:
        raise Misuse(say("ledger.unknown"))
    return opinion


def _change(
    config: Config,
    number: str,
    change: Callable[[sqlite_utils.Database, SeenOpinion, By, Opinion], object],
) -> None:
    """Make one change and say how the opinion stands then."""
    from bot.clock import seoul
    from bot.opinion_cards import line
    from bot.wiring import now

    with open_store(config) as council:
        opinion = _opinion(council, number)
        by = By(person=CONSOLE, at=seoul(now()))
        with council.database.write() as db:
            change(db, SeenOpinion(id=opinion.id, revision=opinion.revision), by, opinion)
        after = council.assistant.opinions.ledger.get(opinion.id)
        click.echo(line(after or opinion, Visibility.STAFF))
