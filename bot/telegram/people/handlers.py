"""The handlers of people, invitations and departments, as the channel lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, ChatMemberHandler

from bot.telegram.addressing import Addressing
from bot.telegram.auditing import AUDIT_FILE, Auditing
from bot.telegram.binding import BIND, Binding
from bot.telegram.dialogues import Dialogues
from bot.telegram.people import department_keyboards, keyboards
from bot.telegram.people.appointing import Appointing
from bot.telegram.people.departments import DepartmentDesk
from bot.telegram.people.inviting import Inviting
from bot.telegram.people.office import Office
from bot.telegram.people.typing import Typing
from bot.telegram.pressed import Take, press_handlers

_Handlers = list[BaseHandler[Update, Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleHandlers:
    """The handlers of people by what they take.

    Attributes:
        presses: Buttons.
        hear: Takes what is typed in a dialogue.
        groups: What takes that the bot was taken out of a group.
        commands: What takes `/people`, `/departments`, `/bind` and `/audit`, by name.
    """

    presses: _Handlers
    hear: Take
    groups: _Handlers
    commands: Mapping[str, Take]


def people_handlers(office: Office, addressing: Addressing, dialogues: Dialogues) -> PeopleHandlers:
    """Everything that takes an update about people.

    Args:
        office: Where administrators work.
        addressing: Tells what follows a command.
        dialogues: Talks of several messages.
    """
    appointing, inviting = Appointing(office, addressing), Inviting(office)
    departments, typing = DepartmentDesk(office), Typing(office, dialogues)
    binding, auditing = Binding(office.desk, addressing), Auditing(office)
    return PeopleHandlers(
        presses=press_handlers(
            _of_people(appointing, inviting)
            | _of_departments(departments, typing)
            | {BIND: binding.press, AUDIT_FILE: auditing.press}
        ),
        hear=typing.hear,
        groups=[ChatMemberHandler(binding.removed, ChatMemberHandler.MY_CHAT_MEMBER)],
        commands={
            "people": appointing.list,
            "departments": departments.list,
            "bind": binding.show,
            "audit": auditing.show,
        },
    )


def _of_people(appointing: Appointing, inviting: Inviting) -> dict[str, Take]:
    return {
        keyboards.PEOPLE_PAGE: appointing.turn,
        keyboards.PERSON: appointing.open,
        keyboards.ROLE_ASKED: appointing.ask_role,
        keyboards.ROLE_GIVEN: appointing.give_role,
        keyboards.TAKE_BACK: appointing.undo,
        keyboards.DEPARTMENTS_OF: appointing.departments,
        keyboards.DEPARTMENT_GIVEN: appointing.give_department,
        keyboards.DONGS_OF: appointing.dongs,
        keyboards.DONG_GIVEN: appointing.tick,
        keyboards.INVITE: inviting.choose,
        keyboards.INVITE_TO: inviting.invite,
        keyboards.INVITATIONS: inviting.list,
        keyboards.WITHDRAW: inviting.withdraw,
    }


def _of_departments(departments: DepartmentDesk, typing: Typing) -> dict[str, Take]:
    return {
        keyboards.LABEL: typing.label,
        department_keyboards.DEPARTMENTS: departments.list,
        department_keyboards.DEPARTMENT: departments.open,
        department_keyboards.NEW_DEPARTMENT: typing.new,
        department_keyboards.DEPARTMENT_TYPED: typing.word,
        department_keyboards.DEPARTMENT_DONGS: departments.dongs,
        department_keyboards.DEPARTMENT_DONG: departments.tick,
        department_keyboards.REMOVAL_ASKED: departments.ask_removal,
        department_keyboards.REMOVED: departments.remove,
    }
