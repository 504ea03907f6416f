"""Spreadsheet values as people see them in the cell."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PATTERN = re.compile(r"[0#?][0#?,.]*")
_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[\$-[^\]]*\]|\[h+\]|AM/PM|오전/오후|y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|.',
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "월화수목금토일"
# Excel shows eleven significant digits of a number without a format.
_GENERAL_DIGITS = 11
_EXACT = 2**53  # from here on a float does not hold every integer
_MOST_DIGITS = 400  # the largest float has 309 digits before its point


def shown(value: object, number_format: str) -> str:
    """The text of a cell.

    Args:
        value: As openpyxl gives it: text, number, truth value, date, time, duration or None.
        number_format: Excel's code, for example `#,##0` or `yyyy"년" m"월"`; `General` for none.

    Returns:
        What Excel prints, colours, padding and currency names of the code aside; empty for None.

    >>> shown(1234567, '#,##0"원"'), shown(0.856, "0.0%"), shown(2896000, "#,##0,")
    ('1,234,567원', '85.6%', '2,896')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _moment(value, number_format)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    if (
        number_format in {"General", "@", ""}
        or value in {float("inf"), float("-inf")}
        or value != value
    ):
        return _general(value)
    sections = _sections(number_format)
    section, signed = sections[0], value < 0
    if value < 0 and len(sections) > 1:
        section, signed = sections[1], False
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    literals: list[str] = []
    code = _LITERAL.sub(lambda match: _kept(match, literals), section)
    pattern = _PATTERN.search(code)
    if pattern is None:
        text = code if literals or code.strip() else ""
    elif "/" in code or "E+" in code.upper():  # fractions and powers of ten: rare in offices
        return _general(value)
    else:
        shift = 100 ** code.count("%")
        digits = _digits(abs(Decimal(repr(value))) * shift, pattern[0])
        text = code[: pattern.start()] + digits + code[pattern.end() :]
    text = re.sub("\ue000", lambda _: literals.pop(0), text).strip()
    return text if not signed or not re.search("[1-9]", text) else f"-{text}"


def _sections(number_format: str) -> list[str]:
    """The parts for positive, negative, zero and text; a semicolon in quotes parts nothing."""
    parts = [""]
    for piece in re.findall(r'"[^"]*"|\\.|[^;]|;', number_format):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _kept(match: re.Match[str], literals: list[str]) -> str:
    """A place-holder for quoted text, so that digits in it are not taken for the pattern."""
    text = match[1] if match[1] is not None else match[2]
    if text is None and match[0].startswith("[$"):  # [$₩-412]: a currency sign and its language
        text = match[0][2:-1].partition("-")[0]
    if not text:
        return ""
    literals.append(text)
    return "\ue000"


def _digits(value: Decimal, pattern: str) -> str:
    core = pattern.rstrip(",")
    value = value / 1000 ** (len(pattern) - len(core))
    whole, point, fraction = core.partition(".")
    places = min(len(fraction), 30)
    if value.adjusted() > _MOST_DIGITS:
        return str(value)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    head, _, tail = text.partition(".")
    tail = tail[: len(fraction.rstrip("#?"))] + tail[len(fraction.rstrip("#?")) :].rstrip("0")
    width = whole.count("0")
    head = "" if head == "0" and not width else head.zfill(width)
    return head + (f".{tail}" if point and tail else "")


def _general(value: float) -> str:
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))  # Excel would print 1.2E+13; an amount is wanted whole
    return f"{value:.{_GENERAL_DIGITS}g}"


def _moment(value: date | time, number_format: str) -> str:
    """A date or time by the code's own order; by ISO 8601 where the code is no date's."""
    tokens = _TOKEN.findall(_sections(number_format)[0])
    known = [token.lower()[0] for token in tokens]
    if not any(first in "ymdhs" for first in known):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    half = any(token.upper() in {"AM/PM", "오전/오후"} for token in tokens)
    korean = "-412]" in number_format or "오전" in number_format  # 0x412: Windows' Korean
    parts: list[str] = []
    for at, token in enumerate(tokens):
        near = next((t for t in reversed(known[:at]) if t in "ymdhs"), "")
        after = next((t for t in known[at + 1 :] if t in "ymdhs"), "")
        minutes = token.lower().startswith("m") and (near == "h" or after == "s")
        parts.append(_moment_part(value, token, minutes=minutes, half=half, korean=korean))
    return "".join(parts).strip()


def _moment_part(value: date | time, token: str, *, minutes: bool, half: bool, korean: bool) -> str:
    if token[0] in '"\\':
        return token.strip('"').removeprefix("\\")
    if token.startswith("[$"):
        return ""
    low = token.lower().strip("[]")
    if low in {"am/pm", "오전/오후"}:
        morning = getattr(value, "hour", 0) < 12
        return ("오전" if morning else "오후") if korean else ("AM" if morning else "PM")
    if low[0] in "hs" or minutes:
        hour = getattr(value, "hour", 0)
        hour = (hour % 12 or 12) if half else hour
        number = {"h": hour, "m": getattr(value, "minute", 0), "s": getattr(value, "second", 0)}[
            low[0]
        ]
        return f"{number:0{min(len(low), 2)}d}"
    if low[0] in "ymda" and low.strip(low[0]) == "" and isinstance(value, date):
        return _date_part(value, low)
    return token


def _date_part(value: date, low: str) -> str:
    if low[0] == "y":
        return f"{value.year:04d}" if len(low) > 2 else f"{value.year % 100:02d}"
    if low[0] == "a" or len(low) > 2:
        if low[0] == "m":
            return f"{value.month}월"
        weekday = _WEEKDAYS[value.weekday()]
        return (
            f"{weekday}요일"
            if len(low) == 4
            else weekday
            if low[0] in "ad" and len(low) == 3
            else low
        )
    number = value.month if low[0] == "m" else value.day
    return f"{number:0{len(low)}d}"
