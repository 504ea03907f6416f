"""Tables of what people do with the records: who they are, what they corrected, the audit."""

from __future__ import annotations

PEOPLE = (
    # The audit knows people by this key alone; it goes with the person.
    "alter table people add column key text",
    "update people set key = lower(hex(randomblob(16)))",
    "create unique index people_key on people (key)",
    """
    create table invitations (
        code_sha256 text primary key,
        role text not null,
        made_at text not null,
        ends_at text not null,
        used_at text
    ) strict
    """,
    """
    create table audit (
        id integer primary key autoincrement,
        at text not null,
        person text not null,
        action text not null,
        subject text not null,
        details text not null,
        digest text not null
    ) strict
    """,
    """
    create trigger audit_stays before update on audit begin
        select raise(abort, 'the audit is only ever added to');
    end
    """,
    """
    create trigger audit_is_kept before delete on audit begin
        select raise(abort, 'the audit is only ever added to');
    end
    """,
    """
    create table dialogues (
        person_id integer not null references people (id) on delete cascade,
        chat_id integer not null,
        thread integer not null,
        kind text not null,
        state text not null,
        changed_at text not null,
        primary key (person_id, chat_id, thread)
    ) strict
    """,
)

CORRECTIONS = (
    # As printed, as JSON, where staff put another value in its place; else empty.
    "alter table fields add column printed text not null default ''",
    "alter table records add column confirmed integer not null default 0",
    # Grows with every change, so that of two people pressing at once one is told.
    "alter table records add column revision integer not null default 0",
    # The row is known again by these when its paper comes in anew; record_id is derived.
    """
    create table corrections (
        id integer primary key autoincrement,
        source text not null,
        document text not null,
        kind text not null,
        heading text not null,
        keys text not null,
        quote text not null,
        occurrence integer not null,
        field text not null,
        field_number integer not null,
        printed text not null,
        given text not null,
        reason text not null,
        person text not null,
        made_at text not null,
        undone integer not null default 0 check (undone in (0, 1)),
        record_id integer references records (id) on delete set null,
        lost text not null default ''
    ) strict
    """,
    "create index corrections_source on corrections (source)",
    "create index corrections_record on corrections (record_id)",
    # Derived: the records that stand where a finding of their paper points.
    """
    create table finding_records (
        finding_id integer not null references findings (id) on delete cascade,
        record_id integer not null references records (id) on delete cascade,
        primary key (finding_id, record_id)
    ) strict
    """,
    "create index finding_records_record on finding_records (record_id)",
)

# Which records overlap the places that findings name; the paper is the only parameter.
FINDING_RECORDS = """
insert or ignore into finding_records (finding_id, record_id)
select f.id, r.id from findings f
join json_each(f.spans) s
join relations n on n.document_id = f.document_id
join records r on r.relation_id = n.id
join record_spans p on p.record_id = r.id
where p.start < json_extract(s.value, '$[1]') and json_extract(s.value, '$[0]') < p."end"
"""
