"""Terms of a question that were joined of others: 특화사업 of 특화 사업."""

from __future__ import annotations

from collections.abc import Collection

# 어르신들, 연차별: what they are joined with says as much alone.
SUFFIXES = ("들", "별", "씩", "당", "째")
"""Syllables that say nothing more than what they are joined with."""


def measures(term: str, said: Collection[str], without: Collection[str]) -> bool:
    """Whether a term is a word of measuring, or a noun joined with one: 특화 + 사업비."""
    ends = (term[len(one) :] for one in said if term != one and term.startswith(one))
    return term in without or any(len(end) > 1 and end in without for end in ends)


def apart(term: str, terms: Collection[str], text: str) -> bool:
    """Whether a compound was joined over a space: 구역사업 of 지원구역 사업기간."""
    return term not in text and any(
        term.startswith(one) and f"{one} {term[len(one) :]}" in text for one in terms if one != term
    )


def joins_little(term: str, said: Collection[str], general: Collection[str]) -> bool:
    """Whether a compound has a part that says nothing: 동주민, 사업개수, 어르신들, 별계획.

    Args:
        term: The compound.
        said: All terms of the question.
        general: Words that say nothing of what is asked.
    """
    if term[0] in SUFFIXES and term[1:] in said:
        return True
    return any(
        (one in general and other in said)
        or (one in said and (other in general or other in SUFFIXES))
        for one, other in ((term[:n], term[n:]) for n in range(1, len(term)))
    )
