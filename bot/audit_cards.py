"""The audit as lines and as a file that administrators read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.audit import CONSOLE, Audit, Entry
from corpus.database import Reader
from corpus.groups import GONE
from corpus.messages import messages, say
from retrieval.sheets import Sheet, Value

_OPINION, _ASK = "opinion_", "ask"
# Of use in the file, not in a line.
_ASIDE = frozenset({"revision", "group", "level", "outcome"})
_HEADS = ("number", "at", "who", "action", "subject", "details", "seal")
# A line is read on a phone; the file has the rest.
_DETAILS = 60


def who_did(reader: Reader) -> Mapping[str, str]:
    """What the people of the audit are called, by their keys; who was erased has none."""
    named = {CONSOLE: say("audit.console"), GONE: say("audit.telegram")}
    found = reader.read("select id, key, role from people where key is not null")
    return named | {
        row["key"]: say("audit.person", number=row["id"], role=say(f"role.{row['role']}"))
        for row in found
    }


def action_name(action: str) -> str:
    """What people call something that was done."""
    if action.startswith(_OPINION):
        step = messages().get(f"opinion_action.{action.removeprefix(_OPINION)}", action)
        return say("audit.opinion", step=step)
    return messages().get(f"audit_action.{action}", action)


def entry_line(entry: Entry, who: Mapping[str, str]) -> str:
    """An entry in a line."""
    parts = (
        str(entry.id),
        entry.at[:16].replace("T", " "),
        who.get(entry.person, say("audit.erased")),
        action_name(entry.action),
        "" if entry.action == _ASK else _subject(entry, who),
        _told(entry)[:_DETAILS],
    )
    return " · ".join(filter(None, parts))


def standing(audit: Audit) -> str:
    """Whether the audit is whole, in a sentence."""
    broken = audit.broken_at()
    if broken is None:
        return say("audit.whole", count=audit.count())
    return say("audit.broken", number=broken)


def audit_sheet(entries: Sequence[Entry], who: Mapping[str, str]) -> Sheet:
    """Entries as rows of a file."""
    return Sheet(
        title=say("audit.name"),
        heads=tuple(say(f"audit_head.{head}") for head in _HEADS),
        lines=tuple(_row(entry, who) for entry in entries),
    )


def _row(entry: Entry, who: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        entry.id,
        entry.at.replace("T", " "),
        who.get(entry.person, say("audit.erased")),
        action_name(entry.action),
        _subject(entry, who),
        "; ".join(f"{key}={_shown(value)}" for key, value in entry.details.items()),
        entry.digest,
    )


def _told(entry: Entry) -> str:
    """What matters of an entry's details, in people's words."""
    details = entry.details
    if entry.action == _ASK:
        found = say("audit.answered" if details.get("answered") else "audit.unanswered")
        return ", ".join([found, *map(_word, details.get("kinds", ()))])
    if {"old", "new"} <= details.keys():
        return f"{_shown(details['old']) or '-'} → {_shown(details['new']) or '-'}"
    return ", ".join(_shown(value) for key, value in details.items() if key not in _ASIDE)


def _subject(entry: Entry, who: Mapping[str, str]) -> str:
    """What it was done to; people by their number, as long as they are known."""
    if len(entry.subject) == 32 and " " not in entry.subject:  # a person's key
        return who.get(entry.subject, say("audit.erased"))
    return entry.subject


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return say("audit.yes" if value else "audit.no")
    return "/".join(map(_word, value)) if isinstance(value, list) else _word(value)


def _word(value: object) -> str:
    """What people call a role, a level or a kind of paper; anything else as it is."""
    names = (f"{section}.{value}" for section in ("role", "visibility", "kind"))
    return next((messages()[name] for name in names if name in messages()), str(value))
