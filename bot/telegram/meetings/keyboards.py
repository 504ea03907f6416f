"""The buttons of meetings, notes and minutes; row numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import clipped
from corpus.meetings.meeting import Item, Meeting, NoteKind, State
from corpus.meetings.minutes import Discussed
from corpus.messages import say
from corpus.types import Visibility

SHOW = r"^mm:(\d{1,15})$"
NEW = r"^mw$"
SAVE_PLAN = r"^ms$"
OPEN = r"^mo:(\d{1,15})$"
LEAVE = r"^ml:(\d{1,15})$"
CLOSE = r"^mz:(\d{1,15})$"
CALL = r"^mc:(\d{1,15})$"
COMING = r"^ma:(\d{1,15}):([01])$"
REMIND = r"^mr:(\d{1,15})$"
PACK = r"^mb:(\d{1,15})$"
MINUTES = r"^mi:(\d{1,15})$"
KINDS = r"^nk:(\d{1,15})$"
KIND = r"^nk:(\d{1,15}):(\d)$"
ITEMS = r"^ni:(\d{1,15})$"
ITEM = r"^ni:(\d{1,15}):(\d{1,15})$"
DELETE = r"^nd:(\d{1,15})$"
RESTORE = r"^nr:(\d{1,15})$"
LET_IN = r"^nl:(\d{1,15})$"
FETCH = r"^nf:(\d{1,15})$"
SEND_ATTACHED = r"^vx:(\d{1,15})$"
SUBMIT = r"^vs:(\d{1,15})$"
FILES = r"^vf:(\d{1,15})$"
APPROVE = r"^va:(\d{1,15})$"
RETURN = r"^vr:(\d{1,15})$"
SUGGEST = r"^y([gs]):(\d{1,15})(?::(\d{1,15}))?$"
ACCEPT = r"^ya:(\d{1,15}):(\d{1,15})$"
FILE_AT = r"^vl:(\d{1,15}):([012])$"

_LABEL = 50
_KINDS = tuple(NoteKind)
_LEVELS = (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.STAFF)


def kind_of(ordinal: int) -> NoteKind:
    """The kind that a button's number stands for."""
    return _KINDS[ordinal % len(_KINDS)]


def meetings(found: Sequence[Meeting], *, private: bool) -> InlineKeyboardMarkup | None:
    """A button for each meeting, and in private one for a new one."""
    rows = [[(clipped(one.plan.title, _LABEL), f"mm:{one.id}")] for one in found]
    if private:
        rows.append([(say("meeting.button_new"), "mw")])
    return _markup(rows)


def made(meeting_id: int, title: str) -> InlineKeyboardMarkup | None:
    """The button of a meeting that has just been written down."""
    return _markup([[(clipped(title, _LABEL), f"mm:{meeting_id}")]])


def below_plan() -> InlineKeyboardMarkup | None:
    """Save a plan, or not."""
    return _markup([[(say("meeting.button_save"), "ms"), (say("review.button_stop"), "rx")]])


def below_meeting(meeting: Meeting, *, here: bool, drafts: bool) -> InlineKeyboardMarkup | None:
    """What can be done with a meeting.

    Args:
        meeting: The meeting.
        here: Whether its notes are taken where the buttons are shown.
        drafts: Whether a chat model drafts the gist of it there.
    """
    number = meeting.id
    rows: list[list[tuple[str, str]]] = []
    if meeting.state is not State.CLOSED:
        first = (
            (say("meeting.button_leave"), f"ml:{number}")
            if here
            else (say("meeting.button_open"), f"mo:{number}")
        )
        rows.append([first])
        rows.append(
            [(say("meeting.button_call"), f"mc:{number}")]
            + (
                [(say("meeting.button_close"), f"mz:{number}")]
                if meeting.state is State.OPEN
                else []
            )
        )
    rows.append(
        [
            (say("meeting.button_minutes"), f"mi:{number}"),
            (say("meeting.button_pack"), f"mb:{number}"),
        ]
    )
    if drafts and meeting.state is not State.PLANNED:
        rows.append([(say("draft.button_gist"), f"yg:{number}")])
    return _markup(rows)


def below_call(meeting_id: int) -> InlineKeyboardMarkup | None:
    """Whether somebody comes, whether they want to be reminded, and what to read before."""
    return _markup(
        [
            [
                (say("meeting.button_coming"), f"ma:{meeting_id}:1"),
                (say("meeting.button_not_coming"), f"ma:{meeting_id}:0"),
            ],
            [
                (say("meeting.button_remind"), f"mr:{meeting_id}"),
                (say("meeting.button_pack"), f"mb:{meeting_id}"),
            ],
        ]
    )


def below_note(note_id: int, *, late: bool, unfetched: bool = False) -> InlineKeyboardMarkup | None:
    """What can be done with a note."""
    rows = [
        [
            (say("note.button_kind"), f"nk:{note_id}"),
            (say("note.button_item"), f"ni:{note_id}"),
            (say("note.button_delete"), f"nd:{note_id}"),
        ]
    ]
    if late:
        rows.insert(0, [(say("note.button_let_in"), f"nl:{note_id}")])
    if unfetched:
        rows.insert(0, [(say("note.button_fetch"), f"nf:{note_id}")])
    return _markup(rows)


def kinds(note_id: int) -> InlineKeyboardMarkup | None:
    """A button for each kind of note."""
    buttons = [
        (say(f"note_kind.{kind}"), f"nk:{note_id}:{ordinal}") for ordinal, kind in enumerate(_KINDS)
    ]
    return _markup([buttons[at : at + 4] for at in range(0, len(buttons), 4)])


def items(note_id: int, found: Sequence[Item]) -> InlineKeyboardMarkup | None:
    """A button for each agenda item."""
    return _markup([[(_item(one), f"ni:{note_id}:{one.number}")] for one in found])


def _item(item: Item | Discussed) -> str:
    line = say("form.agenda_line", number=item.number, title=item.title)
    return clipped(line if item.number else item.title, _LABEL)


def restore(note_id: int) -> InlineKeyboardMarkup | None:
    """Bring a deleted note back."""
    return _markup([[(say("note.button_restore"), f"nr:{note_id}")]])


def below_draft(
    edition_id: int, *, attached: int = 0, suggests: int = 0
) -> InlineKeyboardMarkup | None:
    """What staff can do with a draft.

    Args:
        edition_id: The draft.
        attached: The meeting where something hangs on its notes; 0 where nothing does.
        suggests: The meeting of which a chat model drafts parts; 0 without one.
    """
    rows = [
        [
            (say("minutes.button_submit"), f"vs:{edition_id}"),
            (say("minutes.button_files"), f"vf:{edition_id}"),
        ]
    ]
    if attached:
        rows.append([(say("minutes.button_attached"), f"vx:{attached}")])
    if suggests:
        rows.append(
            [
                (say("draft.button_gist"), f"yg:{suggests}"),
                (say("draft.button_sentences"), f"ys:{suggests}"),
            ]
        )
    return _markup(rows)


def suggestions(
    kind: str, meeting_id: int, found: Sequence[Discussed]
) -> InlineKeyboardMarkup | None:
    """A button for each item of which a draft can be written."""
    return _markup([[(_item(one), f"y{kind}:{meeting_id}:{one.number}")] for one in found])


def below_suggested(meeting_id: int, number: int) -> InlineKeyboardMarkup | None:
    """Put a draft of an item into the minutes."""
    return _markup([[(say("draft.button_accept"), f"ya:{meeting_id}:{number}")]])


def below_submitted(edition_id: int) -> InlineKeyboardMarkup | None:
    """What the chair can do with minutes."""
    return _markup(
        [
            [
                (say("minutes.button_approve"), f"va:{edition_id}"),
                (say("minutes.button_return"), f"vr:{edition_id}"),
            ]
        ]
    )


def levels(edition_id: int) -> InlineKeyboardMarkup | None:
    """Who may see approved minutes."""
    return _markup(
        [
            [
                (say(f"visibility.{level.name.lower()}"), f"vl:{edition_id}:{int(level)}")
                for level in _LEVELS
            ]
        ]
    )


def _markup(rows: Sequence[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    )
