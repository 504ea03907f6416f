"""Checks of what is derived: vectors, and the model that makes them."""

from __future__ import annotations

from contextlib import closing

from bot.config import Config
from bot.doctor.finding import Finding, Patient, broken, doubtful, well
from bot.wiring import chroma, embedder, models_folder
from corpus.errors import EmbedderError, RetrievalError
from retrieval.e5.conversion import damaged, name
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder
from retrieval.vectors import VectorIndex


def model(patient: Patient) -> Finding:
    """Whether the model on board is there and whole."""
    if patient.config.embedder.kind != "e5":
        return well("model", "model_other", kind=patient.config.embedder.kind)
    try:
        folder = models_folder(patient.config) / name()
    except EmbedderError as error:
        return broken("model", "model_missing", reason=error)
    if not folder.is_dir():
        return doubtful("model", "model_unprepared")
    if files := damaged(folder):
        return broken("model", "model_damaged", files=", ".join(files))
    return well("model", "model", name=folder.name)


def vectors(patient: Patient) -> Finding:
    """Whether the vector index holds what the store holds."""
    if patient.database is None:
        return doubtful("vectors", "skipped")
    try:
        made_by = _embedder(patient.config)
        index = VectorIndex(chroma(patient.config), patient.database, made_by)
        with closing(index):
            standing = index.standing()
    except EmbedderError as error:
        return broken("vectors", "model_missing", reason=error)
    except RetrievalError as error:
        return broken("vectors", "vectors_away", reason=error)
    if standing.busy:
        return well("vectors", "vectors_busy", pending=standing.pending)
    if standing.pending:
        return doubtful("vectors", "vectors_pending", pending=standing.pending)
    if standing.held != standing.made + standing.stale:
        return doubtful("vectors", "vectors_differ", held=standing.held, made=standing.made)
    return well("vectors", "vectors", count=standing.made, stale=standing.stale)


def _embedder(config: Config) -> Embedder:
    """The embedder by its name alone: nothing is converted for a look at the index."""
    if config.embedder.kind == "e5":
        return E5Embeddings(models_folder(config) / name())
    return embedder(config)
