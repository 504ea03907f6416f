from __future__ import annotations

from pathlib import Path

import click

from bot.__main__ import cli
from bot.config import Config
from docs import generate

REPOSITORY = Path(__file__).parents[1]


def test_generated_pages_say_what_the_program_does_now() -> None:
    assert generate.outdated() == [], "run make docs"


def test_every_command_and_option_is_documented() -> None:
    page = generate.commands_page()
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert f"## dongne {name}\n" in page
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or parameter.opts[0] in page


def test_every_setting_is_documented_with_its_variable() -> None:
    page = generate.configuration_page()
    for section, field in Config.model_fields.items():
        for key in field.annotation.model_fields:
            assert f"`DONGNE_{section}__{key}`".upper() in page.upper(), f"{section}.{key}"


def test_the_schema_page_lists_tables_and_no_shadow_of_an_index() -> None:
    page = generate.schema_page()
    assert "create table documents" in page.lower()
    assert "_terms_data" not in page


def test_links_between_documents_lead_somewhere() -> None:
    import re

    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    assert pages
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
