"""Tables of meetings: plan, notes with editions and attachments, attendance, reminders, minutes."""

from __future__ import annotations

MEETINGS = (
    """
    create table meetings (
        id integer primary key autoincrement,
        council text not null default '',
        body text not null,
        year integer not null,
        number integer not null,
        held_on text not null default '',
        begins text not null default '',
        ends text not null default '',
        place text not null default '',
        department text not null default '',
        recorder text not null default '',
        members integer not null default 0,
        state text not null default 'planned' check (state in ('planned', 'open', 'closed')),
        visibility integer not null check (visibility in (0, 1, 2)),
        made_by integer references people (id) on delete set null,
        made_at text not null,
        closed_at text not null default '',
        unique (body, year, number)
    ) strict
    """,
    """
    create table meeting_items (
        meeting_id integer not null references meetings (id) on delete cascade,
        number integer not null,
        title text not null,
        note_id integer,
        primary key (meeting_id, number)
    ) strict
    """,
    """
    create table expected_members (
        meeting_id integer not null references meetings (id) on delete cascade,
        ordinal integer not null,
        role text not null,
        name text not null,
        primary key (meeting_id, ordinal)
    ) strict
    """,
    """
    create table attendance_replies (
        meeting_id integer not null references meetings (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        coming integer not null check (coming in (0, 1)),
        said_at text not null,
        primary key (meeting_id, person_id)
    ) strict
    """,
    # Where notes are taken: a group's topic, or somebody's private chat.
    """
    create table note_places (
        chat_id integer not null,
        thread integer not null,
        meeting_id integer not null references meetings (id) on delete cascade,
        primary key (chat_id, thread)
    ) strict
    """,
    """
    create table meeting_notes (
        id integer primary key autoincrement,
        meeting_id integer not null references meetings (id) on delete cascade,
        kind text not null,
        text text not null,
        item integer,
        answers integer references meeting_notes (id) on delete set null,
        late integer not null default 0 check (late in (0, 1)),
        attachment text not null default '',
        author_id integer references people (id) on delete set null,
        chat_id integer,
        message_id integer,
        thread integer not null default 0,
        made_at text not null,
        deleted_at text not null default '',
        unique (chat_id, message_id)
    ) strict
    """,
    "create index meeting_notes_meeting on meeting_notes (meeting_id, id)",
    # What a note said before it was edited.
    """
    create table note_editions (
        note_id integer not null references meeting_notes (id) on delete cascade,
        ordinal integer not null,
        kind text not null,
        text text not null,
        until text not null,
        primary key (note_id, ordinal)
    ) strict
    """,
    """
    create table minutes (
        id integer primary key autoincrement,
        meeting_id integer not null references meetings (id) on delete cascade,
        ordinal integer not null,
        content text not null,
        corrected text not null default '[]',
        reason text not null,
        person text not null,
        made_at text not null,
        state text not null check (state in ('draft', 'submitted', 'returned', 'approved')),
        remark text not null default '',
        decided_by text not null default '',
        decided_at text not null default '',
        unique (meeting_id, ordinal)
    ) strict
    """,
    """
    create trigger approved_minutes_stay before update on minutes
    when old.state = 'approved' begin
        select raise(abort, 'approved minutes are never changed');
    end
    """,
    """
    create trigger approved_minutes_are_kept before delete on minutes
    when old.state = 'approved' begin
        select raise(abort, 'approved minutes are never deleted');
    end
    """,
    # What a message shows, by which a reply to it is understood: `note:3`, `part:2:head`.
    "alter table outbox add column about text not null default ''",
)

REMINDERS = (
    # Who wants to be reminded of a meeting.
    """
    create table reminder_wishes (
        meeting_id integer not null references meetings (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        primary key (meeting_id, person_id)
    ) strict
    """,
    # Reminders that are sent, or that were over before somebody wished for them. A meeting that is
    # put off to another day is reminded of anew.
    """
    create table reminders (
        meeting_id integer not null references meetings (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        held_on text not null,
        days integer not null,
        primary key (meeting_id, person_id, held_on, days)
    ) strict
    """,
)

# What hangs on a note: the messenger's key to it, and, once it has been fetched, the SHA-256 by
# which the store keeps its bytes.
ATTACHMENTS = (
    """
    create table note_attachments (
        note_id integer primary key references meeting_notes (id) on delete cascade,
        name text not null,
        file_id text not null,
        bytes integer not null,
        sha256 text not null default ''
    ) strict
    """,
    "insert into note_attachments (note_id, name, file_id, bytes)"
    " select id, substr(attachment, 1, instr(attachment, char(9)) - 1),"
    " substr(attachment, instr(attachment, char(9)) + 1), 0"
    " from meeting_notes where instr(attachment, char(9)) > 0",
    "alter table meeting_notes drop column attachment",
)
