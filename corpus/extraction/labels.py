"""The noun phrase that a value in running text belongs to."""

from __future__ import annotations

import re

from corpus.extraction.mentions import Mention
from corpus.extraction.place_names import place_of
from corpus.records import FieldType

# What ends a phrase: punctuation, arrows, brackets; a label never reaches across.
_DELIMITER = re.compile(
    r"[…?!,，;:：·‧․ㆍ・※▲△▷→⇒∙()<>\[\]{}「」『』“”\"|*■□○●◎◯]|(?<!\d)/|/(?!\d)"
    r"|(?<=[다요음함됨임])\.\s|[-–—](?=\s|$)|['’](?=\s|$)"
)
_LIST = re.compile(r"(?:등|각각?|씩)\s*(?:총|약|의)?\s*$")
# Alone these say what was done with something, not with what.
_GENERIC = re.compile(
    r"제공|실시|지원|확보|구성|운영|이하|이상|추진|개최|관리|정도|결과|내용|기타|비교|평균|최대|최소|합계|가칭|별첨|참고"
    r"|하루|당|약|대비|종전|기존|현행|변경|상반기|하반기|나머지|당초|오전|오후|평일|주말"
)
_OPEN = re.compile(r"[(\[<]\s*(?:총|약|각|합계|전체|연|최대)?\s*$")
_QUANTIFIER = re.compile(
    r"\s*(?:총|약|각각?|합계|전체|모두|전부|최대|최소|연간|연|매년|월|주|하루|회당|중|등|등의?|및|또는|또한|특히|추가로|현재|기준"
    r"|(?:(?:19|20)\d{2}년(?:도)?|올해|지난해|작년|내년|전년|금년|\d{1,2}월)(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?"
    r"(?:\s?(?:말|초|중순|하순|상반기|하반기))?(?:\s?(?:현재|기준))?|\d{4}\.\s?\d{1,2}\.(?:\s?\d{1,2}\.)?)\s*$"
)
# Words that end like these join a sentence; the phrase begins behind them.
_JOINING = re.compile(
    r"(?:[은는을를]|[가-힣]{2,}[이가에의와과도로]|에서|에게|으로|부터|까지|하여|하고|하며|하는|되어|되는|된|한|할|인|등|및|또는|위해|위한|통해|통한"
    r"|대한|따른|관한|보다|다[.]?|[가-힣]+(?:으며|하며|이며|았고|었고|였고|으나|지만|면서)|.*[’”'」』)](?:은|는|이|가|을|를|의|에|에서|과|와|로|으로)|[가-힣](?:어|아|져|려|진)|해|이|그|가운데|있는|없는|같은|지난|오는|매년|올해|내년|작년)$"
)
# Nouns that happen to end like a particle.
_NOUNS = re.compile(
    r"(?:평가|증가|추가|참가|인가|허가|국가|물가|단가|휴가|여가|상가|회의|협의|심의|합의|논의|건의|강의|동의|문의|정의|주의|이의"
    r"|기도|제도|정도|속도|강도|온도|연도|년도|보도|지도|도로|진로|경로|통로|선로|사이|차이|놀이|돌봄이|어린이|지킴이|도우미|성과|결과|효과|학과"
    r"|교과|부과|초과|통과|경과|복지과|정책과|행정과|자치과|지원과|증진과|관리과|체육과|평화|단체|예산안|시범|주인|개인|노인|장애인|위원|인원|[가-힣]+인"
    r"|센터|복지|계획|[육유영]아|참여|기여|[가-힣]*[언영국수]어|사진|[추증촉]진|[배격고장독]려"
    r"|[가-힣]*(?:만족|참여|인지|선호|이해|완성|활용|달성|중요|신뢰|의존|호응)도)$"
)
# `투표율은 3.4%`: the topic of the sentence is what the value is of.
_TOPIC = re.compile(r"(?P<noun>[가-힣]{2,})(?:은|는|이|가)$")
_ACTION = re.compile(
    r"\s?(?P<action>참석|참여|수상|선정|발굴|배치|설치|채용|위촉|신청|모집|이용|방문|반영|완료|취소|접수|지원|운영|제공|개최|지급|증원|감원|가입)"
)
_MONEY_BEHIND = re.compile(
    r"\s?의?\s(?P<noun>(?:[가-힣]{1,8}\s){0,3}[가-힣]{0,6}(?:예산|사업비|기금|보조금|지원금|포상금|후원금|성금|재원|[가-힣]비|[가-힣]금))(?=[을를이가은는로과와,.\s)]|$)"
)
_SENTENCE_END = re.compile(r"(?<=[다요음함됨임])[.]\s+|[!?]\s+|[;]\s")
_TOPIC_PHRASE = re.compile(
    r"(?P<noun>(?:[가-힣]{2,10}\s){0,2}(?:\d{1,4}(?:개|곳|명)?\s?)?[가-힣]{2,12}?)(?<![하되있없않받주])(?:에는|에게는|에서는|은|는)\s"
)
_PARTICLE_END = re.compile(r"[가-힣][이가을를의에와과도]$|으로$|에서$|에게$|하고$|등$")
# `(전년 대비 12,000천원 증가)`
_RISE = re.compile(r"\s?(?P<how>증액|감액|증가|감소|증원|감원|인상|인하)(?=[\s),.]|$)")
_WHEN = re.compile(
    r"(?P<when>(?:19|20)\d{2}년(?:도)?|올해|지난해|작년|내년|전년|금년)(?:에)?\s*(?:총|약)?\s*$"
)
_EACH = re.compile(
    r"(?<![가-힣])(?P<noun>[가-힣]{1,8}당(?=\s?$)|[가-힣]{0,6}(?:금|비|액|료)(?=\s?각각?\s?$))"
)
# What ends so tells how or what kind, and no number is of it.
_NO_NOUN = re.compile(
    r"(?:[어아]난|[려로스]운|줄인|늘린|올린|내린|도록|거쳐|넘는|지난|남은|받은|같은|많은|적은|높은|낮은|새로운|따라|대비|대해|통해|위해|년에|월에|라고|면서|[보하되]면|으면|때문에|그런|이런|저런|어떤|처럼|만큼|지금|분들|와서|해서|가서|니까)$"
)
# A quotation mark whose other half stands behind the value.
_OPENING = " \t\n‘“'\"「『"
_LONGEST = 40
_MOST_WORDS = 5


def label_of(text: str, mention: Mention, floor: int) -> tuple[int, int] | None:
    """Where the label of a value stands.

    Args:
        text: The logical line.
        mention: A value in it.
        floor: Offset behind the value before, which belongs to another label.

    Returns:
        Start and end of the noun phrase right before the value (`가입률 63%`, `예산 확보(3억원)`),
        else of the thing counted or done right behind it (`총 36개 사업`, `19명 참석`); None where
        neither is there.
    """
    if floor and floor < mention.start and re.match(r"[가-힣]{2}", text[floor - 1 : floor + 1]):
        rest = re.compile(r"[가-힣]*").match(text, floor)  # what is left of a word is no label
        floor = rest.end() if rest else floor
    before = _share_of_each(text, floor, mention) if mention.each else None
    if not mention.each and not _LIST.search(text, floor, mention.start):
        before = _phrase_before(text, floor, mention)
    if before is not None:
        return before
    if mention.type is FieldType.COUNT and mention.noun_end > mention.end:
        noun = mention.unit
        start = text.index(noun, mention.end)
        return start, start + len(noun)
    rise = _RISE.match(text, mention.noun_end)
    if rise:
        return rise.span("how")
    behind = {FieldType.COUNT: _ACTION, FieldType.MONEY: _MONEY_BEHIND}.get(mention.type)
    match = behind.match(text, mention.noun_end) if behind else None
    if match is None:
        return None
    group = "action" if mention.type is FieldType.COUNT else "noun"
    return match.start(group), match.end(group)


def subject_of(text: str, label: tuple[int, int], mention: Mention) -> str:
    """What else a value in a sentence is of: 최우수상 2곳 of `최우수상 2곳에는 상금 각 300만원`.

    Args:
        text: The logical line.
        label: Where the value's label stands.
        mention: The value.

    Returns:
        The topic of its sentence, or the year before it where the label is the topic; empty
        without either.
    """
    end = min(label[0], mention.start)
    start = max([0, *(match.end() for match in _SENTENCE_END.finditer(text, 0, end))])
    year = _WHEN.search(text, start, mention.start)
    if year:
        return year["when"]
    topics = list(_TOPIC_PHRASE.finditer(text, start, end))
    own = re.compile(r"(?:은|는|이|가)\s").match(text, label[1])
    words = topics[-1]["noun"].split() if topics else []
    joined = [n for n, word in enumerate(words[:-1], 1) if _PARTICLE_END.search(word)]
    subject = " ".join(words[joined[-1] if joined else 0 :])
    return subject if not own or _WHEN.search(subject) else ""


def _share_of_each(text: str, floor: int, mention: Mention) -> tuple[int, int] | None:
    """The label of what each one gets: 마을당 of `마을당 300만원`, 상금 of `상금 각 300만원`."""
    match = _EACH.search(text, floor, mention.start)
    return match.span("noun") if match else None


def _phrase_before(text: str, floor: int, mention: Mention) -> tuple[int, int] | None:
    """The noun phrase that ends right before a value, quantifiers between left out."""
    end = mention.start
    opened = _OPEN.search(text, floor, end)
    if opened:
        if not re.compile(r"[\s여가-힣]{0,4}[)\]>]").match(text, mention.noun_end):
            return None  # brackets with several statements explain, they do not label
        end = opened.start()
    while quantifier := _QUANTIFIER.search(text, floor, end):
        if quantifier.start() == end or (
            quantifier.start() > floor
            and re.match(r"[가-힣]", text[quantifier.start() - 1])
            and not text[quantifier.start()].isspace()
        ):
            break
        end = quantifier.start()
    end = floor + len(text[floor:end].rstrip())
    topic = _TOPIC.search(text, floor, end)
    end = topic.end("noun") if topic else end
    cuts = [match.end() for match in _DELIMITER.finditer(text, floor, end)]
    start = _start_of_nouns(text, max([floor, *cuts]), end)
    words = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip(_OPENING))
    words = text[start:end].strip()
    hangul = re.search(r"[가-힣]{2}", words)
    listed = text[max(start - 1, 0)] in "·․‧ㆍ,/" and bool(place_of(words))
    generic = _GENERIC.fullmatch("".join(words.split())) or _NO_NOUN.search(words)
    if not hangul or len(words) > _LONGEST or generic or listed:
        return None
    return start, start + len(words)


def _start_of_nouns(text: str, start: int, end: int) -> int:
    """Where the last words begin that follow each other without particle or ending."""
    words = list(re.finditer(r"\S+", text[start:end]))
    first = end
    for count, word in enumerate(reversed(words)):
        plain = word.group()
        joining = _JOINING.search(plain) and not _NOUNS.search(plain)
        if not count and plain.endswith("과"):
            joining = False  # 분과, 복지과: no number follows the particle
        if (
            joining
            or count >= _MOST_WORDS
            or re.fullmatch(r"[\d.,'’‘]+[가-힣]?|.*\d(?:일|월|년)", plain)
        ):
            break
        first = start + word.start()
    return first


def squeezed_label(label: str) -> str:
    """A label without its spaces, for telling whether two are the same."""
    return "".join(label.split())
