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

# Words that name a kind of paper, most telling first; the first that occurs in the title decides.
_KINDS: tuple[tuple[DocumentKind, str], ...] = (
    (DocumentKind.MINUTES, r"회\s*의\s*록|회의\s*결과|의사록|속기록"),
    (DocumentKind.PRESS_RELEASE, r"보\s*도\s*자\s*료|보도\s*참고|설명\s*자료"),
    (DocumentKind.BUDGET, r"예산|결산|세입|세출|사업비"),
    (DocumentKind.PROGRAMMES, r"사업\s*(?:안내|목록|현황)|프로그램|서비스\s*(?:안내|목록)"),
    (DocumentKind.PLAN, r"계획|방안|로드맵|전략"),
    (DocumentKind.NOTICE, r"공고|공문|알림|안내|통보|통지|개최|소집|요청|협조"),
)
_TITLE_WORDS = re.compile(
    "|".join(pattern for _, pattern in _KINDS) + r"|보고|평가|결과|조례|규칙|지침|현황|명단|의견서"
)
# `제목` heads the subject of an official letter.
_LABELLED = re.compile(r"\s*제\s*목\s*(?:[:：\t]\s*|\s(?=\S))(\S.{3,})")
# The headline of a press release may lack every title word; these lines stand around it.
_PRESS = re.compile(r"보\s*도\s*(?:참고\s*|설명\s*)?자\s*료")
_PRESS_WITHIN = 3
_BESIDE_HEADLINE = re.compile(
    r"^\s*[-–—◇◆○●□■*※▲▷<]|보\s*도|배\s*포|석간|조간|담\s*당|책\s*임|\d{3,4}-\d{4}"
)
_UNFINISHED = re.compile(r"(?:의|및|와|과|·|,|관한|위한|따른)$")
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
    title = _title(lines) or stated or stem
    return Headline(title=title, kind=_kind(title, lines), dated=document_date(text))


def _title(lines: Sequence[str]) -> str:
    for line in lines:
        if labelled := _LABELLED.match(line):
            return squeeze(labelled[1])[:_LONGEST_TITLE]
    press = any(_PRESS.search(line) for line in lines[:_PRESS_WITHIN])
    titles = [
        number
        for number, line in enumerate(lines)
        if _may_be_title(line)
        and not _is_label_only(_whole(lines, number))
        and not (press and _BESIDE_HEADLINE.search(line))
    ]
    telling = [number for number in titles if _TITLE_WORDS.search(lines[number])]
    chosen = next(iter(telling or (titles if press else [])), None)
    return "" if chosen is None else _whole(lines, chosen)


def _whole(lines: Sequence[str], number: int) -> str:
    """A title with the line before or behind it that it cannot do without."""
    words = squeeze(lines[number]).strip("-–— ")
    before = squeeze(lines[number - 1]) if number else ""
    behind = squeeze(lines[number + 1]) if number + 1 < len(lines) else ""
    if _UNFINISHED.search(words) and behind:
        words = f"{words} {behind}"
    elif _UNFINISHED.search(before):
        words = f"{before} {words}"
    return words[:_LONGEST_TITLE]


def _may_be_title(line: str) -> bool:
    """Whether a line is no table row, enclosure, labelled value or statement."""
    words = squeeze(line).strip("-–— ")
    if not 4 <= len(words) <= _LONGEST_TITLE or "\t" in line or re.search(r"[:：]", words):
        return False
    return not re.search(r"다\.?$|^붙\s?임", words)


def _is_label_only(words: str) -> bool:
    """`보 도 자 료` names the kind of paper, not what it is about."""
    return len(re.sub(r"\s", "", words)) <= 4


def _kind(title: str, lines: Sequence[str]) -> DocumentKind:
    head = "\n".join(map(squeeze, lines))
    if re.search(dict(_KINDS)[DocumentKind.PRESS_RELEASE], f"{title}\n{head}"):
        return DocumentKind.PRESS_RELEASE
    # The last kind word decides a title: 예산 편성 계획 is a plan, 계획 검토 회의록 is minutes.
    named = [
        (match.end(), -order, kind)
        for order, (kind, pattern) in enumerate(_KINDS)
        for match in re.finditer(pattern, title)
    ]
    if named:
        return max(named)[2]
    return next((kind for kind, pattern in _KINDS if re.search(pattern, head)), DocumentKind.OTHER)
