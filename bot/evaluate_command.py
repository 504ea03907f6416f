"""`dongne evaluate`: whether another embedder or reranker finds more, by one's own questions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.config import Config
from corpus.errors import ConfigError
from corpus.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.trials import Figures, Trial


@click.command(help=say("cli.evaluate"), epilog=say("cli.evaluate_examples"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--embedder", default="", help=say("cli.evaluate_embedder"))
@click.option("--query-prompt", default="", help=say("cli.evaluate_query_prompt"))
@click.option("--document-prompt", default="", help=say("cli.evaluate_document_prompt"))
@click.option("--reranker", default="", help=say("cli.evaluate_reranker"))
@click.pass_obj
def evaluate(
    config: Config,
    file: Path,
    embedder: str,
    query_prompt: str,
    document_prompt: str,
    reranker: str,
) -> None:
    """The present search beside one with other models; the store stays as it is."""
    from bot.opening import open_or_sample
    from corpus.snapshot import take_snapshot
    from retrieval.trials import trials, tried

    asked = trials(file.read_text(encoding="utf-8").splitlines())
    if not asked:
        raise ConfigError(say("evaluate.no_questions", path=file))
    with open_or_sample(config) as council, tempfile.TemporaryDirectory() as folder:
        council.vectors.sync()
        before = tried(council.search, asked)
        click.echo(_line("present", before))
        if not (embedder or reranker):
            return
        copy = Path(folder)
        take_snapshot(council.database.path, copy / council.database.path.name)
        other = _with_models(council.config, copy, embedder, query_prompt, document_prompt)
        after = _other(other, asked, reranker)
    click.echo(_line("candidate", after))
    click.echo(_verdict(before, after))


def _with_models(
    config: Config, folder: Path, embedder: str, query_prompt: str, document_prompt: str
) -> Config:
    """Settings of a copy of the store with another embedder, or the present one without."""
    kept = config.embedder.model_copy(
        update={"folder": (config.data.folder / config.embedder.folder).absolute()}
    )
    chosen = {
        "kind": "sentence-transformers",
        "model": embedder,
        "query_prompt": query_prompt,
        "document_prompt": document_prompt,
    }
    return config.model_copy(
        update={
            "data": config.data.model_copy(update={"folder": folder}),
            "embedder": kept.model_copy(update=chosen if embedder else {}),
            "index": config.index.model_copy(update={"kind": "persistent"}),
        }
    )


def _other(config: Config, asked: Sequence[Trial], reranker: str) -> Figures:
    from bot.progress import counting
    from bot.wiring import open_council
    from retrieval.trials import tried

    if reranker:
        chosen = config.reranker.model_copy(update={"model": reranker})
        config = config.model_copy(update={"reranker": chosen})
    with open_council(config) as council, counting() as bar:
        task = bar.add_task(say("evaluate.vectors"), total=None)
        council.vectors.sync(lambda done, total: bar.update(task, completed=done, total=total))
        return tried(council.search, asked)


def _line(which: str, figures: Figures) -> str:
    return say(
        f"evaluate.{which}",
        questions=len(figures.ranks),
        found=f"{figures.found:.1%}",
        rank=f"{figures.mean:.3f}",
        milliseconds=round(figures.milliseconds),
    )


def _verdict(before: Figures, after: Figures) -> str:
    from retrieval.trials import gained

    low, high = gained(before, after)
    word = "better" if low > 0 else "worse" if high < 0 else "unclear"
    return say(f"evaluate.{word}", low=f"{low:+.3f}", high=f"{high:+.3f}")
