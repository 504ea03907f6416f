"""Generated stores of any size, written by bulk SQL with the terms that the product itself makes.

Reading a passage out of a paper takes 26 ms of a core, so a million would take a night.
Here papers are put together from a stock of lines whose terms Kiwi has cut once: the terms of a
passage are those of its lines, as no term reaches over a line. Names and lines are drawn by rank
as in real language (Zipf), so that some terms are in a tenth of all passages and most in a few.
The papers hold no records; `tests.benchmarks.records` measures those.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.terms import KiwiTerms

_T = TypeVar("_T")
_Row: TypeAlias = tuple[str | int, ...]

_STOCK = 30_000
_HEADS = 3_000
_NAMES = 20_000
_EACH = 20
"""Passages a paper."""
_LINES = 5
"""Lines a passage, beside one of its own."""
_AT_ONCE = 250
"""Papers a transaction."""
DIMENSIONS = 384
_TOPICS = 4_000

_SOUNDS = "가나다라마바사아자차하고노도로모보소오조구누두루무부수우주기니디리미비시이지히"
_SOUNDS += "강난단람말반산안잔찬한공논동론목본손온종국눈둔룬문분순운준길닐딜린밀빈실인진힐"
_KINDS = [
    "복지관",
    "경로당",
    "도서관",
    "주민센터",
    "협동조합",
    "상담소",
    "봉사단",
    "지원센터",
    "돌봄터",
    "놀이터",
    "병원",
    "학교",
]
_WHOM = [
    "홀몸어르신",
    "장애인",
    "청년",
    "다문화가정",
    "위기가구",
    "한부모가정",
    "아동",
    "중장년",
    "이웃",
    "저소득층",
    "청소년",
    "주민",
]
_WHAT = [
    "안부확인",
    "반찬나눔",
    "집수리",
    "건강교실",
    "나들이",
    "상담",
    "우유배달",
    "텃밭",
    "장학",
    "빨래방",
    "밑반찬",
    "문해교육",
]
_WHAT += [
    "이동목욕",
    "방역",
    "난방비지원",
    "심리치료",
    "일자리",
    "직업훈련",
    "물품대여",
    "무료급식",
    "벽화",
    "꽃길",
    "축제",
]
_VERBS = [
    "추진함",
    "점검함",
    "논의함",
    "확대함",
    "마무리함",
    "건의함",
    "검토함",
    "협의함",
    "홍보함",
    "연계함",
]
_SHAPES = (
    "○ {year}년 {month}월 {dong} {name}에서 {whom} {what} 사업을 {verb}",
    "- {name} {whom} {what}에 {amount}만원을 씀(구비 {share} %)",
    "○ {dong} {what} 대상 {count}가구를 {name}에 연계함",
    "- 건의: {whom} {what} 대상자를 넓혀 달라는 의견을 {name}과 {verb}",
    "○ 담당: {dong} {name} 위원 {few}명, {month}월 회의에서 다시 논의하기로 함",
    "- {name}의 {what} 참여자 {count}명 가운데 {few}명이 {whom}임",
    "○ 일시: {year}. {month}. {day}. 14:00, {name} 회의실",
    "- {what} 예산 {amount}만원 가운데 {share} %를 {name}이 집행함",
)


_ASKED = (
    "{year}년 {dong} {what} 예산은 얼마인가요?",
    "{name}에서 {whom} {what} 사업은 언제 했나요?",
    "{dong} {whom} {what} 대상은 몇 가구인가요?",
    "{name}이 맡은 일은 무엇인가요?",
    "{whom} {what} 대상자를 넓혀 달라는 의견은 어떻게 되었나요?",
    "{dong} {name} 담당은 누구인가요?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the stock with its index terms."""

    text: str
    terms: str


class Words:
    """The names that papers and questions have in common, drawn by rank."""

    def __init__(self) -> None:
        self.dice = np.random.default_rng(3)
        self.names = [_name(self.dice) for _ in range(_NAMES)]
        stems = dict.fromkeys(name[:2] for name in self.names)
        self.dongs = [f"{stem}{number}동" for stem in list(stems)[:40] for number in range(1, 6)]

    def drawn(self, dice: np.random.Generator, shape: str) -> str:
        """A line of a shape."""
        return shape.format(
            year=dice.integers(2015, 2035),
            month=dice.integers(1, 13),
            day=dice.integers(1, 29),
            dong=self.dongs[_rank(dice, len(self.dongs))],
            name=self.names[_rank(dice, len(self.names))],
            whom=_one(dice, _WHOM),
            what=_one(dice, _WHAT),
            verb=_one(dice, _VERBS),
            amount=dice.integers(100, 9900),
            share=dice.integers(10, 90),
            count=dice.integers(10, 400),
            few=dice.integers(2, 30),
        )


def questions(count: int, seed: int = 11) -> Iterator[str]:
    """What people ask of such papers, no two alike in all words."""
    words, dice = Words(), np.random.default_rng(seed)
    for number in range(count):
        yield words.drawn(dice, _ASKED[number % len(_ASKED)])


class Papers:
    """Writes generated papers; the same number gives the same paper in every store.

    Args:
        terms: Makes the terms.
        stock: Number of different lines; a smaller stock is made faster.
    """

    def __init__(self, terms: KiwiTerms, stock: int = _STOCK) -> None:
        self._terms = terms
        self._words = Words()
        dice = self._words.dice
        lines = [self._words.drawn(dice, _one(dice, _SHAPES)) for _ in range(stock)]
        self._stock = [Line(text=text, terms=terms.index_terms(text)) for text in lines]
        self._heads = [self._head(dice) for _ in range(_HEADS)]

    def _head(self, dice: np.random.Generator) -> tuple[str, str, str]:
        """Title and day of a paper, with the terms of both."""
        dated = f"{dice.integers(2015, 2035)}-{dice.integers(1, 13):02}-{dice.integers(1, 29):02}"
        dong, what = self._words.dongs[_rank(dice, len(self._words.dongs))], _one(dice, _WHAT)
        title = f"{dated[:4]}년 {dong} {what} 추진 결과"
        return title, dated, self._terms.index_terms(f"{title} {dated}")

    def write(self, database: CouncilDatabase, passages: int) -> None:
        """Bring a store to so many passages; takes up where a kill left it.

        Args:
            database: A store that holds nothing else.
            passages: A multiple of the passages a paper.
        """
        row = database.one("select ifnull(max(id), 0) as n from documents")
        done = row["n"] if row else 0
        papers = passages // _EACH
        for first in range(done + 1, papers + 1, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, papers + 1))
            written = [self._paper(number) for number in some]
            with database.write() as db:
                db.conn.executemany(
                    "insert into documents values (?, ?, ?, 'other', '', ?, ?, 'txt', ?, ?, ?, ?)",
                    [document for document, _, _ in written],
                )
                db.conn.executemany(
                    "insert into passages values (?, ?, ?, ?, ?, null, '[]', ?, ?)",
                    [row for _, rows, _ in written for row in rows],
                )
                db.conn.executemany(
                    "insert into passage_terms (rowid, title, heading, body) values (?, ?, '', ?)",
                    [row for _, _, rows in written for row in rows],
                )

    def _paper(self, number: int) -> tuple[_Row, list[_Row], list[_Row]]:
        dice = np.random.default_rng([7, number])
        title, dated, head = _one(dice, self._heads)
        name = f"{number}.txt"
        found = f"{head} {number} txt"
        drawn = (len(self._stock) * dice.random((_EACH, _LINES)) ** 2).astype(int).tolist()
        passages: list[_Row] = []
        terms: list[_Row] = []
        start, texts = 0, []
        for place, lines in enumerate(drawn):
            row = (number - 1) * _EACH + place + 1
            own = Line(text=f"- 접수 {row}번", terms=f"접수 {row} 번 {row}번")
            chosen = [own, *(self._stock[one] for one in lines)]
            text = "\n".join(line.text for line in chosen)
            end = start + len(text)
            passages.append((row, number, place, start, end, text, _digest(text)))
            terms.append((row, found, " ".join(line.terms for line in chosen)))
            texts.append(text)
            start = end + 2
        whole = "\n\n".join(texts)
        document = (number, name, title, dated, level_of(number), f"/generated/{name}")
        return (*document, _digest(whole), whole, "2031-03-04T01:02:03+09:00"), passages, terms


def level_of(paper: int) -> int:
    """Half of the papers are public, three tenths for members, the rest for staff."""
    part = paper % 10
    return int(
        Visibility.PUBLIC if part < 5 else Visibility.MEMBERS if part < 8 else Visibility.STAFF
    )


def vectors(passages: NDArray[np.int64]) -> NDArray[np.float32]:
    """Unit vectors as models make them: one common direction, topics, and what is a text's own.

    Args:
        passages: Row numbers of passages.

    Returns:
        A row each; the same passage gives the same vector.
    """
    common, topics = _directions()
    own = np.random.default_rng([9, int(passages[0])]).standard_normal((len(passages), DIMENSIONS))
    made = 1.4 * common + 0.55 * topics[passages * 7919 % _TOPICS] + 0.35 * _unit(own)
    return _unit(made).astype(np.float32)


@cache
def _directions() -> tuple[NDArray[Any], NDArray[Any]]:
    dice = np.random.default_rng(5)
    common = _unit(dice.standard_normal((1, DIMENSIONS)))
    return common, _unit(dice.standard_normal((_TOPICS, DIMENSIONS)))


def _unit(rows: NDArray[Any]) -> NDArray[Any]:
    made: NDArray[Any] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return made


def _name(dice: np.random.Generator) -> str:
    sounds = "".join(_one(dice, _SOUNDS) for _ in range(2 + int(dice.integers(2))))
    return f"{sounds}{_one(dice, _KINDS)}"


def _one(dice: np.random.Generator, choices: Sequence[_T]) -> _T:
    return choices[int(dice.integers(len(choices)))]


def _rank(dice: np.random.Generator, most: int) -> int:
    """A rank below `most`, low ones as much more often as in real language."""
    return int(most ** dice.random()) - 1


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
