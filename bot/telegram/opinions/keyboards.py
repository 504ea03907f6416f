"""The buttons of opinions; they carry row numbers and revisions, never words."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from corpus.ledger.changes import STEPS, Action, SeenOpinion
from corpus.ledger.opinion import Opinion, PromiseKind
from corpus.messages import say

# Patterns by which handlers take their presses.
DRAFT = r"^od:([a-z]+):(\d{1,15})$"
STAFF = r"^os:([a-z]+):(\d{1,15}):(\d{1,15})$"
PROMISE = r"^ok:([a-z_]+):(\d{1,15}):(\d{1,15})$"
SUGGEST = r"^og:(\d{1,15}):(\d{1,15})$"
SUGGESTED = r"^oq:([a-z_]+):(\d{1,15})$"
TYPING = r"^ot:([a-z]+)$"
AUTHOR = r"^oa:([a-z]+):(\d{1,15})$"
HELP = r"^oh:([a-z]+)$"
FORGET = r"^of:([a-z]+)$"

EXPORT = r"^ox:(ledger|actions):(xlsx|csv|json|docx)$"

HISTORY = "history"
PICK = r"^op:([0-9a-z]+)$"

_IN_A_ROW = 4
_PICKS = 2
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_STEPS = (
    (Action.TAKE, Action.ASSIGN, Action.MERGE),
    (Action.ASK, Action.ANSWER, Action.NOTE),
    (Action.PUBLISH, Action.CLOSE, Action.REOPEN),
)


def below_draft(draft_id: int, *, contact: bool, offered: bool) -> InlineKeyboardMarkup:
    """Buttons of a draft.

    Args:
        draft_id: Its row.
        contact: Whether a contact may be left: nowhere where others read it.
        offered: Whether nobody asked for it, so that it may have been a question.
    """
    rows = [
        [button("opinion.button_record", f"od:record:{draft_id}")],
        [
            button("opinion.button_correct", f"od:correct:{draft_id}"),
            button("opinion.button_anonymous", f"od:anonymous:{draft_id}"),
        ],
        [button("opinion.button_cancel", f"od:cancel:{draft_id}")],
    ]
    if contact:
        rows.insert(2, [button("opinion.button_contact", f"od:contact:{draft_id}")])
    if offered:
        rows[-1].append(button("opinion.button_question", f"od:question:{draft_id}"))
    return InlineKeyboardMarkup(rows)


def below_receipt(opinion_id: int) -> InlineKeyboardMarkup:
    """The button by which an author takes an opinion back."""
    return InlineKeyboardMarkup([[button("opinion.button_withdraw", f"oa:withdraw:{opinion_id}")]])


def below_reply(opinion_id: int) -> InlineKeyboardMarkup:
    """Buttons by which an author says whether a reply helped."""
    return InlineKeyboardMarkup(
        [
            [
                button("opinion.button_helped", f"oa:helped:{opinion_id}"),
                button("opinion.button_unhelped", f"oa:unhelped:{opinion_id}"),
            ]
        ]
    )


def below_own(opinion: Opinion) -> InlineKeyboardMarkup | None:
    """What an author can do with an opinion as it stands: answer, judge the reply, take it back."""
    rows: list[Sequence[InlineKeyboardButton]] = []
    if opinion.state in STEPS[Action.RESPOND]:
        rows += below_question(opinion.id).inline_keyboard
    if opinion.promised_at:
        rows += below_reply(opinion.id).inline_keyboard
    if opinion.state in STEPS[Action.WITHDRAW]:
        rows += below_receipt(opinion.id).inline_keyboard
    return InlineKeyboardMarkup(rows) if rows else None


def below_question(opinion_id: int) -> InlineKeyboardMarkup:
    """The button by which an author answers a question of staff."""
    return InlineKeyboardMarkup([[button("opinion.button_respond", f"oa:respond:{opinion_id}")]])


def below_staff(opinion: Opinion, viewer: str, *, drafts: bool) -> InlineKeyboardMarkup:
    """The steps that an opinion's state allows, and its history.

    Args:
        opinion: The opinion.
        viewer: Key of who looks at it; nobody takes what they have.
        drafts: Whether a chat model drafts replies.
    """
    rows = []
    for group in _STEPS:
        actions = [one for one in group if opinion.state in STEPS[one]]
        if opinion.taken_by and opinion.taken_by == viewer:
            actions = [one for one in actions if one is not Action.TAKE]
        if opinion.private:
            actions = [one for one in actions if one not in {Action.PUBLISH, Action.MERGE}]
        row = [_step(_shown(action, opinion), opinion) for action in actions]
        if row:
            rows.append(row)
    if drafts and not opinion.private and opinion.state in STEPS[Action.ANSWER]:
        rows.append([button("draft.button_reply", f"og:{opinion.id}:{opinion.revision}")])
    last = [button("opinion.button_history", f"os:{HISTORY}:{opinion.id}:0")]
    if opinion.published_by_staff and opinion.state in STEPS[Action.PUBLISH]:
        data = f"os:{Action.PUBLISH}:{opinion.id}:{opinion.revision}"
        waits = opinion.reply_unpublished
        key = "opinion.button_publish_reply" if waits else "opinion.button_republish"
        last.insert(0, button(key, data))
    return InlineKeyboardMarkup([*rows, last])


def _step(action: Action, opinion: Opinion) -> InlineKeyboardButton:
    data = f"os:{action}:{opinion.id}:{opinion.revision}"
    return button(f"opinion_action.{action}", data)


def _shown(action: Action, opinion: Opinion) -> Action:
    concealed = action is Action.PUBLISH and opinion.published_by_staff
    return Action.CONCEAL if concealed else action


def promises(seen: SeenOpinion) -> InlineKeyboardMarkup:
    """A button for each kind of promise."""
    return _kinds(lambda kind: f"ok:{kind}:{seen.id}:{seen.revision}")


def suggested(seen: SeenOpinion) -> InlineKeyboardMarkup:
    """As `promises`, for the reply that was drafted."""
    return _kinds(lambda kind: f"oq:{kind}:{seen.id}")


def _kinds(data: Callable[[PromiseKind], str]) -> InlineKeyboardMarkup:
    buttons = [button(f"promise.{kind}", data(kind)) for kind in PromiseKind]
    return InlineKeyboardMarkup(
        [buttons[:3], buttons[3:], [button("review.button_stop", "ot:stop")]]
    )


def typing(*words: str, picks: Sequence[tuple[str, str]] = ()) -> InlineKeyboardMarkup:
    """Buttons below a step of something that is being typed: what is usual, and to stop.

    Args:
        words: Keys of `[opinion_typing]` in `corpus/messages.toml`.
        picks: What may be chosen instead of typing: the label, and a code of letters and digits.
    """
    chosen = [InlineKeyboardButton(label, callback_data=f"op:{code}") for label, code in picks]
    rows = [chosen[at : at + _PICKS] for at in range(0, len(chosen), _PICKS)]
    rows += [[button(f"opinion_typing.{word}", f"ot:{word}")] for word in words]
    return InlineKeyboardMarkup([*rows, [button("review.button_stop", "ot:stop")]])


def code_of(name: str) -> str:
    """A code of at most seven letters and digits for a name that would not fit into a button.

    >>> code_of("가람2동") == code_of("가람2동") != code_of("가람3동")
    True
    """
    number, code = zlib.crc32(name.encode()), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        code = _DIGITS[digit] + code
    return code


def help_offered() -> InlineKeyboardMarkup:
    """Buttons for whoever asks for help for themselves."""
    return InlineKeyboardMarkup(
        [[button("need.button_counter", "oh:counter")], [button("need.button_pass", "oh:pass")]]
    )


def to_open(opinions: Sequence[Opinion]) -> InlineKeyboardMarkup:
    """A button for each opinion that opens it."""
    return InlineKeyboardMarkup(opening(opinions))


def opening(opinions: Sequence[Opinion]) -> list[list[InlineKeyboardButton]]:
    """Rows of buttons that open opinions."""
    buttons = [
        InlineKeyboardButton(one.number.partition("-")[2], callback_data=f"os:open:{one.id}:0")
        for one in opinions
    ]
    return [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]


def files_of(what: str, *kinds: str) -> InlineKeyboardMarkup:
    """Buttons that send a file of `ledger` or `actions`."""
    row = [button(f"ledger_button.{kind}", f"ox:{what}:{kind}") for kind in kinds]
    return InlineKeyboardMarkup([row])


def forget_asked() -> InlineKeyboardMarkup:
    """Buttons below the question whether everything is to be erased."""
    return InlineKeyboardMarkup(
        [[button("opinion.button_forget", "of:yes"), button("review.button_stop", "of:no")]]
    )


def button(key: str, data: str) -> InlineKeyboardButton:
    """A button by the key of its label and what it says when pressed."""
    return InlineKeyboardButton(say(key), callback_data=data)
