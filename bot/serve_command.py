"""`dongne serve`: the bot in Telegram."""

from __future__ import annotations

import asyncio
import os

import click

from bot.access import Role
from bot.config import Config
from bot.opening import open_store
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.people import People


@click.command(help=say("cli.serve"))
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
            watch=watch_settings(config, council.vectors.pending),
        )
        asyncio.run(work)


def _greet(database: CouncilDatabase, greeting: str) -> None:
    """Say that the bot runs, and what is still to be done before anybody can look after it."""
    click.echo(say(greeting))
    if not People(database).counts()[Role.ADMINISTRATOR]:
        click.echo(say("people.first"))
