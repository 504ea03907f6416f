"""What must be so of a store whenever its process died."""

from __future__ import annotations

from corpus.database import CouncilDatabase


def assert_whole(database: CouncilDatabase) -> None:
    """Every paper has passages that cover its text, each with its terms; no row hangs loose."""
    assert database.one("pragma integrity_check")[0] == "ok"  # type: ignore[index]
    assert database.read("pragma foreign_key_check") == []
    rows = database.read(
        'select length(d.text) as size, max(p."end") as last from documents d'
        " left join passages p on p.document_id = d.id group by d.id"
    )
    assert all(row["last"] is not None and row["size"] - row["last"] <= 1 for row in rows)
    for held, index in (
        ("passages", "passage_terms"),
        ("records", "record_terms"),
        ("opinions", "opinion_terms"),
    ):
        one, other = f"id from {held}", f"rowid from {index}"
        assert database.read(f"select {one} except select {other}") == []
        assert database.read(f"select {other} except select {one}") == []
