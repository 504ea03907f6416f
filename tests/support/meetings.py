"""Generated minutes of invented meetings, for what must hold of any."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.meetings.minutes import Bullet, Discussed, Exchange, Minutes, Roll

_SUBJECTS = (
    "우산 수리소",
    "골목 화분",
    "반찬 나눔",
    "한글 교실",
    "빨래방",
    "자전거 길",
    "돌봄 전화",
)
_THINGS = ("운영 결과", "연간 계획(안)", "예산 변경(안)", "참여자 모집", "성과 보고")
_TOPICS = st.builds("{} {}".format, st.sampled_from(_SUBJECTS), st.sampled_from(_THINGS))
_AMOUNTS = st.builds("{:,}만원".format, st.integers(1, 99_999))
_PEOPLE = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from("김이박최정강조윤"),
        st.sampled_from(("가람", "나래", "다온", "라온", "마루", "보라", "새롬", "아라")),
    ),
    min_size=1,
    max_size=9,
    unique=True,
)
_RESULTS = st.sampled_from(
    (
        "",
        "원안 가결",
        "원안대로 대표협의체 상정",
        "수정 가결",
        "다음 회의에서 다시 다루기로 함",
        "보고받음",
    )
)
_ASKED = st.builds(
    "{}{} {}".format,
    _TOPICS,
    st.sampled_from(("에", "의 경우", "과 관련하여")),
    st.sampled_from(
        (
            "예산이 더 필요함.",
            "주민이 잘 모르는 까닭이 궁금함.",
            "참여하는 사람이 적어 홍보가 있으면 좋겠음.",
            "다른 동과 겹치지 않는지 살펴 주기를 바람.",
        )
    ),
)
_TOLD = st.builds(
    "{} {}".format,
    _TOPICS,
    st.sampled_from(
        (
            "부서와 협의하여 추진하겠음.",
            "주민 의견을 모아 결정할 예정임.",
            "이미 반영하여 진행하고 있음.",
        )
    ),
)


@st.composite
def _items(draw: st.DrawFn) -> tuple[Discussed, ...]:
    titles = draw(
        st.lists(
            st.builds("{} {}".format, _TOPICS, st.sampled_from(("검토", "심의", "논의"))),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    return tuple(
        Discussed(
            number=number,
            title=title,
            result=draw(_RESULTS),
            bullets=tuple(
                Bullet(level=level, text=f"{draw(_TOPICS)} {draw(_AMOUNTS)}")
                for level in draw(st.lists(st.integers(1, 3), max_size=4))
            ),
            exchanges=tuple(
                Exchange(opinion=opinion, reply=draw(st.just("") | _TOLD))
                for opinion in draw(st.lists(_ASKED, max_size=3, unique=True))
            ),
        )
        for number, title in enumerate(titles, start=1)
    )


@st.composite
def minutes(draw: st.DrawFn) -> Minutes:
    """The minutes of a meeting that never was."""
    chair, *others = draw(_PEOPLE)
    rolls = [Roll(role="위원장", names=(chair,))]
    if others:
        rolls.append(Roll(role="위원", names=tuple(others)))
    number = draw(st.integers(1, 12))
    day = draw(st.dates())
    return Minutes(
        council=draw(st.sampled_from(("", "단비구지역사회보장협의체"))),
        title=f"2031년 제{number}차 실무협의체 회의록",
        held=f"2031년 {1 + day.month % 12}월 {min(day.day, 28)}일 16:00~17:30",
        place=draw(st.sampled_from(("단비구청 3층 회의실", "모란1동 주민센터"))),
        department="복지정책과(복지연계팀)",
        recorder="한기록",
        rolls=tuple(rolls),
        seats=15,
        present=len(others) + 1,
        items=draw(_items()),
        notices=tuple(draw(st.lists(_TOPICS, max_size=3, unique=True))),
        following=draw(st.sampled_from(((), ("일시: 2031. 7. 16.(수) 16:00", "장소: 단비구청")))),
        chair=chair,
    )
