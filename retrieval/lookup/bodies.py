"""The places whose papers are in the store: 가람동 of 가람동 주민자치회, 나래시 of 나래시의회."""

from __future__ import annotations

import re

from corpus import places
from corpus.types import Visibility
from retrieval.lookup.rows import Rows

_MUNICIPALITY = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}[시군구])(?=의회|청|지역|협의체|[\s_(·]|$)", re.MULTILINE
)


class Bodies:
    """Knows them, by the titles of the papers.

    Args:
        rows: Reads the titles.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._named: dict[Visibility, tuple[int, frozenset[str]]] = {}

    def of(self, audience: Visibility) -> frozenset[str]:
        """Names of those places, as far as the audience may see papers of them."""
        newest = self._rows.newest(audience)
        known = self._named.get(audience)
        if known is None or known[0] != newest:
            newest, text = self._rows.titles(audience)
            keys = {key for m in places.find_dongs(text) for key in m.keys}
            keys |= {match[1] for match in _MUNICIPALITY.finditer(text)}
            known = self._named[audience] = (newest, frozenset(keys))
        return known[1]
