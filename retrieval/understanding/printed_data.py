"""Personal data that papers print: told from an office's contacts, masked for all but staff.

A paper is written by an office: a landline in it is a desk's unless its line speaks of a person. A
name is masked only where the paper marks it as a private person's; members and officials act in
public, and papers name them for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer
from retrieval.understanding.family_names import FAMILY
from retrieval.understanding.personal_data import PersonalDatum, PersonalKind, find

# Marks of a private person, as forms print them.
_PERSON = (
    r"(?:신청|민원|청구|청원|진정|제보|의뢰|기부|후원|보호|참여|이용|입소|수급|수혜|피해|(?:서비스\s?)?대상|당사|보호\s?대상)"
    r"(?:인|자)|세대주|예금주|환자|배우자|보호자|사례\s?대상자"
)
_OFFICIAL = re.compile(
    r"위원|의원|의장|[과팀계국동실부소]장|센터장|관장|주무관|주사|서기|사무관|담당(?!\s?구역)|강사|교수|대표"
)
_NAME = rf"[{FAMILY}][가-힣]{{1,3}}"
_AGE = r"만?\s?\d{1,3}\s?세(?!\s?(?:이상|이하|미만|초과|부터|까지|[~∼-]))"
# `신청인: 홍길동 (여, 72세)`, `대상자 홍길동 씨`: the name is followed by what only people have.
_FOLLOWED = re.compile(
    rf"(?:{_PERSON})(?:\s?(?:성\s?명|이\s?름))?\s?[:：]?\s?(?P<name>{_NAME})"
    r"(?=\s?(?:씨|할머니|할아버지|어르신)(?:$|[^가-힣]|[가는를의와도께에])"
    rf"|\s?[(（]\s?(?:[남여]성?\s?[,/·]\s?)?(?:{_AGE}|(?:19|20)\d{{2}}년?\s?생))"
)
# `성명: 홍길동` is a private person's where the same line tells what is theirs alone.
_LABELLED = re.compile(
    rf"(?:{_PERSON}|성\s?명|이\s?름)(?:\s?(?:성\s?명|이\s?름))?\s?[:：\t|…]\s?(?P<name>{_NAME})(?![가-힣])"
)
_OWN = re.compile(r"주민\s?등록|생년월일|\d{6}-[\d*]{7}")
_OWN_KINDS = frozenset({PersonalKind.RESIDENT_NUMBER, PersonalKind.ACCOUNT, PersonalKind.ADDRESS})
_MOBILE = re.compile(r"\D*(?:82)?\D*0?(?:1[016789]|50)")
_AT_HOME = re.compile(rf"자택|집\s?전화|휴대|핸드폰|{_PERSON}|보호자|본인")
_BEFORE = 24
# A number that the edge of an excerpt cuts is found by what stands beyond the edge.
BEYOND = 40


def find_printed(text: str) -> list[PersonalDatum]:
    """Personal data in a text of a paper, in order and without overlaps.

    Args:
        text: Any stretch of a paper, or an answer that quotes one.
    """
    found = [datum for datum in find(text) if not _of_desk(datum, text)]
    for name in _names(text, found):
        if all(name.end <= other.start or name.start >= other.end for other in found):
            found.append(name)
    return sorted(found, key=lambda datum: datum.start)


def mask_printed(text: str) -> str:
    """A text of a paper with a bracketed word, such as `[전화번호]`, for each personal datum."""
    (masked,) = mask_pieces(text, (0, len(text)))
    return masked


def mask_pieces(text: str, cuts: Sequence[int]) -> list[str]:
    """As `mask_printed`, cut into pieces; what lies across a cut is masked in the piece before it.

    Args:
        text: The text, with what stands beyond the first and the last cut.
        cuts: Where the pieces begin and end, in order; one more than there are pieces.
    """
    data = find_printed(text)
    return [_piece(text, data, start, end) for start, end in pairwise(cuts)]


def _piece(text: str, data: Sequence[PersonalDatum], start: int, end: int) -> str:
    parts: list[str] = []
    place = start
    for datum in data:
        if datum.end <= start or datum.start >= end:
            continue
        if datum.start >= start:
            parts += [text[place : datum.start], say(f"personal_data.{datum.kind.value}")]
        place = min(datum.end, end)
    return "".join([*parts, text[place:end]])


def shown_to(answer: Answer, audience: Visibility) -> Answer:
    """An answer with personal data of its papers masked, but for staff."""
    if audience >= Visibility.STAFF:
        return answer
    return replace(
        answer,
        text=mask_printed(answer.text),
        citations=tuple(
            replace(one, quote=mask_printed(one.quote), title=mask_printed(one.title))
            for one in answer.citations
        ),
        notices=tuple(map(mask_printed, answer.notices)),
        choices=tuple(map(mask_printed, answer.choices)),
    )


def _of_desk(datum: PersonalDatum, text: str) -> bool:
    """Whether a telephone is a landline, and nothing before it says that it is somebody's own."""
    if datum.kind is not PersonalKind.PHONE or _MOBILE.match(datum.text):
        return False
    return not _AT_HOME.search(text[max(0, datum.start - _BEFORE) : datum.start])


def _names(text: str, data: Sequence[PersonalDatum]) -> Iterator[PersonalDatum]:
    for match in _FOLLOWED.finditer(text):
        yield _name(match)
    for match in _LABELLED.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        own = any(start <= datum.start < start + len(line) and _own(datum) for datum in data)
        if (own or _OWN.search(line)) and not _OFFICIAL.search(line):
            yield _name(match)


def _own(datum: PersonalDatum) -> bool:
    return datum.kind in _OWN_KINDS or bool(
        datum.kind is PersonalKind.PHONE and _MOBILE.match(datum.text)
    )


def _name(match: re.Match[str]) -> PersonalDatum:
    start, end = match.span("name")
    return PersonalDatum(start=start, end=end, kind=PersonalKind.NAME, text=match["name"])
