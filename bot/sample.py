"""The store of invented sample papers, for a first look before any paper of one's own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

from bot.config import Config
from bot.progress import progress_bar
from bot.wiring import Council, models_folder, now, open_council
from corpus.files import files_under
from corpus.messages import say
from corpus.schema import newest
from corpus.types import Visibility

_VERSION = "sample papers"


def open_sample(config: Config) -> Council:
    """Open the store of the sample papers, made or renewed where it is missing or out of date.

    It lies beside the configured data folder, so that nothing of it ever mixes with real papers.
    """
    folder = config.data.folder.with_name(f"{config.data.folder.name}-sample")
    changes = {
        "data": config.data.model_copy(update={"folder": folder}),
        # The model is the same for both.
        "embedder": config.embedder.model_copy(update={"folder": models_folder(config)}),
    }
    council = open_council(config.model_copy(update=changes), sample=True)
    with as_file(files("corpus") / "sample") as papers:
        paths = files_under([papers])
        current = _version(paths)
        if council.database.setting(_VERSION) != current:
            _renew(council, paths)
            council.database.set_setting(_VERSION, current)
    return council


def _version(paths: Sequence[Path]) -> str:
    """Changes with the papers and with the program, which may read them better by now."""
    digest = hashlib.sha256(f"{version('dongne-biseo')} {newest()}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _renew(council: Council, paths: Sequence[Path]) -> None:
    council.documents.remove(
        (paper.id for paper in council.documents.visible(Visibility.STAFF)), now()
    )
    with progress_bar(say("intake.sample"), len(paths)) as advance:
        for _ in council.ingest.run(paths, Visibility.PUBLIC):
            advance()
