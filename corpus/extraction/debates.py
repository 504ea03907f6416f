"""Questions and answers of verbatim minutes, turn by turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.extraction.lines import Line
from corpus.extraction.speakers import Turn, turns
from corpus.extraction.statements import Exchange, Statement

_ASKS = re.compile(
    r"까\?|까요|니까|지요\?|나요|\?|바랍니다|필요|요청|요구|건의|제안|좋겠|생각합니다|생각이|해\s?주시|해\s?주십|검토해|당부|부탁|우려|개선"
)
# What a chair says to lead the meeting answers nobody.
_LEADS = re.compile(
    r"수고(?:하|많)|다음은|질의(?:해|하실|를|에)|이의\s?(?:없|가)|상정|선포|나오셔서|답변해\s?주|발언|개의|산회|정회|속개|회의를"
)
_COURTESY = re.compile(
    r"(?:감사합니다|이상입니다|수고하셨습니다|예|네|알겠습니다|그렇습니다)[.,\s]*"
)
_QUESTION = re.compile(r"(?:까|요|나|지|가)\?|니까[.?]?$|\?$")
# The number of the next item on a line of its own: `3. … 동의안`.
_NEXT_ITEM = re.compile(r"^[ \t]*(?:의사일정\s?제)?\d{1,2}(?:\.|항)\s?\S", re.MULTILINE)
# Shorter turns are interjections.
_SHORTEST_REMARK = 8
_SHORTEST_QUESTION = 30
_SHORTEST_ANSWER = 8


def debates(text: str, printed: Sequence[Line]) -> list[Exchange]:
    """The questions and demands of members with the answers that follow.

    Args:
        text: Cleaned text.
        printed: Its lines.

    Returns:
        One exchange a question; the answers are the turns of officials up to the next turn of a
        member or the next item of the agenda, or the chair's where he answers himself. Questions
        nobody answers are opinions too; other statements of members are where one is answered.
    """
    found: list[Exchange] = []
    question: Turn | None = None
    answers: list[Turn] = []
    end = 0
    for turn in turns(text, printed):
        if question is not None and _NEXT_ITEM.search(text, end, turn.speaker.start):
            found.extend(_exchange(text, question, answers))
            question, answers = None, []
        end = turn.text.end
        if turn.role == "member" and _says(text, turn):
            found.extend(_exchange(text, question, answers))
            question, answers = turn, []
        elif turn.role != "member" and question is not None and _answers(text, turn):
            answers.append(turn)
    return [*found, *_exchange(text, question, answers)]


def _exchange(text: str, question: Turn | None, answers: Sequence[Turn]) -> list[Exchange]:
    if question is None or not (answers or _asks(text, question)):
        return []
    return [
        Exchange(
            opinion=_statement(question), replies=tuple(_statement(answer) for answer in answers)
        )
    ]


def _statement(turn: Turn) -> Statement:
    return Statement(pieces=(turn.text,), speaker=turn.speaker)


def _says(text: str, turn: Turn) -> bool:
    """Whether a turn is more than a word of thanks: what follows answers it, nothing before."""
    return len(_words(text, turn)) >= _SHORTEST_REMARK


def _asks(text: str, turn: Turn) -> bool:
    words = _words(text, turn)
    if _QUESTION.search(words):
        return len(words) >= _SHORTEST_REMARK
    return len(words) >= _SHORTEST_QUESTION and bool(_ASKS.search(words))


def _answers(text: str, turn: Turn) -> bool:
    words = _words(text, turn)
    led = turn.role == "chair" and bool(_LEADS.search(words))
    return len(words) >= _SHORTEST_ANSWER and not led


def _words(text: str, turn: Turn) -> str:
    return _COURTESY.sub("", " ".join(text[turn.text.start : turn.text.end].split()))
