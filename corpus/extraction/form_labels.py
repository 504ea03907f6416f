"""The labelled boxes at the head of minutes, with or without colons, alone or two on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.lines import Line
from corpus.types import Span


def _spaced(*names: str) -> str:
    """The names with any blanks between their syllables; longer ones first."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(r"[ ]{0,6}".join(name) for name in ordered)


# The boxes of meeting forms by what they hold.
_NAMES = {
    "held_on": _spaced(
        "회의일시", "개최일시", "일시", "회의일자", "개최일자", "일자", "회의일", "개최일", "날짜"
    ),
    "place": _spaced("회의장소", "개최장소", "장소"),
    "department": _spaced("주관부서", "담당부서", "소관부서", "주관"),
    "recorder": _spaced("회의기록", "기록자", "작성자", "기록", "회의록작성자", "서기"),
    "attendance": _spaced(
        "참석자",
        "참석위원",
        "출석위원",
        "참석인원",
        "출석인원",
        "참석현황",
        "참석자명단",
        "출석",
        "참석",
        "성원",
        "출석현황",
        "출석공무원",
        "출석전문위원",
        "배석공무원",
        "참석대상",
        "참여자",
    ),
    "absent": _spaced(
        "불참자",
        "불참위원",
        "결석위원",
        "불참",
        "결석자",
        "청가위원",
        "청가",
        "출장위원",
        "공가위원",
    ),
    "title": _spaced("회의명", "회의명칭"),
    "body": _spaced("위원회명", "협의체명"),
    "chair": _spaced("사회자", "진행자"),
    "agenda": _spaced(
        "안건",
        "회의안건",
        "부의안건",
        "심의안건",
        "상정안건",
        "심사안건",
        "의사일정",
        "의제",
        "토의안건",
        "주요안건",
        "회의주제",
    ),
    "content": _spaced(
        "회의내용",
        "회의결과",
        "주요내용",
        "논의내용",
        "토의내용",
        "내용",
        "심의내용",
        "진행내용",
        "회의진행",
        "주요논의사항",
        "논의사항",
        "협의내용",
    ),
    "notices": _spaced("공지사항", "알림사항", "안내사항", "전달사항", "홍보사항", "당부사항"),
    "next": _spaced(
        "차기회의일정",
        "차기회의",
        "다음회의",
        "다음회의일정",
        "차기일정",
        "차기회의일시",
        "향후회의일정",
    ),
    "photos": _spaced("회의사진", "사진", "관련사진"),
    "check": _spaced("회의기록확인자", "확인자", "확인", "기록확인", "결재"),
    "other": _spaced(
        "기타사항", "기타", "건의사항", "의견", "비고", "붙임", "향후계획", "추진일정"
    ),
}
_ANY = "|".join(f"(?P<{key}>{names})" for key, names in _NAMES.items())
_BULLET = (
    r"(?:[□■○◯〇●◦◎◇◆▶▷ㅇ•·❍❏*-]\s*|\d{1,2}[.)]\s*|[가나다라마바사아자차][.)]\s*|[ⅠⅡⅢⅣⅤⅥⅦ][.]?\s*)?"
)
_OPEN, _CLOSE = r"[\[(<【]?\s{0,3}", r"\s{0,3}[\])>】]?"
_AT_START = re.compile(
    rf"{_BULLET}{_OPEN}(?:{_ANY})(?:\s?\(\s?\d{{1,3}}\s?[명인]\s?\))?{_CLOSE}(?:\s*[:：]\s*|\s*\t\s*|\s+|$)"
)
# In the middle of a line a label needs a colon, a tab, or a whole form word behind a gap.
_INSIDE = re.compile(rf"(?:(?<=\s)|(?<=[,/]))(?:{_ANY})(?P<mark>\s*[:：]\s*|\s*\t\s*|\s+)")
_WHOLE_WORDS = re.compile(
    r"회의(?:일시|장소|기록|일자)|개최(?:일시|장소)|(?:주관|담당)부서|기록자|작성자|참석자"
)
_TORN = 2
# The bullet or bracket of the label that follows.
_HANGING = re.compile(
    r"\n\s*(?:[□■○◯●◦◎◇◆▶▷ㅇ•·❍❏*-]|\d{1,2}[.)]|[가나다라마바사아자차][.)])?\s*[\[(<【]?\s*$|[\s□■○◯●◦◎◇◆▶▷❍❏]+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A labelled box.

    Attributes:
        key: What it holds: `held_on`, `place`, `attendance`, `agenda`, `content`, `next` …
        label: Where its label stands.
        value: Where its value stands, up to the next label; may be empty.
    """

    key: str
    label: Span
    value: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    key: str
    start: int
    end: int
    value: int


def form_boxes(text: str, printed: Sequence[Line]) -> list[Box]:
    """The labelled boxes of a paper in order, each reaching to the next label.

    Args:
        text: Cleaned text; table cells are parted by tabs.
        printed: Its lines.

    Returns:
        The boxes; a label may come more than once.
    """
    labels: list[_Label] = []
    for number, line in enumerate(printed):
        if not labels or line.start >= labels[-1].end:
            labels.extend(_of_line(text, printed, number, line))
    ends = [*(label.start for label in labels[1:]), len(text)][: len(labels)]
    return [
        Box(
            key=label.key,
            label=Span(start=label.start, end=label.end),
            value=_trimmed(text, label.value, end),
        )
        for label, end in zip(labels, ends, strict=False)
    ]


def _of_line(text: str, printed: Sequence[Line], number: int, line: Line) -> list[_Label]:
    first = _first(text, printed, number, line)
    if first is None:
        return []
    found = [first]
    position = max(first.value, line.start)
    while match := _INSIDE.search(text, position, line.end):
        plain = "".join(text[match.start() : match.end()].split()).rstrip(":：")
        if match["mark"].strip(" ") or _WHOLE_WORDS.fullmatch(plain):
            key = _key(match)
            found.append(
                _Label(key=key, start=match.start(key), end=match.end(key), value=match.end())
            )
        position = match.end()
    return found


def _first(text: str, printed: Sequence[Line], number: int, line: Line) -> _Label | None:
    match = _AT_START.match(text, line.start, line.end)
    torn = _torn(text, printed, number)
    if torn is not None:
        return torn
    if match is None:
        return None
    key = _key(match)
    behind = text[match.end(key) : match.end()]
    alone = match.end() == line.end
    # Without a colon a short word such as 내용 or 기타 is a label only where nothing follows.
    plain = "".join(match[key].split())
    strict = len(plain) < _SURE_LENGTH and key not in {"held_on", "place"}
    marked = bool(re.search(r"[:：\t\])>】]", behind))
    if strict and not (alone or marked):
        return None
    return _Label(key=key, start=match.start(key), end=match.end(key), value=match.end())


def _torn(text: str, printed: Sequence[Line], number: int) -> _Label | None:
    """A label over two lines: 차기 / 회의일정."""
    both = printed[number : number + _TORN]
    if len(both) < _TORN or any(line.family or line.end - line.start > 6 for line in both):
        return None
    joined = "".join("".join(text[line.start : line.end].split()) for line in both)
    match = re.fullmatch(_ANY, joined)
    if match is None:
        return None
    return _Label(key=_key(match), start=both[0].start, end=both[1].end, value=both[1].end)


def _key(match: re.Match[str]) -> str:
    return next(key for key in _NAMES if match[key])


def _trimmed(text: str, start: int, end: int) -> Span:
    words = _HANGING.sub("", text[start:end])
    first = start + len(words) - len(words.lstrip())
    return Span(start=min(first, end), end=max(min(first, end), start + len(words.rstrip())))


_SURE_LENGTH = 3
