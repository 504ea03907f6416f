"""The character replacements of the vocabulary in the form that SentencePiece models carry."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping

_Node = dict[int, "_Node | int"]
# Units of Darts-clone: an offset of up to 21 bits as it is, beyond that in steps of 256.
_SMALL_OFFSET = 1 << 21
_HAS_LEAF, _EXTENDED, _LEAF = 1 << 8, 1 << 9, 1 << 31
_BLOCK = 256
# Only the last units are searched for room: all of them took 4 s and saved nothing.
_SEARCHED = 4 * _BLOCK


def charsmap(normal: Mapping[int, str]) -> str:
    """A `precompiled_charsmap`, in base64, as `tokenizer.json` holds it.

    Args:
        normal: What a character is replaced by, by its code point.

    Source:
        `builder.cc` and `normalizer.cc` of google/sentencepiece: the length of a double-array
        trie over the UTF-8 of the characters, the trie, and the replacements, each closed by 0.
    """
    replacements = bytearray()
    root: _Node = {}
    for code, text in sorted(normal.items()):
        node = root
        for byte in chr(code).encode():
            below = node.setdefault(byte, {})
            assert isinstance(below, dict)  # for mypy  # nosec B101
            node = below
        node[0] = len(replacements)
        replacements += text.encode() + b"\0"
    trie = b"".join(struct.pack("<I", unit) for unit in _Trie(root).units)
    return base64.b64encode(struct.pack("<I", len(trie)) + trie + replacements).decode()


class _Trie:
    """Lays a trie out as a double array: a child stands at its parent's base xor its byte."""

    def __init__(self, root: _Node) -> None:
        self.units: list[int] = []
        self._used: list[bool] = []
        self._bases: set[int] = set()
        self._reach(0)
        self._used[0] = True
        waiting = [(root, 0)]
        while waiting:
            node, place = waiting.pop()
            waiting += self._place(node, place)

    def _place(self, node: _Node, place: int) -> list[tuple[_Node, int]]:
        """Put the children of a node; those that have children themselves, with their places."""
        base = self._base(sorted(node), place)
        self._bases.add(base)
        offset = base ^ place
        self.units[place] |= (
            offset << 10 if offset < _SMALL_OFFSET else offset << 2 | _EXTENDED
        ) | (_HAS_LEAF if 0 in node else 0)
        inner = []
        for byte, below in node.items():
            self._used[base ^ byte] = True
            if isinstance(below, int):
                self.units[base ^ byte] = below | _LEAF
            else:
                self.units[base ^ byte] = byte
                inner.append((below, base ^ byte))
        return inner

    def _base(self, bytes_: list[int], place: int) -> int:
        """The first base at which all children fall on free units."""
        free = self._free_from(max(1, len(self.units) - _SEARCHED))
        while True:
            base = free ^ bytes_[0]
            self._reach(base)
            offset = base ^ place
            fits = base and base not in self._bases
            fits = fits and (offset < _SMALL_OFFSET or offset % _BLOCK == 0)
            if fits and not any(self._used[base ^ byte] for byte in bytes_):
                return base
            free = self._free_from(free + 1)

    def _free_from(self, unit: int) -> int:
        self._reach(unit)
        while self._used[unit]:
            unit += 1
            self._reach(unit)
        return unit

    def _reach(self, unit: int) -> None:
        """Have the block of a unit, and the one after it."""
        missing = (unit // _BLOCK + 2) * _BLOCK - len(self.units)
        if missing > 0:
            self.units += [0] * missing
            self._used += [False] * missing
