"""Words found in a printed line as they stand: nothing cut, no number without what limits it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import amounts, dates
from corpus.counts import counts

_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에서는|에게|에게는|께|에는|와|과|로|으로|도|만|이다|입니다|임)?"
)
# Without these words a number is another one: 10명 이상, 각 300만원, 3~5명.
_BOUND_BEHIND = re.compile(
    r"\s?(?:여\s?)?(?:이상|이하|미만|초과|이내|내외|정도|안팎|까지|부터|이전|이후|씩|당|[~∼-]\s?\d)"
)
_BOUND_BEFORE = re.compile(
    r"(?:(?<![가-힣\d])(?:각각|각|매|최대|최소|약|월|연|총)|당|[~∼△▲])\s?$|[−-]$"
)
_PARTS = re.compile(r"[;/|\n\t]|[.]\s")
_LIST = re.compile(r"[,·、](?!\d)")
_WORD = re.compile(r"[0-9A-Za-z가-힣]")


def find(line: str, words: str, behind: int = 0) -> tuple[int, int] | None:
    """Where words first stand whole behind an offset of a line, however their blanks are printed.

    >>> find("국수 나눔은 45명에게", "국수 나눔"), find("국수 나눔은 45명에게", "5명")
    ((0, 5), None)
    """
    if not words.strip():
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    values = _values(line)
    for match in pattern.finditer(line, behind):
        if _whole(line, match.start(), match.end(), values):
            return match.span()
    return None


def runs_on(words: str) -> bool:
    """Whether words go on beyond one thing: `45명 / 고추`, `45명, 고추`; a list of words does not.

    >>> runs_on("45명 / 고추"), runs_on("45명, 고추"), runs_on("상추, 고추"), runs_on("1,200원")
    (True, True, False, False)
    """
    rest = words
    for start, end in reversed(_values(words)):
        rest = rest[:start] + rest[end:]
    return bool(_PARTS.search(rest) or (re.search(r"\d", words) and _LIST.search(rest)))


def ends_in_value(words: str) -> bool:
    """Whether nothing stands behind the last value of some words: `각 45명`, not `45명 고추`."""
    return any(end == len(words) for _, end in _values(words))


def _values(line: str) -> list[tuple[int, int]]:
    """Where our own readers find values, in order; they may overlap."""
    return sorted(
        [
            *((one.start, one.end) for one in amounts.find(line)),
            *((one.start, one.end) for one in counts(line)),
            *((one.start, one.end) for one in dates.find(line)),
            *((one.start, one.end) for one in dates.times(line)),
        ]
    )


def _whole(text: str, start: int, end: int, values: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch cuts no word and no value, and no number from what limits it."""
    if any(a < end and start < b and not (start <= a and b <= end) for a, b in values):
        return False
    before, rest = text[:start], text[end:]
    if _WORD.match(text, start) and _WORD.match(before[-1:]):
        return False
    if re.search(r"\d[.,:/]$", before) and text[start].isdigit():
        return False
    if _WORD.match(text[end - 1]) and not _ends(text[end - 1], rest):
        return False
    figures = re.search(r"\d", text[start:end])
    return not (figures and (_BOUND_BEHIND.match(rest) or _BOUND_BEFORE.search(before)))


def _ends(last: str, rest: str) -> bool:
    """Whether a word may end before the rest of its line."""
    if last.isdigit() and re.match(r"[.,:/]?\d|\s?[%℃㎡]", rest):
        return False
    tail = re.match(r"[0-9A-Za-z가-힣]*", rest)
    return bool(tail and _PARTICLES.fullmatch(tail[0]))
