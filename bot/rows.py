"""Rows under review as lines that people read, in every channel."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import amounts
from corpus.messages import field_name, messages, say
from corpus.records import Field, FieldType
from corpus.review import Change, ReviewRow


def row_lines(row: ReviewRow) -> Iterator[str]:
    """A row as its paper, its quote, and why it waits."""
    where = " · ".join(filter(None, (row.title, row.heading.strip())))
    yield f"{row.seen.record_id}  {where}"
    yield f"“{row.quote}”"
    for reason in row.reasons:
        yield f"※ {reason}"
    for field in row.fields:
        if field.printed:
            yield say(
                "review.corrected",
                changes=say(
                    "review.corrected_value",
                    name=field_name(field.name),
                    given=shown(field),
                    printed=field.printed,
                ),
            )


def shown(field: Field) -> str:
    """A field's value with the won behind an amount whose text does not show them."""
    if field.type is FieldType.MONEY and field.value is not None:
        won = amounts.format_won(field.value)
        return field.text if won == field.text else f"{field.text} ({won})"
    return field.text


def field_line(field: Field) -> str:
    """A field as `name: value`."""
    return ": ".join(filter(None, (field_name(field.name), shown(field))))


def change_line(change: Change) -> str:
    """A change as one line: when, where, what, and whether it is in force."""
    what = say("review.change_confirmed")
    if change.field:
        name = messages().get(f"field.{change.field}", change.field)
        what = say("review.change", name=name, old=change.printed, new=change.given)
    record = f"{change.seen.record_id}" if change.seen else "-"
    parts = (change.made_at[:16], record, change.document, what, say(f"review.{change.state}"))
    return "  ".join((*parts, change.reason)).rstrip()
