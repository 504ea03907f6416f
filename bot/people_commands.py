"""`dongne people`: who may do what, at the console."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import NoReturn

import click
import sqlite_utils

from bot.config import Config
from bot.exit_codes import FAILED
from bot.misuse import Misuse
from bot.people_cards import BOT_NAME, invitation_line, invitation_text, person_line
from corpus.appointments import Verdict, give_department, give_dongs, give_role
from corpus.audit import CONSOLE
from corpus.database import CouncilDatabase, OpenTransaction, Reader
from corpus.departments import Departments
from corpus.invitations import Invitations, invite, new_code, withdraw_invitation
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.people import People, Role, SeenPerson

_ROLES = click.Choice([role.value for role in Role])
_department = click.option("--department", default=None, help=say("cli.people_department"))
_dongs = click.option("--dong", "dongs", multiple=True, help=say("cli.people_dong"))
_number = click.argument("number", type=int)


@contextmanager
def store(config: Config) -> Iterator[CouncilDatabase]:
    """The store alone, without models and indexes."""
    with closing(CouncilDatabase(config.data.folder)) as database:
        yield database


def console() -> By:
    """Whoever works at the console, now."""
    from bot.wiring import now

    return By(person=CONSOLE, at=now())


def spelt(config: Config, dongs: Iterable[str]) -> list[str]:
    """Neighbourhoods as records spell them; empty ones are left out."""
    from retrieval.views.dongs import meant

    return [meant(one, config.council.dongs) or one.strip() for one in dongs if one.strip()]


def refuse(text: str) -> NoReturn:
    """Say why something was not done, and end."""
    click.echo(text, err=True)
    sys.exit(FAILED)


@click.group(help=say("cli.people"))
def people() -> None:
    """Who may do what."""


@people.command("list", help=say("cli.people_list"))
@click.pass_obj
def list_people(config: Config) -> None:
    """Everyone whom the bot has met."""
    with store(config) as database:
        found, counts = People(database).all(), People(database).counts()
    for member in found:
        click.echo(f"{person_line(member)}  {member.met_at[:10]}")
    if not found:
        click.echo(say("people.nobody"))
    if not counts[Role.ADMINISTRATOR]:
        click.echo(say("people.first"), err=True)


@people.command("set", help=say("cli.people_set"), epilog=say("cli.people_examples"))
@_number
@click.argument("role", type=_ROLES, required=False)
@_department
@_dongs
@click.pass_obj
def set_person(
    config: Config, number: int, role: str | None, department: str | None, dongs: tuple[str, ...]
) -> None:
    """A person gets a role, a department, neighbourhoods."""
    if role is None and department is None and not dongs:
        raise Misuse(say("people.nothing_to_set"))
    with store(config) as database, database.write() as db:
        reader, by = OpenTransaction(db), console()
        if People(reader).get(number) is None:
            refuse(say("people.unknown", number=number))
        named = _department_named(reader, department)
        if role:
            _give_role(db, number, Role(role), by)
        if named is not None:
            give_department(db, _seen(db, number), named, by)
        if dongs:
            give_dongs(db, _seen(db, number), spelt(config, dongs), by)
        after, counts = People(reader).get(number), People(reader).counts()
    click.echo(person_line(after) if after else "")
    if not counts[Role.ADMINISTRATOR]:
        click.echo(say("people.first"), err=True)


def _seen(db: sqlite_utils.Database, number: int) -> SeenPerson:
    member = People(OpenTransaction(db)).get(number)
    return member.seen if member else SeenPerson(id=number, revision=-1)


def _give_role(db: sqlite_utils.Database, number: int, role: Role, by: By) -> None:
    """Give a role, and have the person told by whoever serves the store."""
    from bot.telegram.people.telling import tell_role

    if give_role(db, _seen(db, number), role, by).verdict is Verdict.DONE:
        tell_role(db, number, role, by.at)


def _department_named(reader: Reader, name: str | None) -> str | None:
    """The office's name of a department; empty for none, None where nothing was said."""
    if not name:
        return name
    found = Departments(reader).named(name)
    if found is None:
        raise Misuse(unknown_department(reader, name))
    return found.name


def unknown_department(reader: Reader, name: str) -> str:
    """What to say of a department that is not there."""
    known = ", ".join(one.name for one in Departments(reader).all())
    return say("department.unknown", name=name, known=known or say("department.none"))


@people.command("invite", help=say("cli.people_invite"))
@click.option("--role", type=_ROLES, required=True, help=say("cli.people_role"))
@_department
@_dongs
@click.pass_obj
def invite_person(
    config: Config, role: str, department: str | None, dongs: tuple[str, ...]
) -> None:
    """A one-time code for whoever is to have a role."""
    code = new_code()
    with store(config) as database:
        username = database.setting(BOT_NAME) or ""
        with database.write() as db:
            named = _department_named(OpenTransaction(db), department) or ""
            there = spelt(config, dongs)
            invite(db, Role(role), code, console(), department=named, dongs=there)
    click.echo(invitation_text(Role(role), code, username))


@people.command(help=say("cli.people_invitations"))
@click.pass_obj
def invitations(config: Config) -> None:
    """Invitations that nobody has taken up."""
    with store(config) as database:
        found = Invitations(database).open(console().at)
    click.echo("\n".join(map(invitation_line, found)) or say("people.no_invitations"))


@people.command(help=say("cli.people_withdraw"))
@_number
@click.pass_obj
def withdraw(config: Config, number: int) -> None:
    """An invitation that is to be of no use any more."""
    with store(config) as database, database.write() as db:
        done = withdraw_invitation(db, number, console())
    if not done:
        refuse(say("people.invitation_gone", number=number))
    click.echo(say("people.invitation_withdrawn", number=number))
