"""A question as records see it: what to do, with which value, of whom, in which year."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import dates, places
from corpus.records import FieldType
from corpus.types import Visibility
from retrieval.lookup.meant_places import means, meant, said_short
from retrieval.understanding.measures import types_meant
from retrieval.understanding.question import Question, Want, soft_words, want
from retrieval.understanding.request import Operation, Request, request
from retrieval.understanding.row_words import asking_words, row_nouns
from retrieval.weighing import Weigher

_PARTICLES = "이랑|랑|하고|에서|부터|까지|은|는|이|가|도|의|을|를|에|만|과|와"
_MUNICIPAL = "시군구"
# 가람구청 is 가람구; not its 구청장.
_OFFICE = r"(?:(?<=[시군구])청(?!장))?"
_SHORTEST = 2
_YEARS = re.compile(r"(?:19|20)\d\d\s*년?(?:도)?|(?<!\d)[’'‘]?\d\d\s*년(?:도)?")
# 동은, 동이, 동들, 동별, 동 3개, 어느 동; not 활동, 3동 or 동네.
_OF_DONGS = re.compile(
    r"(?<![가-힣\d])(?<!\d )동(?=[은이을들별마중에의도]|[?\s]*$"
    r"|\s*(?:부터|가운데|\d|몇|있|어디|목록|순|중|알려|보여|예산|사업|총|전체|당|마다|평균|합))"
    r"|(?:많|적|높|낮)은동"
)
# 서울에서 상 받은 구: the districts of a province, not the province itself.
_MEMBERS = re.compile(
    r"(?<![가-힣])(?:구|군|시군구|시군|자치구|구청)(?:는|은|이|가|를|들|들은|중)?(?=[\s?？]|$)"
)
# 가람동 빼고, 가람동과 나래동을 제외한 나머지: what stands before is left out.
_EXCEPT = re.compile(
    r"(?P<places>.{2,40}?)\s*(?:을|를|은|는|만)?\s*"
    r"(?:빼고|뺀|빼면|제외(?:하고|한|하면|하고는)|말고)\s*(?:나머지\s*)?(?=\S)"
)
_DONG_PROJECTS = re.compile(r"(?<![가-힣\d])(?<!\d )동\s*특화")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question taken apart against what the records hold.

    Attributes:
        question: The question.
        request: What to do with the values.
        weights: Terms that a record has to cover, with their weights: no places, no years, no
            words of asking, of measuring or of the operation.
        places: Places it names, as records spell them.
        strangers: Places it names that no record knows.
        measure: Type of value that it asks for; None where its words do not tell.
        focus: The noun that it is after, one of `weights`; empty without one.
        bodies: Names of places that papers are of, as far as it names them: only those papers may
            answer.
        others: Names of the places that other papers are of.
        verbs: Those of `weights` that are verbs; tables hold nouns.
        of_dongs: Whether it asks about neighbourhoods at large (`어느 동이`, `동별로`).
        without: Places that it leaves out (`가람동 빼고 합계`).
        done: Whether it speaks of something done: 했어, 바꿨어, 교체한.
    """

    question: Question
    request: Request
    weights: Mapping[str, float]
    places: tuple[str, ...]
    strangers: tuple[str, ...]
    measure: FieldType | None
    of_dongs: bool = False
    focus: str = ""
    verbs: frozenset[str] = frozenset()
    bodies: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()
    done: bool = False

    @property
    def telling(self) -> frozenset[str]:
        """Those of `weights` that tell tables apart: no verbs, no names for what rows are."""
        return frozenset(self.weights) - self.verbs - row_nouns() - self.whose

    @property
    def whose(self) -> frozenset[str]:
        """Those of `weights` that say whose papers are meant; a row of such a paper says no more.

        Also a name with what it is written together with: 가람시축제.
        """
        return frozenset(
            term for term in self.weights if any(term in one or one in term for one in self.bodies)
        )


class Asking:
    """Takes questions apart.

    Args:
        weigher: Weighs the words of a question.
    """

    def __init__(self, weigher: Weigher) -> None:
        self._weigher = weigher

    def read(
        self,
        question: Question,
        audience: Visibility,
        known: Collection[str],
        bodies: Collection[str],
    ) -> Asked:
        """Take a question apart.

        Args:
            question: The question.
            audience: Highest level whose words count as known.
            known: Canonical names of the places in records that may count as places; what is no
                place is a word.
            bodies: Names of neighbourhoods that papers are of; they are words too.
        """
        question, without = _left_out(question, known)
        wanted = request(question.text)
        mentioned, found, strangers = places_in(question.text, known)
        # Who won an award is a place that a row is about, whoever's paper tells it.
        winners = {name.split()[-1] for name in found}
        words = frozenset(bodies) - winners
        mentioned = tuple(text for text in mentioned if "".join(text.split()) not in words)
        rest = _YEARS.sub(" ", wanted.rest)
        for mention in dates.relative(question.text, question.today):
            rest = rest.replace(mention.text, " ")
        whose = [
            (name, said)
            for name in bodies
            if name not in winners and (said := _whose(name, question.text))
        ]
        for text in (*mentioned, *(said for name, said in whose if said != name)):
            rest = re.sub(rf"{re.escape(text)}{_OFFICE}(?:{_PARTICLES})?", " ", rest)
        weigher = self._weigher.of(audience)
        weights = weigher.weights(rest, _soft(question, wanted), question.text)
        return Asked(
            question=question,
            request=wanted,
            weights=weights,
            focus=weigher.focus(weights, question.text),
            verbs=weigher.verbs(question.text),
            places=found,
            strangers=tuple(name for name in strangers if not name.endswith(tuple(bodies))),
            bodies=tuple(name for name, _ in whose),
            others=frozenset(bodies) - {name for name, _ in whose},
            measure=wanted.conditions[0].measure if wanted.conditions else _measure(question),
            of_dongs=bool(without)
            or (question.want not in _NO_DONGS and _of_dongs(question.text, wanted)),
            without=without,
            done=weigher.done(question.text),
        )


def _left_out(question: Question, known: Collection[str]) -> tuple[Question, tuple[str, ...]]:
    """A question without the places that it leaves out, and those places."""
    match = _EXCEPT.match(question.text)
    if match is None:
        return question, ()
    _, found, strangers = places_in(match["places"], known)
    if not found or strangers:
        return question, ()
    kept = tuple(name for name in question.dongs if name not in found)
    return replace(question, text=question.text[match.end() :], dongs=kept), found


def _whose(name: str, text: str) -> str:
    """How a text names a place that papers are of (가람시, 가람); empty where it does not."""
    if name in "".join(text.split()):
        return name
    short = name[:-1] if name[-1] in _MUNICIPAL and len(name) > _SHORTEST else ""
    said = rf"(?<![가-힣]){short}(?:{_PARTICLES})?(?![가-힣])"
    return short if short and re.search(said, text) else ""


def _of_dongs(text: str, wanted: Request) -> bool:
    """Whether a question is about neighbourhoods at large; 동 특화사업 is where it computes."""
    computing = wanted.operation is not Operation.LOOK_UP or wanted.conditions
    return bool(_OF_DONGS.search(text) or (computing and _DONG_PROJECTS.search(text)))


def _soft(question: Question, wanted: Request) -> frozenset[str]:
    """Words that a record need not hold: those of measuring, where something is measured."""
    measuring = (
        wanted.operation is not Operation.LOOK_UP
        or question.want in _MEASURED
        or bool(wanted.conditions)
        or (_measure(question) is not None and question.want not in _OPEN)
    )
    several = wanted.operation is not Operation.LOOK_UP or wanted.conditions or wanted.group
    soft = soft_words(question.want) | (_MEASURES if measuring else frozenset())
    return soft | (asking_words() if several else frozenset())


_OPEN = {Want.REASON, Want.OUTCOME}
# Who, when and why are asked of one matter, never of neighbourhoods at large.
_NO_DONGS = _OPEN | {Want.PERSON, Want.TIME, Want.CONTACT, Want.LAW}
_MEASURED = {Want.AMOUNT, Want.COUNT}
_MEASURES = soft_words(Want.AMOUNT) | soft_words(Want.COUNT)


def _measure(question: Question) -> FieldType | None:
    packed = _PERCENT.sub("", question.packed)
    counting = question.want is Want.COUNT and want(packed) is Want.COUNT
    if counting or re.search(r"갯수|개수|건수|인원|명수|사업수", packed):
        return FieldType.COUNT
    if Want.AMOUNT in {question.want, want(packed)} or FieldType.MONEY in types_meant(packed):
        return FieldType.MONEY
    return FieldType.RATE if re.search(r"률|율", packed) else None


# 몇 퍼센트 asks what part one value is of another, not for a count.
_PERCENT = re.compile(r"몇(?:%|퍼센트|퍼|프로)|비율|비중")


def places_in(
    text: str, known: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Places that a question names.

    Args:
        text: The question.
        known: Canonical names of all places in records.

    Returns:
        What the question prints, the known places it means, and names no record knows. A range
        (`1동부터 5동`) and a family (`가람동` for all numbered ones) stand for their members.
    """
    dongs = [name for name in known if " " not in name]
    mentioned: list[str] = []
    found: list[str] = []
    strangers: list[str] = []
    stem = ""
    # 연못동 for all of 연못1동 to 연못3동, though 연못 is a word, too.
    families = {f"{stem}동" for name in dongs if (stem := places.stem(name))}
    for mention in _with_ranges(text, places.find_dongs(text, [*dongs, *families]), dongs):
        mentioned.append(mention.text)
        for short in mention.keys:
            # 가람1동 2동 3동: the stem is said once.
            key = f"{stem}{short}" if stem and f"{stem}{short}" in known else short
            stem = places.stem(key) or stem
            members = [key] if key in known else places.family(key, dongs)
            members = members or meant(key, dongs)
            found += members
            if not members:
                strangers.append(key)
    for district in places.find_districts(text):
        matching = [name for name in known if means(district, name)]
        if district.district and district.district.kind == "시도" and _MEMBERS.search(text):
            inside = [name for name in known if name.startswith(f"{district.district.name} ")]
            matching = inside or matching
        if matching:
            mentioned.append(district.text)
            found += matching
    # 광주 서구 names one 서구; what is left of the text may name others by their last word.
    left = text
    for said in mentioned:
        left = left.replace(said, " ")
    found += [name for name in known if said_short(name, left) and name not in found]
    mentioned += [short for name in known if (short := said_short(name, left))]
    return tuple(mentioned), tuple(dict.fromkeys(found)), tuple(dict.fromkeys(strangers))


def _with_ranges(
    text: str, mentions: Sequence[places.PlaceMention], known: Collection[str]
) -> list[places.PlaceMention]:
    """`가람1동부터 가람3동까지` as one mention of all that lie between."""
    found: list[places.PlaceMention] = []
    for mention in mentions:
        before = found[-1] if found else None
        stem = places.stem(mention.key)
        if before and stem and stem == places.stem(before.key):
            between = text[before.end : mention.start]
            if re.fullmatch(r"\s*(?:부터|에서|~|∼|-)\s*", between):
                first, last = (int(re.findall(r"\d+", m.key)[0]) for m in (before, mention))
                between_them = (f"{stem}{n}동" for n in range(first, last + 1))
                inside = tuple(key for key in between_them if key in known)
                whole = text[before.start : mention.end]
                keys = inside or mention.keys
                found[-1] = replace(mention, start=before.start, text=whole, keys=keys)
                continue
        found.append(mention)
    return found
