"""Everyday Korean words that look like names of neighbourhoods."""

from __future__ import annotations

import re

# Nouns in 동 that also end compounds (봉사활동, 피해아동).
_COMPOUND = re.compile(
    r".*(?:활동|운동|행동|아동|노동|공동|협동|감동|변동|작동|합동|출동|가동|연동"
    r"|진동|충동|파동|소동|율동"
    r"|선동|난동|구동|발동|냉동|유동|거동|수동|전자동|반자동|원일동|민일동|생일동"
    r"|이동|태동|시동|혼동|격동)"
)
# Names of real dongs that end like one of these nouns.
_REAL = re.compile(
    r"(?:청운|행운|개운|상운|백운|은행|효자|정자|구일|상일|신일|장이|송이|갈현이"
    r"|봉이|대이|관수|성수|옥수|신수|가수|여수|암수"
    r"|상수|향수|신공|상가|하가|송가|연가|내가|광진|신진|상진|옥진|석수|온수|약수|청수|양진)동"
)
_WHOLE = re.compile(
    r"(?:.{0,3}자동|부동|역동|기동|전동|반동|능동|해동|요동|고동|미동|약동"
    r"|폭동|제동|일동|동동|추동|홍길동"
    r"|(?:몇|여러|수|\d+)개동"
    r"|(?:우리|저희|너희|각|옆|앞|뒷|뒤|윗|아랫|몇|무슨|어느|어떤|여러|모든"
    r"|다른|같은|많은|적은|작은|큰|높은|낮은|좋은|없는|있는"
    r"|하는|사는|받는|주는|쓰는|되는|가는|오는|해당|관할|거주|전체|소속|담당|일부"
    r"|나머지|대상|인근|주변|관내|읍면|읍면행정|시군구읍면"
    r"|행정|법정|선정|신규|기존|본|당|그|이|저|타|두|세|네|한|별|총|매)동"
    r"|(?:도|소|면|각)읍|(?:시군구)?읍면"
    r"|.*(?:관리|처리|우리|거리|자리|머리|소리|정리|논리|심리|권리|원리|수리"
    r"|유리|분리|승리|대리|격리|합리|미리|빨리|멀리|널리)"
    r"|.*(?:평가|전문가|국가|추가|증가|참가|인가|허가|여가|대가|물가|단가|원가"
    r"|주가|시가|휴가|작가|상가|농가|누가|제가|내가|네가)"
    r"|.*(?:하면|되면|으면|라면|측면|전면|화면|방면|표면|장면|지면|정면|이면"
    r"|면면|서면|대면|반면|내면|직면|국면|가면|오면|보면))"
)
# Words that stand before 3동 without being part of its name.
_NO_STEM = re.compile(
    r"그럼|그러면|그리고|그런데|근데|우리|저희|총|각|약|전체|나머지|및|또|또는|혹시"
    r"|다음|이번|예산|사업|특화|행정|위|아래|그중|이중|특히|제일"
    r"|나는|저는|전|난|그|이|저|만약|아니|아뇨|네|예|응|음|아|그래|그래서|오늘"
    r"|어제|내일|작년|올해|내년|금액|돈|몇|구청|시청|관내"
    r"|안녕하세요|여기|거기|저기"
)
# Two letters may be a name with such an end (방이, 구의, 상도); with 은, 는, 을, 를 they never are.
_PARTICLE = re.compile(r".+[은는을를]|..+(?:[이가에도과와랑면서중의]|하고|부터|까지|보다)")
_BUILDING = re.compile(
    r".*(?:아파트|청사|빌라|주택|맨션|건물|기숙사|연립|오피스텔|단지|타운|캐슬"
    r"|자이|푸르지오|상가|병동|별관|본관|센터|공장|창고|하우스)"
)


def is_everyday(name: str) -> bool:
    """Whether a word in 동, 읍, 면, 리 or 가 is everyday Korean rather than a place.

    Nouns that end compounds are everyday words with anything before them, except in names of
    real dongs such as 청운동 or 은행동.
    """
    if _REAL.fullmatch(name):
        return False
    return bool(_COMPOUND.fullmatch(name) or _WHOLE.fullmatch(name))


def is_no_stem(word: str, *, spaced: bool) -> bool:
    """Whether the word before a numbered dong is not part of its name (그럼 3동, 예산은 3동).

    Args:
        word: The word.
        spaced: Whether a space stands between it and the number; only then may a particle end it.
    """
    return bool(_NO_STEM.fullmatch(word)) or (spaced and bool(_PARTICLE.fullmatch(word)))


def ends_in_building(word: str) -> bool:
    """Whether the 동 behind a word counts the houses of an estate (가람아파트 3동)."""
    return bool(_BUILDING.fullmatch(word))
