"""The buttons by which administrators change people; numbers only, with the revision seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.people_cards import invitation_line, role_name
from bot.render import clipped
from bot.telegram.keyboards import turns
from corpus.departments import Department
from corpus.invitations import Invitation
from corpus.messages import say
from corpus.people import Member, Role, SeenPerson
from retrieval.views.dongs import dong_number
from retrieval.views.page import cut

# Patterns by which handlers take their presses: person and revision, then what is chosen.
PEOPLE_PAGE = r"^jl:(\d{1,15})$"
PERSON = r"^jp:(\d{1,15})$"
ROLE_ASKED = r"^jr:(\d{1,15}):(\d{1,15}):([0-4])$"
ROLE_GIVEN = r"^jy:(\d{1,15}):(\d{1,15}):([0-4])$"
TAKE_BACK = r"^ju:(\d{1,15})$"
DEPARTMENTS_OF = r"^jd:(\d{1,15})$"
DEPARTMENT_GIVEN = r"^je:(\d{1,15}):(\d{1,15}):(\d{1,15})$"
DONGS_OF = r"^jg:(\d{1,15}):(\d{1,15})$"
DONG_GIVEN = r"^jt:(\d{1,15}):(\d{1,15}):(\d{1,15}):(\d{1,15})$"
LABEL = r"^jn:(\d{1,15})$"
INVITE = r"^ji$"
INVITE_TO = r"^jk:([0-4])$"
INVITATIONS = r"^jo$"
WITHDRAW = r"^jw:(\d{1,15})$"

ROLES = tuple(Role)
_PEOPLE_IN_A_ROW, _DONGS_IN_A_ROW, DONGS_A_PAGE = 4, 3, 30
_LABEL_LENGTH = 40


def below_people(
    shown: Sequence[Member], page: int, last: int, invitations: int
) -> InlineKeyboardMarkup:
    """A button for each person of a page, the pages, and what else can be done."""
    people = [(_named(one), f"jp:{one.id}") for one in shown]
    more = [(say("people.button_invite"), "ji"), (say("people.button_departments"), "dl")]
    if invitations:
        more.insert(1, (say("people.button_invitations", count=invitations), "jo"))
    pages = turns(page, last, lambda to: f"jl:{to}")
    rows = [*buttons(people, _PEOPLE_IN_A_ROW), pages, *buttons(more, 1)]
    return InlineKeyboardMarkup([row for row in rows if row])


def below_person(member: Member) -> InlineKeyboardMarkup:
    """Roles that the person could have, and duties."""
    seen = f"{member.id}:{member.revision}"
    roles = [
        (
            say("people.button_revoke") if role is Role.CITIZEN else role_name(role),
            f"jr:{seen}:{number}",
        )
        for number, role in enumerate(ROLES)
        if role is not member.role
    ]
    duties = [
        (say("people.button_department"), f"jd:{member.id}"),
        (say("people.button_dongs"), f"jg:{member.id}:0"),
        (say("people.button_label"), f"jn:{member.id}"),
    ]
    back = [(say("people.button_list"), "jl:0")]
    return InlineKeyboardMarkup([*buttons(roles, 2), *buttons(duties, 3), *buttons(back, 1)])


def confirm_role(seen: SeenPerson, role: Role) -> InlineKeyboardMarkup:
    """Yes or no to a new role."""
    yes = (say("people.button_yes"), f"jy:{seen.id}:{seen.revision}:{ROLES.index(role)}")
    return InlineKeyboardMarkup(buttons([yes, (say("people.button_no"), f"jp:{seen.id}")], 2))


def after_change(entry: int, person_id: int) -> InlineKeyboardMarkup:
    """The button that takes a change back, and the one that leads on."""
    undo = (say("review.button_undo"), f"ju:{entry}")
    return InlineKeyboardMarkup(buttons([undo, (say("people.button_card"), f"jp:{person_id}")], 2))


def departments_for(member: Member, known: Sequence[Department]) -> InlineKeyboardMarkup:
    """Departments that a person could belong to."""
    seen = f"{member.id}:{member.revision}"
    choices = [(one.name, f"je:{seen}:{one.id}") for one in known if one.name != member.department]
    if member.department:
        choices.append((say("people.button_no_department"), f"je:{seen}:0"))
    choices.append((say("people.button_card"), f"jp:{member.id}"))
    return InlineKeyboardMarkup(buttons(choices, 2))


def dongs_for(member: Member, known: Sequence[str], page: int) -> InlineKeyboardMarkup:
    """Neighbourhoods to tick for a person, a page of them."""
    return tick_dongs(
        known,
        member.dongs,
        page,
        tick=lambda number: f"jt:{member.id}:{member.revision}:{number}:{page}",
        turn=lambda to: f"jg:{member.id}:{to}",
        back=(say("people.button_card"), f"jp:{member.id}"),
    )


def invite_to() -> InlineKeyboardMarkup:
    """Roles that somebody can be invited to."""
    roles = [
        (role_name(role), f"jk:{number}")
        for number, role in enumerate(ROLES)
        if role is not Role.CITIZEN
    ]
    return InlineKeyboardMarkup(buttons([*roles, (say("people.button_list"), "jl:0")], 2))


def below_invitation(number: int) -> InlineKeyboardMarkup:
    """The button that withdraws a new invitation."""
    return InlineKeyboardMarkup(buttons([(say("people.button_withdraw"), f"jw:{number}")], 1))


def below_invitations(found: Sequence[Invitation]) -> InlineKeyboardMarkup:
    """A button for each open invitation, which withdraws it."""
    choices = [
        (say("people.button_withdraw_one", what=invitation_line(one)), f"jw:{one.id}")
        for one in found
    ]
    return InlineKeyboardMarkup(buttons([*choices, (say("people.button_list"), "jl:0")], 1))


def tick_dongs(
    known: Sequence[str],
    ticked: Sequence[str],
    page: int,
    *,
    tick: Callable[[int], str],
    turn: Callable[[int], str],
    back: tuple[str, str],
) -> InlineKeyboardMarkup:
    """Neighbourhoods to tick, a page of them.

    Args:
        known: All that can be ticked.
        ticked: Those that are, also some that no paper speaks of any more.
        page: Which page, from 0.
        tick: What the button of a neighbourhood says, by its number.
        turn: What the button to a page says.
        back: Label and data of the button that leads back.
    """
    all_of = [*known, *(dong for dong in ticked if dong not in known)]
    shown, page, last = cut(all_of, page, DONGS_A_PAGE)
    marks = [(f"✔ {dong}" if dong in ticked else dong, tick(dong_number(dong))) for dong in shown]
    rows = [*buttons(marks, _DONGS_IN_A_ROW), turns(page, last, turn), *buttons([back], 1)]
    return InlineKeyboardMarkup([row for row in rows if row])


def _named(member: Member) -> str:
    return clipped(" ".join(filter(None, (str(member.id), member.label or member.department))), 20)


def buttons(choices: Sequence[tuple[str, str]], width: int) -> list[list[InlineKeyboardButton]]:
    """Buttons by label and data, so many in a row."""
    made = [
        InlineKeyboardButton(clipped(label, _LABEL_LENGTH), callback_data=data)
        for label, data in choices
    ]
    return [made[at : at + width] for at in range(0, len(made), width)]
