"""Rows by the section of their table, or of their paper, that a question names."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row


def of_section(asked: Asked, found: Sequence[Found]) -> dict[int, str]:
    """The one list that stands in the section which a question names; empty without or of two."""
    terms = [term for term in asked.weights if len(term) > 1]
    sections = {
        one.row.relation_id: "".join(section.text.lower().split())
        for one in found
        if one.row.kind is RecordKind.ROW and (section := one.row.field("section"))
    }
    held = {
        number: section
        for number, section in sections.items()
        if terms and all(term in section for term in terms)
    }
    return held if len(held) == 1 else {}


def inside_section(asked: Asked, rows: Sequence[Row]) -> list[Row]:
    """The rows of the one section of a table that a question names by words of it."""
    sections: dict[str, list[Row]] = {}
    for row in rows:
        if section := row.field("section"):
            sections.setdefault("".join(section.text.split()), []).append(row)
    if len(sections) < 2 or asked.places:
        return []
    nouns = [term for term in asked.weights if len(term) > 1 and term not in asked.verbs]
    holding = [{name for name in sections if term in name} for term in nouns]
    named = [some for some in holding if 0 < len(some) < len(sections)]
    meant = set.intersection(*named) if named else set()
    return sections[meant.pop()] if len(meant) == 1 else []
