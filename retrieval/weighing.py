"""What a question is about, as terms with weights: the words an answer has to cover."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import zip_longest
from typing import Any

from corpus import amounts
from corpus.types import Visibility
from retrieval.compounds import SUFFIXES, apart, joins_little, measures
from retrieval.keywords import KeywordIndex
from retrieval.spelling import Spelling
from retrieval.synonyms import instead, same
from retrieval.terms import KiwiTerms
from retrieval.understanding.family_names import is_called
from retrieval.understanding.morphemes import nominal, speaks_of_past
from retrieval.understanding.wrapping import wrapping

# People choose verbs freely (짓다, 세우다, 만들다); nouns they take from the papers.
_VERB = 0.35
# A paper may print 복지부(장관 …) for 복지부 장관; the parts are counted anyway.
_JOINED = 0.5
# Words that stand side by side in a question need not do so in a paper.
_APART = 0.5
# The first two syllables of a longer noun, a help to recall, say little once the noun is there.
_PREFIX = 0.3
# A thing that no paper mentions is what the papers do not say.
_UNHEARD = 2.0
# The share of a question's weight below which a noun is none that it is after.
_LIGHT = 0.05
_RUN = re.compile(r"[가-힣]+")
_PARTICLES = frozenset("은는이가을를도에엔")
# Names of offices and bodies, whole: their parts alone say something else.
_BODY = re.compile(r"^[가-힣]{2,}(?:국|과)$")
_VERBS = frozenset({"VV", "VA"})
_NOUNS = frozenset({"NNG", "NNP"})
_MAKE_VERBS = frozenset({"XSV", "XSA"})
_LEAST = 3
_FOR_EACH = re.compile(r"(?:가구|세대|인|명|회|건|개|곳|개소|동|팀|단체)당\s*얼마")
# Syllables that say nothing where they stand alone, though they may begin a name.
_LONE = frozenset("해날달수점표들별밑위안뒤앞속밖끝때")
# 세 개, 몇 표, 전 동: numbers and pointers with a counter are no names.
_COUNTED = re.compile(
    r"^(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇|각|전|모든|어느|무슨|어떤|그|이|저|첫|매|맨|총|다음|지난)"
)
# Words that say nothing of what is asked: counters, the whole and its parts, neighbourhoods at
# large. A particular dong is a place, not a word.
_GENERAL = (
    "동 구 시 곳 군데 개 개수 명 건 번 회 가지 것 데 쪽 편 사람 때 얼마 정도 단위 해당 사이 중 "
    "가운데 "
    "그중 각 각각 제일 가장 다 총 전체 모두 전부 합 합계 순 순위 이번 우리 우리동 여기 거기 "
    "많 적 높 낮 크 작 늘 줄 다음 차이 평균 합산 비교 배 비중 최대 최소 최고 최저 상위 하위 "
    "살 나오 나가 들어가 잡히 오 가 하 되 있 넘 알려주 알려조 알려죠 알켜주 갈켜주 "
    "얘기 이야기 이상 이하 초과 미만 기준 정확 "
    "현황 내용 관련 대해 질문 궁금 프로 퍼센트 비율 문제 가능 여부 종류 최종 결국 제대로 같이 "
    "다른 사람 분 님 씨 누구 며칠 요일 이유 도움 혜택 "
    "원래 당초 애초 정리 필요 실제 진짜 대략 나 중간 도중 나중 처음 자료 후 "
    "명칭 주제 제목 테마 하나 번호 동네 시설 지역 기관 문구 불만 답 절차 구성 얼마씩 얼마꼴 꼴 몇몇"
)
# Questions are shorter; the neighbours of 1,200 words of nonsense took 193 s of a busy machine.
_MENDED = 16


class Weigher:
    """Weighs the words of questions.

    Args:
        terms: Makes terms.
        keywords: Knows how rare a term is.
        spelling: Mends mistyped terms.
    """

    def __init__(self, terms: KiwiTerms, keywords: KeywordIndex, spelling: Spelling) -> None:
        self._terms, self._keywords, self._spelling = terms, keywords, spelling
        self._general = frozenset(_GENERAL.split())
        self._others: dict[Visibility, Weigher] = {}
        self._soft_terms: dict[str, tuple[str, ...]] = {}

    def of(self, audience: Visibility) -> Weigher:
        """The same, as far as an audience may know which words the papers hold."""
        if audience not in self._others:
            spelling = self._spelling.at(audience)
            self._others[audience] = Weigher(self._terms, self._keywords, spelling)
        return self._others[audience]

    def knows(self, word: str) -> bool:
        """Whether papers hold a word."""
        return self._spelling.knows(word)

    def mended(self, text: str, soft: Collection[str]) -> str:
        """A question with mistyped words put right, where the papers hold one that is near.

        Args:
            text: The question.
            soft: Words that count as known though no paper may hold them.

        Returns:
            The question, its words one space apart; what stands behind the first sixteen words
            is left as it was typed.
        """
        words = text.split()
        return " ".join(
            word if place >= _MENDED or is_called(word, after) else self._mended(word, soft)
            for place, (word, after) in enumerate(zip_longest(words, words[1:], fillvalue=""))
        )

    def _mended(self, word: str, soft: Collection[str]) -> str:
        terms = self._terms.index_terms(word).split()
        known = any(term in soft or self._spelling.knows(term) for term in terms)
        if known or word in self._general or amounts.find(word):
            return word
        if not self._terms.may_be_misspelt(word):
            return word
        return self._spelling.mended(word, soft)

    def weights(
        self, text: str, soft: Collection[str], whole: str | None = None
    ) -> dict[str, float]:
        """Terms of a question with their weights.

        Args:
            text: The question, without what is matched otherwise (places, years, operations).
            soft: Words that name what is measured; they and the words of asking are left out.
            whole: The question as typed: what is no word of it is a leftover of cutting.

        Returns:
            Rarer terms weigh more, terms of no paper most, verbs less than nouns. A word that no
            paper holds gives way to what offices print instead; a compound that no paper holds is
            left to its parts. Empty where nothing is left.
        """
        without = {term for word in soft for term in self._indexed(word)}
        without |= self._general | set(soft)
        for piece in self._wrapping(text if whole is None else whole):
            text = text.replace(piece, " ")
        said = self._terms.query_terms(text if whole is None else whole)
        left = set(self._terms.query_terms(text))
        # 가구당 얼마 names no 당얼마.
        before = [*said, "당"] if _FOR_EACH.search(text) else said
        terms = [term for term in said if term in left and not measures(term, before, without)]
        hidden = [term for word in text.split() for term in self._hidden(word, without)]
        terms += hidden
        tags = self._terms.tags(text if whole is None else whole)
        weights: dict[str, float] = {}
        for term in dict.fromkeys(terms):
            if term in hidden or self._tells(term, said, tags, whole or text):
                word = self._as_printed(term)
                heard = self._heard(word)
                weight = self._keywords.rarity(heard) * _share(term, said, tags)
                weight *= _APART if apart(term, said, whole or text) else 1.0
                if tags.get(term) in _NOUNS and not self._spelling.knows(heard):
                    weight *= _UNHEARD
                weights[word] = max(weight, weights.get(word, 0.0))
        return {t: w for t, w in weights.items() if not self._cut(t, weights, said)}

    def _wrapping(self, text: str) -> list[str]:
        """Interjections and orders of a question, longest first."""
        return sorted(wrapping(text, self._terms.kiwi.tokenize(text)), key=len, reverse=True)

    def _cut(self, term: str, weights: Collection[str], said: Collection[str]) -> bool:
        """Whether a term is cut out of another that counts: 나누 of 나눔, 쓰레 of 쓰레기."""
        made = nominal(term)
        whole = next((o for o in said if o != term and o.startswith(term)), "")
        given_way = len(whole) == len(term) + 1 and self._otherwise(whole)
        return made in weights or (given_way and not self._spelling.knows(term))

    def focus(self, weights: Mapping[str, float], whole: str, passed: Collection[str] = ()) -> str:
        """The noun that a question is after: the last one that counts; empty without one.

        Korean puts what is asked for last (`공동부엌 다음 주 메뉴 뭐야`); an answer that leaves it
        out answers something else.

        Args:
            weights: The terms that count.
            whole: The question as typed.
            passed: Nouns that are passed over.
        """
        tags = self._terms.tags(whole)
        nouns = [term for term in tags if tags[term] in _NOUNS and term not in passed]
        printed = [word for term in nouns if (word := self._as_printed(term)) in weights]
        # A word of nearly every paper (사업) is not what a question is after.
        least = _LIGHT * sum(weights.values())
        return printed[-1] if printed and weights[printed[-1]] >= least else ""

    def names(self, text: str) -> list[str]:
        """Joined nouns of a text as typed (복지연계팀), without those that verbs are made of."""
        found: list[list[Any]] = []
        tokens = self._terms.kiwi.tokenize(text)
        for token, after in zip_longest(tokens, tokens[1:]):
            if token.tag not in _NOUNS or (after is not None and after.tag in _MAKE_VERBS):
                continue
            if found and found[-1][-1].end == token.start:
                found[-1].append(token)
            else:
                found.append([token])
        return [text[run[0].start : run[-1].end] for run in found]

    def joined(self, weights: Collection[str], whole: str) -> dict[str, tuple[str, str]]:
        """The two words of a question that each compound among its terms was joined of.

        Single syllables are no words: 빛 and 솔 do not make 솔빛, nor 2 and 차 the second time.
        """
        said = [term for term in self._terms.query_terms(whole) if len(term) > 1]
        return {
            term: (one, term[len(one) :])
            for term in weights
            for one in said
            if term != one and term.startswith(one) and term[len(one) :] in said
        }

    def _indexed(self, word: str) -> tuple[str, ...]:
        """Index terms of a soft word; the same forty words come with every question."""
        if word not in self._soft_terms:
            self._soft_terms[word] = tuple(self._terms.index_terms(word).split())
        return self._soft_terms[word]

    def verbs(self, whole: str) -> frozenset[str]:
        """The verbs and adjectives of a question, as terms."""
        verbs = [term for term, tag in self._terms.tags(whole).items() if tag in _VERBS]
        return frozenset([*verbs, *map(self._as_printed, verbs)])

    def done(self, whole: str) -> bool:
        """Whether a question speaks of something done: 했어, 바꿨어, or 교체한 and 교체된."""
        return speaks_of_past(whole, self._terms.kiwi.tokenize(whole))

    def _tells(self, term: str, said: Collection[str], tags: Mapping[str, str], whole: str) -> bool:
        """Whether a word counts: one that papers hold, or a noun that they ought to hold."""
        tag = tags.get(term, "")
        if not tag and joins_little(term, said, self._general):
            return False
        if len(term) == 1 and tag not in _VERBS:
            # A syllable cut out of a longer word (집 of 집패) says nothing.
            return tag in _NOUNS and term not in _LONE and _alone(term, whole)
        if self._spelling.knows(term):
            return True
        if tag and self._otherwise(term):
            return True  # papers print it otherwise
        if _BODY.search(term) and re.search(rf"(?<![가-힣]){term}", whole):
            return True  # 세무국 is another body than 세무과, though 세무 is in every paper
        parts = [other for other in said if other != term and other in term]
        if tag or not any(len(part) > 1 or part in self._general for part in parts):
            # 회장 is a word of its own, and so is a name of two syllables that are no words.
            return not any(len(part) > 1 for part in parts)
        return False

    def _hidden(self, word: str, without: Collection[str]) -> list[str]:
        """What the analyser finds nothing in: the longest noun of the papers inside, or a name."""
        terms = self._terms.index_terms(word).split()
        if not terms:
            if len(word) < _LEAST:
                return []
            parts = [word[i:j] for i in range(len(word)) for j in range(len(word), i + 1, -1)]
            known = [part for part in parts if len(part) < len(word) and self._spelling.knows(part)]
            return [max(known, key=len)] if known else []
        name = self._terms.made_up(word)
        told = not name or name in without or _COUNTED.match(name)
        if told or any(part in self._general for part in name):
            return []
        known = [term for term in terms if self._spelling.knows(term)]
        return known or [name]

    def _otherwise(self, term: str) -> bool:
        """Whether papers that do not hold a word hold another for the same."""
        return any(map(self._spelling.knows, (*instead(term), *same(term))))

    def _heard(self, word: str) -> str:
        """The word by which papers print another, as rare as that one is; itself where none do."""
        if self._spelling.knows(word):
            return word
        return next((other for other in same(word) if self._spelling.knows(other)), word)

    def _as_printed(self, term: str) -> str:
        # A word with others for the same stands for all of them.
        if self._spelling.knows(term) or any(map(self._spelling.knows, same(term))):
            return term
        if len(term) > _LEAST and self._spelling.knows(term[:-1]):
            return term[:-1]  # 최우수상 for 최우수, 회의록을 for 회의록
        others = (*instead(term), *same(term))
        return next((word for word in others if self._spelling.knows(word)), term)


def _alone(term: str, text: str) -> bool:
    """Whether a syllable is a word of a text by itself, or with a particle."""
    return any(
        run == term or (run[:-1] == term and run[-1] in _PARTICLES) for run in _RUN.findall(text)
    )


def _share(term: str, terms: Collection[str], tags: Mapping[str, str]) -> float:
    """How much of its rarity a term brings in: verbs and joined nouns less than single nouns."""
    if tags.get(term) in _VERBS:
        return _VERB
    longer = (other for other in terms if len(term) + 1 == len(other) and other.startswith(term))
    if any(not other.endswith(SUFFIXES) for other in longer):
        return _PREFIX
    joined = any(term.startswith(one) and term[len(one) :] in terms for one in terms if one != term)
    return _JOINED if joined else 1.0
