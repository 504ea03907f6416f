"""`dongne draft`: drafts by the chat model, for staff to read before anybody else does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.config import Config
from bot.opening import open_store
from corpus.errors import ConfigError
from corpus.messages import say
from corpus.types import Document, Visibility

if TYPE_CHECKING:
    from bot.wiring import Council
    from corpus.second_reading.machine_rows import MachineRows
    from retrieval.model.calls import ModelCalls
    from retrieval.model.checking import Source
    from retrieval.model.drafting import Draft, Drafting
    from retrieval.model.settings import ModelSettings


@click.group(help=say("cli.draft"))
def draft() -> None:
    """Everything here is shown and nothing is sent."""


@draft.command(help=say("cli.draft_summary"))
@click.argument("paper")
@click.pass_obj
def summary(config: Config, paper: str) -> None:
    """The gist of minutes, an agenda item at a time."""
    settings = _settings(config)
    with open_store(config) as council:
        from retrieval.model.drafting import items

        drafting = _drafting(settings, council)
        for title, lines in items(_paper(council, _level(settings), paper).text):
            _show(drafting.drafted("summary", title, lines))


@draft.command(help=say("cli.draft_records"))
@click.argument("paper")
@click.option("--discard", is_flag=True, help=say("cli.draft_discard"))
@click.pass_obj
def records(config: Config, paper: str, discard: bool) -> None:
    """Rows of lines that no rule has read, for staff to confirm."""
    settings = None if discard else _settings(config)
    with open_store(config) as council:
        from corpus.second_reading.machine_rows import MachineRows
        from retrieval.terms import KiwiTerms

        kept = MachineRows(council.database, KiwiTerms().index_terms)
        if settings is None:
            number = _paper(council, Visibility.STAFF, paper).id
            click.echo(say("draft.discarded", count=kept.discard(number)))
        else:
            _read(settings, council, kept, _paper(council, _level(settings), paper))


def _read(settings: ModelSettings, council: Council, kept: MachineRows, paper: Document) -> None:
    """Have a paper's unread lines read; what was read stays where the model stops midway."""
    from retrieval.model.second_reader import SecondReader

    lines = kept.unread(paper)
    if not lines:
        click.echo(say("draft.all_read"))
        return
    written = dropped = 0
    try:
        reader = SecondReader(_calls(settings, council))
        for reading in reader.read(paper.title, paper.text, lines):
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

    settings = _settings(config)
    with open_store(config) as council:
        place = number_in(number, seoul(now()).year)
        ledger = council.assistant.opinions.ledger
        opinion = ledger.numbered(*place) if place else None
        if opinion is None:
            raise ConfigError(say("draft.no_opinion", number=number))
        if not settings.sees_internal and not opinion.published:
            raise ConfigError(say("draft.unpublished", number=opinion.number))
        text = opinion.text if settings.sees_internal else opinion.published
        sources = _earlier(council, settings, text, opinion.id)
        if not sources:
            raise ConfigError(say("draft.no_replies"))
        _show(_drafting(settings, council).drafted("reply", text, sources))


@draft.command(help=say("cli.draft_minutes"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_obj
def minutes(config: Config, file: Path) -> None:
    """Sentences for minutes, out of rough notes, a line each."""
    from retrieval.model.checking import Source

    settings = _settings(config)
    if not settings.sees_internal:
        raise ConfigError(say("draft.notes_stay"))
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    sources = [Source(number=n, line=line) for n, line in enumerate(filter(None, lines), start=1)]
    with open_store(config) as council:
        _show(_drafting(settings, council).drafted("minutes", file.stem, sources))


def _settings(config: Config) -> ModelSettings:
    from bot.chat_model import model_settings

    settings = model_settings(config)
    if settings is None:
        raise ConfigError(say("draft.no_model"))
    return settings


def _level(settings: ModelSettings) -> Visibility:
    """Up to where the model may be shown papers."""
    return Visibility.STAFF if settings.sees_internal else Visibility.PUBLIC


def _paper(council: Council, level: Visibility, name: str) -> Document:
    number = next((one.id for one in council.documents.visible(level) if one.name == name), 0)
    found = council.documents.get(number, level)
    if found is None:
        raise ConfigError(say("draft.no_paper", name=name))
    return found


def _calls(settings: ModelSettings, council: Council) -> ModelCalls:
    from bot.wiring import now
    from retrieval.model.calls import ModelCalls
    from retrieval.model.loading import chat_model

    return ModelCalls(chat_model(settings), settings, council.database, now)


def _drafting(settings: ModelSettings, council: Council) -> Drafting:
    from retrieval.model.checking import Checker
    from retrieval.model.drafting import Drafting
    from retrieval.terms import KiwiTerms

    return Drafting(_calls(settings, council), Checker(KiwiTerms().kiwi.tokenize))


def _earlier(council: Council, settings: ModelSettings, text: str, but: int) -> Sequence[Source]:
    """Replies that went out to opinions like one, newest words first, as far as they may leave."""
    from retrieval.model.checking import Source
    from retrieval.types import unmarked

    level = _level(settings)
    ledger = council.assistant.opinions.ledger
    found: list[Source] = []
    for opinion in council.assistant.opinions.similar(text, level, but={but}):
        versions = ledger.replies(opinion.id) if settings.sees_internal else []
        told = versions[-1].text if versions else opinion.published_reply
        for line in filter(None, map(str.strip, told.splitlines())):
            context = unmarked(f"{opinion.number} {opinion.published or opinion.text}")
            found.append(Source(number=len(found) + 1, line=unmarked(line), context=context))
    return found


def _show(made: Draft) -> None:
    """A draft with its sources and what no sentence tells, so that nothing passes unseen."""
    click.echo(say("draft.head", title=made.title))
    click.echo(made.text or say("draft.nothing"))
    for source in made.sources:
        click.echo(say("draft.source", number=source.number, line=source.line, at=source.context))
    if made.left:
        click.echo(say("draft.left"))
        for source in made.left:
            click.echo(f"  - {source.line}")
    click.echo("")
