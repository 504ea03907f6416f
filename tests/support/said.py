"""What a text says and quotes, whatever the wording: names, numbers, amounts, a plain no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LONGEST_QUOTE, _SHORTEST_QUOTE = 300, 6

_QUOTES = re.compile("[\u200b\ufeff,，、'\"‘’“”`*_「」『』<>《》·‧∙・․ㆍ\\s]")
_LISTED = re.compile(r"(?<=\d)\s*[\s、，·‧∙・․ㆍ]\s*(?=\d)|(?<=\d),\s*(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COUNTED = r"(?:개|곳|건|명|가지|차례|번|분|군데)"
_NATIVE = ["한", "두", "세|셋", "네|넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
_SAYS_NO = re.compile(
    r"찾지못|찾을수없|확인(?:할수없|되지않|이안|못)|알수없|알지못|모르겠|답할근거가없"
    r"|(?:자료|문서|내용|기록|근거|정보|항목|사항|결과|번호|연락처|답변|답)[^.!?]{0,40}"
    r"(?:없습니다|없어|없음|없는|나와있지않|나오지않|담겨있지않|들어있지않)"
    r"|(?:명시|언급|기재|공개|수록|기록|등록)[^.!?]{0,12}(?:되지않|(?:되어|돼)있지않|있지않|없)"
    r"|(?:드릴|제공할|알려드릴|도와드릴)수없|답(?:변|해|할)?[^.!?]{0,12}(?:어렵|못)"
    r"|donotsay|notfound|cannotanswer"
)


def flat(text: str) -> str:
    """A text without what writers are free in: width, case, spaces, quotation marks, commas."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())
    return _QUOTES.sub("", _LISTED.sub("/", text))


def folded(text: str) -> str:
    """A text without its white space, for quotes."""
    return re.sub(r"[\s\ufeff]+", "", unicodedata.normalize("NFKC", text))


def says(wanted: str, text: str) -> bool:
    """Whether a text holds what is expected: literal, `num:7`, or `re:pattern||example`."""
    bare = flat(text)
    if wanted.startswith("re:"):
        return bool(re.search(wanted[3:].split("||")[0], bare, re.IGNORECASE))
    if not wanted.startswith("num:"):
        return flat(wanted) in bare
    number = wanted.removeprefix("num:")
    if re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", bare):
        return True
    small = number.isdigit() and 1 <= int(number) <= len(_NATIVE)
    return small and bool(re.search(rf"(?:{_NATIVE[int(number) - 1]}){_COUNTED}", bare))


_TOKEN = re.compile(r"\d+(?:\.\d+)?|[조억만천백십]|원|won")
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_TENS = {"십": 10, "백": 100, "천": 1000}
_AMOUNT = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:\s*(?:[조억만천백십]|\d[\d,]*(?:\.\d+)?)+)*\s*(?:원|won)?"
)


def amounts_of(text: str) -> list[float]:
    """Amounts of money that a text names, in won: `4,071만 5,000원`, `40.7백만원`, `3억`."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    found = [_won(_TOKEN.findall(match[0])) for match in _AMOUNT.finditer(text)]
    return [won for won in found if won]


def _won(tokens: Sequence[str]) -> float:
    """The value of one amount; 0 for a number that is no money."""
    total = section = number = 0.0
    for token in tokens:
        if token in _TENS:
            section += (number or 1) * _TENS[token]
            number = 0.0
        elif token in _MYRIADS:
            total += (section + number or 1) * _MYRIADS[token]
            section = number = 0.0
        elif token not in {"원", "won"}:
            number = float(token)
    money = tokens[-1] in {"원", "won"} or any(token in _MYRIADS for token in tokens)
    return total + section + number if money else 0.0


def says_no(text: str) -> bool:
    """Whether a text says that the papers do not say."""
    return bool(_SAYS_NO.search(re.sub(r"\s+", "", text).lower()))


def quoted(quote: str, paper: str) -> bool:
    """Whether a quote stands in a paper's folded text, what `…` leaves out aside."""
    parts = [part for part in map(folded, quote.split("…")) if part]
    if not _SHORTEST_QUOTE <= sum(map(len, parts)) <= _LONGEST_QUOTE:
        return False
    at = 0
    for part in parts:
        if (at := paper.find(part, at)) < 0:
            return False
        at += len(part)
    return True
