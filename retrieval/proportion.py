"""What part some counted things are of a number that the question gives: `42건 중 몇 %가 …`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus import amounts
from corpus.messages import say
from retrieval.types import Answer, Basis

_UNITS = "개소|개|곳|건|명|가구|세대|팀|대|회|번|동"
_ASKED = re.compile(
    rf"(?P<before>.*?)(?<![\d,.])(?P<whole>\d[\d,]*)\s?(?P<unit>{_UNITS})(?:의|\s)?\s?(?P<thing>[가-힣\s]{{0,12}}?)\s?"
    r"(?:중에서|중에|중|가운데)\s+(?P<part>\S.*?)(?:은|는|이|가|의)?\s*"
    r"(?:몇\s?(?:%|퍼센트|퍼|프로)|비율|비중)\S*\s*\S{0,4}$"
)
_BOUND = re.compile(r"(\d+)\s?(?:%|퍼센트|프로)\s?(이상|이하|미만|초과)")
# Units of one family count the same things: 23개소 and 23곳.
_FAMILIES = ("개소곳건", "명인", "가구세대", "회번")
# How far from a count the whole that it is of may be printed: within a paragraph or a short list.
_NEAR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """A question for a share of a number that it gives.

    Attributes:
        whole: The number.
        unit: Its counter.
        openly: The question for the part alone.
        bound: What the part keeps, as a pattern of how papers print it; empty without.
    """

    whole: int
    unit: str
    openly: str
    bound: str = ""


def proportion(text: str) -> Proportion | None:
    """The share that a question asks of a number in it; None where it asks for none.

    >>> proportion("30개 사업 중에 끝난 건 몇 %야").openly
    '사업 끝난 건 몇 개'
    """
    match = _ASKED.fullmatch(text.rstrip("?？ "))
    if match is None:
        return None
    words = (match["before"].strip(), match["thing"].strip(), match["part"].strip())
    bound = _BOUND.search(match["part"])
    return Proportion(
        whole=int(match["whole"].replace(",", "")),
        unit=match["unit"],
        openly=" ".join([*filter(None, words), f"몇 {match['unit']}"]),
        bound=rf"{bound[1]}\s?%?\s?{bound[2]}" if bound else "",
    )


def shared(asked: Proportion, answer: Answer, text_of: Callable[[int], str]) -> Answer | None:
    """An answer to the question for the part, with the share that it is of the whole.

    Args:
        asked: What is asked.
        answer: What the papers say of the part.
        text_of: The text of a paper by its row number.

    Returns:
        None where the answer holds more than one such count, or its paper does not print the
        whole beside it.
    """
    if answer.basis is Basis.NONE or not answer.citations:
        return None
    part = _part(asked, answer)
    one = answer.citations[0]
    if part is None or not 0 < part < asked.whole:
        return None
    around = text_of(one.document_id)[max(0, one.start - _NEAR) : one.end + _NEAR]
    if not any(count.value == asked.whole for count in amounts.counts(around)):
        return None
    line = say(
        "answer.reckoned_part",
        whole=f"{asked.whole:,}{asked.unit}",
        part=f"{part:,}{asked.unit}",
        percent=f"{part * 100 / asked.whole:.1f}".removesuffix(".0"),
        label=say("answer.computed"),
        mark=f"[{one.number}]",
    )
    return replace(answer, text=f"{answer.text}\n{line}", basis=Basis.COMPUTED)


def _part(asked: Proportion, answer: Answer) -> int | None:
    """The one count that an answer gives for the part."""
    if asked.bound:
        said = re.search(rf"{asked.bound}\s*[:：]?\s*(\d[\d,]*)\s?{asked.unit}", answer.text)
        return int(said[1].replace(",", "")) if said else None
    family = next((one for one in _FAMILIES if asked.unit in one), asked.unit)
    found = {
        int(count.value)
        for count in amounts.counts(answer.text)
        if not count.ordinal and count.counter in family and count.value != asked.whole
    }
    return found.pop() if len(found) == 1 else None
