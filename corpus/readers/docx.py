"""DOCX: Word's paragraphs, headings, numbers and tables in body order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.readers.docx_numbering import Numbering
from corpus.readers.docx_text import own_text, text_boxes
from corpus.readers.grid import Printed, spanning_table
from corpus.readers.limits import Limits
from corpus.types import Block, Paper, Paragraph

# Wrappers whose children stand in the flow as if the wrapper were not there.
_WRAPPERS = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")}
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LEVELS = 9


class DocxReader:
    """Reads the body, then the headers and footers that differ, each once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """The paper; a note stands after the paragraph that points to it."""
        document = docx.Document(str(path))
        body = _Body(document, self._limits)
        blocks = list(body.blocks(document.element.body))
        for text in _furniture(document):
            blocks.append(Paragraph(text=text))
        return Paper(
            format="docx", blocks=tuple(blocks), title=document.core_properties.title or ""
        )


class _Body:
    """Walks the body of one document; numbers count on from paragraph to paragraph."""

    def __init__(self, document: Any, limits: Limits) -> None:
        self._limits = limits
        self._numbering = Numbering(document)
        self._outline = _outline_levels(document)
        self._notes = {kind: _notes(document, part) for kind, part in _NOTES.items()}

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._tables(child)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        text = self._numbering.label(element) + own_text(element)
        yield Paragraph(text=text, level=self._level(element))
        for box in text_boxes(element):
            yield from self.blocks(box)
        for kind, notes in self._notes.items():
            for reference in element.iter(qn(f"w:{kind}")):
                if note := notes.get(reference.get(qn("w:id"))):
                    yield Paragraph(text=note)

    def _level(self, element: Any) -> int | None:
        properties = element.pPr
        if properties is None:
            return None
        own = properties.find(qn("w:outlineLvl"))
        if own is not None:
            level = int(own.get(qn("w:val")))
            return level + 1 if level < _LEVELS else None
        return self._outline.get(properties.style)

    def _tables(self, element: Any) -> Iterator[Block]:
        """The table, then the tables inside its cells, whose text the cells do not repeat."""
        nested: list[Any] = []
        rows = [self._row(row, nested) for row in _children(element, _TR)]
        yield spanning_table(_folded(rows), self._limits)
        for inner in nested:
            yield from self._tables(inner)

    def _row(self, row: Any, nested: list[Any]) -> list[_GridCell]:
        column = _number(row.trPr, "w:gridBefore", 0)
        cells = [_GridCell(0, column, False, "")] if column else []
        for element in _children(row, _TC):
            properties = element.tcPr
            across = max(1, _number(properties, "w:gridSpan", 1))
            merge = None if properties is None else properties.find(qn("w:vMerge"))
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            texts: list[str] = []
            self._cell_texts(element, texts, nested)
            cells.append(_GridCell(column, across, continues, "\n".join(texts)))
            column += across
        return cells

    def _cell_texts(self, parent: Any, texts: list[str], nested: list[Any]) -> None:
        for child in parent:
            if child.tag == _P:
                texts.append(self._numbering.label(child) + own_text(child))
                for box in text_boxes(child):
                    self._cell_texts(box, texts, nested)
            elif child.tag == _TBL:
                nested.append(child)
            elif child.tag in _WRAPPERS:
                self._cell_texts(child, texts, nested)


class _GridCell:
    """A cell as Word stores it: one for each row that a merged cell covers."""

    __slots__ = ("across", "column", "continues", "text")

    def __init__(self, column: int, across: int, continues: bool, text: str) -> None:
        self.column, self.across, self.continues, self.text = column, across, continues, text


def _folded(rows: list[list[_GridCell]]) -> list[list[Printed]]:
    """Rows in which a cell merged downwards stands once, with its span and all of its text."""
    folded: list[list[Printed]] = []
    for number, row in enumerate(rows):
        printed: list[Printed] = []
        for cell in row:
            if cell.continues and number and _above(rows[number - 1], cell):
                continue
            down, texts = 1, [cell.text]
            while number + down < len(rows) and (below := _continued(rows[number + down], cell)):
                texts += [below.text] if below.text.strip() else []
                down += 1
            printed.append(Printed(text="\n".join(texts), row_span=down, column_span=cell.across))
        folded.append(printed)
    return folded


def _above(row: list[_GridCell], cell: _GridCell) -> bool:
    return any(other.column == cell.column and other.across == cell.across for other in row)


def _continued(row: list[_GridCell], cell: _GridCell) -> _GridCell | None:
    for other in row:
        if other.continues and (other.column, other.across) == (cell.column, cell.across):
            return other
    return None


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _number(properties: Any, name: str, default: int) -> int:
    found = None if properties is None else properties.find(qn(name))
    return default if found is None else int(found.get(qn("w:val")) or default)


def _outline_levels(document: Any) -> dict[str, int]:
    """Heading level by style id, inherited along `basedOn`; the title style counts as 1."""
    levels: dict[str, int] = {}
    for style in document.styles.element.findall(qn("w:style")):
        seen: set[str] = set()
        at = style
        while at is not None and at.styleId not in seen:
            seen.add(at.styleId)
            outline = at.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                if int(outline.get(qn("w:val"))) < _LEVELS:
                    levels[style.styleId] = int(outline.get(qn("w:val"))) + 1
                break
            if at.styleId == "Title":
                levels[style.styleId] = 1
                break
            at = at.base_style
    return levels


def _notes(document: Any, name: str) -> dict[str, str]:
    """Texts of footnotes or endnotes by id."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")): "\n".join(own_text(p) for p in note.iter(_P)).strip()
                for note in root
                if note.get(qn("w:type")) is None
            }
    return {}


def _furniture(document: Any) -> list[str]:
    """Distinct texts of headers and footers; a bare page number is none."""
    texts: dict[str, None] = {}
    for section in document.sections:
        for part in (
            section.header,
            section.footer,
            section.first_page_header,
            section.first_page_footer,
        ):
            if not part.is_linked_to_previous:
                text = "\n".join(own_text(p) for p in part._element.iter(_P)).strip()
                if any(char.isalpha() for char in text):
                    texts[text] = None
    return list(texts)
