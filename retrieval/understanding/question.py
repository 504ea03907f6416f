"""What a question asks for, as far as it can be told without looking into the papers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from corpus import dates, places
from corpus.text import squeeze

# A question longer than this is a pasted text; its first sentences say what is asked.
LONGEST = 500
# 26년 예산; not 26년간, 26년 동안, 26년째.
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d\d)\s?년(?!간|\s?동안|째|\s?전|차)")
_BARE_YEAR = re.compile(r"(?<![\d.-])(20\d\d)(?![\d.-]|\s?(?:명|개|건|원|천|만))")


class Want(StrEnum):
    """The kind of thing that would answer a question."""

    AMOUNT = "amount"
    COUNT = "count"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    CONTACT = "contact"
    REASON = "reason"
    LAW = "law"
    OUTCOME = "outcome"
    LIST = "list"
    YES = "yes"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question taken apart.

    Attributes:
        text: The question on one line, at most `LONGEST` characters.
        want: What kind of answer it asks for.
        dongs: Canonical names of the neighbourhoods (동) it names.
        districts: Printed names of the districts (시군구) it names.
        years: Years it names in figures.
        relative: Years that it means by 올해, 작년 and the like.
        today: The day on which it was asked.
        cut: Whether it was longer than is read.
    """

    text: str
    want: Want
    dongs: tuple[str, ...]
    districts: tuple[str, ...]
    years: tuple[int, ...]
    relative: tuple[int, ...]
    today: date
    cut: bool

    @property
    def packed(self) -> str:
        """The text without white space, for patterns that do not care how people space."""
        return "".join(self.text.split())


@cache
def _asking() -> dict[Want, tuple[tuple[re.Pattern[str], ...], frozenset[str]]]:
    source = files("retrieval.understanding") / "asking.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        Want(name): (
            tuple(re.compile(cue) for cue in section["cues"]),
            frozenset(section["soft"]),
        )
        for name, section in tree.items()
    }


def want(text: str) -> Want:
    """What kind of answer a text asks for; `Want.ANY` where its words do not tell."""
    packed = re.sub(r"\s+", "", text)
    for kind, (cues, _) in _asking().items():
        if any(cue.search(packed) for cue in cues):
            return kind
    return Want.ANY


def soft_words(kind: Want) -> frozenset[str]:
    """Words that name what is measured, which an answering paper need not repeat."""
    asking = _asking()
    return asking[kind][1] if kind in asking else frozenset()


def understand(text: str, today: date, known_dongs: Collection[str] = ()) -> Question:
    """Take a question apart.

    Args:
        text: Cleaned text of any length; empty text is a question that names nothing.
        today: What 올해 and 작년 refer to.
        known_dongs: Names of neighbourhoods in the papers, canonical.

    Returns:
        The question.
    """
    line = squeeze(_typed(text))
    read = line[:LONGEST]
    dongs = [name for name in known_dongs if " " not in name]
    years = [mention.first.year for mention in dates.find(read) if mention.first is not None]
    years += [int(year) for year in _BARE_YEAR.findall(read)]
    years += [2000 + int(year) for year in _SHORT_YEAR.findall(read)]
    far = (one for one in dates.relative(read, today) if one.first and _FAR.match(one.text))
    years += [one.first.year for one in far if one.first]
    return Question(
        text=read,
        want=want(read),
        dongs=tuple(dict.fromkeys(key for m in places.find_dongs(read, dongs) for key in m.keys)),
        districts=tuple(dict.fromkeys(m.text for m in places.find_districts(read))),
        years=tuple(dict.fromkeys(years)),
        relative=tuple(dict.fromkeys(_years_meant(read, today))),
        today=today,
        cut=len(line) > LONGEST,
    )


# Single letters say nothing (예산ㅇㅇ); 둥 and 똥 behind a number are 동 with a slip of the finger.
_LETTERS = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]+")
_MISTYPED = str.maketrans({"몃": "몇", "멧": "몇", "멏": "몇", "됬": "됐", "됏": "됐"})
_SPELT_OUT = re.compile(r"씨씨티[비브]이?|시시티비")
# 상 탄 is taken for a noun by the analyser; 받은 says the same. 이상 and 인상 are no awards.
_WON = re.compile(r"(?<![이인])(상(?:을|도)?) ?(?:(탄)(?= |$)|탔(?=[어나는던습다]))")
_SLIPPED = re.compile(r"(?<=[가-힣\s])(\d{1,2})\s?(?:둥|똥|돋|덩)(?![가-힣]{2})")


# `뭐라고 적혀 있어`, `누구로 돼 있나` ask for what is printed; `가람동 주민인데` says which dong.
_PRINTED = re.compile(
    r"(?:이?라고|(?<=[누구디마뭐게])(?:으?로)?)?\s*(?:써|쓰여|적혀|나와|기재되어|기재돼|명시돼|명시되어)\s?있\S*"
    r"|(?<=[누구디마뭐])(?:이?라고|으?로)\s*(?:돼|되어)\s?있\S*"
)
_RESIDENT = re.compile(
    r"(?<=[동읍면리구시군])(?:에)?\s*(?:주민|사람)?\s*"
    r"(?:인데(?:요)?|사는데(?:요)?|살고\s?있는데(?:요)?|거주하는데(?:요)?|주민입니다|주민이에요|살아요)(?=[\s,.]|$)[,.]?"
)


# `1년에 몇 번`: papers print 연 4회.
_A_YEAR = re.compile(r"(?:1|일|한)\s?(?:년|해)에(?=\s*(?:총\s*|회의\s*)?몇)")
_A_WEEK = re.compile(r"(?:1|일|한)\s?주(?:일)?에(?=\s*(?:총\s*)?(?:몇|며칠))")
_A_MONTH = re.compile(r"(?:1|일|한)\s?(?:달|개월)에(?=\s*(?:총\s*)?(?:몇|며칠))")
# 하는 거 이름이 뭐야: what is called so is asked for, not the word 이름.
_CALLED = re.compile(r"(?<=[거것데])\s*(?:그거|그게)?\s*이름(?:이|은)?\s*(?=뭐|뭔|무엇)")
# 돈은 어디서 나와: papers call it 재원.
_WHOSE_MONEY = re.compile(
    r"(?:돈|예산|사업비|비용|재원)(?:은|는|이|가)?\s?(?:다\s?|전부\s?)?어디(?:에)?서\s?(?:나|대|내|충당|마련|오|온|지원)\S*"
    r"|(?<=[은는이가] )(?:돈을\s?)?(?:어디(?:에)?서|누가)\s?지원(?:해|하|돼|되|받)\S*$"
    r"|(?<![가-힣])(?:누구|무슨|어디|뭔)\s?돈으로\s?\S*$"
)


# 한 집에 얼마, 한 사람당 얼마: papers print 가구당 and 1인당.
_PER_HOME = re.compile(
    r"(?<![가-힣])(?:한\s?)?(?:집|가정)(?:에|당|마다)(?=\s*(?:얼마|몇|최대|최고|다))"
)
_PER_HEAD = re.compile(
    r"(?<![가-힣])(?:한\s?사람|한\s?명|사람)(?:에|당|마다|앞에)(?=\s*(?:얼마|몇|최대))"
)


# 한 지역이 얼마 받아: papers print 지역당.
_PER_PLACE = re.compile(
    r"(?<![가-힣])한\s?(지역|기관|단체|팀)(?:에서|이|은|에|당|마다)?(?=\s.*(?:얼마|몇|최대))"
)


# 어느 동꺼야, 어디 꺼: whose it is.
_WHOSE = re.compile(
    r"(?<=[가-힣])\s?[꺼껀](?=(?:야|임|지|죠|예요|에요|인가|인지)?(?:\s|[?？]|$))"
    r"|(?<=어느 [동구시군곳데])\s?거(?=(?:야|임|지|죠|예요|에요|인가|인지)?(?:\s|[?？]|$))"
    r"|(?<=어느[동구시군곳데])\s?거(?=(?:야|임|지|죠|예요|에요|인가|인지)?(?:\s|[?？]|$))"
)
# 가람동이랑 나래동 중에 누가 더: of two places 누가 asks which.
# 가장 적은 동의 차이: not 동의 (consent).
_OF_DONG = re.compile(r"(?<=[많적높낮]은 )동의(?=\s)")
_WHO_OF_TWO = re.compile(r"(?<=중에 )누가|(?<=중 )누가")


def _typed(text: str) -> str:
    text = _OF_DONG.sub("동", _CALLED.sub(" ", text))
    text = _WHOSE_MONEY.sub("재원은 뭐야", _A_MONTH.sub("월", _A_WEEK.sub("주", text)))
    text = _PER_HEAD.sub("1인당", _PER_HOME.sub("가구당", _PER_PLACE.sub(r"\1당", text)))
    text = _WHO_OF_TWO.sub("어디가", _WHOSE.sub("", _A_YEAR.sub("연", text)))
    text = _RESIDENT.sub(" ", _PRINTED.sub("", _SPELT_OUT.sub("CCTV", text)))
    text = _WON.sub(lambda won: f"{won[1]} {'받은' if won[2] else '받았'}", text)
    return _SLIPPED.sub(r"\1동", _LETTERS.sub(" ", text).translate(_MISTYPED))


# Who says 재작년 means that year; 작년 is said of the newest paper, too.
_FAR = re.compile(r"재작년|재재작년|내후년|\d+\s?년\s?[전뒤후]")


def _years_meant(text: str, today: date) -> list[int]:
    """Years of 올해, 작년, 2년 전; a month or a day that is near says no year."""
    mentions = dates.relative(text, today)
    return [
        mention.first.year
        for mention in mentions
        if mention.first is not None
        and not _FAR.match(mention.text)
        and mention.precision is dates.Precision.YEAR
        and not mention.text.startswith("전년")  # the year before the one that a paper is of
    ]
