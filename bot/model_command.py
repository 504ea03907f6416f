"""`dongne model`: the embedding model on board, checked, renewed, and written for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from bot.config import Config
from corpus.errors import EmbedderError
from corpus.messages import say


@click.command("model", help=say("cli.model"))
@click.option(
    "--standard", type=click.Path(path_type=Path, file_okay=False), help=say("cli.model_standard")
)
@click.pass_obj
def model(config: Config, standard: Path | None) -> None:
    """The converted model, by its checksums; made anew where a file is damaged."""
    from bot.wiring import models_folder
    from retrieval.e5.conversion import converted, damaged, discard
    from retrieval.e5.packed import PackedModel
    from retrieval.e5.standard import write_standard

    def told() -> None:
        click.echo(say("embedder.converting"), err=True)

    models = models_folder(config)
    folder = converted(models, told)
    if files := damaged(folder):
        click.echo(say("model.damaged", files=", ".join(files)), err=True)
        discard(folder)
        converted(models, told)
    size = sum(file.stat().st_size for file in folder.iterdir()) // 10**6
    click.echo(say("model.whole", name=folder.name, path=folder, megabytes=size))
    if standard is not None:
        try:
            write_standard(PackedModel(), standard)
        except OSError as error:
            raise EmbedderError(say("embedder.unwritable", path=standard, reason=error)) from error
        click.echo(say("model.written", path=standard))
