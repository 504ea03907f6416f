"""The noun phrase that a value in running text belongs to."""

from __future__ import annotations

import re

from corpus.extraction.mentions import Mention
from corpus.extraction.place_names import place_of
from corpus.records import FieldType

# What ends a phrase: punctuation, arrows, brackets; a label never reaches across.
_DELIMITER = re.compile(
    r"[,，;:：·‧․ㆍ・※▲△▷→⇒∙()<>\[\]{}「」『』“”\"|*■□○●◎◯]|(?<!\d)/|/(?!\d)"
    r"|(?<=[다요음함됨임])\.\s|[-–—](?=\s|$)|['’](?=\s|$)"
)
_LIST = re.compile(r"(?:등|각각?|씩)\s*(?:총|약|의)?\s*$")
# Alone these say what was done with something, not with what.
_GENERIC = re.compile(
    r"제공|실시|지원|확보|구성|운영|이하|이상|추진|개최|관리|정도|결과|내용|기타|비교|평균|최대|최소|합계|가칭|별첨|참고"
    r"|하루|당|약|상반기|하반기|나머지|당초|오전|오후|평일|주말"
)
_OPEN = re.compile(r"[(\[<]\s*(?:총|약|각|합계|전체|연|최대)?\s*$")
_QUANTIFIER = re.compile(
    r"\s*(?:총|약|각각?|합계|전체|모두|전부|최대|최소|연간|연|매년|월|주|하루|회당|중|등|등의?|및|또는|또한|특히|추가로|현재|기준)\s*$"
)
# Words that end like these join a sentence; the phrase begins behind them.
_JOINING = re.compile(
    r"(?:[은는을를]|[가-힣]{2,}[이가에의와과도로]|에서|에게|으로|부터|까지|하여|하고|하며|하는|되어|되는|된|한|할|인|등|및|또는|위해|위한|통해|통한"
    r"|대한|따른|관한|보다|다[.]?|[가-힣](?:어|아|져|려|진)|해|이|그|가운데|있는|없는|같은|지난|오는|매년|올해|내년|작년)$"
)
# Nouns that happen to end like a particle.
_NOUNS = re.compile(
    r"(?:평가|증가|추가|참가|인가|허가|국가|물가|단가|휴가|여가|상가|회의|협의|심의|합의|논의|건의|강의|동의|문의|정의|주의|이의"
    r"|기도|제도|정도|속도|강도|온도|연도|년도|보도|지도|도로|진로|경로|통로|선로|사이|차이|놀이|돌봄이|어린이|지킴이|도우미|성과|결과|효과|학과"
    r"|교과|부과|초과|통과|경과|복지과|정책과|행정과|자치과|지원과|증진과|관리과|체육과|평화|단체|예산안|시범|주인|개인|노인|장애인|위원|인원|[가-힣]+인"
    r"|센터|복지|계획|[육유영]아|참여|기여|[가-힣]*[언영국수]어|사진|[추증촉]진|[배격고장독]려)$"
)
# `투표율은 3.4%`: the topic of the sentence is what the value is of.
_TOPIC = re.compile(r"(?P<noun>[가-힣]{2,})(?:은|는|이|가)$")
_ACTION = re.compile(
    r"\s?(?P<action>참석|참여|수상|선정|발굴|배치|설치|채용|위촉|신청|모집|이용|방문|반영|완료|취소|접수|지원|운영|제공|개최|지급|증원|감원|가입)"
)
_MONEY_BEHIND = re.compile(
    r"\s?의?\s(?P<noun>(?:[가-힣]{1,8}\s){0,3}[가-힣]{0,6}(?:예산|사업비|기금|보조금|지원금|포상금|후원금|성금|재원|[가-힣]비|[가-힣]금))(?=[을를이가은는로과와,.\s)]|$)"
)
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
    before = None
    if not mention.each and not _LIST.search(text, floor, mention.start):
        before = _phrase_before(text, floor, mention)
    if before is not None:
        return before
    if mention.type is FieldType.COUNT and mention.noun_end > mention.end:
        noun = mention.unit
        start = text.index(noun, mention.end)
        return start, start + len(noun)
    behind = {FieldType.COUNT: _ACTION, FieldType.MONEY: _MONEY_BEHIND}.get(mention.type)
    match = behind.match(text, mention.noun_end) if behind else None
    if match is None:
        return None
    group = "action" if mention.type is FieldType.COUNT else "noun"
    return match.start(group), match.end(group)


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
    start += len(text[start:end]) - len(text[start:end].lstrip())
    hangul = re.search(r"[가-힣]{2}", words)
    listed = text[max(start - 1, 0)] in "·․‧ㆍ,/" and bool(place_of(words))
    generic = _GENERIC.fullmatch("".join(words.split()))
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
