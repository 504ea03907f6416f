"""Whether a line of a paper can be the answer: about what is asked, with such a value in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from corpus import amounts, dates, places
from retrieval.lookup.qualifiers import of_one_body
from retrieval.naming import MONTH
from retrieval.understanding.family_names import FAMILY
from retrieval.understanding.question import Question, Want
from retrieval.understanding.remainders import names_rest, rest_asked
from retrieval.understanding.request import Operation, request

PHONE = re.compile(r"\d{2,4}[-)]\s?\d{3,4}-\d{4}|(?<!\d)1\d{3}-\d{4}|[\w.+-]+@[\w-]+\.\w+")
_TITLES = (
    "부위원장|위원장|부회장|회장|부구청장|구청장|부시장|시장|군수|동장|읍장|면장|통장|이장|사무국장|국장|과장|팀장|단장|원장"
    "|장관|차관|담당자?|간사|주무관|사무관|대표|센터장|관장|소장|의장|의원|위원|교수|강사|지원관|정책관|심의관"
    "|기획관|책임자|작성자|제출자|확인자|기록자|감사"
)
# 예산을 behind `위원장 :` is no name.
_NO_PARTICLE = r"(?![가-힣]{2}[을를는에])"
_NAME = rf"{_NO_PARTICLE}(?:남궁|황보|제갈|선우|독고|사공|[{FAMILY}])[가-힣]{{1,2}}(?![가-힣])"
# A title with a name beside it: 홍길동 팀장, 위원장 : 홍길동, 장관 홍길동.
_NAMED = r"(?<![가-힣])(?:{name})\s*(?:{title})|(?:{title})\s*[:：(]?\s*(?:{name})"
_ROLE = re.compile(
    rf"[가-힣]{{2,4}}\s*(?:{_TITLES})|(?:{_TITLES})\s*[:：(]?\s*[가-힣]{{2,4}}|제\s*출\s*자"
)
_GROUP = re.compile(
    r"[가-힣]{2,}(?:합창단|봉사단|봉사회|동아리|밴드|단체|협회|협의체|위원회|주민자치회|부녀회|상인회|조합|재단|복지관|센터"
    r"|[가-힣](?:단|팀|과|국))(?![가-힣])"
)
_ASKED_TITLE = re.compile(rf"(?:{_TITLES})(?=[은는이가을를의도]|\s|$|[?？]|이?름|누구|성함)")
# Counters of one family stand for each other.
_FAMILIES = ("명인분", "개가지곳군데소", "건회번차례", "가구세대")
_COUNTERS = (*_FAMILIES, "동", "팀", "대", "표", "자루", "주", "일")
_ORDINAL = re.compile(r"제\s*\d+\s*[차회기호안조항]")
_PERCENT = re.compile(r"\d\s*(?:%|퍼센트|프로)")
# 얼마나 늘었나요 is answered by 7% 상승 as well.
_GROWN = re.compile(r"얼마나\s*(?:더\s*)?(?:늘|줄|증가|감소|오르|올랐|상승|높아|낮아|달성|개선)")
# What people pay is no budget.
_FEE = re.compile(r"이용료|참가비|수강료|회비|입장료|관람료|재료비")
_FEE_SAID = re.compile(rf"{_FEE.pattern}|요금|부담|무료|[1한]\s?인당|회당|월\s?\d|\d\s?원")
_ARTICLE = re.compile(r"제?\s*\d+\s*조|」|법률|조례")
_SOMEWHERE = re.compile(
    r"(?:장\s*소|위\s*치)(?!\s*(?:변경|선정|확정|결정|미정|미확정|마련|확보))|[구시군도]청|https?://"
    r"|(?:대강당|강당|도서관|회관|복지관|체육관|문화관|상황실|회의실|다목적실|교실|센터|홀|공원"
    r"|광장|학교|경로당|상가|시장|주차장|입구|마당|유튜브|채널|누리집|홈페이지)|\d\s*층|앞(?![가-힣])|[가-힣]에서\s*(?:열|개최|진행|실시|모여|만나)"
)
_DECIDED = re.compile(
    r"가결|부결|보류|계속\s?심사|(?<!심)의결|통과|선정|하기로|결정|확정|승인|채택|수용|반영|완료|이송|불가|바꾸|변경|상정(?!이유|합)|겠습니다|겠음|예정(?!자)|하였음|종료(?!일)|했음|함\.?$|임\.?$"
)
# Whether something passed is told by what was resolved, not by what was done or reported.
_VOTED_ON = re.compile(r"통과|의결|가결|부결|승인")
_VOTED = re.compile(r"가결|부결|보류|계속\s?심사|(?<!심)의결|통과|상정|승인|채택|원안")
_BECAUSE = re.compile(
    r"사유|이유|원인|때문|위해|위하여|(?:아|어|여|해|라|하)서|므로|으로\s|로\s[^.]{0,16}(?:줄|늘|감소|증가|취소|중단|연기|지연|미달)|로\s?(?:줄|늘)|(?:인|통)해|⇒|이므로|감안"
)
# Why something failed or fell short is told by what befell it.
_FAILED = re.compile(
    r"못|안\s?[가-힣]|부진|미달|저조|낮[아은았]|취소|부결|보류|떨어|줄었|감소|지연|늦|중단|불가|탈락"
)
_BEFELL = re.compile(
    r"취소|부족|지연|미확보|저조|반대|중단|폐지|불가|감소|공사|이전|우려|어려|민원|변경|결원|공석|유찰|고장|폭우|태풍|감염|상승"
)
# 홍길동 위원 : …, 홍길동 위원 …
_MEMBER = re.compile(r"\W*[가-힣]{2,4}\s*(?:위원|의원)(?!장|회)\s")
_HOURS = re.compile(r"\d\s*시|\d:\d\d|요일|매[주월]|연중")
_WHICH_DAY = re.compile(r"며칠|몇\s?일|무슨\s?요일|날짜")
_RECURRING = re.compile(r"요일|매[주월]|연중|\d\s*월")
# 누리반찬 등 7개 사업 450만원: the amount is of all seven.
_OF_SEVERAL = re.compile(r"(?:총|모두)\s*\d+\s*개?\s*사업\s*(?:총\s*|에\s*)?\d")
_AND_OTHERS = re.compile(r"등\s*(?:총\s*)?\d+\s*(?:개|건|가지)")
_HOW = re.compile(
    r"(?<!재)방문|전화|온라인|누리집|홈페이지|메일|우편|팩스|카카오|문자|앱|QR|선착순|추천|접수|신청"
)
# Whose money something is done with: named as such, or told to be what pays for it.
_SOURCE = r"(?:후원금?|모금|기금|성금|국비|도비|시비|군비|구비|자부담|보조금|예비비|특별회계)"
_FUNDS = re.compile(
    rf"(?:재원|사업비|예산)\s*[:：(].*{_SOURCE}|{_SOURCE}\S{{0,4}}(?:을|를)?\s?(?:통해|통한|받아|[가-힣]?으?로\s?(?:지원|충당|추진|운영|집행|마련|하))"
    rf"|전액\s?{_SOURCE}|재원"
)
# What asks for an aspect with values that are known by their form.
_SHOWN: Mapping[str, Callable[[str], object]] = {
    "contact": PHONE.search,
    "held_on": lambda text: dates.find(text) or _RECURRING.search(text),
    "period": lambda text: dates.find(text) or _RECURRING.search(text),
    "hours": _HOURS.search,
    "fee": lambda text: (amounts.find(text) and _FEE_SAID.search(text)) or "무료" in text,
    "apply": _HOW.search,
    "funds": _FUNDS.search,
}
# 설치 장소 변경(안), 선정(안): what is still to be decided.
_QUOTED = re.compile(r"[‘“「『《<'\"][^’”」』》>'\"]{2,30}[’”」』》>'\"]")
_PROPOSED = re.compile(r"[가-힣]+\s*\((?:안|案)\)")
# The title of what is proposed says where it is thought of, not where it came to be.
_TITLE_PROPOSED = re.compile(r"^.*\((?:안|案)\)")
_WEEKDAY = re.compile(
    r"요일|[월화수목금토일]\)|(?:매주|격주)\s*[월화수목금토일](?![가-힣])|평일|주말"
)
# 무슨 의견 나왔어: asked is what people said of a thing, not the thing.
_ASKS_OPINIONS = re.compile(
    r"(?:무슨|어떤|뭔|다른)(?:의견|건의|제안|지적|우려|말|얘기|이야기)"
    r"|(?:의견|건의사항|건의|지적|우려)(?:은|이|을|도|들은|들이|들)?(?:뭐|뭔|무엇|어떤|있|없|나왔|나온|냈|알려|말해|보여|정리|들어왔|제시|[?？]?$)"
)
_VOICED = re.compile(
    r"의견|건의|제안|지적|질의|질문|궁금|요청|요구|바람|바랍|좋겠|좋을|필요|했으면|우려|걱정|아쉽|불편|(?:위원|의원|주민)\s*[:：]|해\s?달라"
)
_WHENEVER = re.compile(
    r"\d\s*[년월일시주]|\d:\d\d|[월화수목금토일]요일|연중|매[주월년일]|상시|수시|없"
)
_ASKS = re.compile(r"(?:까|나|지|가)\s?\?\s*(?:\(.*\))?$|궁금함\.?$")
# Who did most is said to have; nobody is that by being named.
_EXTREME_SAID = re.compile(r"가장|제일|최[다대고소저상초]|1위|첫|많|적|높|낮|크|큰|작|빠른|늦")


def sums_up(text: str) -> bool:
    """Whether a line gives an amount for several projects together: `총 8개 사업 7,756만원`."""
    return bool(_OF_SEVERAL.search(text))


def asks(text: str) -> bool:
    """Whether a line of minutes is itself a question, answered below it."""
    return bool(_ASKS.search(text.strip()))


def asks_opinions(question: str) -> bool:
    """Whether a question, spaces left out, asks what people said of something."""
    return bool(_ASKS_OPINIONS.search(question))


def unvoiced(question: str, text: str) -> bool:
    """Whether a question asks what people said, and a line with its headings is not that."""
    said = _VOICED.search(text) or _ASKS.search(text) or by_member(text)
    return asks_opinions(question) and not said


def tells_time(text: str) -> bool:
    """Whether an answer says when: its values do, not the name of a thing (2031년 계획) alone."""
    values = (line.partition(": ")[2] or line for line in text.splitlines())
    return any(dates.find(value) or _WHENEVER.search(value) for value in values)


def decides(text: str) -> bool:
    """Whether a text says what was decided or done."""
    return bool(_DECIDED.search(text))


def by_member(text: str) -> bool:
    """Whether a line is what a member says: `홍길동 위원 …`; officials answer below."""
    return bool(_MEMBER.match(text))


def _counts_what(question: str, text: str) -> bool:
    """Whether a line counts with the counter that is asked for: 몇 명 with 12명."""
    text = _ORDINAL.sub(" ", text)
    if re.search(r"몇\s*(?:%|프로|퍼)", question):
        return bool(_PERCENT.search(text))
    asked = re.search(r"몇\s*([가-힣]{1,2})", question)
    counted = amounts.counts(text)
    family = next((one for one in _COUNTERS if asked and asked[1][0] in one), "")
    if not family:
        return bool(counted) or bool(re.search(r"\d", text))
    direct = re.search(rf"\d[\d,.]*\s?(?:여\s?)?{asked[1][0]}", text) if asked else None
    return bool(direct) or any(count.counter[:1] in family for count in counted)


def office(question: str) -> str:
    """The office (동장, 사무국장) whose holder a question asks for; empty without one."""
    title = _ASKED_TITLE.search(question)
    return title[0] if title else ""


def names_person(question: str, text: str) -> bool:
    """Whether a text names somebody; in the very office, where the question names one.

    Who did something (`누가 …`) may be a body as well as a person.
    """
    title = office(question)
    if not title:
        return bool(_ROLE.search(text) or ("누가" in question and _GROUP.search(text)))
    # 담당 사무관 is the 사무관, whatever the line calls what they do.
    titles = _ASKED_TITLE.findall(question) if title == "담당" else [title]
    return any(re.search(_NAMED.format(name=_NAME, title=one), text) for one in titles)


def names_thing(text: str) -> bool:
    """Whether a line says what something is called: ‘나눔칸’, 「이웃 반찬」."""
    return bool(_QUOTED.search(text))


def states(aspect: str, text: str) -> bool:
    """Whether a line shows by its values alone what is asked: a number for `contact`, say."""
    return aspect in _SHOWN and bool(_SHOWN[aspect](text))


def shows_none(aspects: Iterable[str], text: str) -> bool:
    """Whether a question asks for what shows by its values, and a text holds no such value."""
    shown = [aspect for aspect in aspects if aspect in _SHOWN]
    return bool(shown) and not any(states(aspect, text) for aspect in shown)


def _times(question: str) -> re.Pattern[str]:
    """What counts as a time besides dates: the hour, the weekday only where that is asked for."""
    if "요일" in question:
        return _WEEKDAY
    return _HOURS if re.search(r"시간|몇\s*시|시작|끝", question) else _RECURRING


def _somewhere(question: Question, text: str) -> bool:
    """Whether a line names a place besides the words that the question already says."""
    new = _TITLE_PROPOSED.sub(" ", text)
    for word in question.text.split():
        new = new.replace(word.rstrip("은는이가을를의?"), " ")
    named = places.find_dongs(new) or places.find_districts(new)
    return bool(named) or bool(_SOMEWHERE.search(new))


def _extreme(question: str) -> bool:
    """Whether a question asks for the first of several by size."""
    return request(question).operation in {Operation.HIGHEST, Operation.LOWEST}


def holds(question: Question, text: str, *, heading: bool, below: Sequence[str]) -> bool:
    """Whether a line holds the kind of value that is asked for.

    Args:
        question: What is asked.
        text: The line.
        heading: Whether it is a heading.
        below: What stands below it.
    """
    match question.want:
        case Want.AMOUNT:
            spent = "집행" in text and len(amounts.find(text)) > 1
            if rest_asked(question.packed) and not (spent or names_rest(text)):
                return False
            among = _AND_OTHERS.search(text) and not question.dongs and "등" not in question.text
            grown = _GROWN.search(question.text) and _PERCENT.search(text)
            paid = not _FEE.search(question.text) or _FEE_SAID.search(text)
            return bool(grown) or bool(paid and amounts.find(text) and not among)
        case Want.COUNT:
            return _counts_what(question.text, text)
        case Want.TIME if _WHICH_DAY.search(question.text) and MONTH.search(question.text):
            return any(m.precision is dates.Precision.DAY for m in dates.find(text))
        case Want.TIME:
            times = _times(question.text)
            dated = times is not _WEEKDAY and bool(dates.find(text))
            return dated or bool(times.search(text))
        case Want.PERSON if _extreme(question.text) and not _EXTREME_SAID.search(text):
            return False
        case Want.PERSON:
            return names_person(question.text, text) and of_one_body(question.text, text)
        case Want.CONTACT:
            return bool(PHONE.search(text))
        case Want.LAW:
            return bool(_ARTICLE.search(text))
        case Want.LIST:
            return True
        case Want.PLACE:
            agreed = "어떻게" in question.text and decides(text)
            return agreed or _somewhere(question, text)
        case Want.OUTCOME:
            said = _VOTED if _VOTED_ON.search(question.text) else _DECIDED
            return bool(said.search(_PROPOSED.sub(" ", " ".join((text, *below)))))
        case Want.REASON:
            told = " ".join((text, *below))
            befell = _FAILED.search(question.text) and _BEFELL.search(told)
            return bool(befell or _BECAUSE.search(told))
        case _:
            return not heading or bool(below)
