"""Tables of opinions with the answer in the same row, as opinions and their replies."""

from __future__ import annotations

from dataclasses import replace

from corpus.extraction.kinds import is_opinion, is_reply
from corpus.records import Field, FieldType, Record, RecordKind, Relation


def paired(relation: Relation) -> Relation:
    """Part each row of a table of opinions.

    Args:
        relation: Rows whose fields carry the printed headings.

    Returns:
        An opinion for each row that holds one, followed by its reply where one is printed.
    """
    records: list[Record] = []
    for row in relation.records:
        opinion = _only(row, "opinion")
        if opinion is None:
            continue
        index = len(records)
        reply = _only(row, "reply")
        rest = tuple(
            field
            for field in row.fields
            if field.name != "department" and not (is_opinion(field.name) or is_reply(field.name))
        )
        records.append(replace(row, kind=RecordKind.OPINION, fields=(opinion, *rest), parent=None))
        if reply is not None:
            department = row.field("department")
            fields = (reply, department) if department else (reply,)
            records.append(replace(row, kind=RecordKind.REPLY, fields=fields, parent=index))
    return replace(relation, records=tuple(records))


def _only(row: Record, which: str) -> Field | None:
    fits = is_opinion if which == "opinion" else is_reply
    found = [field for field in row.fields if fits(field.name)]
    return replace(found[0], name="text", type=FieldType.TEXT) if found else None
