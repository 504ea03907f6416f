"""Administrative places: districts (시도, 시군구) and neighbourhoods (동, 읍, 면, 리)."""

from __future__ import annotations

from corpus.districts import District, DistrictMention, find_districts
from corpus.dong_names import dong_key, family, nearest, stem
from corpus.dongs import PlaceMention, find_dongs

__all__ = [
    "District",
    "DistrictMention",
    "PlaceMention",
    "dong_key",
    "family",
    "find_districts",
    "find_dongs",
    "nearest",
    "stem",
]
