"""Tables of the ledger of opinions."""

from __future__ import annotations

LEDGER = (
    # A person who has blocked the bot is not written to until they write again.
    "alter table people add column blocked_at text",
    """
    create table opinions (
        id integer primary key autoincrement,
        year integer not null,
        ordinal integer not null,
        number text not null unique,
        origin text not null check (origin in ('chat', 'paper')),
        private integer not null default 0 check (private in (0, 1)),
        state text not null,
        revision integer not null default 0,
        visibility integer not null check (visibility in (0, 1, 2)),
        text text not null,
        published text not null default '',
        published_reply text not null default '',
        author_id integer references people (id) on delete set null,
        author_name text not null default '',
        anonymous integer not null default 0 check (anonymous in (0, 1)),
        pseudonym text not null default '',
        contact text not null default '',
        dong text not null default '',
        programme text not null default '',
        agenda text not null default '',
        topic text not null default '',
        department text not null default '',
        chat_id integer,
        message_id integer,
        link text not null default '',
        raised_at text not null,
        taken_by text not null default '',
        merged_into integer references opinions (id),
        promise text not null default '',
        due text not null default '',
        meeting text not null default '',
        promised_at text not null default '',
        chased_on text not null default '',
        unique (year, ordinal)
    ) strict
    """,
    "create index opinions_author on opinions (author_id) where author_id is not null",
    "create index opinions_state on opinions (state)",
    "create index opinions_merged on opinions (merged_into) where merged_into is not null",
    # One message of a chat is one opinion, however often its update comes.
    "create unique index opinions_message on opinions (chat_id, message_id)"
    " where message_id is not null",
    # By what an opinion of a paper is known again when the paper comes in anew.
    """
    create table opinion_sources (
        opinion_id integer primary key references opinions (id),
        source text not null,
        document text not null,
        title text not null,
        digest text not null,
        record_id integer references records (id) on delete set null,
        reply_record_id integer references records (id) on delete set null
    ) strict
    """,
    "create index opinion_sources_source on opinion_sources (source)",
    "create index opinion_sources_document on opinion_sources (document)",
    "create index opinion_sources_record on opinion_sources (record_id)",
    "create index opinion_sources_reply on opinion_sources (reply_record_id)",
    """
    create table opinion_replies (
        id integer primary key autoincrement,
        opinion_id integer not null references opinions (id),
        version integer not null,
        at text not null,
        person text not null,
        department text not null,
        text text not null,
        promise text not null,
        due text not null,
        meeting text not null,
        unique (opinion_id, version)
    ) strict
    """,
    # Private notes of staff, questions back, and their answers.
    """
    create table opinion_notes (
        id integer primary key autoincrement,
        opinion_id integer not null references opinions (id),
        at text not null,
        person text not null,
        kind text not null check (kind in ('note', 'question', 'answer')),
        text text not null
    ) strict
    """,
    "create index opinion_notes_opinion on opinion_notes (opinion_id)",
    """
    create table opinion_feedback (
        opinion_id integer not null references opinions (id),
        person_id integer not null references people (id) on delete cascade,
        version integer not null,
        helpful integer not null check (helpful in (0, 1)),
        given_at text not null,
        primary key (opinion_id, person_id)
    ) strict
    """,
    # Who did what, when, from which state to which. Holds no words of people, so it is never cut.
    """
    create table opinion_history (
        id integer primary key autoincrement,
        opinion_id integer not null references opinions (id),
        at text not null,
        person text not null,
        action text not null,
        before text not null,
        after text not null,
        details text not null
    ) strict
    """,
    "create index opinion_history_opinion on opinion_history (opinion_id)",
    """
    create trigger opinion_history_stays before update on opinion_history begin
        select raise(abort, 'the history is only ever added to');
    end
    """,
    """
    create trigger opinion_history_is_kept before delete on opinion_history begin
        select raise(abort, 'the history is only ever added to');
    end
    """,
    # A number once given is never given again, so no opinion is ever taken out.
    """
    create trigger opinions_are_kept before delete on opinions begin
        select raise(abort, 'numbers of the ledger have no gaps');
    end
    """,
    # What a paper says is seen by whoever sees the paper.
    """
    create trigger opinions_follow_papers after update of visibility on documents begin
        update opinions set visibility = new.visibility where origin = 'paper' and id in
            (select opinion_id from opinion_sources where source = new.source);
    end
    """,
    # Derived: the words by which an opinion is found.
    "create virtual table opinion_terms using fts5 (body)",
    "create virtual table opinion_words using fts5vocab (opinion_terms, row)",
    # -- around the ledger -----------------------------------------------------------------------
    """
    create table opinion_drafts (
        id integer primary key autoincrement,
        person_id integer not null references people (id) on delete cascade,
        author_id integer references people (id) on delete cascade,
        author_name text not null,
        chat_id integer not null,
        message_id integer,
        link text not null,
        fields text not null,
        opinion_id integer references opinions (id),
        made_at text not null
    ) strict
    """,
    "create index opinion_drafts_person on opinion_drafts (person_id)",
    "create table chores (name text primary key, due_at text not null) strict",
)
