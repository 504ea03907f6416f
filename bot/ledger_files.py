"""The ledger and the table 지난 회의 조치결과 as files: XLSX, CSV, JSON and DOCX."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bot.ledger_reports import actions_since
from bot.opinion_cards import promise_words
from bot.sheets import SheetFormat, sheet_file
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.types import Visibility
from retrieval.sheets import Sheet, Value

# More entries than this make a file that no office program opens with ease.
_MOST = 100_000


class LedgerFormat(StrEnum):
    """Kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    DOCX = "docx"


def ledger_file(ledger: Ledger, today: date, kind: LedgerFormat) -> bytes:
    """The whole ledger for staff: no names, no contacts, no notes among staff.

    Args:
        ledger: The ledger.
        today: The day of the export.
        kind: Any but DOCX.
    """
    found = ledger.listed(Wanted(), Visibility.STAFF, today, most=_MOST)
    if kind is LedgerFormat.JSON:
        lines = [_entry(ledger, one) for one in found]
        return json.dumps(lines, ensure_ascii=False, indent=1).encode()
    heads = ("number", "date", "state", "origin", *_MATTER, "text", "published", *_REPLY)
    sheet = Sheet(
        title=say("ledger_file.title"),
        heads=tuple(say(f"ledger_file.{head}") for head in heads),
        lines=tuple(_line(ledger, one) for one in found),
    )
    return sheet_file(sheet, SheetFormat(kind))


_MATTER = ("dong", "programme", "agenda", "topic", "department")
_REPLY = ("reply", "promise", "due", "replied", "merged", "helped", "unhelped", "paper")


def _line(ledger: Ledger, one: Opinion) -> tuple[Value, ...]:
    replies = ledger.replies(one.id)
    source = ledger.source(one.id)
    into = ledger.get(one.merged_into) if one.merged_into else None
    promise = one.promise
    kind = say(f"promise.{promise.kind}") if promise and promise.kind else None
    return (
        one.number,
        one.raised_on,
        say(f"opinion_state.{one.state}"),
        say(f"ledger_origin.{one.origin}"),
        *(getattr(one.matter, name) for name in _MATTER),
        one.text,
        one.published,
        replies[-1].text if replies else None,
        kind,
        (promise.due or promise.meeting) if promise else None,
        one.promised_at[:10],
        into.number if into else None,
        *ledger.judged(one.id),
        source.title if source else None,
    )


def _entry(ledger: Ledger, one: Opinion) -> dict[str, object]:
    """An entry with every version of its reply and its whole history."""
    into = ledger.get(one.merged_into) if one.merged_into else None
    return {
        "number": one.number,
        "raised_at": one.raised_at,
        "state": one.state.value,
        "origin": one.origin,
        "visibility": one.visibility.name.lower(),
        **{name: getattr(one.matter, name) for name in _MATTER},
        "author": one.pseudonym,
        "text": one.text,
        "published": one.published,
        "merged_into": into.number if into else None,
        "replies": [
            {
                "version": reply.version,
                "at": reply.at,
                "department": reply.department,
                "text": reply.text,
                "promise": reply.promise.kind.value if reply.promise.kind else None,
                "due": reply.promise.due or None,
                "meeting": reply.promise.meeting or None,
            }
            for reply in ledger.replies(one.id)
        ],
        "history": [
            {"at": event.at, "action": event.action, "before": event.before, "after": event.after}
            for event in ledger.history(one.id)
        ],
    }


def actions_file(ledger: Ledger, today: date, audience: Visibility, kind: LedgerFormat) -> bytes:
    """The table 지난 회의 조치결과 as a file.

    Args:
        ledger: The ledger.
        today: The day of the report.
        audience: Highest level that may be seen.
        kind: XLSX, CSV or DOCX.
    """
    since, actions = actions_since(ledger, today, audience)
    title = say("actions.since", date=since) if since else say("actions.all")
    heads = tuple(
        say(f"ledger_file.{head}")
        for head in ("number", "date", "text", "department", "reply", "promise", "stands")
    )
    lines = tuple(
        (
            one.opinion.number,
            one.opinion.raised_on,
            one.opinion.words(audience),
            one.department,
            one.reply,
            promise_words(one.opinion.promise),
            one.stands,
        )
        for one in actions
    )
    if kind is LedgerFormat.DOCX:
        return _docx(title, heads, lines)
    return sheet_file(Sheet(title=title, heads=heads, lines=lines), SheetFormat(kind))


def _docx(title: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    # Takes a third of a second to import, which no other answer should wait for.
    from docx import Document
    from docx.enum.section import WD_ORIENT

    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper.add_heading(title, level=1)
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for line in lines:
        for cell, value in zip(table.add_row().cells, line, strict=True):
            # XML knows no control characters; everything else is text.
            cell.text = "".join(c for c in value if c >= " " or c == "\n")
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()
