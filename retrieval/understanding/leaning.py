"""Which kind of message a text leans to by its meaning, as learnt from examples."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.errors import EmbedderError
from retrieval.embedders import Embedder


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """A linear reading of vectors, one row of weights a kind.

    Attributes:
        fingerprint: The embedder whose vectors it reads; others mean nothing to it.
        examples: SHA-256 of the examples it was learnt from.
        weights: For each kind the weights of a vector's numbers, the constant last.
    """

    fingerprint: str
    examples: str
    weights: Mapping[str, tuple[float, ...]]

    def of(self, vector: Sequence[float]) -> dict[str, float]:
        """How much a text is of each kind: near 1 where it is, near 0 where it is not."""
        return {
            kind: weights[-1] + sum(a * b for a, b in zip(weights, vector, strict=False))
            for kind, weights in self.weights.items()
        }


@cache
def learnt() -> Leaning:
    """The leaning of `leaning.toml`, made by `python -m tests.support.leaning`."""
    tree = tomllib.loads((files(__package__) / "leaning.toml").read_text(encoding="utf-8"))
    return Leaning(
        fingerprint=tree["fingerprint"],
        examples=tree["examples"],
        weights={kind: tuple(row) for kind, row in tree["weights"].items()},
    )


def leaning(embedder: Embedder) -> Callable[[str], dict[str, float]]:
    """What tells kinds by the embedder's vectors: a function that reads one message.

    It gives nothing where the embedder is not the one learnt from or does not load; then the
    rules decide alone. A message costs one vector of `embed_query`, 10 to 25 ms on two cores.
    """

    def told(text: str) -> dict[str, float]:
        known = learnt()
        try:
            if embedder.fingerprint != known.fingerprint:
                return {}
            return known.of(embedder.embed_query(text))
        except EmbedderError:
            return {}

    return told
