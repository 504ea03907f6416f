"""Follow-ups that point into what the last answer listed: `첫 번째 동은`, `그중 제일 큰 건`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import dates, places
from corpus.text import squeeze
from corpus.types import Visibility
from retrieval.lookup.lookup import Lookup
from retrieval.lookup.told import Told
from retrieval.types import Answer, Turn
from retrieval.understanding.follow_up_cues import cue
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.question import understand
from retrieval.understanding.request import Operation, request

Again = Callable[[str], Answer]
"""Answers a question that was asked before anew."""

_TENS = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_NTH = (
    r"(?P<first>첫\s?번째|첫째|맨\s?(?:위|앞|처음)|(?:제일|가장)\s?(?:위|앞|처음))"
    r"|(?P<last>맨\s?(?:아래|밑|끝|뒤|마지막)|(?:제일|가장)\s?(?:아래|밑|끝|뒤|마지막)|마지막)"
    rf"|(?P<word>{'|'.join(_TENS[1:])})\s?번째"
    r"|(?P<number>[1-9]\d?)\s?(?:번째|등|위|번)(?!\s?안)"
)
_AMONG = (
    r"(?P<among>(?:그|이|저|위|위에)\s?(?:것들?\s?|거\s?)?"
    r"(?:중에서|중에|중|가운데에서|가운데서|가운데)\s*)"
)
_SO = r"^(?:그럼|그러면|그런데|근데|그리고|그)?\s*"
_SAID = r"(?:에|으로|로)?\s?(?:있는|나온|나오는|적힌|말한|쓴|한)?\s?"
_THING = (
    r"(?P<thing>동네|동|구|시|군|읍|면|곳|데|지자체|사업|프로그램|안건|의견|단체|부서|지표|전략"
    r"|과제|사람|분|위원|상|거|것|건|게|항목)?"
)
_PARTICLE = (
    r"(?P<particle>에서는|에는|에서|은|는|이|가|의|을|를|도|에|만|요|이요)?(?=\s|[?？]|$)\s*"
)
_POINTER = re.compile(rf"{_SO}{_AMONG}?(?:{_NTH}){_SAID}{_THING}{_PARTICLE}(?P<rest>.*)$")
_OF_ALL = re.compile(rf"{_SO}{_AMONG}(?P<rest>\S.*)$")
_PLACES = frozenset({"동네", "동", "구", "시", "군", "읍", "면", "지자체"})
_ANYTHING = frozenset({"곳", "데", "거", "것", "건", "게", "항목", ""})
_SUBJECT = frozenset({"은", "는", "이", "가", "도"})
_NUMBERED = re.compile(r"\d\s?(?:번|등|위|호|차)")
# A longer message is a question of its own.
_LONGEST = 40
_BACK = 3
# Of more that are equally high, what else is asked would be a table.
_FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pointer:
    """What a message points at: the place in a list, and what it asks of it."""

    place: int
    thing: str
    particle: str
    rest: str
    numbered: bool


class Pointing:
    """Finds what a message points at in the answers before it.

    Nothing of an answer is kept for this: the question is answered again, from the papers as they
    are now.

    Args:
        lookup: Answers from records.
    """

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def completed(
        self, text: str, earlier: Sequence[Turn], audience: Visibility, again: Again
    ) -> str:
        """A message that points at one thing of a list, with its name in place of the pointer.

        Args:
            text: What was typed.
            earlier: The conversation so far, oldest first.
            audience: Highest level that may be seen.
            again: Answers the earlier questions anew.

        Returns:
            A question that can be understood on its own; empty where the message points at nothing
            or no answer of late listed so much.
        """
        pointer = _pointer(squeeze(text)) if earlier else None
        if pointer is None or (pointer.numbered and _NUMBERED.search(earlier[-1].question)):
            return ""  # 3번 전략, then 4번은: another number of the same
        for back, turn in enumerate(reversed(earlier[-_BACK:])):
            listed = self._lookup.told(again(turn.question), audience)
            if len(listed) < 2 or not _of_kind(pointer, listed):
                continue
            if not -len(listed) <= pointer.place <= len(listed):
                return ""
            meant = listed[pointer.place - 1 if pointer.place > 0 else pointer.place]
            return _said(
                pointer, meant, turn.question, earlier[-1].question if back else "", listed
            )
        return ""

    def among(
        self,
        text: str,
        earlier: Sequence[Turn],
        audience: Visibility,
        again: Again,
        today: date,
    ) -> Answer | None:
        """What is computed of the things that the last answer listed; None without such a list.

        Args:
            text: What was typed.
            earlier: The conversation so far, oldest first.
            audience: Highest level that may be seen.
            again: Answers the last question anew.
            today: The day on which it was asked.
        """
        match = _OF_ALL.match(squeeze(text)) if earlier else None
        if match is None or len(text) > _LONGEST or _names_place(match["rest"]):
            return None
        last = earlier[-1].question
        listed = self._lookup.told(again(last), audience)
        if len(listed) < 2:
            return None
        asked = understand(f"{_year(last, match['rest'])}{match['rest']}", today)
        answer = self._lookup.among(asked, [one.row for one in listed], audience)
        return replace(answer, standalone=f"{last} 중에 {match['rest']}") if answer else None

    def stood_out(self, asked: str, answer: Answer, audience: Visibility) -> str:
        """What a question for the first of a ranking found; empty for other questions."""
        if request(asked).operation not in {Operation.HIGHEST, Operation.LOWEST}:
            return ""
        names = [one.name for one in self._lookup.told(answer, audience)]
        return f"{_year(asked, '')}{', '.join(names)}" if 0 < len(names) <= _FEW else ""


def _pointer(line: str) -> _Pointer | None:
    match = _POINTER.match(line) if len(line) <= _LONGEST else None
    if match is None or _names_place(match["rest"]):
        return None
    if not (match["among"] or match["thing"] or match["particle"]) and match["rest"].strip(" ?？"):
        return None  # 첫 번째 회의는 언제야: a thing of its own
    if match["first"]:
        place = 1
    elif match["last"]:
        place = -1
    else:
        place = int(match["number"]) if match["number"] else _TENS.index(match["word"]) + 1
    return _Pointer(
        place=place,
        thing=match["thing"] or "",
        particle=match["particle"] or "",
        rest=match["rest"].strip(),
        numbered=bool(match["number"]) and not match["among"],
    )


def _of_kind(pointer: _Pointer, listed: Sequence[Told]) -> bool:
    """Whether what is pointed at is a thing of the kind that was listed: 동 of neighbourhoods."""
    if pointer.thing in _ANYTHING:
        return True
    places_listed = all(one.place for one in listed)
    if pointer.thing in _PLACES:
        return places_listed
    kinds = kinds_named(pointer.thing)
    return not places_listed and (not kinds or listed[0].row.kind in kinds)


def _said(pointer: _Pointer, meant: Told, about: str, last: str, listed: Sequence[Told]) -> str:
    """The question that is asked of the thing meant; empty where nothing is."""
    asked = re.sub(r"[?？\s]", "", pointer.rest)
    if not asked or asked in {"요", "어때", "어때요"}:
        named = next((one.name for one in listed if one.name in last), "")
        if named:  # asked of another of them before
            return last.replace(named, meant.name, 1)
        measure = cue("measures").search(about) if meant.place else None
        if cue("superlative").search(about):
            return ""  # 두 번째는: the second of a ranking
        tail = f" {measure[0]}" if measure else ""
        return f"{_year(about, '') if meant.place else ''}{meant.name}{tail}"
    year = _year(about, pointer.rest) if meant.place else ""
    particle = _agreeing(pointer.particle, meant.name)
    return f"{year}{meant.name}{particle} {pointer.rest}"


def _agreeing(particle: str, name: str) -> str:
    """은 or 는, 이 or 가 by the last syllable of a name."""
    pair = next((both for both in ("은는", "이가", "을를") if particle and particle in both), "")
    if not pair or not "가" <= name[-1] <= "힣":
        return particle
    return pair[0] if (ord(name[-1]) - 0xAC00) % 28 else pair[1]


def _year(about: str, rest: str) -> str:
    """The year that the question before named, where the message names none."""
    if dates.find(rest):
        return ""
    named = [one for one in dates.find(about) if one.first is not None]
    return f"{named[0].first.year}년 " if len(named) == 1 and named[0].first else ""


def _names_place(text: str) -> bool:
    return bool(places.find_dongs(text) or places.find_districts(text))
