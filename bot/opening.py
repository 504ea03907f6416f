"""What every command begins with: the store that it works on, and in whose place it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.access import Role, audience_of
from bot.config import Config
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.wiring import Council


def open_store(config: Config, *, sample: bool = False) -> Council:
    """Open the configured store.

    Args:
        config: The settings.
        sample: Whether it holds the sample papers.
    """
    # Models and indexes take a second to import; `--help` must not wait for them.
    from bot.wiring import open_council

    return open_council(config, sample=sample)


def open_or_sample(config: Config, *, told: bool = False) -> Council:
    """The configured store, or the sample papers where there is none.

    Args:
        config: The settings.
        told: Whether to say that it is the sample, for commands whose output does not.
    """
    from bot.sample import open_sample
    from corpus.database import exists

    if exists(config.data.folder):
        return open_store(config)
    if told:
        click.echo(say("console.sample"), err=True)
    return open_sample(config)


def _audience(context: click.Context, option: click.Parameter, role: str) -> Visibility:
    return audience_of(Role(role))


as_role = click.option(
    "--as",
    "audience",
    type=click.Choice([role.value for role in Role]),
    default=Role.ADMINISTRATOR.value,
    callback=_audience,
    help=say("cli.as"),
)
