"""The values of asking and answering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.types import Passage, Visibility

_MARKER = re.compile(r"\[(\d{1,3})\]")


class Basis(StrEnum):
    """What an answer rests on."""

    RECORDS = "records"  # values as printed in the papers
    COMPUTED = "computed"  # calculated by SQL from printed values
    PASSAGES = "passages"  # sentences of the papers
    MODEL = "model"  # worded by a chat model from evidence that was checked
    NONE = "none"  # the papers do not say
    DIALOGUE = "dialogue"  # no question about papers: a greeting, help


def unmarked(text: str) -> str:
    """Text of a paper with `[3]` in wide brackets, so that it is not taken for a citation mark.

    >>> unmarked("표 [3] 참조")
    '표 ［3］ 참조'
    """
    return text if "[" not in text else _MARKER.sub(r"［\1］", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found.

    Attributes:
        passage: The passage.
        document: Name of its document.
        score: Fused score, higher is better; comparable within one search only.
        keyword: Keyword score (BM25, higher is better); None when only the vectors found it.
        cosine: Cosine to the question; None when only the keywords found it.
    """

    passage: Passage
    document: str
    score: float
    keyword: float | None = None
    cosine: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote and where it stands.

    Attributes:
        number: What the marker `[1]` in the answer refers to, from 1.
        document: Name of the document.
        title: Title of the document.
        quote: Text of the document; `…` stands where something was left out.
        locator: Where it stands, as people read it: headings, table row, page.
        document_id: Row of the document.
        start: First code point of the quote in the document's text.
        end: Code point after its last one.
        record_id: The record that it quotes; 0 for a passage or a heading.
    """

    number: int
    document: str
    title: str
    quote: str
    locator: str
    document_id: int
    start: int
    end: int
    record_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the secretary says to one question.

    Attributes:
        text: The answer in plain text, with markers `[1]` that refer to the citations.
        citations: The sources, numbered from 1 without gaps.
        basis: What it rests on.
        notices: Sentences of warning: sample papers, old, contradictory, uncertain.
        choices: Questions to ask back, as a person would type them.
        standalone: The question as it was understood, follow-ups completed from the
            conversation; what the next follow-up refers to. Empty for small talk.
        rows: Row numbers of all records that it lists or computes with, in its order; good until
            their paper is read anew, so they are for use at once and are not kept.
        compared: The column of amounts that it compares over those rows; empty without one.
        about: The one place that it names; empty where it names none or several. `거기` means it.

    Raises:
        ValueError: A marker has no citation, or a citation no marker.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    basis: Basis
    notices: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    standalone: str = ""
    rows: tuple[int, ...] = ()
    compared: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        marked = {int(number) for number in _MARKER.findall(self.text)}
        if marked != {citation.number for citation in self.citations}:
            raise ValueError(f"markers {sorted(marked)} do not match the citations")

    @property
    def turn(self) -> Turn:
        """What a follow-up refers to."""
        return Turn(question=self.standalone, basis=self.basis, about=self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier exchange of the same conversation.

    Attributes:
        question: The question, completed (`Answer.standalone`).
        basis: What its answer rested on.
        about: The one place that its answer named (`Answer.about`).
    """

    question: str
    basis: Basis
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question with what it may refer to.

    Attributes:
        text: The question as typed.
        audience: Highest level that the reader may see.
        earlier: The conversation so far, oldest first.
        now: When it was asked.
    """

    text: str
    audience: Visibility
    earlier: Sequence[Turn]
    now: datetime
