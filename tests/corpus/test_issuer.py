from __future__ import annotations

import pytest

from corpus.issuer import issuer


@pytest.mark.parametrize(
    ("text", "title", "name", "expected"),
    [
        ("의안번호 12\n제 출 자 : 새솔구청장", "2031년도 시행계획 보고", "1.txt", "새솔구"),
        ("", "한여울군 2031년 예산", "1.txt", "한여울군"),
        ("", "2031년 예산", "물빛시 하늘구 예산.xlsx", "물빛시 하늘구"),
        ("가람동장이 물빛시청에 내고 물빛시의회에 알렸다", "회의 결과", "1.txt", "물빛시"),
        ("달뫼군수 인사, 물빛시청 참석, 새솔구청 참석", "시상식", "1.txt", ""),
        ("일시 2031. 3. 4. 장소 다시 정함, 요구 사항 없음", "회의 결과", "일시 변경.txt", ""),
        ("", "", "", ""),
    ],
)
def test_a_paper_is_of_the_municipality_that_speaks_in_it(
    text: str, title: str, name: str, expected: str
) -> None:
    assert issuer(text, title, name) == expected
