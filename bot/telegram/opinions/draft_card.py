"""The card of an opinion that is still to be confirmed."""

from __future__ import annotations

from bot.opinion_cards import matter_line, similar_lines
from bot.opinions import Drafted
from bot.render import clipped, escaped
from bot.telegram.opinions.drafts import Draft
from corpus.ledger.ledger import Ledger
from corpus.messages import say
from corpus.types import Visibility

_TEXT = 900


def draft_card(
    draft: Draft,
    drafted: Drafted,
    audience: Visibility,
    ledger: Ledger,
    *,
    offered: bool = False,
) -> str:
    """What would be recorded, as HTML of one message.

    Args:
        draft: The draft.
        drafted: What was understood of its words, and earlier opinions like it.
        audience: Who reads the card.
        ledger: Gives staff the replies to those.
        offered: Whether nobody asked for it to be recorded.
    """
    head = say("opinion.offered" if offered else "opinion.draft")
    masked = ", ".join(say(f"personal_data.{kind}") for kind in drafted.found)
    told = [
        matter_line(draft.matter),
        "" if draft.matter.dong or draft.matter.programme else say("opinion.not_understood"),
        say("opinion.masked", kinds=masked) if masked else "",
        say("opinion.will_be_anonymous") if draft.anonymous else "",
        say("opinion.with_contact", contact=draft.contact) if draft.contact else "",
        "" if draft.own else say("opinion.of_somebody"),
    ]
    blocks = [
        f"<b>{escaped(head)}</b>",
        escaped(clipped(draft.text, _TEXT)),
        escaped("\n".join(line for line in told if line)),
        escaped("\n".join(similar_lines(drafted.similar, audience, ledger))),
    ]
    return "\n\n".join(block for block in blocks if block)
