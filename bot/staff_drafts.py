"""Drafts by the chat model for staff, the same at the console and in the chat; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.opinion_cards import last_reply
from bot.opinions import Opinions
from corpus.errors import ModelError
from corpus.ledger.opinion import Opinion
from corpus.meetings.minutes import Bullet, Discussed, Exchange, Minutes
from corpus.messages import say
from corpus.types import Visibility
from retrieval.model.checking import Source
from retrieval.model.drafting import Draft, Drafting, items
from retrieval.model.settings import ModelSettings
from retrieval.types import unmarked

# Earlier replies to so many opinions say how such a thing is answered.
_REPLIED = 8


class StaffDrafts:
    """Writes drafts for staff from what the model may be shown.

    Args:
        drafting: Writes and compares.
        settings: The model.
        opinions: The ledger, and opinions like one.
    """

    def __init__(self, drafting: Drafting, settings: ModelSettings, opinions: Opinions) -> None:
        self._drafting = drafting
        self._opinions = opinions
        self._internal = settings.sees_internal
        self.level = Visibility.STAFF if self._internal else Visibility.PUBLIC
        self.patience = settings.patience

    def reply(self, opinion: Opinion) -> Draft:
        """A reply to an opinion, out of replies that went out to opinions like it.

        Raises:
            ModelError: The model may not be shown it, there are no such replies, or it does not
                answer.
        """
        if opinion.private or self._opinions.confidential(opinion.text):
            raise ModelError(say("draft.confidential", number=opinion.number))
        text = opinion.text if self._internal else opinion.words(Visibility.PUBLIC)
        if not text:
            raise ModelError(say("draft.unpublished", number=opinion.number))
        sources = list(self._replies(text, opinion.id))
        if not sources:
            raise ModelError(say("draft.no_replies"))
        return self._drafting.drafted("reply", text, sources)

    def _replies(self, text: str, but: int) -> Iterator[Source]:
        """The lines of earlier replies, those to the most similar opinion first."""
        alike = self._opinions.similar(text, self.level, but={but})
        ledger = self._opinions.ledger
        told = ((one, last_reply(one, self.level, ledger)) for one in alike if not one.private)
        answered = [(one, reply) for one, reply in told if reply][:_REPLIED]
        lines = (
            (f"{one.number} {one.words(self.level)}", line)
            for one, reply in answered
            for line in filter(None, map(str.strip, reply.splitlines()))
        )
        for number, (context, line) in enumerate(lines, start=1):
            yield Source(number=number, line=unmarked(line), context=unmarked(context))

    def paper(self, text: str) -> Iterator[Draft]:
        """The gist of minutes, an agenda item at a time.

        Args:
            text: The cleaned text of a paper that the model may be shown.

        Raises:
            ModelError: The model does not answer.
        """
        return (self._drafting.drafted("summary", title, lines) for title, lines in items(text))

    def notes(self, title: str, lines: Sequence[str]) -> Draft:
        """Sentences for minutes out of rough notes.

        Args:
            title: What they are notes of.
            lines: A note each.

        Raises:
            ModelError: Notes may not be shown to this model, or it does not answer.
        """
        return self._of_notes("minutes", title, lines, "")

    def gist(self, minutes: Minutes, item: Discussed) -> Draft:
        """The gist of what was said on an agenda item; errors as of `notes`."""
        result = [f"{say('form.result')}: {item.result}"] if item.result else []
        lines = [*result, *_said(item)]
        return self._of_notes("summary", item.title, lines, _context(minutes, item))

    def sentences(self, minutes: Minutes, item: Discussed) -> tuple[Draft, Discussed]:
        """What was noted on an agenda item as sentences for minutes; errors as of `notes`.

        Returns:
            The draft, and the item with what was noted replaced line by line. A note that no
            sentence tells stays as it is, and what was decided always does.
        """
        draft = self._of_notes("minutes", item.title, _said(item), _context(minutes, item))
        left = {one.number for one in draft.left}
        numbers = dict.fromkeys(one.source for one in draft.sentences if one.source not in left)
        new = {
            number: " ".join(one.text for one in draft.sentences if one.source == number)
            for number in numbers
        }
        return draft, _reworded(item, new)

    def _of_notes(self, kind: str, title: str, lines: Sequence[str], context: str) -> Draft:
        if not self._internal:
            raise ModelError(say("draft.notes_stay"))
        sources = [
            Source(number=number, line=unmarked(line), context=unmarked(context))
            for number, line in enumerate(lines, start=1)
        ]
        return self._drafting.drafted(kind, title, sources)


def _context(minutes: Minutes, item: Discussed) -> str:
    return f"{minutes.title} > {item.title}"


def _said(item: Discussed) -> list[str]:
    """What was noted on an item, line by line, as `_reworded` counts it."""
    exchanged = (words for one in item.exchanges for words in (one.opinion, one.reply) if words)
    return [*(bullet.text for bullet in item.bullets), *exchanged]


def _reworded(item: Discussed, new: dict[int, str]) -> Discussed:
    """An item with the lines of `_said` replaced by their numbers."""
    count = 0

    def told(words: str) -> str:
        nonlocal count
        count += bool(words)
        return new.get(count, words) if words else words

    return replace(
        item,
        bullets=tuple(Bullet(level=one.level, text=told(one.text)) for one in item.bullets),
        exchanges=tuple(
            Exchange(opinion=told(one.opinion), reply=told(one.reply)) for one in item.exchanges
        ),
    )
