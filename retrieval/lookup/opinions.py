"""Opinions with their replies: what was said, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.ledger.wanted import Standing
from corpus.messages import say
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.holding import asks_opinions
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import aspects_asked, words_of
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.ledger_words import ledger_words
from retrieval.understanding.question import Want

_KINDS = (RecordKind.OPINION, RecordKind.REPLY)
_CUES = re.compile(
    r"의견|답변|대답|뭐래|뭐라|어떻게됐|어떻게되|어찌됐|왜|건의|지적|제안(?!설명)|얘기|이야기|궁금|물어|물었|질문|말이?나"
)
_VOICES = re.compile(r"의견|답변|대답|뭐래|뭐라|건의|지적|제안(?!\s*설명)|궁금|질문")
# With a word of asking for opinions a pair needs less to be meant: people name the matter in words
# of their own. Half of the weight found the right pair in each of the sample minutes.
_ENOUGH, _ENOUGH_CUED = 0.6, 0.5
_ALIKE = 0.1
# A noun of more than this share of a question for a reason may not be left out.
_HEAVY = 0.3
_MOST, _MOST_OPEN = 2, 10
# A question for an amount, a day, a place or a person is not answered by what somebody thinks.
_OPEN = frozenset({Want.OUTCOME, Want.REASON, Want.YES, Want.ANY, Want.LIST})
# Who wants a name is not answered by what somebody thinks of its bearer.
_NAMING = re.compile(r"이름|성함|명칭")
_DECISION = re.compile(r"통과|가결|부결|의결|표결|심의\s*결과")
# Columns that say what became of an opinion.
_STATE = re.compile(r"^(?:구\s?분|처리|상태|진행|완료)")
_DONE = re.compile(r"완료|종결|처리됨|조치됨|반영됨|불가")
_OPINION_SHOWN, _REPLY_SHOWN = 140, 240


class Opinions:
    """Answers with pairs of opinion and reply.

    Args:
        rows: Reads records.
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(
        self,
        rows: Rows,
        citations: Callable[[], Citations],
        terms_of: Callable[[str], str],
    ) -> None:
        self._rows = rows
        self._terms_of = terms_of
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The pairs that the question is about; None where other records fit better.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            audience: Highest level that may be seen.
        """
        cued = bool(_CUES.search(asked.question.packed))
        reasons = asked.question.want is Want.REASON or asks_opinions(asked.question.packed)
        measuring = asked.measure is not None and not reasons
        voices = voiced(asked.question.text)
        naming = bool(_NAMING.search(asked.question.text)) and not voices
        if measuring or naming or not (asked.question.want in _OPEN or voices):
            return None
        unfinished = ledger_words(asked.question.text).standing is Standing.UNFINISHED
        pairs = self._fitting(asked, [one for one in found if one.row.kind in _KINDS])
        pairs = [one for one in pairs if not unfinished or _unfinished(one.row)]
        if not pairs or pairs[0].coverage < (_ENOUGH_CUED if cued else _ENOUGH):
            return None
        if not cued and found[0].row.kind not in _KINDS:
            return None
        if asked.question.want is Want.REASON and not voices and not _about(asked, pairs[0]):
            return None
        decided = [one for one in found if one.row.kind is RecordKind.AGENDA_ITEM]
        asks_result = bool(_DECISION.search(asked.question.text))
        if (
            decided
            and (asks_result or not voices)
            and decided[0].coverage >= pairs[0].coverage - _ALIKE
        ):
            return None
        best = [one for one in pairs if one.coverage >= pairs[0].coverage - _ALIKE]
        heads = dict.fromkeys(one.row.parent_id or one.row.id for one in best)
        cite = self._citations()
        texts = [
            self._pair(self._rows.with_replies(head, audience), cite)
            for head in list(heads)[: _MOST_OPEN if unfinished else _MOST]
        ]
        return Answer(
            text="\n".join(texts),
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
        )

    def _fitting(self, asked: Asked, pairs: Sequence[Found]) -> list[Found]:
        """Pairs by what they cover besides the words that call them opinions."""
        spared = words_of(aspects_asked(asked.question.text), self._terms_of)
        weights = {term: one for term, one in asked.weights.items() if term not in spared}
        total = sum(weights.values())
        if not total:
            return list(pairs)
        rated = [
            replace(
                one,
                coverage=sum(weight * one.worth.get(term, 0.0) for term, weight in weights.items())
                / total,
            )
            for one in pairs
        ]
        return sorted(rated, key=lambda one: -round(one.coverage, 3))

    def _pair(self, rows: Sequence[Row], cite: Citations) -> str:
        lines = []
        for row in rows:
            words = row.field("text")
            speaker = row.field("speaker")
            who = f"({speaker.text})" if speaker and speaker.text else ""
            most = _REPLY_SHOWN if row.kind is RecordKind.REPLY else _OPINION_SHOWN
            shown = _shortened(words.text if words else "", most)
            lines.append(say(f"answer.{row.kind.value}", who=who, text=shown, mark=cite.add(row)))
        if all(row.kind is not RecordKind.REPLY for row in rows):
            lines.append(say("answer.no_reply"))
        states = [field.text for field in rows[0].fields if _STATE.match(field.name)]
        if states:
            lines.append(say("answer.state", state=" · ".join(states)))
        return "\n".join(lines)


def _unfinished(row: Row) -> bool:
    """Whether a paper prints where an opinion stands, and that something is still to be done."""
    states = [field.text for field in row.fields if _STATE.match(field.name)]
    return bool(states) and not any(_DONE.search(text) for text in states)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _about(asked: Asked, one: Found) -> bool:
    """Whether a pair is about the matter whose reason is asked: not by a verb (바뀐) alone."""
    nouns = {term: weight for term, weight in asked.weights.items() if term not in asked.verbs}
    most = _HEAVY * sum(asked.weights.values())
    lost = [term for term, weight in nouns.items() if weight > most and not one.worth.get(term)]
    return not lost and any(one.worth.get(term) for term in nouns)


def voiced(text: str) -> bool:
    """Whether a question asks with words for what people say: opinions, replies, suggestions."""
    return bool(_VOICES.search(text))
