"""What a paper says of itself at its head: title, kind and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.dates import document_date
from corpus.outline import Item
from corpus.text import clean, squeeze
from corpus.types import DocumentKind

# Words that name a kind of paper, most telling first; the last that occurs in the title decides.
_KINDS: tuple[tuple[DocumentKind, str], ...] = (
    (DocumentKind.MINUTES, r"회\s*의\s*록|(?:회의|심의)\s*결과|의사록|속기록"),
    (DocumentKind.PRESS_RELEASE, r"보\s*도\s*자\s*료|보도\s*참고|설명\s*자료"),
    (DocumentKind.BUDGET, r"(?:예산|결산|세입|세출|사업비)(?:\s*집행)?(?:\s*(?:현황|실적))?"),
    (
        DocumentKind.PROGRAMMES,
        r"사업\s*(?:안내|목록|현황)|프로그램(?:\s*(?:안내|목록|현황))?|서비스\s*(?:안내|목록)",
    ),
    # What came of something: a list of opinions and measures, figures, an evaluation.
    (DocumentKind.OTHER, r"의견|조치|처리\s*결과|실적|달성\s*현황|추진\s*현황|평가"),
    (DocumentKind.PLAN, r"계획|방안|로드맵|전략"),
    (DocumentKind.NOTICE, r"공고|공문|알림|안내|통보|통지|개최|소집|요청|협조"),
)
_TITLE_WORDS = re.compile(
    "|".join(pattern for kind, pattern in _KINDS if kind is not DocumentKind.OTHER)
    + r"|보고|평가|결과|실적|조례|규칙|지침|현황|명단|의견서"
)
# `제목` heads the subject of an official letter.
_LABELLED = re.compile(r"\s*제\s*목\s*(?:[:：\t]\s*|\s(?=\S))(\S.{3,})")
# Only letters name whom they are sent to.
_ADDRESSED = re.compile(r"\s*수\s*신(?:자|처)?(?:\s|[:：])")
# The headline of a press release may lack every title word; these lines stand around it.
_PRESS = re.compile(r"보\s*도\s*(?:참고\s*|설명\s*)?자\s*료")
_PRESS_WITHIN = 3
# How press releases quote the office that speaks.
_ANNOUNCED = re.compile(r"(?:밝혔|전했)다[.”’]?\s*$", re.MULTILINE)
_BESIDE_HEADLINE = re.compile(
    r"^\s*[-–—◇◆○●□■*※▲▷<(]|보\s*도|배\s*포|석간|조간|담\s*당|책\s*임|\d{3,4}-\d{4}"
)
# A line that cannot end a title. 회의, 심의, 결과 and the like end in the same syllables.
_UNFINISHED = re.compile(
    r"(?:(?<![회협건심결논동토질문강])의|(?<![결성효경학])과|및|와|·|,|관한|위한|따른)$"
)
# What stands below a title rather than going on with it.
_OWN_LINE = re.compile(r"\s*[(<\[【□■○●◇◆▣*※-]|.*[:：\t]|.*다\.?$|\s*\d{1,2}\.\s")
# `(작성: 복지과, 2031. 4. 2.)` behind a title says when and by whom, not what.
_NOTE = re.compile(
    r"\s*\((?:작\s?성|기\s?준|담\s?당|단\s?위|출\s?처)[^()]*\)?$|\s*\([^()]*(?:현재|기준)\)$"
)
# `가람시 공고 제2031-18호` above a title is the number under which it was registered.
_REGISTERED = re.compile(r"(?:공고|고시|훈령|예규)\s?제\s?\d{4}\s?-\s?\d+\s?호$")
# The boxes in which forms print what they are about, and the papers that are such forms.
_SUBJECT = re.compile(
    r"\s*(?:사\s?업|과\s?제|행\s?사|프\s?로\s?그\s?램|공\s?사|용\s?역)\s?명\s*[:：\t]\s*([^\t:：]{2,40})"
)
_FORM = re.compile(r"(?:신청서|계획서|보고서|제안서|요청서|정산서|추천서|평가서)")
# 제2호 below 회의록: which of a session's meetings.
_NUMBER_LINE = re.compile(r"\s*[(\[<]?제\s?(\d{1,3})\s?호[)\]>]?\s*")
_SPACED_OUT = re.compile(r"(?:\S\s)+\S")
_LINES_READ = 14
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Title, kind and date as far as a paper states them."""

    title: str
    kind: DocumentKind
    dated: str


def headline(text: str, items: Sequence[Item], name: str, stated: str = "") -> Headline:
    """Read a paper's own head.

    Args:
        text: The cleaned text.
        items: Its outline.
        name: File name, the last resort for a title.
        stated: Title from the file's properties; offices copy files, so the text goes first.

    Returns:
        The headline; the date is empty where none is found.
    """
    # Lines as printed: the outline joins a title to the date or the office printed below it.
    lines = [
        line
        for item in items[:_LINES_READ]
        for line in text[item.start : item.end].splitlines()
        if line.strip()
    ][:_LINES_READ]
    stem = PurePath(name).stem
    # Properties are copied from file to file and often hold junk such as `3` or `untitled`.
    stated = squeeze(clean(stated))[:_LONGEST_TITLE] if re.search(r"[가-힣]{2}", stated) else ""
    title = _with_number(_with_subject(_title(lines) or stated or stem, lines), lines)
    return Headline(title=title, kind=_kind(title, stem, lines), dated=document_date(text))


def _with_subject(title: str, lines: Sequence[str]) -> str:
    """A form's title with the name of the one thing that it is about: 신청서 with its 사업명."""
    named = [match[1].strip() for line in lines if (match := _SUBJECT.match(line))]
    if len(named) != 1 or named[0] in title or not _FORM.search(title):
        return title
    return f"{title} - {named[0]}"[:_LONGEST_TITLE]


def _with_number(title: str, lines: Sequence[str]) -> str:
    """The title of an assembly's minutes with their number, which stands in a line of its own."""
    numbers = [match[1] for line in lines if (match := _NUMBER_LINE.fullmatch(line))]
    if len(numbers) != 1 or not title.endswith("회의록"):
        return title
    return f"{title}(제{numbers[0]}호)"


def _title(lines: Sequence[str]) -> str:
    for line in lines:
        if labelled := _LABELLED.match(line):
            return _NOTE.sub("", squeeze(labelled[1]))[:_LONGEST_TITLE]
    press = _is_press(lines)
    titles = [
        number
        for number, line in enumerate(lines)
        if _may_be_title(line, press=press)
        and not _is_label_only(_whole(lines, number))
        and not (press and _BESIDE_HEADLINE.search(line))
    ]
    telling = [number for number in titles if _TITLE_WORDS.search(lines[number])]
    chosen = next(iter(telling or (titles if press else [])), None)
    return "" if chosen is None else _whole(lines, chosen)


def _is_press(lines: Sequence[str]) -> bool:
    return any(_PRESS.search(line) for line in lines[:_PRESS_WITHIN])


def _whole(lines: Sequence[str], number: int) -> str:
    """A title with the line before or behind it that it cannot do without."""
    words = _plain(lines[number])
    before = _plain(lines[number - 1]) if number else ""
    behind = _plain(lines[number + 1]) if number + 1 < len(lines) else ""
    if _UNFINISHED.search(words) and behind and not _OWN_LINE.match(lines[number + 1]):
        words = f"{words} {behind}"
    elif _UNFINISHED.search(before) and not _OWN_LINE.match(lines[number - 1]):
        words = f"{before} {words}"
    return _NOTE.sub("", words)[:_LONGEST_TITLE]


def _plain(line: str) -> str:
    """A line without ornaments; `회 의 록` is one word that was spaced out."""
    words = re.split(r"\s{2,}", line.strip().strip("-–— "))
    return squeeze(
        " ".join("".join(word.split()) if _SPACED_OUT.fullmatch(word) else word for word in words)
    )


def _may_be_title(line: str, *, press: bool) -> bool:
    """Whether a line is no table row, enclosure, labelled value or statement."""
    words = squeeze(line).strip("-–— ")
    if not 4 <= len(words) <= _LONGEST_TITLE or "\t" in line or re.search(r"[:：]", words):
        return False
    if _REGISTERED.search(words):
        return False
    # Headlines are sentences without a full stop.
    return not re.search(r"다\.$|^붙\s?임" if press else r"다\.?$|^붙\s?임", words)


def _is_label_only(words: str) -> bool:
    """`보 도 자 료` names the kind of paper, not what it is about."""
    return len(re.sub(r"\s", "", words)) <= 4


def _kind(title: str, name: str, lines: Sequence[str]) -> DocumentKind:
    head = "\n".join(map(squeeze, lines))
    if _is_press(lines) or _PRESS.match(title) or _PRESS.match(name):
        return DocumentKind.PRESS_RELEASE
    # The last kind word decides a title: 예산 편성 계획 is a plan, 계획 검토 회의록 is minutes.
    named = [
        (match.end(), -order, kind)
        for order, (kind, pattern) in enumerate(_KINDS)
        for match in re.finditer(pattern, title)
    ]
    decided = max(named)[2] if named else None
    if decided in {None, DocumentKind.NOTICE} and _ANNOUNCED.search(head):
        return DocumentKind.PRESS_RELEASE
    if decided in {None, DocumentKind.OTHER} and any(map(_ADDRESSED.match, lines)):
        return DocumentKind.NOTICE
    if decided:
        return decided
    # Rows of a table name what it lists, not what the paper is.
    prose = "\n".join(line for line in lines if "\t" not in line)
    return next((kind for kind, pattern in _KINDS if re.search(pattern, prose)), DocumentKind.OTHER)
