"""Counted things in Korean text: 27개 사업, 2천800개, 세 곳, 64.5%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus import numerals
from corpus.numerals import Numeral

# Native numerals up to 39 in the form they take before a counter word.
_ONES = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_TENS = {"열": 10, "스물": 20, "서른": 30}
_NATIVE = {
    **_ONES,
    **_TENS,
    "스무": 20,
    **{ten + one: a + b for ten, a in _TENS.items() for one, b in _ONES.items()},
}
_NATIVE_START = re.compile(
    r"(?<![가-힣\dA-Za-z])(?P<number>"
    + "|".join(sorted(_NATIVE, key=len, reverse=True))
    + r")(?P<gap>[ \t]?)(?P<counter>개|곳|군데|명|사람|분|건|번|차례|동|가지|팀|집|가구|배|달|해)"
)
# Longest first. 개동 is "dongs" in 15개 동, as a plain 동 behind a digit is part of a name.
_COUNTER = re.compile(
    r"[ \t]?(?P<counter>개소|개월|개년|개교|개[ \t]?동|개|곳|군데|명|인|건|회|차례|차|가구|세대|팀"
    r"|%p|%|퍼센트|배|가지|종|대|호|번|점|위|시간|매|면|부|권|톤|kg|박스|상자|마리|그루|포기|필지)"
)
# What may follow a counter: the end of the word, a particle, or a word of quantity.
_AFTER = re.compile(
    r"(?![가-힣])|(?:은|는|이|가|을|를|의|에|도|과|와|로|만|씩|당|중|별|째|등|간|인|입|였|나|뿐|밖|여"
    r"|까지|부터|정도|이상|이하|미만|초과|이내|내외|하|해|예|전체|모두|규모)"
)
# Glued to its number a counter is one even where the text lost the next space (27개사업), unless
# the letters go on as one of these words.
_OTHER_WORD = re.compile(
    r"회(?:의|원|계|관)|건(?:강|물|설|축)|차(?:장|량|년)|명(?:칭|단|절)|대(?:상|표|책|학|응)|호(?:선|응)"
    r"|번(?:지|길|호)|부(?:서|터|문)|위(?:원|기|치|험)|인(?:구|력|가|천)|점(?:검|수)|종(?:사|합|로|류)"
    r"|배(?:포|분|치)|팀장|권(?:역|한|리)|매(?:년|월|주)|동(?:안|시)"
)
_LOOSE = frozenset(
    {
        "개소",
        "개교",
        "개동",
        "개",
        "곳",
        "명",
        "건",
        "회",
        "가구",
        "세대",
        "팀",
        "%",
        "%p",
        "퍼센트",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of things.

    Attributes:
        start: Offset of the number.
        end: Offset behind the counter word.
        value: The number; a float only where it is printed with a fraction.
        counter: The counter word without spaces, such as `개소`, `명`, `%`, `개동` (dongs).
        text: `source[start:end]`.
        ordinal: Whether it is the number of one thing (제2회) rather than a quantity.
        about: Whether it is said to be more or less (90여 명).
    """

    start: int
    end: int
    value: int | float
    counter: str
    text: str
    ordinal: bool = False
    about: bool = False


def counts(text: str) -> list[Count]:
    """Every counted thing of a text, in order and without overlap; money and dates are none.

    >>> [(c.value, c.counter) for c in counts("27개 사업, 2천800개 읍면동, 세 곳")]
    [(27, '개'), (2800, '개'), (3, '곳')]
    """
    source = numerals.narrow(text)
    found = [*_written(text, source), *_native(text, source)]
    return sorted(found, key=lambda count: count.start)


def _written(text: str, source: str) -> list[Count]:
    found: list[Count] = []
    position = 0
    for start in numerals.starts(source):
        if start < position:
            continue
        read = numerals.readings(source, start)
        count = next(filter(None, (_counted(text, source, n) for n in reversed(read))), None)
        if count is not None:
            found.append(count)
        position = count.end if count else _behind(source, start)
    return found


def _behind(source: str, start: int) -> int:
    end = start + 1
    while end < len(source) and source[end].isdigit() and source[start].isdigit():
        end += 1
    return end


def _counted(text: str, source: str, numeral: Numeral) -> Count | None:
    match = _COUNTER.match(source, numeral.end)
    if match is None or not numeral.written:
        return None
    counter = "".join(match["counter"].split())
    glued = match.start("counter") == numeral.end
    if _OTHER_WORD.match(source, match.start("counter")):
        return None
    if not (glued and counter in _LOOSE) and not _AFTER.match(source, match.end()):
        return None
    return Count(
        start=numeral.start,
        end=match.end(),
        value=_number(numeral.value),
        counter=counter,
        text=text[numeral.start : match.end()],
        ordinal=source[max(0, numeral.start - 2) : numeral.start].rstrip().endswith("제"),
        about=numeral.about,
    )


def _native(text: str, source: str) -> list[Count]:
    return [
        Count(
            start=match.start(),
            end=match.end(),
            value=_NATIVE[match["number"]],
            counter=match["counter"],
            text=text[match.start() : match.end()],
        )
        for match in _NATIVE_START.finditer(source)
        if _AFTER.match(source, match.end())
    ]


def _number(value: int | Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)
