"""The values that the rooms exchange: papers as read, documents and passages as stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Visibility(IntEnum):
    """Who may see something; an audience sees its own level and all below."""

    PUBLIC = 0
    MEMBERS = 1
    STAFF = 2


class DocumentKind(StrEnum):
    """What a paper is, as far as its own words tell."""

    MINUTES = "minutes"  # 회의록
    PLAN = "plan"  # 계획
    PRESS_RELEASE = "press release"  # 보도자료
    BUDGET = "budget"  # 예산서
    PROGRAMMES = "programmes"  # 사업 안내
    NOTICE = "notice"  # 공문, 공고
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table as printed; a merged cell is one cell that spans.

    Attributes:
        row: Zero-based row of its upper left corner.
        column: Zero-based column of its upper left corner.
        row_span: Rows covered, at least 1.
        column_span: Columns covered, at least 1.
        text: What is printed; lines inside the cell are separated by a line feed.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a paper. Cells come in reading order, never overlap, and may leave gaps.

    Attributes:
        rows: Number of rows of the grid.
        columns: Number of columns of the grid.
        cells: The printed cells.
        caption: Title or unit line that belongs to it, such as `(단위: 천원)`; empty without one.
        page: One-based page, where the format has pages.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    caption: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; may hold several lines, as plain text and PDF pages do.

    Attributes:
        text: The text, cleaned by the caller (`corpus.text.clean`), never by the reader.
        level: Heading level, 1 for the highest; None for body text or where nobody knows.
        page: One-based page, where the format has pages.
    """

    text: str
    level: int | None = None
    page: int | None = None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file as a reader saw it.

    Attributes:
        format: Lower-case name of the format by content, for example `hwpx`.
        blocks: Paragraphs and tables in reading order.
        title: Title from the file's own properties; empty where it states none.
        doubts: Codes of what was read with doubt or left out; keys of `[doubt]` in
            `corpus/messages.toml`.
    """

    format: str
    blocks: Sequence[Block]
    title: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a document's cleaned text: code points from `start` up to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document that is indexed and found as one.

    Attributes:
        id: Row number in the store, never used twice.
        document_id: Row number of its document.
        ordinal: Place in the document, from 0.
        text: `document.text[start:end]`.
        heading: Headings above it, outermost first.
        page: One-based page on which it starts, where the format has pages.
    """

    id: int
    document_id: int
    ordinal: int
    start: int
    end: int
    text: str
    heading: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper in the store.

    Attributes:
        id: Row number in the store.
        name: Unique file name that people and citations use.
        title: Title as printed, or the file name without suffix.
        kind: What kind of paper it is.
        body: The council or office it comes from, as printed; empty when unknown.
        dated: Day, month or year the paper states for itself: `2023-02-15`, `2023-02`, `2023`;
            empty when unknown.
        visibility: Lowest audience that may see it.
        format: Format by content.
        sha256: Hex digest of the file's bytes (of the line for a JSONL record).
        text: The cleaned text that all offsets refer to.
    """

    id: int
    name: str
    title: str
    kind: DocumentKind
    body: str
    dated: str
    visibility: Visibility
    format: str
    sha256: str
    text: str
