"""`dongne budget`, `decisions`, `plan` and `programs`: a view, gone through by choices."""

from __future__ import annotations

import sys

import click

from bot.config import Config
from bot.exit_codes import PARTLY
from bot.misuse import Misuse
from bot.opening import as_role, open_or_sample
from bot.outputs import Outputs, outputs
from bot.viewing import VIEWS, chosen, first
from corpus.messages import say
from corpus.types import Visibility
from retrieval.views.page import View


def view_command(name: str) -> click.Command:
    """The command of one view.

    Args:
        name: A key of `bot.viewing.VIEWS`.
    """

    @click.argument("choices", nargs=-1)
    @as_role
    @outputs
    @click.pass_obj
    def run(config: Config, choices: tuple[str, ...], audience: Visibility, files: Outputs) -> None:
        _show(config, VIEWS[name], choices, audience, files)

    described = click.command(name, help=say(f"cli.{name}"), epilog=say("cli.view_examples"))
    return described(run)


def _show(
    config: Config,
    view: View,
    choices: tuple[str, ...],
    audience: Visibility,
    files: Outputs,
) -> None:
    from bot.console import ConsoleChat

    with open_or_sample(config) as council:
        views = council.assistant.views
        rest = list(choices)
        dong = rest.pop(0) if view is View.PROGRAMMES and rest and not rest[0].isdecimal() else ""
        page = first(views, view, dong, audience)
        if dong and (page is None or not page.dong):
            raise Misuse(say("cli.no_choice", choice=dong))
        for choice in rest:
            address = chosen(page, choice) if page else None
            if address is None:
                raise Misuse(say("cli.no_choice", choice=choice))
            page = views.page(address, audience)
        if page is None:
            raise Misuse(say("view.gone"))
        ConsoleChat(council.assistant, audience).show_page(page)
        if not files.write(views, page.rows, page.compared, page.title, audience):
            sys.exit(PARTLY)


budget, decisions, plan, programs = map(view_command, ("budget", "decisions", "plan", "programs"))
