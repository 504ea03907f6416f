"""People, invitations and departments as lines that administrators read, in every channel."""

from __future__ import annotations

from bot.access import audience_of
from corpus.departments import Department, Word
from corpus.invitations import VALID, Invitation
from corpus.messages import level_name, say
from corpus.people import Member, Role

BOT_NAME = "bot_username"
"""Setting under which the store keeps what Telegram calls the bot, for links."""


def role_name(role: Role) -> str:
    """What a role is called."""
    return say(f"role.{role}")


def person_line(member: Member) -> str:
    """A person in a line: number, role, duties, what administrators call them."""
    return _line(str(member.id), role_name(member.role), member.label, *_duties(member))


def person_text(member: Member) -> str:
    """A person as a card: role and what it sees, department, neighbourhoods, since when."""
    lines = [
        say("people.card", number=member.id, label=member.label).strip(),
        say("people.card_role", role=role_name(member.role), level=_sees(member.role)),
        say("people.card_department", name=member.department or say("people.none")),
        say("people.card_dongs", names=", ".join(member.dongs) or say("people.none")),
        say("people.card_met", day=member.met_at[:10]),
    ]
    return "\n".join(lines)


def means(role: Role) -> str:
    """What a role would let somebody see."""
    return say("people.means", role=role_name(role), level=_sees(role))


def told(role: Role) -> str:
    """What a person reads whose role was changed."""
    return say("people.told", role=role_name(role), level=_sees(role))


def invitation_text(role: Role, code: str, username: str) -> str:
    """A new invitation with its code and, where the bot's name is known, its link."""
    link = f"https://t.me/{username}?start={code}" if username else ""
    key = "people.invitation_link" if link else "people.invitation"
    return say(key, role=role_name(role), days=VALID.days, link=link, code=code)


def invitation_line(invitation: Invitation) -> str:
    """An open invitation in a line."""
    ends = say("people.until", day=f"{invitation.ends_at:%Y-%m-%d %H:%M}")
    what = (role_name(invitation.role), invitation.department, *invitation.dongs)
    return _line(str(invitation.id), *what, ends)


def department_line(department: Department) -> str:
    """A department in a line, with all that is set of it."""
    said = (
        say(f"department.{kind}", words=", ".join(words))
        for kind in Word
        if (words := department.words[kind])
    )
    return _line(department.name, *said)


def department_text(department: Department) -> str:
    """A department as a card; what is not set says what that means."""
    lines = [
        say(f"department.{kind}", words=", ".join(words))
        if (words := department.words[kind])
        else say(f"department.no_{kind}")
        for kind in Word
    ]
    return "\n".join([department.name, *lines])


def _duties(member: Member) -> tuple[str, ...]:
    return (member.department, ", ".join(member.dongs))


def _sees(role: Role) -> str:
    return level_name(audience_of(role))


def _line(*parts: str) -> str:
    return " · ".join(filter(None, parts))
