"""Who of a meeting's list of people came: one by name, those of a family name, or everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import of_bodies, of_time
from retrieval.lookup.task import computed
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.family_names import FAMILY

LAST = re.compile(r"(?:지난|저번|직전|최근|마지막|가장최근)(?:번|에)?\S{0,8}?(?:회의|모임)")
"""The last meeting, on a question without spaces."""

_CAME = re.compile(
    r"(?:참석|출석|불참|결석)(?!자|률|율|인원|위원|대상)|(?:왔|오셨|나왔|나오셨)(?:나|어|는지|니|던|습)"
)
_ASKS = re.compile(r"(?:나|까|어|요|지|죠|니|는지|여부|가|음|임)$")
_OPEN = re.compile(r"누가|누구|언제|어디|몇|왜|얼마|뭐|무슨|무엇|어느|어떤|말고|빼고|대신")
_LISTED = re.compile(r"참석|출석|위원|명단|(?:왔|오|나왔|나오)[신던은]")
_FAMILY = re.compile(rf"(?<![가-힣])([{FAMILY}])\s?씨(?:는|은|가|인|성)?(?![가-힣]*님)")
_CALLED = re.compile(
    rf"(?<![가-힣])([{FAMILY}][가-힣]{{2}})\s?(?:부?위원장?|의원|회원|씨|님|선생|대표|통장|이장|동장|[팀과국]장|주무관|사무관)"
)
_ABSENT = re.compile(r"불참|결석")
_SHORTEST = 3
_MOST = 3


class Attending:
    """Answers whether somebody came to a meeting, and how many of one family name did.

    Args:
        rows: Reads records.
        citations: Makes the citations of one answer.
        tags: Words of a text with what they are.
    """

    def __init__(
        self,
        rows: Rows,
        citations: Callable[[], Citations],
        tags: Callable[[str], Mapping[str, str]],
    ) -> None:
        self._rows = rows
        self._citations = citations
        self._tags = tags

    def answer(self, asked: Asked, audience: Visibility) -> Answer | None:
        """What the lists of people of minutes say of who came.

        Args:
            asked: The question.
            audience: Highest level that may be seen.

        Returns:
            None for questions about anything else, and where no list of people is printed.
        """
        text, packed = asked.question.text, asked.question.packed.rstrip("?？.~!")
        family = _FAMILY.search(text) if _LISTED.search(packed) else None
        by_name = _CAME.search(packed) and _ASKS.search(packed) and not _OPEN.search(packed)
        if not family and not by_name:
            return None
        lists = self._lists(asked, audience)
        if family:
            return self._of_family(asked, lists[0], family[1]) if lists else None
        return self._of_person(asked, lists, packed)

    def _lists(self, asked: Asked, audience: Visibility) -> list[list[Row]]:
        """The lists of people of the meetings that a question means, the newest first."""
        rows = [
            row
            for row in self._rows.of_kinds([RecordKind.ATTENDANCE], audience)
            if of_time(row, asked) and of_bodies(asked, row)
        ]
        rows.sort(key=lambda row: (row.dated, row.relation_id), reverse=True)
        every = [list(part) for _, part in groupby(rows, key=lambda row: row.relation_id)]
        every = [part for part in every if any(row.field("person") for row in part)]
        return every[:1] if LAST.search(asked.question.packed) else every

    def _of_person(
        self, asked: Asked, lists: Sequence[Sequence[Row]], packed: str
    ) -> Answer | None:
        cite = self._citations()
        lines = []
        for people in lists:
            for row in people:
                person = row.field("person")
                name = "".join(person.text.split()) if person else ""
                if person and len(name) >= _SHORTEST and re.search(rf"(?<![가-힣]){name}", packed):
                    mark = cite.add_line(row, person.span)
                    key = "stayed_away" if _stayed_away(row) else "came"
                    role = row.field("role")
                    lines.append(
                        say(
                            f"answer.{key}",
                            person=name,
                            name=row.heading or row.title,
                            role=role.text if role else "",
                            mark=mark,
                        )
                    )
                    break
        stranger = "" if lines else self._stranger(asked.question.text)
        for people in lists[:_MOST] if stranger else ():
            person = next((f for row in people for f in row.typed(FieldType.PERSON)), None)
            where = people[0].heading or people[0].title
            mark = cite.add_line(people[0], person.span) if person else ""
            lines.append(say("answer.not_listed", person=stranger, name=where, mark=mark))
        return self._made(asked, lines, cite, Basis.RECORDS) if lines else None

    def _stranger(self, text: str) -> str:
        """The name of a person in a question; empty where what looks like one is a word."""
        called = _CALLED.search(text)
        if called is None:
            return ""
        tags, name = self._tags(text), called[1]
        # A name that the analyser does not know is cut behind the family name.
        known = tags.get(name) == "NNP" or (name not in tags and name[1:] in tags)
        return name if known else ""

    def _of_family(self, asked: Asked, people: Sequence[Row], family: str) -> Answer | None:
        """Those of one family name in a list; None where it prints fewer names than came."""
        came = [row for row in people if row.field("person") and not _stayed_away(row)]
        names = {"".join(f.text.split()): row for row in came for f in row.typed(FieldType.PERSON)}
        counts = (row.field("present") for row in people)
        present = max((field.value for field in counts if field and field.value), default=0)
        if len(names) < present:
            return None
        held = {name: row for name, row in names.items() if name.startswith(family)}
        cite = self._citations()
        told = held or dict(list(names.items())[:1])
        marks = "".join(dict.fromkeys(cite.add_line(row, row.spans[0]) for row in told.values()))
        line = say(
            "answer.of_family" if held else "answer.of_no_family",
            name=people[0].heading or people[0].title,
            family=family,
            count=len(held),
            names=", ".join(held),
            label=computed(),
            mark=marks,
        )
        return self._made(asked, [line], cite, Basis.COMPUTED)

    def _made(self, asked: Asked, lines: Sequence[str], cite: Citations, basis: Basis) -> Answer:
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=basis,
            standalone=asked.question.text,
        )


def _stayed_away(row: Row) -> bool:
    role = row.field("role")
    return bool(role and _ABSENT.search(role.text))
