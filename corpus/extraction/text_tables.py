"""Tables that copying or text extraction flattened into lines of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.extraction.grid import Grid, of_rows
from corpus.extraction.headings import is_number, is_period
from corpus.extraction.surroundings import look_above
from corpus.extraction.tables import read_table
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, FieldType, Finding, Relation
from corpus.types import Span

_GAP = re.compile(r"[ \t]*(?: {2,}|\t)[ \t]*")
_TAB = re.compile("\t")
_DAY_BEFORE, _DAY = re.compile(r"(?<!\d)1?\d\.$"), re.compile(r"\d{1,2}\.(?!\d)")
_SHORT_CELL = 40
# Two lines of one shape happen by chance; three do not (no false table in the papers tried).
_FEWEST_ROWS = 3
# Fewer words in a line could as well be a sentence.
_FEWEST_WORDS = 4
_SECTION = 60


def extract_text_tables(full: FullText, items: Sequence[Item]) -> Extraction:
    """Find the tables in running text.

    Four layouts are recognised: cells parted by tab characters, columns set with spaces, rows
    whose last words are as many numbers as the line above has names for, and numbered rows of as
    many words as the line above. Where none of them is certain, nothing is read.

    Args:
        full: The paper; the tables that its reader found are passed over.
        items: Its logical lines, for what stands above a table.

    Returns:
        A relation for each table.
    """
    relations: list[Relation] = []
    findings: list[Finding] = []
    for grid, certain in _grids(full):
        above = look_above(full.text, items, grid.span.start)
        relation, found = read_table(grid, above, full.text)
        if relation is None or not (certain or _is_typed(relation)):
            continue
        relations.append(relation)
        findings.extend(found)
    return Extraction(relations=tuple(relations), findings=tuple(findings))


def _grids(full: FullText) -> Iterator[tuple[Grid, bool]]:
    """Runs of lines that look like a table, and whether tab characters say so."""
    for block in _blocks(full):
        position = 0
        while position < len(block):
            tabbed = _tabbed(full.text, block, position)
            rows = tabbed or _aligned(full.text, block, position)
            rows = rows or _numbered(full.text, block, position)
            rows = rows or _worded(full.text, block, position)
            if not rows:
                position += 1
                continue
            yield of_rows(rows, full.text), bool(tabbed)
            last = rows[-1][-1].end
            while position < len(block) and block[position].start <= last:
                position += 1


def _blocks(full: FullText) -> Iterator[list[Span]]:
    """Lines with words between the tables that the reader found."""
    block: list[Span] = []
    start = 0
    taken = [table.span for table in full.tables]
    for raw in full.text.split("\n"):
        end = start + len(raw)
        if any(span.start <= start < span.end for span in taken):
            yield block
            block = []
        elif raw.strip():
            block.append(Span(start=start, end=end))
        start = end + 1
    yield block


def _tabbed(text: str, block: Sequence[Span], first: int) -> list[list[Span]]:
    """Lines with tab characters, and single lines between them that name a section."""
    rows: list[list[Span]] = []
    for index in range(first, len(block)):
        line = block[index]
        words = text[line.start : line.end]
        if "\t" in words:
            rows.append(_cut(text, line, _TAB))
        elif rows and len(words.strip()) <= _SECTION and _goes_on(text, rows, block[index + 1 :]):
            rows.append([_stripped(text, line)])
        else:
            break
    return rows if len(rows) >= 2 else []


def _goes_on(text: str, rows: Sequence[Sequence[Span]], below: Sequence[Span]) -> bool:
    """Whether a line without tabs names a section: rows follow, and not under a head of their own.

    A row of words alone below rows of numbers is the head of the next table, and the line is its
    heading.
    """
    if not below or "\t" not in text[below[0].start : below[0].end]:
        return False
    numbered = any(_has_number(text, row) for row in rows[1:])
    return not numbered or _has_number(text, _cut(text, below[0], _TAB))


def _has_number(text: str, row: Sequence[Span]) -> bool:
    return any(is_number(words) for cell in row if (words := text[cell.start : cell.end]))


def _aligned(text: str, block: Sequence[Span], first: int) -> list[list[Span]]:
    """Lines of three or more short pieces that spaces set apart, the same number in each."""
    rows: list[list[Span]] = []
    for line in block[first:]:
        cells = _cut(text, _stripped(text, line), _GAP)
        short = all(cell.end - cell.start <= _SHORT_CELL for cell in cells)
        if len(cells) < 3 or not short or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows if len(rows) >= _FEWEST_ROWS else []


def _numbered(text: str, block: Sequence[Span], first: int) -> list[list[Span]]:
    """A line of names over lines that each end in as many numbers as there are names."""
    head = _words(text, block[first])
    rows: list[list[Span]] = []
    width = 0
    for line in block[first + 1 :]:
        words = _words(text, line)
        numbers = _trailing_numbers(text, words)
        width = width or numbers
        if numbers < 2 or numbers != width or len(words) == numbers:
            break
        key = Span(start=words[0].start, end=words[-numbers - 1].end)
        rows.append([key, *words[-numbers:]])
    named = len(head) - width
    heads = [text[word.start : word.end] for word in head[named:]]
    plain = [not is_number(words) or is_period(words) for words in heads]
    if len(rows) < _FEWEST_ROWS or not 1 <= named <= 2 or not all(plain):
        return []
    return [[Span(start=head[0].start, end=head[named - 1].end), *head[named:]], *rows]


def _worded(text: str, block: Sequence[Span], first: int) -> list[list[Span]]:
    """A line of names over lines of as many words, the first of which counts them."""
    head = _words(text, block[first])
    plain = [text[word.start : word.end] for word in head]
    if len(head) < _FEWEST_WORDS or any(is_number(word) for word in plain):
        return []
    rows: list[list[Span]] = []
    for line in block[first + 1 :]:
        words = _words(text, line)
        counted = words and text[words[0].start : words[0].end] == str(len(rows) + 1)
        if len(words) != len(head) or not counted:
            break
        rows.append(words)
    return [head, *rows] if len(rows) >= _FEWEST_ROWS else []


def _trailing_numbers(text: str, words: Sequence[Span]) -> int:
    count = 0
    for word in reversed(words):
        plain = text[word.start : word.end]
        if not re.fullmatch(r"[△▲-]?[\d,]+(?:\.\d+)?%?|[-–—]", plain):
            break
        count += 1
    return count


def _words(text: str, line: Span) -> list[Span]:
    return [
        Span(start=line.start + match.start(), end=line.start + match.end())
        for match in re.finditer(r"\S+", text[line.start : line.end])
    ]


def _cut(text: str, line: Span, gap: re.Pattern[str]) -> list[Span]:
    cells: list[Span] = []
    start = line.start
    for match in gap.finditer(text, line.start, line.end):
        if _DAY_BEFORE.search(text, line.start, match.start()) and _DAY.match(text, match.end()):
            continue  # `11.  5.`: a day set below days of two digits
        cells.append(_stripped(text, Span(start=start, end=match.start())))
        start = match.end()
    return [*cells, _stripped(text, Span(start=start, end=line.end))]


def _stripped(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return replace(
        span, start=min(start, span.end), end=max(start, span.start + len(words.rstrip()))
    )


def _is_typed(relation: Relation) -> bool:
    """Whether a column of dates, numbers or places bears out that this is a table."""
    typed = set(FieldType) - {FieldType.TEXT, FieldType.NAME, FieldType.CODE}
    found = [
        any(field.type in typed or field.name == "hours" for field in record.fields)
        for record in relation.records
    ]
    return len(found) >= _FEWEST_ROWS - 1 and sum(found) >= 0.7 * len(found)
