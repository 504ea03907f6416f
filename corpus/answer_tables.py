"""Tables of answers, made anew so that the number of one that was taken out never comes back."""

from __future__ import annotations

# Old messages keep their buttons, and a button knows its answer by the number alone. Taking the
# old tables out takes along what hangs on them, so that is copied first and put back afterwards.
LASTING_NUMBERS = (
    """
    create table new_answers (
        id integer primary key autoincrement,
        conversation text not null,
        question text not null,
        answer text not null,
        visibility integer not null check (visibility in (0, 1, 2)),
        chat_id integer,
        question_message_id integer,
        reply_message_id integer,
        asked_at text not null
    ) strict
    """,
    "insert into new_answers select * from answers",
    """
    create table new_feedback (
        answer_id integer not null references new_answers (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        helpful integer not null check (helpful in (0, 1)),
        given_at text not null,
        primary key (answer_id, person_id)
    ) strict
    """,
    "insert into new_feedback select * from feedback",
    "create table shown_answers as select id, answer_id from outbox where answer_id is not null",
    "drop table feedback",
    "drop table answers",
    "alter table new_answers rename to answers",
    "alter table new_feedback rename to feedback",
    "update outbox set answer_id = shown_answers.answer_id from shown_answers"
    " where outbox.id = shown_answers.id",
    "drop table shown_answers",
    "create index answers_conversation on answers (conversation, id)",
    "create index answers_message on answers (chat_id, question_message_id)",
)
