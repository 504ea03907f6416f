"""Evidence worded as an answer, every statement with its source."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.messages import say
from corpus.text import shortened
from retrieval.extract import Evidence
from retrieval.types import Answer, Basis, Citation
from retrieval.understanding.question import Question, Want

# Lists may run longer; a chat message that answers one thing is read at a glance.
_MOST_LINES = {Want.LIST: 15}
_FEW_LINES = 2
_LONGEST_LINE = 300
_MOST_FOLLOWERS = 3


def from_evidence(
    question: Question, evidence: Sequence[Evidence], titles: dict[int, str]
) -> Answer:
    """An answer of the lines that fit best.

    Args:
        question: What was asked.
        evidence: At least one line, best first.
        titles: Title of each document by its row number.

    Returns:
        The best line, others that fit as well, and what stands below where that is asked for.
    """
    lines = _chosen(question, evidence)
    citations = tuple(_citation(number, line, titles) for number, line in enumerate(lines, start=1))
    text = "\n".join(
        f"{_shown(line, first=number == 1)} [{number}]"
        for number, line in enumerate(lines, start=1)
    )
    return Answer(text=text, citations=citations, basis=Basis.PASSAGES)


def _chosen(question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    most = _MOST_LINES.get(question.want, _FEW_LINES)
    best = evidence[0]
    chosen = [best]
    if question.want is Want.LIST and best.followers:
        return [best, *best.followers[: most - 1]]
    for other in evidence[1:]:
        if len(chosen) >= most or other.coverage < best.coverage - 0.05:
            break
        if all(other.text != line.text for line in chosen):
            chosen.append(other)
    if question.want in {Want.OUTCOME, Want.REASON, Want.ANY, Want.YES}:
        room = _MOST_FOLLOWERS if best.followers else 0
        chosen = [best, *best.followers[:room], *chosen[1:2]][: _FEW_LINES + room]
    return list(dict.fromkeys(chosen))


def _shown(line: Evidence, *, first: bool) -> str:
    text = shortened(line.text, _LONGEST_LINE)
    heading = line.heading[-1] if line.heading else ""
    if first and heading and heading not in text and len(heading) <= 60:
        return f"({heading}) {text}"
    return text


def _citation(number: int, line: Evidence, titles: dict[int, str]) -> Citation:
    return Citation(
        number=number,
        document=line.hit.document,
        title=titles.get(line.hit.passage.document_id, line.hit.document),
        quote=line.quote,
        locator=locator(line.heading, line.hit.passage.page),
        document_id=line.hit.passage.document_id,
        start=line.start,
        end=line.end,
    )


def locator(heading: Sequence[str], page: int | None) -> str:
    """Where something stands, as people read it: `2. 예산 > 가. 동별 배분, 3쪽`."""
    shown = " > ".join(part.rstrip(" :") for part in heading[-2:])
    if page is None:
        return shown
    return ", ".join(part for part in (shown, say("answer.page", page=page)) if part)
