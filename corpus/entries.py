"""Programmes that staff enter by hand, kept as small papers so that all else works as for any."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.drafts import Draft
from corpus.ingest import drafted
from corpus.messages import say
from corpus.text import clean, squeeze
from corpus.types import Cell, Paper, Paragraph, Table

FORMAT = "entry"
DONG, PROGRAMME = "dong", "programme"
# In the order in which they are asked for; the headings are those that offices print.
ENTRIES = {
    DONG: "동명",
    PROGRAMME: "사업명",
    "offer": "내용",
    "target": "대상",
    "period": "기간",
    "apply": "신청방법",
    "contact": "문의",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """A programme as staff know it.

    Attributes:
        dong: Its neighbourhood, as records spell it.
        programme: Its name.
        told: Further values by their key in `ENTRIES`.
    """

    dong: str
    programme: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What makes a later entry of the same programme take the place of this one."""
        return f"{FORMAT}:{_packed(self.dong)}:{_packed(self.programme)}"


def entry_draft(entry: ProgrammeEntry, day: date) -> Draft:
    """An entry as a paper of one table, ready to be written.

    Args:
        entry: The programme.
        day: When it was entered; the paper says so beside `담당자 입력` (entered by staff).
    """
    values = {DONG: entry.dong, PROGRAMME: entry.programme, **entry.told}
    shown = {key: squeeze(clean(values.get(key, ""))) for key in ENTRIES}
    title = say(
        "entry.title",
        dong=shown[DONG],
        programme=shown[PROGRAMME],
        day=f"{day.year}. {day.month}. {day.day}.",
    )
    heads = [Cell(row=0, column=n, text=text) for n, text in enumerate(ENTRIES.values())]
    cells = [Cell(row=1, column=n, text=text) for n, text in enumerate(shown.values()) if text]
    table = Table(rows=2, columns=len(ENTRIES), cells=(*heads, *cells))
    paper = Paper(format=FORMAT, blocks=(Paragraph(text=title, level=1), table), title=title)
    digest = hashlib.sha256("\n".join((title, *shown.values())).encode()).hexdigest()
    name = say("entry.name", dong=shown[DONG], programme=shown[PROGRAMME])
    return drafted(paper, Path(FORMAT), source=entry.source, sha256=digest, name=name)


def _packed(text: str) -> str:
    return "".join(clean(text).split())
