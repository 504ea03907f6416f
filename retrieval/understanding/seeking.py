"""Whether a question looks for a service: somewhere to go, something that helps."""

from __future__ import annotations

import re

_SEEKING = re.compile(
    # 배우는 데, 태워 주는 곳 있나, 밤에 하는 사업
    r"(?:는|을|를?\s?할|은|던|[갈칠길릴울볼]|[가-힣]ㄹ)\s?(?:데|곳|거|것|게|사업|서비스|프로그램|혜택|제도)"
    r"(?:는|은|이|가|도|를)?\s*(?:있|없|어디|뭐|뭔|무엇|알려|좀|찾|소개|추천|[?？.]*$)"
    # 상담 받을 수 있나
    r"|(?:받을|쓸|배울|이용할|신청할|빌릴|맡길|탈|할)\s?수\s?있"
    r"|고\s?싶은?데"
    # 고쳐 줘, 도와주나
    r"|(?:해|도와|봐|고쳐|빌려|가르쳐|태워|챙겨|보태)\s?(?:주[나는냐]|줘|주세요|줄\s?수)"
    r"|(?:지원|도움|혜택)\S{0,3}\s?(?:되나|돼|될까|받|있[나어을])"
)
# Who may use something is asked of services alone.
_ELIGIBLE = re.compile(r"몇\s?살|나이|연령|자격")
_MEASURING = re.compile(r"얼마|몇|언제|누가|누구|왜|며칠|전화|번호|결과|의견")


def seeks(text: str) -> bool:
    """Whether somebody asks for a service in words of their own.

    >>> seeks("핸드폰 가르쳐 주는 데 있나"), seeks("가람동 예산은 얼마야")
    (True, False)
    """
    if _ELIGIBLE.search(text):
        return True
    return bool(_SEEKING.search(text)) and not _MEASURING.search(text)
