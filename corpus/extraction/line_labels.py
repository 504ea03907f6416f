"""The labels that a line begins with: `LABEL : VALUE`, `(LABEL) VALUE`, boxes without colons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from corpus.extraction.place_names import place_of

LABELLED = re.compile(
    r"(?:\((?P<bracketed>[가-힣][가-힣\s·/A-Za-z]{0,14})\)\s*"
    r"|(?P<plain>(?:\d{1,2}(?=[가-힣]))?[가-힣][가-힣\s·/]{0,14}?)\s*[:：]\s*)(?=\S)"
)
_NEXT = re.compile(
    r"(?:[,，]\s*|[ ]{2,})(?P<bracketed>(?!))?(?P<plain>[가-힣][가-힣 ·]{0,10}?)\s*[:：]\s*(?=\S)"
)
# What the head of a bill or a press release calls its boxes, which need no colon.
_UNMARKED = re.compile(
    r"(?P<bracketed>(?!))?(?P<plain>의\s{0,3}안\s{0,3}번\s{0,3}호|제\s{0,3}[출안]\s{0,3}자"
    r"|(?:제\s{0,3}출|제\s{0,3}안|의\s{0,3}결|시\s{0,3}행|작\s{0,3}성|배\s{0,3}포|보\s{0,3}도)\s{0,3}"
    r"(?:연\s{0,3}월\s{0,3})?일(?:\s{0,3}[시자])?(?=\s+['‘’]?\d))[ \t]+(?=[^\s:：])"
)
# Such a box ends with its line, or where the next one begins in it.
_END_OF_BOX = re.compile(
    r"\s+(?:매\s{0,3}수|담\s{0,3}당|총\s?\d+\s?매)|\s*/?\s*\(\s?총|[ ]{2,}|\n|$"
)
_NO_LABELS = frozenset({"가칭", "안", "예", "예시", "참고", "주", "단", "또한", "끝", "다만"})


def is_unmarked(label: re.Match[str]) -> bool:
    """Whether a label stands without a colon: a box, whose value is all of its line."""
    return label.re is _UNMARKED


def line_labels(words: str) -> Iterator[tuple[re.Match[str], int]]:
    """The labels of a line.

    Args:
        words: The line, its bullet left out.

    Yields:
        Each label (group `plain` or `bracketed`; the match ends where its value begins) with the
        offset behind its value; nothing for a line that begins with none, or with a place.
    """
    first = _UNMARKED.match(words) or LABELLED.match(words)
    if first is None or place_of(first["bracketed"] or first["plain"]):
        return
    found = [first, *_NEXT.finditer(words, first.end())] if first["plain"] else [first]
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(words)
        if match.re is _UNMARKED:
            box = _END_OF_BOX.search(words, match.end())
            end = min(end, box.start()) if box else end
        if "".join((match["bracketed"] or match["plain"]).split()) not in _NO_LABELS:
            yield match, end
