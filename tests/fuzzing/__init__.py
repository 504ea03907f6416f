"""Texts, questions, updates and files that nobody would think of: no crash, no hang, bounded.

A few of each, always the same ones, belong to `make test`; `make fuzz` tries many new ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_TIMES = int(os.environ.get("FUZZ", "1"))


def examples(count: int) -> settings:
    """So many examples; many times as many, and new ones, in `make fuzz`."""
    return settings(
        max_examples=count * _TIMES,
        derandomize=_TIMES == 1,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


PIECES = st.sampled_from(
    [
        *(
            "예산",
            "목련동",
            "동백1동",
            "얼마",
            "몇 개",
            "언제",
            "누가",
            "그럼",
            "올해",
            "2031년",
            "제1안",
        ),
        *(
            "원안가결",
            "1억 2천만원",
            "3,450천원",
            "27개 사업",
            "64.5%",
            "2031. 4. 2.(수)",
            "900101-1234567",
        ),
        *(
            "보다",
            "합계",
            "평균",
            "가장 많은",
            "아닌",
            "빼고",
            "대비",
            "순위",
            "의견",
            "답변",
            "우리 동",
            "\n",
        ),
        *(
            "010-1234-5678",
            "[1]",
            "[999]",
            "「」",
            "→",
            "⇒",
            "○",
            "•",
            "\t",
            "\x00",
            "\u202e",
            "\ud800",
        ),
        *(
            "🙂",
            "<b>",
            "&amp;",
            "'; drop table people;--",
            "{0}",
            "%s",
            "/",
            "//",
            "ㅋㅋ",
            "ㄱ",
            "ᄀ",
            "가\u0301",
        ),
        *(
            "how much",
            "預算",
            "бюджет",
            "１２３",
            "①",
            "ⅳ",
            "-1",
            "0원",
            "99999999999999999999억원",
            "13월 32일",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.tuples(PIECES, st.integers(1, 3000)).map(lambda one: (one[0] * one[1])[:6000]),
)
"""Texts of every kind: signs of all planes, words of the field in any order, long repetitions."""
