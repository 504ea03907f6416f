"""`dongne departments`: who answers for what, at the console."""

from __future__ import annotations

import click

from bot.config import Config
from bot.misuse import Misuse
from bot.people_cards import department_line
from bot.people_commands import console, refuse, spelt, store, unknown_department
from corpus import departments as kept
from corpus.database import CouncilDatabase
from corpus.departments import Department, Departments, Word
from corpus.messages import say

_name = click.argument("name")


@click.group(help=say("cli.departments"))
def departments() -> None:
    """Who answers for what."""


@departments.command("list", help=say("cli.departments_list"))
@click.pass_obj
def list_departments(config: Config) -> None:
    """All departments."""
    with store(config) as database:
        found = Departments(database).all()
    click.echo("\n".join(map(department_line, found)) or say("department.none"))


_words = (
    click.option("--alias", multiple=True, help=say("cli.departments_alias")),
    click.option("--dong", multiple=True, help=say("cli.departments_dong")),
    click.option("--topic", multiple=True, help=say("cli.departments_topic")),
)


@departments.command("add", help=say("cli.departments_add"), epilog=say("cli.departments_examples"))
@_name
@_words[0]
@_words[1]
@_words[2]
@click.pass_obj
def add_department(
    config: Config, name: str, alias: tuple[str, ...], dong: tuple[str, ...], topic: tuple[str, ...]
) -> None:
    """A new department."""
    with store(config) as database:
        with database.write() as db:
            taken = not kept.add(db, name.strip(), console())
        if taken:
            refuse(say("department.taken", name=name))
        _put(config, database, name.strip(), alias, dong, topic)


@departments.command("set", help=say("cli.departments_set"))
@_name
@click.option("--name", "new", default="", help=say("cli.departments_name"))
@_words[0]
@_words[1]
@_words[2]
@click.pass_obj
def set_department(
    config: Config,
    name: str,
    new: str,
    alias: tuple[str, ...],
    dong: tuple[str, ...],
    topic: tuple[str, ...],
) -> None:
    """Another name, other aliases, neighbourhoods or topics."""
    with store(config) as database:
        known = _existing(database, name)
        if new.strip():
            with database.write() as db:
                taken = not kept.rename(db, known, new.strip(), console())
            if taken:
                refuse(say("department.taken", name=new))
        _put(config, database, new.strip() or known.name, alias, dong, topic)


@departments.command("remove", help=say("cli.departments_remove"))
@_name
@click.pass_obj
def remove_department(config: Config, name: str) -> None:
    """A department that is no more."""
    with store(config) as database:
        known = _existing(database, name)
        with database.write() as db:
            kept.remove(db, known, console())
    click.echo(say("department.removed", name=known.name))


def _existing(database: CouncilDatabase, name: str) -> Department:
    known = Departments(database).named(name)
    if known is None:
        raise Misuse(unknown_department(database, name))
    return known


def _put(
    config: Config,
    database: CouncilDatabase,
    name: str,
    alias: tuple[str, ...],
    dong: tuple[str, ...],
    topic: tuple[str, ...],
) -> None:
    """Set the words that were given; a single empty one takes all of a kind away."""
    given = {Word.ALIAS: alias, Word.DONG: dong, Word.TOPIC: topic}
    for kind, words in given.items():
        if words:
            now = _existing(database, name)
            shown = spelt(config, words) if kind is Word.DONG else [one.strip() for one in words]
            with database.write() as db:
                kept.set_words(db, now, kind, [one for one in shown if one], console())
    click.echo(department_line(_existing(database, name)))
