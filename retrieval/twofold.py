"""Messages that ask two things (`예산은 얼마고 몇 가구야`): taken apart, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus import amounts, dates, places
from corpus.messages import say
from retrieval.holding import PHONE, states
from retrieval.types import Answer, Basis

_ASKING = r"(?:얼마|몇|언제|며칠|어디|어느|누구|누가|뭐|뭘|뭔|무슨|무엇|왜|어떻게)"
_SIDE = (
    r"(?:이름|사람|명칭|성함|날짜|일시|시간|요일|기간|장소|위치|대상|예산|사업비|금액|상금|포상금|전화번호|전화|연락처|번호"
    r"|문의처|담당자|담당|부서|신청(?:\s?방법)?|이용료|목표|실적|정원|인원|결과|이유)"
)
# 몇 명 왔지, 얼마나 했나, 언제임; not 복지, 지나 or 책임, which end in such a syllable, too.
_STEM = "하했있없되됐였렸겠았었왔갔났"
_ENDING = rf"(?<=[어야요까죠])|(?<=[{_STEM}인는은던]지)|(?<=[{_STEM}이]나)|(?<=[이했있없됐명개]임)"
# 몇 명이고 단장은 누구, 언제 열려? 장소는: a whole question, and one more behind it.
_CLAUSES = re.compile(
    rf"(?P<first>.{{3,}}?{_ASKING}\S{{0,6}}(?:\s\S{{1,8}}?){{0,2}}?)(?:이?고|이?며|인데|이랑|하고|[,?？]|{_ENDING})"
    rf"\s+(?:그리고\s+)?(?P<second>(?=.*(?:{_ASKING}|{_SIDE}))\S.*)"
)
# 가람관 이름하고 전화번호: two sides of one thing.
_SIDES = re.compile(
    rf"(?P<subject>.{{2,}}?)\s?(?P<one>{_SIDE})(?:이랑|랑|하고|과|와|,)\s*(?P<other>(?:{_SIDE}|{_ASKING}).*)"
)
# 세 동 합치면 사업은 몇 개 and 돈은 얼마: a side with its particle, before what is asked of it.
_LEAD = re.compile(
    rf"(.{{2,}})\s(?:{_SIDE}|돈|사업\s?수?|건수|횟수)(?:은|는|이|가)?\s(?:총\s|모두\s|다\s)?{_ASKING}"
)
_TOPIC = re.compile(rf"(?:{_SIDE}|돈|사업\s?수?|건수|횟수)(?:은|는|이|가)?\s")
_SIDE_ONLY = re.compile(rf"\S{{0,2}}{_SIDE}")
_NAME = 4
_NUMBERED = re.compile(r"얼마|몇\s?[가-힣]")
_CALLED = re.compile(r"전화|연락처|번호|문의처")
_APPLYING = re.compile(r"신청|접수")
_WHEN = re.compile(r"언제|며칠|날짜|일시|몇\s?시|몇\s?월")
_BARE = re.compile(r"(?<=[가-힣] )\d[\d,.]*(?![\d~:-])")
_MONEY = re.compile(
    r"(?:예산|사업비|금액|돈|비용|상금)(?:은|는|이|가)?\s?(?:총\s?|모두\s?)?(?:얼마(?!나|큼)|[?？]|$)"
    r"|얼마(?:나)?\s?(?:들[었어여]|썼|쓰|써|나갔|받았|냈|줬)"
)
_CLOCK = re.compile(r"몇\s?시(?!간)")
_TOLD_TIME = re.compile(r"\d\s?시(?!간|민|설|장|군)|\d:\d\d")
_COUNTER = re.compile(
    r"몇\s?(명|분|사람|인(?!기)|개소|개|곳|군데|건|가지|팀|가구|세대|대|회|번)(?!\s?(?:째|만|월|년))"
)
_PEOPLE = frozenset({"명", "분", "사람", "인"})
# A number with its counter; years, amounts and numbered dongs count nothing.
_COUNTED = re.compile(
    r"(?<!\d)\d[\d,.]*여?\s?(?![만억천월일년시동원차기\d,.])(명|분|사람|인(?![가-힣])|개소|[가-힣])?"
)
_SEVERAL = re.compile(r" · |, |\n")
_READ = frozenset({Basis.RECORDS, Basis.COMPUTED})
_PAST = 20  # the number of the final consonant ㅆ among those of a syllable
_ROWS = re.compile(r"\d+[건곳](?=을 더하면|이 같습| 가운데)")
_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twofold:
    """Two questions of one message.

    Attributes:
        first: The first, which says what it is about.
        second: The other as typed; it may leave that out.
        subject: What both are about, where the second does not say it; empty where unknown.
        lead: What is said of both before the side that the first asks for (`세 동 합치면`), where
            the second names another; empty else.
        sides: Whether two sides of one thing are asked for: 이름하고 전화번호.
    """

    first: str
    second: str
    subject: str
    lead: str = ""
    sides: bool = False


def twofold(text: str) -> Twofold | None:
    """The two questions of a message; None for one that asks one thing.

    >>> twofold("공동부엌 예산은 얼마고 몇 명이 써?").second
    '몇 명이 써?'
    """
    if sides := _SIDES.fullmatch(text):
        subject = sides["subject"].strip()
        first = f"{subject} {sides['one']}"
        return Twofold(first=first, second=sides["other"], subject=subject, sides=True)
    clauses = _CLAUSES.fullmatch(text)
    if clauses is None:
        return None
    first = clauses["first"].strip()
    named = [mention.text for mention in places.find_dongs(first)]
    named += [mention.text for mention in places.find_districts(first)]
    named += [mention.text for mention in dates.find(first)]
    second = clauses["second"].strip()
    lead = _LEAD.match(first) if _TOPIC.match(second) else None
    return Twofold(
        first=first, second=second, subject=" ".join(named), lead=lead[1] if lead else ""
    )


def names_own(names: Iterable[str]) -> bool:
    """Whether one of some joined nouns is the name of a thing, not of a side of one (운영시간)."""
    return any(len(name) >= _NAME and not _SIDE_ONLY.fullmatch(name) for name in names)


def lacks(asked: Twofold, text: str, answer: Answer) -> bool:
    """Whether an answer leaves out one of two things asked for, by the values in it.

    Args:
        asked: The two questions.
        text: The message.
        answer: The answer to it as a whole.
    """
    if answer.basis is Basis.NONE:
        return True
    said = _plain(answer)
    if (asked.sides and not _SEVERAL.search(said)) or unsaid(asked, answer):
        return True
    numbers = len(amounts.find(said)) + len(amounts.counts(said)) + len(_BARE.findall(said))
    if len(_NUMBERED.findall(text)) > numbers:
        return True
    if _CALLED.search(text) and not PHONE.search(said):
        return True
    if _APPLYING.search(text) and not states("apply", said):
        return True
    return (
        bool(_WHEN.search(text)) and not dates.find(said) and not re.search(r"\d\s?시|:\d\d", said)
    )


def unsaid(asked: Twofold, answer: Answer) -> list[str]:
    """Those of two questions that an answer surely leaves out: it holds no value of their kind."""
    said = _plain(answer)
    return [half for half in (asked.first, asked.second) if not _holds_kind(half, said)]


def _plain(answer: Answer) -> str:
    """What an answer says, without its marks and the number of rows that it was computed from."""
    return _ROWS.sub("", _MARK.sub("", answer.text))


def _holds_kind(question: str, said: str) -> bool:
    """Whether a text holds a value of the kind that a question asks for, where its words tell."""
    if _MONEY.search(question) and not amounts.find(said):
        return False
    if _CLOCK.search(question) and not _TOLD_TIME.search(said):
        return False
    counter = _COUNTER.search(question)
    if counter is None:
        return True
    people = counter[1] in _PEOPLE
    counts = [match[1] or "" for match in _COUNTED.finditer(said)]
    return any((unit in _PEOPLE) is people for unit in counts)


def together(asked: Twofold, answers: Sequence[Answer | None], whole: Answer) -> Answer:
    """Both answers as one; the whole one where the two say no more.

    Args:
        asked: The two questions.
        answers: An answer to each; None where nobody knows what the second is about.
        whole: The answer to the message as it is.
    """
    known = [one for one in answers if one is not None]
    answered = [one for one in known if one.basis is not Basis.NONE]
    if whole.basis in _READ:
        # A half that is only found in passages is worse than what records say of both.
        answered = [one for one in answered if one.basis in _READ]
    new = [one for one in answered if _said(one) not in _said(whole)]
    if (
        len(known) < len(answers)
        or not new
        or (whole.basis is not Basis.NONE and len(answered) < len(answers))
    ):
        return _with_missing(whole, unsaid(asked, whole))
    missing = [
        question
        for question, answer in zip((asked.first, asked.second), known, strict=True)
        if answer.basis is Basis.NONE
    ]
    both = answered[0]
    for other in answered[1:]:
        both = _joined(both, other)
    return replace(
        _with_missing(both, missing),
        notices=tuple(dict.fromkeys(n for one in answered for n in one.notices)),
        rows=tuple(row for one in answered for row in one.rows),
        compared="",
    )


def _with_missing(answer: Answer, questions: Sequence[str]) -> Answer:
    """An answer that says which of two questions it leaves open; not where it answers neither."""
    if answer.basis is Basis.NONE or len(questions) > 1:
        return answer
    lines = [say("answer.half_missing", question=_nominal(one)) for one in questions]
    return replace(answer, text="\n".join([answer.text, *lines]))


def _nominal(question: str) -> str:
    """A question as it can be quoted: 몇 명 왔는지 for 몇 명 왔(고)."""
    line = question.rstrip("?？ ")
    past = "가" <= line[-1:] <= "힣" and (ord(line[-1]) - 0xAC00) % 28 == _PAST
    return f"{line}는지" if past else line


def appended(answer: Answer, other: Answer) -> Answer:
    """An answer with the text and the sources of another behind it, numbered on."""
    offset = len(answer.citations)
    said = _MARK.sub(lambda mark: f"[{int(mark[1]) + offset}]", other.text)
    further = (replace(one, number=one.number + offset) for one in other.citations)
    return replace(answer, text=f"{answer.text}\n{said}", citations=(*answer.citations, *further))


def _joined(one: Answer, other: Answer) -> Answer:
    """Two answers as one; the fuller alone where the other tells nothing but values of its row."""
    if _told(other, one):
        return one
    return other if _told(one, other) else appended(one, other)


def _told(half: Answer, other: Answer) -> bool:
    """Whether another answer tells the row of a half with all its values."""
    rows = _rows(half)
    return bool(rows) and rows <= _rows(other) and _said(half) in _said(other)


def _rows(answer: Answer) -> set[int]:
    return {*answer.rows, *(one.record_id for one in answer.citations if one.record_id)}


def _said(answer: Answer) -> str:
    """What an answer says, without its marks and the words on how it came about."""
    plain = _MARK.sub("", answer.text).replace(f"({say('answer.printed')})", "")
    return "".join(plain.partition(": ")[2].split()) or "".join(plain.split())
