"""Tables of what rows claim, by which one fact of several papers is known; all derived."""

from __future__ import annotations

CLAIMS = (
    """
    create table row_claims (
        record_id integer primary key references records (id) on delete cascade,
        claim text not null,
        body text not null
    ) strict
    """,
    "create index row_claims_claim on row_claims (claim)",
    """
    create table value_claims (
        record_id integer not null references records (id) on delete cascade,
        ordinal integer not null,
        claim text not null,
        body text not null,
        precision integer not null,
        primary key (record_id, ordinal)
    ) strict
    """,
    "create index value_claims_claim on value_claims (claim)",
)
