"""Pieces of answers put together, their sources numbered from 1 without gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.types import Answer, Basis, Citation

_MARKER = re.compile(r"\[(\d{1,3})\]")


def renumbered(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[Citation, ...]]:
    """A text whose markers count from 1 in their order, with the citations that it uses.

    Args:
        text: Markers that no citation has are left out.
        citations: In any order and with any numbers; of two with one number the first counts.
    """
    known: dict[int, Citation] = {}
    for citation in citations:
        known.setdefault(citation.number, citation)
    order = dict.fromkeys(int(n) for n in _MARKER.findall(text) if int(n) in known)
    numbers = {old: new for new, old in enumerate(order, start=1)}
    told = _MARKER.sub(
        lambda match: f"[{numbers[int(match[1])]}]" if int(match[1]) in numbers else "", text
    )
    return told, tuple(replace(known[old], number=new) for old, new in numbers.items())


def joined(answers: Sequence[Answer]) -> Answer:
    """Several answers as one, each as it is, in their order.

    Args:
        answers: At least one.
    """
    if len(answers) == 1:
        return answers[0]
    blocks: list[str] = []
    citations: list[Citation] = []
    for answer in answers:
        shift = len(citations)
        blocks.append(_MARKER.sub(lambda m, by=shift: f"[{int(m[1]) + by}]", answer.text))  # type: ignore[misc]
        citations += [replace(one, number=one.number + shift) for one in answer.citations]
    text, cited = renumbered("\n\n".join(blocks), citations)
    bases = {answer.basis for answer in answers}
    return Answer(
        text=text,
        citations=cited,
        basis=bases.pop() if len(bases) == 1 else Basis.PASSAGES,
        notices=tuple(dict.fromkeys(n for answer in answers for n in answer.notices)),
        rows=tuple(row for answer in answers for row in answer.rows),
        standalone=answers[-1].standalone,
    )
