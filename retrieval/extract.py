"""The sentences of found passages that answer a question, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import amounts, dates, places
from corpus.outline import Item, outline
from corpus.text import fold
from retrieval.lookup.qualifiers import agree
from retrieval.mending import mended
from retrieval.terms import KiwiTerms
from retrieval.types import Hit
from retrieval.understanding.question import Question, Want, soft_words
from retrieval.weighing import Weigher

# How much a term counts that stands not in the sentence itself but above it. A heading speaks for
# all its lines; a title for all its paper, which says less.
_IN_HEADING = 0.8
_IN_TITLE = 0.6
# Inside a longer word: 복지부 in 보건복지부.
_INSIDE = 0.8
_PHONE = re.compile(r"\d{2,4}[-)]\s?\d{3,4}-\d{4}|(?<!\d)1\d{3}-\d{4}|[\w.+-]+@[\w-]+\.\w+")
_TITLES = (
    "위원장|팀장|과장|국장|장관|차관|시장|구청장|군수|동장|담당자?|간사|주무관|사무관|대표|회장|센터장|관장|의원|교수|강사"
    "|지원관|정책관|심의관|기획관|책임자|작성자|제출자|확인자"
)
# A title with a name beside it: 홍길동 팀장, 위원장 : 홍길동, 장관 홍길동.
_ROLE = re.compile(
    rf"[가-힣]{{2,4}}\s*(?:{_TITLES})|(?:{_TITLES})\s*[:：(]?\s*[가-힣]{{2,4}}|제\s*출\s*자"
)
_COUNTERS = ("명인분", "개가지곳군데소", "건회번차례", "가구세대", "동", "팀")
_ARTICLE = re.compile(r"제?\s*\d+\s*조|」|법률|조례")
_LABELS = {
    Want.TIME: re.compile(r"\W*(?:일\s*시|일\s*자|기\s*간|날\s*짜|시\s*간)"),
    Want.PLACE: re.compile(r"\W*(?:일시\s*/\s*)?(?:장\s*소|위\s*치|곳)"),
    Want.CONTACT: re.compile(r"\W*(?:문\s*의|연\s*락|전\s*화)"),
}
# A line that starts with the very label of what is asked answers better than one that mentions it.
_LABELLED = 0.1
_YEAR = re.compile(r"(?:19|20)\d\d\s*년?도?")
_LONGEST_QUOTE = 300
# Answers begin at a coverage of 0.6, and other lines are told with the best within 0.05 of it.
_LEAST = 0.5
# Verbs change their last consonant with their ending (돕다, 도와): words are looked for without.
_WITHOUT_FINAL = {code: code - (code - 0xAC00) % 28 for code in range(0xAC00, 0xD7A4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A logical line of a paper as an answer to a question.

    Attributes:
        hit: The passage it stands in.
        start: First code point in the document's text.
        end: Code point behind its last.
        text: The line without its bullet, mended.
        quote: The line verbatim, white space folded, at most 300 characters.
        heading: What stands above it, outermost first.
        coverage: Share of the question's weight that it and its headings cover, 0 to 1.
        score: What evidence is ranked by.
        followers: What stands below it: replies, remarks, sub-items.
    """

    hit: Hit
    start: int
    end: int
    text: str
    quote: str
    heading: tuple[str, ...]
    coverage: float
    score: float
    followers: tuple[Evidence, ...] = ()


class Extractor:
    """Finds evidence in passages.

    Args:
        terms: Makes terms of texts and questions, and joins broken lines.
        weigher: Weighs the words of a question.
    """

    def __init__(self, terms: KiwiTerms, weigher: Weigher) -> None:
        self._terms = terms
        self._weigher = weigher
        # The same passages answer many questions; a line's terms cost 0.3 ms, its mending 1 ms.
        self._index_terms = lru_cache(maxsize=8192)(terms.index_terms)
        self._mended = lru_cache(maxsize=8192)(lambda text: mended(text, terms.kiwi.glue))

    def evidence(
        self, question: Question, hits: Sequence[Hit], titles: Mapping[int, str]
    ) -> list[Evidence]:
        """Lines that may answer, best first.

        Args:
            question: What is asked.
            hits: Passages, best first.
            titles: Title and date of each document by its row number.

        Returns:
            Lines that name every place and year of the question and hold the kind of value that
            it asks for; none where no passage has such a line.
        """
        weights = self._weigher.weights(_plain(question), soft_words(question.want), question.text)
        focus = self._weigher.focus(weights, question.text)
        found: list[Evidence] = []
        for rank, hit in enumerate(hits):
            title = titles.get(hit.passage.document_id, "")
            found += self._in_passage(question, hit, title, weights, focus, rank)
        return sorted(found, key=lambda evidence: -evidence.score)

    def _in_passage(
        self,
        question: Question,
        hit: Hit,
        title: str,
        weights: dict[str, float],
        focus: str,
        rank: int,
    ) -> list[Evidence]:
        text = hit.passage.text
        items = outline(text)
        lines = [self._line(hit, items, item) for item in items]
        paper = _sounds(title)
        found = []
        for number, line in enumerate(lines):
            if _most(weights, line, paper) < _LEAST:
                continue
            below = tuple(
                lines[index] for index, item in enumerate(items) if number in item.parents
            )
            context = " ".join((*line.heading, title))
            if not _names_all(question, line.text, context, below):
                continue
            if not _holds(question, line.text, items[number], below):
                continue
            if focus and not self._coverage({focus: 1.0}, line, title):
                continue
            coverage = self._coverage(weights, line, title)
            label = _LABELS.get(question.want)
            bonus = _LABELLED if label and label.match(line.text) else 0.0
            score = coverage + bonus - 0.01 * rank - 0.0002 * len(line.text)
            found.append(replace(line, coverage=coverage, score=score, followers=below))
        return found

    def _line(self, hit: Hit, items: Sequence[Item], item: Item) -> Evidence:
        text = hit.passage.text
        above = [self._mended(text[items[i].body : items[i].end]) for i in item.parents]
        return Evidence(
            hit=hit,
            start=hit.passage.start + item.start,
            end=hit.passage.start + item.end,
            text=self._mended(text[item.body : item.end]).replace("\t", " · "),
            quote=" ".join(text[item.start : item.end].replace("\t", "…").split()).lstrip("• ")[
                :_LONGEST_QUOTE
            ],
            heading=(*hit.passage.heading, *above),
            coverage=0.0,
            score=0.0,
        )

    def _coverage(self, weights: dict[str, float], line: Evidence, title: str) -> float:
        here = set(self._index_terms(line.text).split())
        above = set(self._index_terms("\n".join(line.heading)).split())
        paper = set(self._index_terms(title).split())
        worth = {**dict.fromkeys(paper, _IN_TITLE), **dict.fromkeys(above, _IN_HEADING)}
        worth |= dict.fromkeys(here, 1.0)
        packed = "".join(line.text.lower().split())
        covered = sum(
            weight * (worth.get(term) or (_INSIDE if len(term) > 1 and term in packed else 0.0))
            for term, weight in weights.items()
        )
        return covered / (sum(weights.values()) or 1.0)


def _sounds(text: str) -> str:
    return "".join(text.lower().split()).translate(_WITHOUT_FINAL)


def _most(weights: Mapping[str, float], line: Evidence, paper: str) -> float:
    """What a line may cover at most, by how its words begin: a thousandth of what terms cost."""
    here, above = _sounds(line.text), _sounds("".join(line.heading))
    covered = 0.0
    for term, weight in weights.items():
        start = term[:2].translate(_WITHOUT_FINAL)
        if start in here or not term.isalpha():
            covered += weight
        elif start in above:
            covered += weight * _IN_HEADING
        elif start in paper:
            covered += weight * _IN_TITLE
    return covered / (sum(weights.values()) or 1.0) if weights else 1.0


def _plain(question: Question) -> str:
    """The question without its years, which are matched apart, and its relative dates."""
    text = _YEAR.sub(" ", question.text)
    for mention in dates.relative(text, question.today):
        text = text.replace(mention.text, " ")
    return text


def _short(district: str) -> str:
    """A district's name without what it is: papers print 서울 for 서울시."""
    name = district.split()[-1]
    short = re.sub(r"(?:특별시|광역시|특별자치[시도]|[시군구도])$", "", name)
    return short if len(short) > 1 else name


def _names_all(question: Question, text: str, context: str, below: Sequence[Evidence]) -> bool:
    """Whether a line is about every place and year that the question names."""
    around = f"{text} {context}"
    if question.dongs:
        here = {mention.key for mention in places.find_dongs(around, question.dongs)}
        if not set(question.dongs) <= here:
            return False
    if not agree(question.text, around):
        return False
    packed = fold(around)
    if not all(fold(_short(name)) in packed for name in question.districts):
        return False
    if question.years:
        years = {m.first.year for m in dates.find(around) if m.first is not None}
        # A paper that states no year at all cannot contradict one.
        if years and not set(question.years) & years:
            return False
    return True


def _counts_what(question: str, text: str) -> bool:
    """Whether a line counts with the counter that is asked for: 몇 명 with 12명."""
    asked = re.search(r"몇\s*([가-힣])", question)
    counted = amounts.counts(text)
    family = next((one for one in _COUNTERS if asked and asked[1] in one), "")
    if not family:
        return bool(counted) or bool(re.search(r"\d", text))
    return any(count.counter[:1] in family for count in counted)


def _holds(question: Question, text: str, item: Item, below: Sequence[Evidence]) -> bool:
    """Whether a line holds the kind of value that is asked for."""
    want = question.want
    if want is Want.AMOUNT:
        return bool(amounts.find(text))
    if want is Want.COUNT:
        return _counts_what(question.text, text)
    if want is Want.TIME:
        return bool(dates.find(text)) or bool(re.search(r"\d\s*시|\d:\d\d", text))
    if want is Want.PERSON:
        return bool(_ROLE.search(text))
    if want is Want.CONTACT:
        return bool(_PHONE.search(text))
    if want is Want.LAW:
        return bool(_ARTICLE.search(text))
    if want is Want.LIST:
        return True
    return not item.heading or bool(below)
