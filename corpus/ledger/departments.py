"""Departments that may answer: those of the ledger, and those that papers name as responsible."""

from __future__ import annotations

import re

from corpus.database import Reader
from corpus.departments import Departments
from corpus.ledger.ledger import Ledger
from corpus.types import Visibility

# One department by its name; `복지정책과(복지연계팀)` and `부서` are none that could be chosen.
_NAME = re.compile(r"[가-힣\d·]{1,12}(?:과|팀|국|실|관|단|소|센터|담당)")
_RESPONSIBLE = (
    "f.type = 'organisation' and (f.name = 'department' or f.name like '%부서')"
    " and d.visibility <= :audience"
)
_FROM = (
    " from fields f join records r on r.id = f.record_id join relations n on n.id = r.relation_id"
    " join documents d on d.id = n.document_id"
)
_MOST_READ = 200


def is_department(name: str) -> bool:
    """Whether a name is that of one department, not of a person in office or of several.

    >>> [name for name in ("복지정책과", "실무위원장", "부서") if is_department(name)]
    ['복지정책과']
    """
    return _NAME.fullmatch(name) is not None


def departments(reader: Reader, audience: Visibility, most: int) -> list[str]:
    """Names of departments to choose from: the office's own, then those that answered most often.

    Args:
        reader: The council's store, or an open transaction.
        audience: Highest level whose opinions and papers may name them.
        most: How many at most.
    """
    rows = reader.read(
        f"select f.text as name, count(*) as n{_FROM} where {_RESPONSIBLE}"
        " group by f.text order by n desc, f.text limit :most",
        {"audience": int(audience), "most": _MOST_READ},
    )
    kept = Departments(reader).all()
    called = {name: one.name for one in kept for name in one.names}
    named = [*Ledger(reader).departments(audience), *(str(row["name"]) for row in rows)]
    fitting = (called.get(one, one) for one in named if one in called or is_department(one))
    return list(dict.fromkeys([*(one.name for one in kept), *fitting]))[:most]


def responsible(reader: Reader, programme: str, audience: Visibility) -> str:
    """The department that the newest paper names beside a programme; empty without one."""
    row = reader.one(
        f"select f.text as name{_FROM} join fields p on p.record_id = r.id"
        f" where {_RESPONSIBLE} and p.name = 'programme' and p.text = :programme"
        " order by d.dated desc, d.id desc limit 1",
        {"audience": int(audience), "programme": programme},
    )
    return str(row["name"]) if row else ""
