"""`dongne draft`: drafts by the chat model, for staff to read before anybody else does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.config import Config
from bot.draft_lines import draft_lines
from bot.opening import open_store
from corpus.errors import ConfigError
from corpus.messages import say
from corpus.second_reading.machine_rows import MachineRows
from corpus.types import Document, Visibility

if TYPE_CHECKING:
    from bot.chat_model import ChatModel
    from bot.staff_drafts import StaffDrafts
    from bot.wiring import Council
    from retrieval.model.drafting import Draft


@click.group(help=say("cli.draft"))
def draft() -> None:
    """Everything here is shown and nothing is sent."""


@draft.command(help=say("cli.draft_summary"))
@click.argument("paper")
@click.pass_obj
def summary(config: Config, paper: str) -> None:
    """The gist of minutes, an agenda item at a time."""
    with open_store(config) as council:
        drafts = _drafts(council)
        for made in drafts.paper(_paper(council, drafts.level, paper).text):
            _show(made)


@draft.command(help=say("cli.draft_records"))
@click.argument("paper")
@click.option("--discard", is_flag=True, help=say("cli.draft_discard"))
@click.pass_obj
def records(config: Config, paper: str, discard: bool) -> None:
    """Rows of lines that no rule has read, for staff to confirm."""
    with open_store(config) as council:
        kept = MachineRows(council.database, council.assistant.index_terms)
        if discard:
            number = _paper(council, Visibility.STAFF, paper).id
            click.echo(say("draft.discarded", count=kept.discard(number)))
        else:
            level = _drafts(council).level
            _read(_model(council), kept, _paper(council, level, paper))


def _read(model: ChatModel, kept: MachineRows, paper: Document) -> None:
    """Have a paper's unread lines read; what was read stays where the model stops midway."""
    lines = kept.unread(paper)
    if not lines:
        click.echo(say("draft.all_read"))
        return
    written = dropped = 0
    try:
        for reading in model.second_reader().read(paper.title, paper.text, lines):
            written += kept.add(paper.id, reading.relations)
            dropped += reading.dropped
    finally:
        click.echo(say("draft.read", lines=len(lines), kept=written, dropped=dropped))
        if written:
            click.echo(say("draft.to_review"))


@draft.command(help=say("cli.draft_reply"))
@click.argument("number")
@click.pass_obj
def reply(config: Config, number: str) -> None:
    """A reply to an opinion, out of replies to opinions like it."""
    from bot.clock import seoul
    from bot.wiring import now
    from corpus.ledger.numbers import number_in

    with open_store(config) as council:
        drafts, place = _drafts(council), number_in(number, seoul(now()).year)
        opinion = council.assistant.opinions.ledger.numbered(*place) if place else None
        if opinion is None:
            raise ConfigError(say("draft.no_opinion", number=number))
        _show(drafts.reply(opinion))


@draft.command(help=say("cli.draft_minutes"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_obj
def minutes(config: Config, file: Path) -> None:
    """Sentences for minutes, out of rough notes, a line each."""
    lines = map(str.strip, file.read_text(encoding="utf-8").splitlines())
    with open_store(config) as council:
        _show(_drafts(council).notes(file.stem, [line for line in lines if line]))


def _model(council: Council) -> ChatModel:
    if council.model is None:
        raise ConfigError(say("draft.no_model"))
    return council.model


def _drafts(council: Council) -> StaffDrafts:
    return _model(council).drafts(council.assistant.opinions)


def _paper(council: Council, level: Visibility, name: str) -> Document:
    number = next((one.id for one in council.documents.visible(level) if one.name == name), 0)
    found = council.documents.get(number, level)
    if found is None:
        raise ConfigError(say("draft.no_paper", name=name))
    return found


def _show(made: Draft) -> None:
    for line in (*draft_lines(made, left=True), ""):
        click.echo(line)
