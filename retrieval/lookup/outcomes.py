"""A meeting's items, asked of none by its name: 지난 회의 결정사항, 1안 결과, 다음 회의 안건."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import of_bodies
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis

_LAST = r"(?:(?:가장)?(?:지난|저번|직전|최근|마지막|이번)(?:번|에)?(?:의)?)"
_NEXT = r"(?:(?:다음|차기|담)(?:번|에)?(?:의)?)"
_BODY = r"(?P<body>실무협의체|대표협의체|동협의체|실무분과|주민자치회)?"
_MEETING = r"(?:(?:정기|임시)?회의(?:때|에서|에서의|의|에)?)"
_ITEM = (
    r"(?:제?(?P<a>[1-9]\d?)(?:호?안건|호안|안|번안건)|안건(?P<b>[1-9]\d?)번?)(?:은|는|의|이|가)?"
)
_OUTCOME = (
    r"(?:(?:결정|의결|심의|검토|논의)?(?:된|한)?(?:사항|결과|내용|안건)|결정)?"
    r"(?:은|는|이|을|를|들|들은)?"
)
_END = (
    r"(?:(?:어떻게|뭐가|뭘|무엇이|무엇을|무슨)?"
    r"(?:됐|되었|결정됐|결정되었|처리됐|처리되었|결정했|정했|정해졌|통과됐|됬)\S{0,5}"
    r"|알려\S{0,4}|뭐\S{0,5}|무엇\S{0,5}|보여\S{0,4}|정리해\S{0,3})?"
)
# Only questions that name nothing else: another word is what the question is about.
_CAME = r"(?:(?P<came>보류|부결|원안가결|수정가결|가결|통과)(?:된|됐던|되었던|한))?"
_OF_MEETING = re.compile(rf"{_LAST}{_BODY}{_MEETING}{_CAME}{_OUTCOME}{_END}")
_OF_ITEM = re.compile(rf"(?:{_LAST}{_BODY}{_MEETING})?{_ITEM}{_OUTCOME}{_END}")
_OF_NEXT = re.compile(
    rf"{_NEXT}{_BODY}{_MEETING}(?:안건|의제|논의사항|심의사항)(?:은|는|이|을|를|들|들은)?{_END}"
)
# What a meeting was about, as one asks who was not there: 회의록 요약해줘, 무슨 얘기 했어.
_OF_WHOLE = re.compile(
    rf"{_LAST}?{_BODY}(?:정기|임시)?회의(?:록|때|에서는|에서|의|에)?(?:내용|결과)?(?:은|는|을|를|이|가|좀)?"
    r"(?:(?:좀|간단히|간략히|짧게)?(?:요약|정리|간추려|간추린|핵심)\S{0,8}"
    r"|(?:무슨|어떤|뭔)(?:얘기|이야기|말|논의|내용)\S{0,8}|(?:뭐|뭘|무엇을)(?:했|정했|논의했|얘기했)\S{0,5})"
)
_OF_LAST = re.compile(
    rf"{_LAST}(?:결정|의결|논의)(?:된|한|했던)?(?:거|것|게|사항|내용|안건)?(?:은|는|들|이|을)?{_END}"
)
_SAYS = re.compile(r"결정|의결|심의|결과|처리|됐|되었|됬|정했|정해|통과|안건")
_PUNCTUATION = re.compile(r"[\s?？!.,~]+")
_MOST = 12
_ON_A_DAY = {RecordKind.MEETING, RecordKind.EVENT}


class Outcomes:
    """Answers what the last meeting decided.

    Args:
        rows: Reads records.
        citations: Makes the citations of one answer.
    """

    def __init__(self, rows: Rows, citations: Callable[[], Citations]) -> None:
        self._rows = rows
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The items of the last meeting, or the one whose number is named.

        Args:
            asked: The question.
            found: Records that may answer; agenda items are looked up by themselves.
            audience: Highest level that may be seen.

        Returns:
            None for questions that name anything else, and without minutes.
        """
        packed = _PUNCTUATION.sub("", asked.question.text)
        if coming := _OF_NEXT.fullmatch(packed):
            items = self._items(asked, coming["body"] or "", audience)
            return self._announced(asked, items, audience)
        match = _OF_ITEM.fullmatch(packed) or _OF_MEETING.fullmatch(packed)
        if match is None or not _SAYS.search(packed):
            match = _OF_WHOLE.fullmatch(packed) or _OF_LAST.fullmatch(packed)
        if match is None:
            return None
        items = self._items(asked, match.groupdict().get("body") or "", audience)
        today = asked.question.today.isoformat()
        told = _decided([row for row in items if row.dated <= today])
        number = match.groupdict().get("a") or match.groupdict().get("b")
        last = [row for row in _newest(told) if not number or _number(row) == int(number)]
        last = [row for row in last if _came_to(row, match.groupdict().get("came") or "")]
        if not last:
            return None
        later = [row for row in items if last[0].dated < row.dated <= today]
        notice = say("answer.only_announced", title=later[-1].title) if later else ""
        return self._said(asked, last, notice)

    def _announced(self, asked: Asked, items: Sequence[Row], audience: Visibility) -> Answer | None:
        """The items of the newest meeting that no minutes tell of yet."""
        told = {row.document_id for row in _decided(items)}
        coming = _newest([row for row in items if row.document_id not in told])
        if not coming:
            return None
        days = [
            field.first
            for row in self._rows.of_document(coming[0].document_id, audience)
            if row.kind in _ON_A_DAY and (field := row.field("held_on"))
        ]
        over = max(days, default="9") < asked.question.today.isoformat()
        return self._said(asked, coming, say("answer.past") if over else "")

    def _said(self, asked: Asked, items: Sequence[Row], notice: str) -> Answer:
        cite = self._citations()
        head = f"{items[0].title} ({items[0].dated})" if items[0].dated else items[0].title
        lines = [head, *(_line(row, cite) for row in items[:_MOST])]
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=Basis.RECORDS,
            notices=(notice,) if notice else (),
            standalone=asked.question.text,
        )

    def _items(self, asked: Asked, body: str, audience: Visibility) -> list[Row]:
        """All dated agenda items, of one body where it is named, the oldest first."""
        rows = [
            row
            for row in self._rows.of_kinds([RecordKind.AGENDA_ITEM], audience)
            if row.dated and body in "".join(row.title.split()) and of_bodies(asked, row)
        ]
        return sorted(rows, key=lambda row: (row.dated, row.document_id))


def _decided(items: Sequence[Row]) -> list[Row]:
    """The items of papers that tell a result of any: minutes, where notices only announce."""
    told = {row.document_id for row in items if row.field("result")}
    return [row for row in items if row.document_id in told]


def _newest(items: Sequence[Row]) -> list[Row]:
    """The items of the last paper."""
    return [row for row in items if row.document_id == items[-1].document_id]


def _number(row: Row) -> int | None:
    field = row.field("number")
    return field.value if field else None


def _came_to(row: Row, result: str) -> bool:
    """Whether the result of an item is the one named; every item where none is."""
    field = row.field("result")
    return result.replace("통과", "가결") in "".join(field.text.split() if field else ())


def _line(row: Row, cite: Citations) -> str:
    number, title, result = (row.field(name) for name in ("number", "title", "result"))
    named = f"{number.text} " if number and number.text else ""
    outcome = result.text if result else say("view.no_result")
    return f"- {named}{title.text if title else ''} → {outcome} {cite.add(row)}"
