"""Personal data in a text: found and masked before anything is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.messages import say
from retrieval.understanding.respelling import respelled

# How far before a number the words that say whose it is may stand, in characters: one clause.
_BEFORE = 24
# How far after a street "where I live" may stand.
_AFTER = 8
# Letter for letter, so that offsets hold.
_PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−－ー﹣", "-")
    | {chr(ord("０") + digit): str(digit) for digit in range(10)}
    | {"＠": "@", "．": ".", "／": "/"}
)


class PersonalKind(StrEnum):
    """What a piece of personal data is; keys of `[personal_data]` in `corpus/messages.toml`."""

    RESIDENT_NUMBER = "resident_number"  # 주민등록번호, also of foreigners
    IDENTITY_DOCUMENT = "identity_document"  # 여권번호, 운전면허번호
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"  # 계좌번호
    ADDRESS = "address"  # street with number, or building with 동·호
    NAME = "name"  # only in papers, where these mark it as a private person's


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDatum:
    """A piece of personal data: `text` is what stands from `start` up to `end`."""

    start: int
    end: int
    kind: PersonalKind
    text: str


# Words that make a landline or an e-mail an office's; 결과, 효과 and 성과 are no departments.
_OFFICE = re.compile(
    r"대표|행정복지센터|주민센터|구청|시청|군청|도청|보건소|복지관|사무소|사무국|사무실|고객센터|콜센터|"
    r"상담소|민원실|문의|☎|☏|팩스|fax|내선|"
    r"[가-힣]{2,}(?:(?<![결효성])과|팀|센터|협의체|재단|공단|도서관|진흥원|위원회)\b",
    re.IGNORECASE,
)
# A mobile is a person's unless the paper prints it as the office's own.
_OFFICE_MOBILE = re.compile(r"대표|업무용|당직|문의처|☎|☏")
_MOBILE = re.compile(r"\D*(?:82)?\D*0?(?:1[016789]|50)")
_PRIVATE = re.compile(
    r"(?:제|저희|내|이분|그분|본인)\s?(?:집\s?)?(?:번호|연락처|전화|폰|주소|이?메일)|자택|휴대폰|핸드폰|"
    r"집\s?(?:전화|주소)|살고|사는|거주"
)
_HOME = re.compile(r"주소|집(?![행중])|자택|거주|사는|살(?:아|고|았|며|던|다)")
# Words near an account number; names of banks that are also common words must stand right before.
_BANK = re.compile(
    r"계좌|은행|뱅크|예금주|입금|송금|이체|통장|신한|농협|수협|신협|축협|새마을|우체국|카카오|토스|KB|IBK|NH|"
    r"(?:국민|우리|하나|기업|산업|부산|대구|광주|전북|경남|제주|씨티|SC)\s?$"
)
_HOUSES = r"(?:아파트|APT|빌라|맨션|오피스텔|주공|연립|타운|하이츠|원룸|고시원)"
_FORMS: tuple[tuple[PersonalKind, str], ...] = (
    (
        PersonalKind.RESIDENT_NUMBER,
        r"(?<!\d)\d{2}(\d{2})(\d{2})\s?[-~./_]?\s?[1-8](?:\d{6}|\d{0,6}[*●○xX]{1,6})(?!\d)",
    ),
    (
        PersonalKind.IDENTITY_DOCUMENT,
        r"(?<![A-Za-z0-9])[MSRODGmsrodg](?:\d{8}|\d{3}[A-Z]\d{4})(?!\d)",
    ),
    (PersonalKind.IDENTITY_DOCUMENT, r"(?<![\d-])[12]\d-\d{2}-\d{6}-\d{2}(?![\d-])"),
    # Four years in a row are no card.
    (
        PersonalKind.CARD,
        r"(?<![\d-])(?!(?:(?:19|20)\d\d\D?){4})\d{4}([- .])\d{4}\1\d{4}\1\d{4}(?![\d-])",
    ),
    (PersonalKind.CARD, r"(?<![\d-])\d{16}(?![\d-])"),
    (
        PersonalKind.EMAIL,
        r"[A-Za-z0-9._%+-]{1,64}\s?@\s?(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,10}",
    ),
    (
        PersonalKind.EMAIL,
        r"[A-Za-z0-9._%+-]{1,64}\s?(?:골뱅이|앳|\(at\)|\[at\])\s?(?:[A-Za-z0-9-]{2,63}|네이버|다음|한메일|지메일|구글|카카오|네이트)"
        r"(?:\s?(?:\.|점|닷)\s?(?:[A-Za-z]{2,10}|컴|넷|케이알|씨오))*",
    ),
    (
        PersonalKind.PHONE,
        r"(?<![\d-])(?:\+?82[- ]?)?\(?0?(?:1[016789]|50\d|70)\)?[-. ]?\d{3,4}[-. ]?\d{4}(?![\d-])",
    ),
    (
        PersonalKind.PHONE,
        r"(?<![\d-])\(?0(?:2|[3-6]\d)\)?[-. ]?\d{3,4}[-. ]\d{4}(?![\d-])",
    ),
    (PersonalKind.ACCOUNT, r"(?<![\d-])\d{2,6}(?:-\d{1,8}){1,4}(?![\d-])"),
    (PersonalKind.ACCOUNT, r"(?<![\d-])\d{10,14}(?![\d-])"),
    (
        PersonalKind.ADDRESS,
        r"[가-힣]{1,10}\d{0,4}(?:번?길|로)(?:\s?\d{1,4}(?:번?길))?\s\d{1,4}(?:-\d{1,4})?(?:번지)?"
        # 회의로 3명 is no street
        r"(?![\d.]|\s?(?:개|명|원|년|월|일|시|회|번(?!지)|%|차|건|억|만|호선))"
        r"(?:,?\s?\d{1,4}\s?동)?(?:,?\s?\d{1,4}\s?(?:층|호))*",
    ),
    (
        PersonalKind.ADDRESS,
        r"(?:[가-힣A-Za-z0-9○◯]{1,12}\s?" + _HOUSES + r"\s?)?"
        r"(?:제?\d{1,4}\s?(?:차|단지)\s?)?(?<!\d)\d{1,4}\s?동\s?\d{1,4}\s?호",
    ),
    (
        PersonalKind.ADDRESS,
        r"[가-힣A-Za-z0-9○◯]{1,12}\s?"
        + _HOUSES
        + r"\s?(?:\d{1,4}\s?(?:동|층)\s?)?(?:(?:반?지하|지층|옥탑)\s?)?[Bb]?\d{1,4}\s?호",
    ),
    (
        PersonalKind.ADDRESS,
        r"[가-힣]{1,6}(?:동|리|가)\s?\d{1,4}(?:-\d{1,4})?\s?번지(?:\s?\d{1,4}\s?호)?",
    ),
)
# Tried in this order, so that a piece that fits two forms is the first of them.
_PATTERNS = tuple((kind, re.compile(form)) for kind, form in _FORMS)


def find(text: str) -> list[PersonalDatum]:
    """Personal data in a text, in order and without overlaps.

    Found are resident numbers (with a real month and day), phones, e-mail addresses, bank
    accounts, cards and home addresses. What the words before it mark as an office's contact is
    left out, resident numbers and cards never are. Names and states of health are not found: they
    have no form of their own.

    Args:
        text: Any text; offsets refer to it.

    Returns:
        The pieces by place; empty for an empty text.
    """
    plain = text.translate(_PLAIN)
    found: list[PersonalDatum] = []
    for datum in (*_candidates(plain, text), *_spelled_out(plain, text)):
        if all(datum.end <= other.start or datum.start >= other.end for other in found):
            found.append(datum)
    return sorted(found, key=lambda datum: datum.start)


def mask(text: str) -> str:
    """The text with a bracketed word such as `[전화번호]` in place of each piece of personal data.

    Masking twice changes nothing more; a text without personal data comes back as it is.
    """
    # What stood too close to another piece to be one itself is found once that is masked.
    while found := find(text):
        text = _masked(text, found)
    return text


def _masked(text: str, found: Sequence[PersonalDatum]) -> str:
    parts: list[str] = []
    place = 0
    for datum in found:
        parts += [text[place : datum.start], say(f"personal_data.{datum.kind.value}")]
        place = datum.end
    return "".join([*parts, text[place:]])


def _candidates(plain: str, text: str) -> Iterator[PersonalDatum]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if match[0].startswith("(") and ")" not in match[0]:
                start += 1  # the bracket is closed behind the number
            before, after = plain[max(0, start - _BEFORE) : start], plain[end : end + _AFTER]
            if _holds(kind, match, before, after):
                yield PersonalDatum(start=start, end=end, kind=kind, text=text[start:end])


def _spelled_out(plain: str, text: str) -> Iterator[PersonalDatum]:
    """Numbers in words or digit by digit, judged like those in plain digits."""
    for number in respelled(plain):
        before = plain[max(0, number.start - _BEFORE) : number.start]
        for kind, pattern in _PATTERNS:
            match = pattern.fullmatch(number.digits)
            if match and _holds(kind, match, before, plain[number.end : number.end + _AFTER]):
                piece = text[number.start : number.end]
                yield PersonalDatum(start=number.start, end=number.end, kind=kind, text=piece)
                break


def _holds(kind: PersonalKind, match: re.Match[str], before: str, after: str) -> bool:
    """Whether digits of the right form are what they seem, judged by the words around them."""
    found = match[0]
    if kind is PersonalKind.RESIDENT_NUMBER:
        return 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31
    if kind is PersonalKind.IDENTITY_DOCUMENT:
        return True
    if kind is PersonalKind.CARD:
        digits = re.sub(r"\D", "", found)
        return "-" in found or _luhn(digits) or "카드" in before
    if kind is PersonalKind.ACCOUNT:
        return 10 <= sum(map(str.isdigit, found)) <= 16 and _BANK.search(before) is not None
    if kind is PersonalKind.EMAIL:
        return not found.lower().endswith((".go.kr", "korea.kr")) and not _of_office(before)
    if kind is PersonalKind.PHONE and _MOBILE.match(found):
        return _OFFICE_MOBILE.search(before) is None or _PRIVATE.search(before) is not None
    if kind is PersonalKind.ADDRESS and not re.search(r"호|번지", found):
        # A street and number alone is a place in town unless someone is said to live there.
        return _HOME.search(f"{before} {after}") is not None and not _of_office(before)
    return not _of_office(before)


def _of_office(before: str) -> bool:
    return _OFFICE.search(before) is not None and _PRIVATE.search(before) is None


def _luhn(digits: str) -> bool:
    """Check digit of a card number (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
