"""What kind of message a person wrote: opinion, question, chit-chat, note or personal data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from retrieval.understanding import morphemes, personal_data, small_talk
from retrieval.understanding.dongs import Dong, mentioned
from retrieval.understanding.morphemes import Tokenize
from retrieval.understanding.present_need import present_need
from retrieval.understanding.topics import topic

# A longer message is judged by its beginning: the kind shows early, and time stays bounded.
_LONGEST = 1000
# Personal data of a form of its own (a number, an address) outweighs any speech act beside it:
# it must be masked before anything is stored.
_PERSONAL_DATUM = 40.0
# A person in danger or in want is spoken of in confidence, whatever else is said.
_PRESENT_NEED = 12.0
# What the meaning weighs beside the rules. Of 0 to 24, cross-validated on 196 messages before any
# rule was made for them, 16 was best: opinions found 0.83 -> 0.95, precision 0.79 -> 0.91.
_LEANING = 16.0
_NAME = re.compile(r"<(~?)([a-z_]+)>")
# Typing habits that hide an ending from the analyser: ㅅ for ㅆ, 여/염/용 for 요, coda play.
_SPELLINGS = (
    (re.compile(r"겟(?=[어습다네지음죠])"), "겠"),
    (re.compile(r"(?<=[가-힣])햇(?=[어습다네지음으죠])"), "했"),
    (
        re.compile(
            r"(?<=[세주해어네아에예나까가죠워])(?:여|염|욤|욥|용|욧)(?=$|[\s.!?~^ㅋㅎㅠㅜ])"
        ),
        "요",
    ),
    (re.compile(r"(?<=[겠었있했네갔좋])(?:당|댱)(?=$|[\s.!?~^ㅋㅎㅠㅜ])"), "다"),
    (re.compile(r"어케"), "어떻게 "),
    (re.compile(r"[~^]+"), " "),
)


# Where the rules lead by this much, the meaning did no good in that cross-validation.
_SURE = 9.0
# The vector of more takes longer than 50 ms.
_LEANING_LENGTH = 200
# How much a text is of each kind by its meaning; see `retrieval.understanding.leaning`.
Lean = Callable[[str], Mapping[str, float]]


class Label(StrEnum):
    """The kinds of messages."""

    OPINION = "opinion"
    QUESTION = "question"
    CHIT_CHAT = "chit-chat"
    MEETING_NOTE = "meeting-note"
    PERSONAL_INFO = "personal-info"


# Who wins a tie: what must not be stored, then what must not be lost.
_ORDER = (Label.PERSONAL_INFO, Label.QUESTION, Label.OPINION, Label.MEETING_NOTE, Label.CHIT_CHAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A message as understood.

    Attributes:
        label: Its kind.
        dong: Name of the dong (행정동, neighbourhood) it speaks of, written without blanks.
        topic: The noun phrase it is about, at most 30 characters; None for chit-chat and for
            personal information, of which nothing may be repeated.
        reasons: Names of the rules that fired, heaviest first.
    """

    label: Label
    dong: str | None
    topic: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern of `utterances.toml`; it adds `weight` to `label` where it fires."""

    name: str
    label: Label
    weight: float
    on_morphemes: bool
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    examples: tuple[str, ...]

    def fires(self, line: str, squeezed: str) -> bool:
        """Whether the rule holds for a message.

        Args:
            line: Its morphemes, as `morphemes.line` writes them.
            squeezed: Its text without blanks.
        """
        subject = line if self.on_morphemes else squeezed
        if not self.pattern.search(subject):
            return False
        return self.unless is None or not self.unless.search(subject)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    data = files(__package__) / "utterances.toml"
    tree = tomllib.loads(data.read_text(encoding="utf-8"))
    words = {name: "|".join(forms) for name, forms in tree["vocabulary"].items()}

    def listed(match: re.Match[str]) -> str:
        whole = "" if match[1] else r"(?<!\S)"
        return f"{whole}(?:{words[match[2]]})"

    def compiled(pattern: str) -> re.Pattern[str]:
        while _NAME.search(pattern):  # a list may name another list
            pattern = _NAME.sub(listed, pattern)
        return re.compile(pattern)

    return tuple(
        Rule(
            name=rule["name"],
            label=Label(rule["label"]),
            weight=float(rule["weight"]),
            on_morphemes=rule["on"] == "morphemes",
            pattern=compiled(rule["pattern"]),
            unless=compiled(rule["unless"]) if "unless" in rule else None,
            examples=tuple(rule["examples"]),
        )
        for rule in tree["rule"]
    )


def forms(text: str, tokenize: Tokenize) -> tuple[str, str]:
    """The two forms of a message on which rules work: line of morphemes, text without blanks."""
    spelled = _spelled(text)
    return morphemes.line(tokenize(spelled)), "".join(spelled.split())


def classify(
    text: str,
    *,
    tokenize: Tokenize,
    lean: Lean | None = None,
    known_dongs: Iterable[str] = (),
    known_programmes: Iterable[str] = (),
) -> Utterance:
    """What kind of message this is, and what it is about.

    Small talk is told first, by what is left of the message without it. Else every rule adds its
    weight to its label, the meaning adds its own, and the heaviest label wins; a message without
    any sign is a question, as answering does no harm.

    Args:
        text: The message as typed.
        tokenize: The morphological analyser, such as `Kiwi().tokenize`.
        lean: Tells kinds by meaning; without it the rules decide alone.
        known_dongs: Names of the council's dongs; other dongs are found by their form.
        known_programmes: Names of programmes; one that is named becomes the topic.
    """
    text = unicodedata.normalize("NFC", text)[:_LONGEST]
    dong = mentioned(text, known=tuple(known_dongs), tokenize=tokenize)
    if small_talk.is_chatter(text):
        return Utterance(label=Label.CHIT_CHAT, dong=None, topic=None, reasons=("small talk",))
    scores, reasons = _weighed(text, tokenize, lean)
    label = max(_ORDER, key=lambda item: (scores[item], -_ORDER.index(item)))
    if not scores[label]:
        label = Label.QUESTION
    return Utterance(
        label=label,
        dong=dong.key if dong else None,
        topic=_topic(text, label, dong, tokenize, known_programmes),
        reasons=reasons,
    )


def _weighed(
    text: str, tokenize: Tokenize, lean: Lean | None = None
) -> tuple[dict[Label, float], tuple[str, ...]]:
    line, squeezed = forms(text, tokenize)
    fired = [rule for rule in rules() if rule.fires(line, squeezed)]
    scores = {label: sum(rule.weight for rule in fired if rule.label is label) for label in Label}
    data = personal_data.find(text)
    scores[Label.PERSONAL_INFO] += _PERSONAL_DATUM if data else 0.0
    scores[Label.PERSONAL_INFO] += _PRESENT_NEED if present_need(text) else 0.0
    first, second = sorted(scores.values(), reverse=True)[:2]
    asked = fired and all(rule.label is Label.QUESTION for rule in fired)
    if lean and first - second < _SURE and not asked:
        leaning = lean(text[:_LEANING_LENGTH])
        scores = {label: scores[label] + _LEANING * leaning.get(label, 0.0) for label in Label}
    heaviest = sorted(fired, key=lambda rule: -rule.weight)
    return scores, (*(datum.kind.value for datum in data), *(rule.name for rule in heaviest))


def _topic(
    text: str,
    label: Label,
    dong: Dong | None,
    tokenize: Tokenize,
    known_programmes: Iterable[str],
) -> str | None:
    if label in {Label.CHIT_CHAT, Label.PERSONAL_INFO}:
        return None
    hidden = [(dong.start, dong.end)] if dong else []
    return topic(text, tokenize(text), hidden=hidden, known_programmes=known_programmes)


def _spelled(text: str) -> str:
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text
