"""The thing that a counter counts: 사업 of `18개 사업을`."""

from __future__ import annotations

import re

from corpus.counts import Count

# Right behind its counter: 18개 사업, 34명의 위원, 4개읍면.
_COUNTED = re.compile(r"의?[ \t]?(?P<noun>[가-힣]{2,10})")
_PARTICLE = re.compile(
    r"(?:과의|와의|으로의|에의|에서의|에서는|에서도|에는|에도|에게는|에서|에게|으로는|으로|부터|까지|이며|이고|이나|입니다|을|를|이|가|은|는|에|의|로|와|과|도)$"
)
_ADVERBS = re.compile(
    r"(?:꼴로|뿐[가-힣]*|분뿐[가-힣]*|넘는|넘게|남짓|이상|이하|미만|초과|이내|내외|정도|가량|증가|감소|상승|하락|참석|참여|확보|지원|운영|실시|예정|완료|진행|개최|선정"
    r"|설치|제공|위촉|신청|접수|추천|상담|수료|등록|가입|제출|참가|응모|모금|운행|합동|전진|무료|수혜|체결|추진|지급|구성|발굴|채용|배치|모집|수상|달성|반영|취소|신규|편성|이용|방문|대상|중|등|당|씩|및|기준|전체|모두"
    r"|임을|이라는?|인데|안에?|동안|이?라고|간|에서|으로|에게|부터|까지|이며|이고|이나|보다|[가-힣]*(?:하여|하는|하고|하였|했으|도록|되어|되는|된|한|할|함|됨|임|음|다))$"
)


def noun_behind(text: str, end: int) -> str:
    """The noun that a counter counts, `18개 사업을` gives `사업`; empty where none follows.

    Args:
        text: Text of the item.
        end: Offset behind the counter.
    """
    match = _COUNTED.match(text, end)
    if match is None:
        return ""
    noun = match["noun"]
    shorter = _PARTICLE.sub("", noun)
    noun = shorter if len(shorter) >= 2 else noun
    return "" if _ADVERBS.fullmatch(noun) or len(noun) < 2 else noun


def counter(count: Count) -> str:
    """The counter word of a count as a unit: `4개동` counts 동."""
    word = count.counter
    return word[1:] if word.startswith("개") and word != "개" and word != "개소" else word
