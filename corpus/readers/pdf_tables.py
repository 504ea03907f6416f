"""Tables of a PDF page by their ruling lines.

PDFium gives the lines in a few milliseconds; pdfplumber's own way to them, through pdfminer, took
120 to 1,250 ms a page on the sample papers. Only its geometry is used here.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdfplumber import table as geometry

Box = tuple[float, float, float, float]  # left, bottom, right, top; points from the lower left
_Matrix = tuple[float, float, float, float, float, float]

_STRAIGHT = 1.0  # points that a line may lean; hand-drawn ones in papers from HWP lean by 0.3
_TOLERANCE = 3.0  # points between ends that are meant to meet; pdfplumber's default
_SHORTEST = 3.0  # shorter ones, once joined, are dots and ornaments; pdfplumber's default
# A drawing or a chart, not a table; the geometry takes over a second from here on.
_MOST_LINES = 40_000
_MOST_CROSSINGS = 3_000
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table without its text.

    Attributes:
        boxes: Where each cell lies on the page.
        places: Row, column, row span and column span of each cell, zero-based from the top left.
        rows: Number of rows.
        columns: Number of columns.
        bounds: Where the table lies on the page.
    """

    boxes: tuple[Box, ...]
    places: tuple[tuple[int, int, int, int], ...]
    rows: int
    columns: int
    bounds: Box


def ruled_grids(page: pdfium.PdfPage) -> list[Grid]:
    """The tables of a page that have at least two cells bounded by lines, from the top down.

    A page turned by `/Rotate` and one with too many lines give none; their text stays text.
    """
    if page.get_rotation():
        return []
    edges: list[dict[str, Any]] = []
    for edge in _edges(page):
        edges.append(edge)
        if len(edges) > _MOST_LINES:
            return []
    edges = [edge for edge in _merged(edges) if edge["width"] + edge["height"] >= _SHORTEST]
    if sum(edge["orientation"] == "h" for edge in edges) < 2:
        return []
    edges = _merged([*edges, *_open_sides(edges)])
    crossings = geometry.edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    return [
        _grid(cells)
        for cells in geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    ]


def _merged(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(geometry.merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE))


def _open_sides(edges: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Sides of tables printed without outer lines, as offices like them.

    Two lines above each other with the same ends, and an upright between them that reaches both,
    are a row; its sides are where the lines end.
    """
    lines = sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda e: e["top"])
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    for at, line in enumerate(lines):
        below = (
            e for e in lines[at + 1 :] if _near(e["x0"], line["x0"]) and _near(e["x1"], line["x1"])
        )
        other = next(below, None)
        if other and any(
            line["x0"] < upright["x0"] < line["x1"]
            and upright["top"] <= line["top"] + _TOLERANCE
            and upright["bottom"] >= other["top"] - _TOLERANCE
            for upright in uprights
        ):
            for x in (line["x0"], line["x1"]):
                yield _edge("v", x, x, line["top"], other["top"])


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE


def _grid(cells: list[Box]) -> Grid:
    """Cells come as pdfplumber counts: y grows downwards, here from zero to minus the height."""
    lefts = sorted({x for cell in cells for x in (cell[0], cell[2])})
    tops = sorted({y for cell in cells for y in (cell[1], cell[3])})
    places = []
    for x0, top, x1, bottom in cells:
        row, column = bisect_left(tops, top), bisect_left(lefts, x0)
        places.append(
            (row, column, bisect_left(tops, bottom) - row, bisect_left(lefts, x1) - column)
        )
    return Grid(
        boxes=tuple((x0, -bottom, x1, -top) for x0, top, x1, bottom in cells),
        places=tuple(places),
        rows=len(tops) - 1,
        columns=len(lefts) - 1,
        bounds=(lefts[0], -tops[-1], lefts[-1], -tops[0]),
    )


def _edges(page: pdfium.PdfPage) -> Iterator[dict[str, Any]]:
    for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH]):
        if not _visible(item):
            continue
        points = list(_points(item))
        for (x0, y0), (x1, y1) in points:
            if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) > abs(y0 - y1):
                yield _edge("h", min(x0, x1), max(x0, x1), -(y0 + y1) / 2, -(y0 + y1) / 2)
            elif abs(x0 - x1) <= _STRAIGHT and abs(x0 - x1) < abs(y0 - y1):
                yield _edge("v", (x0 + x1) / 2, (x0 + x1) / 2, -max(y0, y1), -min(y0, y1))


def _edge(orientation: str, x0: float, x1: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }


def _visible(item: pdfium.PdfObject) -> bool:
    """Stroked, or filled with anything but the paper's white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value:
        return True
    if not fill.value:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return (red.value, green.value, blue.value) != _WHITE and alpha.value > 0


def _points(item: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight pieces of a path from point to point, on the page."""
    matrix = _on_page(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and start:
            yield last, start


def _on_page(item: pdfium.PdfObject) -> _Matrix:
    """An object's matrix multiplied by those of the forms that it lies in."""
    matrix: _Matrix = item.get_matrix().get()
    while (item := item.container) is not None:
        a, b, c, d, e, f = matrix
        outer: _Matrix = item.get_matrix().get()
        xx, xy, yx, yy, dx, dy = outer
        matrix = (
            a * xx + b * yx,
            a * xy + b * yy,
            c * xx + d * yx,
            c * xy + d * yy,
            e * xx + f * yx + dx,
            e * xy + f * yy + dy,
        )
    return matrix


def _moved(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
