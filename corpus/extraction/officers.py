"""Who holds an office, as papers say in passing: `가람시(시장 김갑돌)는 …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.extraction.fields import Fields
from corpus.outline import Item
from corpus.records import Field, FieldType

_OFFICER = re.compile(
    r"(?<![가-힣])(?P<body>[가-힣A-Za-z0-9·]{2,20})\s?\(\s?(?P<role>(?:부|대표)?(?:장관|차관|청장|처장|원장|시장|군수|구청장"
    r"|도지사|지사|교육감|의장|이사장|회장|위원장|총장|관장|센터장|본부장|대표|사장))\s+(?P<name>[가-힣]{2,4})\s?\)"
)


def officers(fields: Fields, item: Item) -> Iterator[tuple[Field, Field]]:
    """The offices that a logical line names with who holds them.

    Args:
        fields: Maker of the paper's fields.
        item: The line.

    Yields:
        A label such as `가람시 시장` and the person.
    """
    for match in _OFFICER.finditer(fields.text, item.body, item.end):
        nowhere = fields.trimmed(match.start("body"), match.start("body"))
        label = Field(
            name="label",
            type=FieldType.TEXT,
            text=f"{match['body']} {match['role']}",
            span=nowhere,
        )
        yield label, fields.make(match["role"], FieldType.PERSON, *match.span("name"))
