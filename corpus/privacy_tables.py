"""Tables of what could not be answered, of what was counted, and of what people have used up."""

from __future__ import annotations

UNANSWERED = (
    # One row a question, however it was worded and however often it was asked.
    """
    create table unanswered (
        id integer primary key autoincrement,
        gist text not null unique,
        question text not null,
        cause text not null check (cause in ('refused', 'unhelpful')),
        state text not null check (state in ('waiting', 'answered', 'dropped')),
        asked integer not null,
        first_at text not null,
        last_at text not null,
        answer text not null default '',
        reason text not null default '',
        closed_at text not null default '',
        revision integer not null default 0
    ) strict
    """,
    "create index unanswered_waiting on unanswered (asked) where state = 'waiting'",
    """
    create table unanswered_askers (
        question_id integer not null references unanswered (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        cause text not null check (cause in ('refused', 'unhelpful')),
        told_at text not null default '',
        primary key (question_id, person_id)
    ) strict
    """,
    "create index unanswered_askers_person on unanswered_askers (person_id)",
    # How many of what a day brought: numbers outlive the questions that they count.
    """
    create table tallies (
        day text not null,
        what text not null check (what in ('answered', 'refused', 'helpful', 'unhelpful')),
        count integer not null,
        primary key (day, what)
    ) strict
    """,
)

PRIVACY = (
    # When a person was told what is kept of them; null until then.
    "alter table people add column informed_at text",
    # What a person or a group has used of an allowance, and whether they were told that it is up.
    """
    create table spending (
        payer text not null,
        what text not null,
        began text not null,
        count integer not null,
        told integer not null default 0 check (told in (0, 1)),
        primary key (payer, what)
    ) strict
    """,
)
