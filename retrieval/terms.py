"""Korean text to index terms: what a passage and a question have in common, word forms aside."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, pairwise
from typing import Any

from corpus import amounts, places
from retrieval.analyser import ANALYSER, Analyser

# Changes whenever a rule below changes what terms come out; an older index is then made anew.
_RULES = "2"
# Longer questions are cut: 1,000 characters give some 300 terms, more than any person types.
_QUESTION = 1_000
_QUESTION_TERMS = 64
# One run of text for Kiwi; lines without a break are cut here (4 ms a piece, linear in length).
_PIECE = 2_000
# Words of questions, names of columns, headings and lines of found passages come again and again:
# 100 of the 104 texts that a question gives to Kiwi, at 0.3 ms each.
_SHORT, _REMEMBERED = 300, 16_384
_ASKED = 1_024

# A run of 2,000 digits is no word; the index would keep it whole.
_LONGEST = 40

_NOUNS = frozenset({"NNG", "NNP", "XR", "SL", "SH"})
# XSN (-자, -들) joins a compound but says nothing by itself; verbs carry meaning in questions.
_NOMINAL = "VV+ETN"
_COMPOUND = _NOUNS | {"XSN", _NOMINAL}
_MEANING = _NOUNS | {"VV", "VA", "NR", "NNB", _NOMINAL}
_LONG_NOUN = 3
_VERBAL = frozenset({"VV", "VA", "VX"})
_UNKNOWN_IDS = 64

# FTS5's unicode61 splits at everything else, and a split term would be another term.
_UNSAFE = re.compile(r"[^0-9a-zㄱ-ㆎ가-힣一-鿿぀-ヿ]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\ud800-\udfff\ufeff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_DATE = re.compile(r"(?<![\d.])(\d{4})\s?[.\-/]\s?(\d{1,2})(?:\s?[.\-/]\s?(\d{1,2}))?(?![\d\-])")
_SHORT_YEAR = re.compile(r"['‘’`](\d{2})(?=\s?[년.])")

_SINO = {name: value for value, name in enumerate("일이삼사오육칠팔구십", start=1)}
# 가람이동 is 가람2동 or the word 이동 (movement): it gets the term of both. A term too many costs
# nothing, as 인구2동 (from 인구이동, migration) is in no other paper.
_SPELLED_DONG = re.compile(
    r"(?P<name>[가-힣]{2,5})\s?(?P<number>[일이삼사오육칠팔구십])동(?!안|네|기)"
)


@dataclass(frozen=True, slots=True)
class _Morpheme:
    form: str
    tag: str
    start: int
    end: int


class KiwiTerms:
    """Makes index terms with the Kiwi analyser, which is loaded at the first use.

    Safe to use from several threads. A question takes 0.5 ms, papers pass at some 75,000
    characters a second of one core.

    Terms are morphemes that carry meaning, adjacent nouns joined (`특화사업` for `특화 사업`), the
    first two syllables of longer nouns (`예산` for `예산안`), numbers with their unit, amounts in
    won, numbered neighbourhoods (`행복2동`). nDCG@10 by BM25 on three sets (544 passages of council
    papers with 57 questions, AutoRAG-Korean 720/114, KorQuAD 964/500): morphemes 0.669 0.931 0.951,
    with compounds 0.682 0.953 0.955, with first syllables 0.729 0.953 0.961, with counting nouns
    0.759 0.954 0.962. All bigrams of long nouns lost 0.006 on the second; adverbs gave nothing.
    """

    def __init__(self) -> None:
        self._short = lru_cache(maxsize=_REMEMBERED)(self._joined)
        # A question and its words are asked for a dozen times on the way to its answer.
        self._asked = lru_cache(maxsize=_ASKED)(self._question_terms)
        self._tokens = lru_cache(maxsize=_ASKED)(self._tokenized)

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could give other terms."""
        return f"kiwi-{version('kiwipiepy')}-{version('kiwipiepy_model')}/{_RULES}"

    @property
    def kiwi(self) -> Analyser:
        """The one analyser of the process, for whoever needs morphemes or spacing."""
        return ANALYSER

    def index_terms(self, text: str) -> str:
        """Terms of a passage, heading or title, joined by spaces; a term comes as often as said.

        Args:
            text: Any text, of any length.

        Returns:
            Terms of letters and digits only, which FTS5 keeps whole; empty for text without words.
        """
        return self._short(text) if len(text) <= _SHORT else self._joined(text)

    def _joined(self, text: str) -> str:
        return " ".join(self._terms(text, frozenset()))

    def query_terms(self, text: str) -> list[str]:
        """Terms of a question, each once, in order, at most 64; words of asking are left out.

        Args:
            text: Any text; only its first 1,000 characters count.
        """
        return list(self._asked(text[:_QUESTION]))

    def _question_terms(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._terms(text, stop_words())))[:_QUESTION_TERMS]

    def _tokenized(self, text: str) -> tuple[Any, ...]:
        return tuple(self.kiwi.tokenize(text))

    def tags(self, text: str) -> dict[str, str]:
        """Part of speech of each morpheme of a question, as Kiwi names it, by its term."""
        return {plain(t.form): t.tag.partition("-")[0] for t in self._tokens(text[:_QUESTION])}

    def may_be_misspelt(self, word: str) -> bool:
        """Whether a word could be a noun typed wrongly.

        Words of Kiwi's dictionary are what they are; what ends in a verb's ending or a particle
        was read as a clause or a noun, and so was a verb before a noun (하는).
        """
        tokens = self._tokens(word)
        if not tokens or tokens[-1].tag[:2] in ("EF", "EC", "JX", "JK"):
            return False
        if tokens[0].tag in _VERBAL and tokens[-1].tag.startswith("ET"):
            return False
        # Kiwi numbers one morpheme a part of speech, for words it does not know, before all others.
        return len(tokens) > 1 or tokens[0].id < _UNKNOWN_IDS

    def made_up(self, word: str) -> str:
        """The name that the analyser cut into single syllables; empty for other words.

        온볕 is read as 온 (whole) + 볕 (sunshine): a made-up name of a programme or a place.
        """
        tokens = self._tokens(word)
        nouns = [token for token in tokens if token.tag[:2] in ("NN", "MM", "XP")]
        others = [token for token in tokens if token.tag[:2] not in ("NN", "MM", "XP", "JK", "JX")]
        if others or len(nouns) < 2 or any(len(token.form) > 1 for token in nouns):
            return ""
        return str(word[nouns[0].start : nouns[-1].start + nouns[-1].len])

    def _terms(self, text: str, stop: frozenset[str]) -> Iterator[str]:
        text = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
        text = _THOUSANDS.sub("", text)
        for piece in _pieces(text):
            morphemes = [
                _Morpheme(token.form.lower(), token.tag.partition("-")[0], token.start, token.end)
                for token in self.kiwi.tokenize(piece)
            ]
            nominal = _nominalised(morphemes, piece)
            new = [morpheme for morpheme in nominal if morpheme.tag == _NOMINAL]
            for term in chain(
                _words(morphemes, stop), _words(new, stop), _compounds(nominal), _surfaces(piece)
            ):
                if term:
                    yield term[:_LONGEST]


@cache
def stop_words() -> frozenset[str]:
    """Morphemes of asking, as `form/tag`."""
    source = (files("retrieval") / "stop_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(source)["words"])


def plain(term: str) -> str:
    """A term as FTS5 keeps it whole: lower-case letters and digits; may become empty."""
    return _UNSAFE.sub("", term.lower())


def _pieces(text: str) -> Iterator[str]:
    """Lines with something in them, long ones cut behind a space where there is one."""
    for line in text.splitlines():
        while len(line) > _PIECE:
            cut = line.rfind(" ", _PIECE // 2, _PIECE) + 1 or _PIECE
            yield line[:cut]
            line = line[cut:]
        if line and not line.isspace():
            yield line


def _words(morphemes: Iterable[_Morpheme], stop: frozenset[str]) -> Iterator[str]:
    for morpheme in morphemes:
        if f"{morpheme.form}/{morpheme.tag}" in stop:
            continue
        if morpheme.tag == "SN" or morpheme.tag.startswith("W_"):
            yield from map(_number, _NUMBER.findall(morpheme.form))
            if morpheme.tag.startswith("W_"):
                yield from _UNSAFE.sub(" ", re.sub(r"\d+", " ", morpheme.form)).split()
        elif morpheme.tag in _MEANING and (word := plain(morpheme.form)):
            yield word
            if morpheme.tag in ("NNG", "NNP") and len(word) >= _LONG_NOUN:
                yield word[:2]


def _nominalised(morphemes: Sequence[_Morpheme], text: str) -> list[_Morpheme]:
    """The morphemes with 나누 + ㅁ as one noun, 나눔 (sharing): half of all programmes end so."""
    found: list[_Morpheme] = []
    for morpheme in morphemes:
        last = found[-1] if found else None
        if (
            morpheme.tag == "ETN"
            and morpheme.form in ("ㅁ", "음", "ᆷ")
            and last is not None
            and last.tag in ("VV", "VA")
            and f"{last.form}/{last.tag}" not in stop_words()
        ):
            noun = text[last.start : morpheme.end].lower()
            found[-1] = _Morpheme(noun, _NOMINAL, last.start, morpheme.end)
        else:
            found.append(morpheme)
    return found


def _compounds(morphemes: Sequence[_Morpheme]) -> Iterator[str]:
    """Neighbouring nouns as one word, and numbers with what they count (`18개`, `제2차`)."""
    for left, right in pairwise(morphemes):
        if right.start - left.end > 1:
            continue
        if left.tag in _COMPOUND and right.tag in _COMPOUND:
            if (first := plain(left.form)) and (second := plain(right.form)):
                yield first + second
        elif left.tag == "SN" and right.tag in ("NNB", "NNG", "NR"):
            yield _number(left.form) + plain(right.form)


def _number(digits: str) -> str:
    """A number as one term: `07` and `7` alike, a decimal point spelt out."""
    whole, _, fraction = digits.replace(",", "").partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}점{fraction}" if fraction.strip("0") else whole


def _surfaces(line: str) -> Iterator[str]:
    """Terms that several spellings share: amounts, dates and numbered neighbourhoods."""
    for amount in amounts.find(line):
        yield f"{abs(amount.won)}원"
    for match in _DATE.finditer(line):
        yield from (
            f"{int(part)}{unit}"
            for part, unit in zip(match.groups(), "년월일", strict=True)
            if part
        )
    for match in _SHORT_YEAR.finditer(line):
        yield f"20{match[1]}년"
    for mention in places.find_dongs(line):
        yield from mention.keys
    for match in _SPELLED_DONG.finditer(line):
        yield f"{match['name']}{_SINO[match['number']]}동"
