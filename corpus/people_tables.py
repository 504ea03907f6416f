"""Tables of who answers for what: departments, the duties of people, invitations, bound groups."""

from __future__ import annotations

RESPONSIBILITIES = (
    """
    create table departments (
        id integer primary key autoincrement,
        name text not null unique,
        revision integer not null default 0
    ) strict
    """,
    # What a department is also called, and the neighbourhoods and topics that it answers for.
    """
    create table department_words (
        department_id integer not null references departments (id) on delete cascade,
        kind text not null check (kind in ('alias', 'dong', 'topic')),
        word text not null,
        primary key (department_id, kind, word)
    ) strict
    """,
    "alter table people add column department_id integer references departments (id)"
    " on delete set null",
    "create index people_department on people (department_id)",
    # What administrators call a person in their list; it goes with the person.
    "alter table people add column label text not null default ''",
    # Grows with every change of role or duties, so that a button seen before is known as old.
    "alter table people add column revision integer not null default 0",
    """
    create table person_dongs (
        person_id integer not null references people (id) on delete cascade,
        dong text not null,
        primary key (person_id, dong)
    ) strict
    """,
    # Invitations get a number by which they are listed and withdrawn; the code is not known.
    "alter table invitations rename to old_invitations",
    """
    create table invitations (
        id integer primary key autoincrement,
        code_sha256 text not null unique,
        role text not null,
        department_id integer references departments (id) on delete set null,
        dongs text not null default '[]',
        made_at text not null,
        ends_at text not null,
        used_at text,
        withdrawn_at text
    ) strict
    """,
    "insert into invitations (code_sha256, role, made_at, ends_at, used_at)"
    " select code_sha256, role, made_at, ends_at, used_at from old_invitations order by made_at",
    "drop table old_invitations",
    """
    create table bound_groups (
        chat_id integer primary key,
        level integer not null check (level in (1, 2)),
        bound_by text not null,
        bound_at text not null
    ) strict
    """,
)
