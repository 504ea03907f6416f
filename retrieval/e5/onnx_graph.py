"""Writes ONNX models: nodes and numbers as the protobuf messages of `onnx.proto3`."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Field numbers are those of onnx.proto3; ModelProto ir_version 10 goes with opset 21.
_IR_VERSION = 10
_OPSET = 21
# Operators that onnxruntime brings along, quantised ones among them.
RUNTIME = "com.microsoft"

FLOAT, INT64 = 1, 7
UINT4 = 21
_TYPES = {"float32": FLOAT, "uint8": 2, "int8": 3, "int64": INT64, "float16": 10}
# Numbers in a file of their own start at whole pages, so that they can be mapped.
_PAGE = 4096

Attribute = int | float


class Graph:
    """Collects nodes and numbers; every method that adds a value gives its name.

    Args:
        outside: File, beside the model, of the numbers that are mapped rather than read.
    """

    def __init__(self, outside: str) -> None:
        self._outside = outside
        self._nodes: list[bytes] = []
        self._numbers: dict[str, bytes] = {}
        self._mapped = bytearray()

    def constant(self, name: str, values: Any) -> str:
        """Numbers kept in the model."""
        array = np.ascontiguousarray(values)
        head = self._head(name, array.shape, _TYPES[array.dtype.name])
        self._numbers.setdefault(name, head + _bytes(9, array.tobytes()))
        return name

    def mapped(
        self, name: str, values: NDArray[Any], shape: Sequence[int], kind: int | None = None
    ) -> str:
        """Numbers kept outside the model; `kind` where the array's type does not tell theirs."""
        raw = np.ascontiguousarray(values).tobytes()
        self._mapped.extend(bytes(-len(self._mapped) % _PAGE))
        where = {"location": self._outside, "offset": len(self._mapped), "length": len(raw)}
        self._mapped.extend(raw)
        entries = [_text(1, key) + _text(2, str(value)) for key, value in where.items()]
        self._numbers[name] = (
            self._head(name, shape, kind or _TYPES[values.dtype.name])
            + b"".join(_bytes(13, entry) for entry in entries)
            + _number(14, 1)
        )
        return name

    def apply(
        self, operator: str, *inputs: str, out: str = "", domain: str = "", **attributes: Attribute
    ) -> str:
        """One node with one result; an empty input is one that is left out."""
        return self.split(operator, *inputs, into=1, out=out, domain=domain, **attributes)[0]

    def split(
        self,
        operator: str,
        *inputs: str,
        into: int,
        out: str = "",
        domain: str = "",
        **attributes: Attribute,
    ) -> list[str]:
        """One node with several results."""
        name = out or f"{operator}{len(self._nodes)}"
        results = [f"{name}.{part}" if part else name for part in range(into)]
        self._nodes.append(
            b"".join(_text(1, one) for one in inputs)
            + b"".join(_text(2, one) for one in results)
            + _text(3, name)
            + _text(4, operator)
            + b"".join(_bytes(5, _attribute(*pair)) for pair in attributes.items())
            + (_text(7, domain) if domain else b"")
        )
        return results

    def write(
        self,
        path: Path,
        inputs: dict[str, tuple[int, Sequence[str | int]]],
        outputs: dict[str, tuple[int, Sequence[str | int]]],
    ) -> None:
        """Write the model and, beside it, the numbers outside it.

        Args:
            path: Of the model.
            inputs: Type and shape of each; a size that varies has a name.
            outputs: Likewise.

        Raises:
            OSError: The files cannot be written.
        """
        graph = (
            b"".join(_bytes(1, node) for node in self._nodes)
            + _text(2, path.stem)
            + b"".join(_bytes(5, numbers) for numbers in self._numbers.values())
            + b"".join(_bytes(11, _value(name, *one)) for name, one in inputs.items())
            + b"".join(_bytes(12, _value(name, *one)) for name, one in outputs.items())
        )
        opsets = [_text(1, "") + _number(2, _OPSET), _text(1, RUNTIME) + _number(2, 1)]
        path.write_bytes(
            _number(1, _IR_VERSION)
            + _text(2, "dongne-biseo")
            + _bytes(7, graph)
            + b"".join(_bytes(8, opset) for opset in opsets)
        )
        (path.parent / self._outside).write_bytes(self._mapped)

    def _head(self, name: str, shape: Sequence[int], kind: int) -> bytes:
        sizes = b"".join(_number(1, size) for size in shape)
        return sizes + _number(2, kind) + _text(8, name)


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    return _text(1, name) + _number(3, value) + _number(20, 2)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = [_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape]
    dimensions = b"".join(_bytes(1, size) for size in sizes)
    tensor = _number(1, kind) + _bytes(2, dimensions)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; negative numbers in 64 bits."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
