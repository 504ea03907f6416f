"""The buttons by which administrators change departments; numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.telegram.people.keyboards import buttons, tick_dongs
from corpus.departments import Department, Word
from corpus.messages import say

# Patterns by which handlers take their presses: department and revision, then what is chosen.
DEPARTMENTS = r"^dl$"
DEPARTMENT = r"^dc:(\d{1,15})$"
NEW_DEPARTMENT = r"^dn$"
DEPARTMENT_TYPED = r"^dt:(name|alias|topic):(\d{1,15})$"
DEPARTMENT_DONGS = r"^dg:(\d{1,15}):(\d{1,15})$"
DEPARTMENT_DONG = r"^dx:(\d{1,15}):(\d{1,15}):(\d{1,15}):(\d{1,15})$"
REMOVAL_ASKED = r"^dr:(\d{1,15}):(\d{1,15})$"
REMOVED = r"^dy:(\d{1,15}):(\d{1,15})$"


def below_departments(known: Sequence[Department]) -> InlineKeyboardMarkup:
    """A button for each department, one for a new one, and the way back to people."""
    choices = [(one.name, f"dc:{one.id}") for one in known]
    more = [(say("department.button_new"), "dn"), (say("people.button_list"), "jl:0")]
    return InlineKeyboardMarkup([*buttons(choices, 2), *buttons(more, 2)])


def below_department(department: Department) -> InlineKeyboardMarkup:
    """What can be changed about a department."""
    number = department.id
    choices = [
        (say("department.button_name"), f"dt:name:{number}"),
        (say("department.button_alias"), f"dt:alias:{number}"),
        (say("department.button_dong"), f"dg:{number}:0"),
        (say("department.button_topic"), f"dt:topic:{number}"),
        (say("department.button_remove"), f"dr:{number}:{department.revision}"),
        (say("department.button_list"), "dl"),
    ]
    return InlineKeyboardMarkup(buttons(choices, 2))


def confirm_removal(department: Department) -> InlineKeyboardMarkup:
    """Yes or no to taking a department out."""
    yes = (say("department.button_remove"), f"dy:{department.id}:{department.revision}")
    return InlineKeyboardMarkup(buttons([yes, (say("people.button_no"), f"dc:{department.id}")], 2))


def dongs_of_department(
    department: Department, known: Sequence[str], page: int
) -> InlineKeyboardMarkup:
    """Neighbourhoods to tick for a department, a page of them."""
    seen = f"{department.id}:{department.revision}"
    return tick_dongs(
        known,
        department.words[Word.DONG],
        page,
        tick=lambda number: f"dx:{seen}:{number}:{page}",
        turn=lambda to: f"dg:{department.id}:{to}",
        back=(say("department.button_card"), f"dc:{department.id}"),
    )
