"""The buttons of the ledger's list: pages, states, and what else it is narrowed to.

A button carries the whole narrowing, so that turning a page keeps it. Names would not fit into
Telegram's 64 bytes; their checksums do, and are looked up among the names that the ledger knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.ledger_lists import Page
from bot.telegram.keyboards import turns
from bot.telegram.opinions.keyboards import button, code_of, files_of, opening
from corpus.ledger.opinion import PromiseKind, State
from corpus.ledger.wanted import Standing, Wanted
from corpus.messages import say

_NARROWED = r"([\d-])([\d-])([\d-])([01]):([0-9a-z]*):(\d*):([0-9a-z.]*)"
LIST = rf"^ol:(\d{{1,15}}):{_NARROWED}$"
CHOOSE = rf"^oc:(dong|department|meeting):{_NARROWED}$"

_Kind = TypeVar("_Kind", bound=StrEnum)

_STATES = (State.RECEIVED, State.TAKEN, State.ASKED, State.ANSWERED, State.CLOSED)
# What somebody shortens may stand for several departments; more than three do not fit.
_DEPARTMENTS = 3
_IN_A_ROW = {"dong": 3, "department": 2, "meeting": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a list can be narrowed to.

    Attributes:
        dong: Neighbourhoods.
        department: Departments.
        meeting: Days of meetings, newest first, ISO 8601.
    """

    dong: Sequence[str]
    department: Sequence[str]
    meeting: Sequence[str]


# -- what a button carries -------------------------------------------------------------------------
def narrowed(parts: Sequence[str], choices: Choices) -> Wanted:
    """What a button says of the list; names that are not known any more are left out.

    Args:
        parts: What the seven groups behind the page found.
        choices: The names that there are.
    """
    state, standing, promise, overdue, dong, since, departments = parts
    codes = departments.split(".") if departments else []
    day = f"{since[:4]}-{since[4:6]}-{since[6:]}" if since else ""
    return Wanted(
        state=_member(State, state),
        standing=_member(Standing, standing),
        promise=_member(PromiseKind, promise),
        overdue=overdue == "1",
        dong=next((one for one in choices.dong if code_of(one) == dong), ""),
        since=day,
        departments=tuple(one for one in choices.department if code_of(one) in codes),
    )


def _carried(wanted: Wanted) -> str:
    kinds = "".join(
        (
            _place(State, wanted.state),
            _place(Standing, wanted.standing),
            _place(PromiseKind, wanted.promise),
            str(int(wanted.overdue)),
        )
    )
    departments = ".".join(code_of(one) for one in wanted.departments[:_DEPARTMENTS])
    dong = code_of(wanted.dong) if wanted.dong else ""
    return f"{kinds}:{dong}:{wanted.since.replace('-', '')}:{departments}"


def _place(kinds: type[StrEnum], chosen: StrEnum | None) -> str:
    return "-" if chosen is None else str(list(kinds).index(chosen))


def _member(kinds: type[_Kind], place: str) -> _Kind | None:
    known = list(kinds)
    return known[int(place)] if place.isdigit() and int(place) < len(known) else None


# -- the buttons -----------------------------------------------------------------------------------
def below_list(
    page: Page, wanted: Wanted, choices: Choices, *, staff: bool
) -> InlineKeyboardMarkup:
    """Numbers to open, pages to turn, and what the list can be narrowed to.

    Args:
        page: The page that is shown.
        wanted: What the list is narrowed to.
        choices: What it can be narrowed to.
        staff: Whether the whole ledger may be taken as a file.
    """
    turn = turns(page.page, page.last, lambda to: _list(wanted, to))
    rows = [*opening(page.opinions), turn, *_stands(wanted), _narrowing(wanted, choices)]
    files = files_of("ledger", "xlsx", "csv", "json").inline_keyboard if staff else ()
    return InlineKeyboardMarkup([row for row in (*rows, *files) if row])


def _stands(wanted: Wanted) -> list[list[InlineKeyboardButton]]:
    anywhere = replace(wanted, state=None, standing=None, promise=None, overdue=False)
    states = [
        _chosen(f"opinion_state.{one}", replace(anywhere, state=one), wanted) for one in _STATES
    ]
    unanswered = replace(anywhere, standing=Standing.UNANSWERED)
    return [
        states[:3],
        [*states[3:], _chosen("opinion.button_overdue", replace(anywhere, overdue=True), wanted)],
        [
            _chosen("opinion.button_unanswered", unanswered, wanted),
            _chosen("opinion.button_all", Wanted(), wanted),
        ],
    ]


def _chosen(key: str, to: Wanted, now: Wanted) -> InlineKeyboardButton:
    mark = say("opinion.chosen") if to == now else ""
    return InlineKeyboardButton(f"{mark}{say(key)}", callback_data=_list(to))


def _narrowing(wanted: Wanted, choices: Choices) -> list[InlineKeyboardButton]:
    return [
        button(f"ledger_by.{what}", f"oc:{what}:{_carried(wanted)}")
        for what in ("dong", "department", "meeting")
        if getattr(choices, what)
    ]


def to_choose(what: str, wanted: Wanted, choices: Choices) -> InlineKeyboardMarkup:
    """A button for each neighbourhood, department or meeting, and one for all of them."""
    names: Sequence[str] = getattr(choices, what)
    buttons = [
        InlineKeyboardButton(name, callback_data=_list(_with(wanted, what, name))) for name in names
    ]
    wide = _IN_A_ROW[what]
    rows = [buttons[at : at + wide] for at in range(0, len(buttons), wide)]
    return InlineKeyboardMarkup(
        [*rows, [button(f"ledger_every.{what}", _list(_with(wanted, what, "")))]]
    )


def _with(wanted: Wanted, what: str, name: str) -> Wanted:
    if what == "dong":
        return replace(wanted, dong=name)
    if what == "meeting":
        return replace(wanted, since=name)
    return replace(wanted, departments=(name,) if name else ())


def _list(wanted: Wanted, page: int = 0) -> str:
    return f"ol:{page}:{_carried(wanted)}"
