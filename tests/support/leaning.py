"""Learn `retrieval/understanding/leaning.toml` from the development messages.

Run `python -m tests.support.leaning` after a change of `messages.tsv`; it takes a minute.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np

from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder

MESSAGES = Path(__file__).parents[1] / "retrieval" / "understanding" / "messages.tsv"
_LEARNT = Path(__file__).parents[2] / "retrieval" / "understanding" / "leaning.toml"
# Of 0.03 to 1, 0.1 read unseen messages best, alone and together with the rules.
_RIDGE = 0.1


def digest() -> str:
    """SHA-256 of the messages, to tell whether they were learnt."""
    return hashlib.sha256(MESSAGES.read_bytes()).hexdigest()


def learn(embedder: Embedder) -> str:
    """The contents of `leaning.toml`: a least-squares fit in which every kind weighs the same."""
    rows = [line.split("\t") for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    examples = [(row[0], row[3]) for row in rows if not row[0].startswith("#")]
    vectors = np.array([embedder.embed_query(text) for _, text in examples])
    kinds = sorted({label for label, _ in examples})
    said = np.array([[float(label == kind) for kind in kinds] for label, _ in examples])
    share = said @ (len(examples) / len(kinds) / said.sum(axis=0))
    centre = vectors.mean(axis=0)
    known = np.hstack([vectors - centre, np.ones((len(examples), 1))])
    weighed = known.T * share
    fit = np.linalg.solve(weighed @ known + _RIDGE * np.eye(known.shape[1]), weighed @ said)
    fit[-1] -= centre @ fit[:-1]
    lines = [f'fingerprint = "{embedder.fingerprint}"', f'examples = "{digest()}"', "", "[weights]"]
    for kind, column in zip(kinds, fit.T, strict=True):
        lines.append(f"{kind} = [{', '.join(f'{number:.3f}' for number in column)}]")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    note = "# Made by `python -m tests.support.leaning`; not edited by hand.\n"
    with tempfile.TemporaryDirectory() as models:
        learnt = learn(E5Embeddings(converted(Path(models))))
    _LEARNT.write_text(note + learnt, encoding="utf-8")
