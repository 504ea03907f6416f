"""Looks for a message whose sending ended without an answer, instead of sending it twice.

Telegram has no way to ask "did this arrive?", but two facts give one. The numbers of messages only
grow within a counter (`bot.telegram.marks`), and the outbox sends one message at a time in a chat;
so a message that did arrive has a number just above the highest that was known when it was sent.
And editing a message to what it already says changes nothing: Telegram answers "not modified" for
ours, and "not found" or "can't be edited" for a number that is none or somebody else's.

Limits: a supergroup in privacy mode hides what others write, and these messages take numbers too;
when more of them lie between than are looked at, the message is sent again. So it is when the first
send is still under way inside Telegram while it is being looked for.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from telegram import Bot

from bot.telegram.delivery import Fate, Outcome, edit
from bot.telegram.marks import counter

# Numbers looked at beyond the highest known one. The shared counter of private chats only holds
# what the bot itself sees, plus what its updates have not brought yet. In a supergroup 15 leaves
# room for a lively talk during the 20 seconds after which a send counts as unanswered.
_BEYOND_SHARED = 6
_BEYOND_GROUP = 15
# Looks that got no answer are made again, or the fiftieth would send us back to the first.
_TRIES = 3
# In all: each look is a call, and some 30 a second are allowed.
_MOST = 60


def candidates(chat_id: int, after: int, highest: int, known: Collection[int]) -> list[int]:
    """The numbers that a message may have.

    Args:
        chat_id: Its chat.
        after: Highest number known when it was sent.
        highest: Highest number known now, of the same counter.
        known: Numbers of other messages that share its counter, which need no look.
    """
    beyond = _BEYOND_SHARED if counter(chat_id) == 0 else _BEYOND_GROUP
    numbers = range(after + 1, max(after, highest) + beyond + 1)
    return [number for number in numbers if number not in known][:_MOST]


async def find(
    bot: Bot, chat_id: int, parameters: dict[str, Any], numbers: Collection[int]
) -> Outcome:
    """Look at some numbers for a message.

    Returns:
        Arrived with its number; gone when it is at none of them; anything else when Telegram could
        not be asked, and nothing is known.
    """
    for number in numbers:
        outcome = await _look(bot, chat_id, number, parameters)
        # A refusal such as "there is no text in the message" is about another message as well.
        if outcome.fate not in (Fate.GONE, Fate.REFUSED):
            return outcome
    return Outcome(fate=Fate.GONE)


async def _look(bot: Bot, chat_id: int, number: int, parameters: dict[str, Any]) -> Outcome:
    outcome = await edit(bot, chat_id, number, parameters)
    for _ in range(_TRIES - 1):
        if outcome.fate is not Fate.UNSURE:
            break
        outcome = await edit(bot, chat_id, number, parameters)
    return outcome
