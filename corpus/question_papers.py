"""What staff answered to a question, kept as a small paper so that all else works as for any."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.chunking import Chunk
from corpus.drafts import Draft
from corpus.ingest import drafted
from corpus.messages import say
from corpus.records import Extraction
from corpus.text import clean, squeeze
from corpus.types import Paper, Paragraph
from corpus.unanswered import OpenQuestion, source_of

FORMAT = "question"


def question_draft(question: OpenQuestion, answer: str, day: date) -> Draft:
    """A question and its answer as a paper, ready to be written.

    The question is the heading under which the answer stands: a line answers under the words of its
    heading, so that another wording of the question finds it too. What a citizen took for true when
    asking is nobody's answer: the question is in no passage, and the paper has no records.

    Args:
        question: What was asked.
        answer: What staff answered, cleaned; each of its lines is one of the paper.
        day: When they did; the title says so beside `담당자 답변` (answer of staff).
    """
    asked = squeeze(clean(question.question))
    title = say("question_paper.title", question=asked, day=f"{day.year}. {day.month}. {day.day}.")
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    blocks = (Paragraph(text=title, level=1), *(Paragraph(text=line) for line in lines))
    paper = Paper(format=FORMAT, blocks=blocks, title=title)
    draft = drafted(
        paper,
        Path(FORMAT),
        source=source_of(question.id),
        sha256=hashlib.sha256("\n".join((title, *lines)).encode()).hexdigest(),
        name=say("question_paper.name", number=question.id),
    )
    kept, _, _ = draft.full.text.partition("\n")
    return replace(
        draft,
        headline=replace(draft.headline, title=kept),  # a question is told with who answered it
        chunks=tuple(_below_title(draft)),
        extraction=Extraction(),
        doubts=paper.doubts,
    )


def _below_title(draft: Draft) -> Iterator[Chunk]:
    """The passages without the title, which stands above each of them."""
    title, _, answer = draft.full.text.partition("\n")
    first = len(draft.full.text) - len(answer.lstrip())
    for chunk in draft.chunks:
        if chunk.end > first:
            within = (one for one in chunk.heading if not title.startswith(one))
            yield replace(chunk, start=max(chunk.start, first), heading=(title, *within))
