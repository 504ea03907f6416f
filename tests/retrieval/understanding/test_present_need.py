"""Cries for help are heard; names of programmes, figures and worries are not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.understanding.present_need import Need, present_need

IN_NEED = [
    ("다 그만두고 죽고 싶어요", Need.LIFE),
    ("요즘은 살고 싶지 않다는 생각만 들어요", Need.LIFE),
    ("친구가 자살하겠다고 문자를 보냈어요", Need.LIFE),
    ("딸이 자해를 했어요 어떡하죠", Need.LIFE),
    ("옥상에서 뛰어내리겠다고 해요", Need.LIFE),
    ("아버지가 유서를 써놓고 나가셨어요", Need.LIFE),
    ("수면제를 약을 한꺼번에 먹었어요", Need.LIFE),
    ("더는 살 이유가 없네요", Need.LIFE),
    ("남편이 또 때려요 애도 있는데", Need.VIOLENCE),
    ("옆집 아이가 맞는 소리가 나요", Need.VIOLENCE),
    ("아들이 칼을 들고 있어요", Need.VIOLENCE),
    ("전남편한테 협박을 받고 있습니다", Need.VIOLENCE),
    ("윗집에서 할머니를 학대하는 것 같아요", Need.VIOLENCE),
    ("남자친구가 스토킹을 해요", Need.VIOLENCE),
    ("아빠한테 맞고 있어요 도와주세요", Need.VIOLENCE),
    ("제 손녀가 학교에서 맞고 왔어요", Need.VIOLENCE),
    ("할머니가 방금 쓰러지셨어요", Need.RESCUE),
    ("어르신이 의식이 없어요", Need.RESCUE),
    ("애가 숨을 못 쉬어요", Need.RESCUE),
    ("살려주세요 갇혔어요", Need.RESCUE),
    ("옆 건물에 불이 났어요", Need.RESCUE),
    ("계단에서 넘어져 피가 많이 나요", Need.RESCUE),
    ("집에서 가스 냄새가 심하게 나요", Need.RESCUE),
    ("아버지가 가슴이 너무 아파 하세요", Need.RESCUE),
    ("어머니가 화장실에서 못 일어나세요", Need.RESCUE),
    ("119 좀 불러주세요", Need.RESCUE),
    ("옆집 할아버지가 사흘째 안 보여요", Need.MISSING),
    ("혼자 사는 아주머니가 며칠째 전화를 안 받아요", Need.MISSING),
    ("앞집 문앞에 신문이 쌓여 있어요", Need.MISSING),
    ("문을 두드려도 대답이 없어요", Need.MISSING),
    ("치매 있는 어머니가 없어졌어요", Need.MISSING),
    ("애가 어제부터 집에 안 들어왔어요", Need.MISSING),
    ("이웃 어르신 기척이 일주일째 인기척이 없습니다", Need.MISSING),
    ("며칠째 굶고 있어요", Need.WANT),
    ("쌀이 떨어졌는데 어디에 말해야 하나요", Need.WANT),
    ("전기가 끊겨서 촛불 켜고 있습니다", Need.WANT),
    ("내일이면 월세방에서 쫓겨나게 생겼어요", Need.WANT),
    ("집을 나왔는데 오늘 잘 곳이 없어요", Need.WANT),
    ("보일러가 얼어 방이 냉골이에요", Need.WANT),
    ("애들 먹을 게 하나도 없어요", Need.WANT),
    ("옆집애가며칠째굶는것같아요", Need.WANT),
]
NOT_IN_NEED = [
    "위기가구 발굴 사업 예산이 얼마예요",
    "고독사 예방 사업은 어느 동에서 하나요",
    "자살예방 교육 언제 해요",
    "자살 예방 캠페인 좋았어요",
    "가정폭력 상담소 연락처 알려주세요",
    "아동학대 신고 건수 몇 건이야",
    "학대피해아동쉼터 예산 늘려주세요",
    "굶는 어르신이 없도록 도시락 배달을 늘려주세요",
    "결식아동 급식카드 사용처가 적어요",
    "어르신이 쓰러져도 아무도 모를 것 같아 걱정이에요",
    "난간이 없어서 쓰러지면 큰일나요",
    "쓰러졌을 때 대처 요령 교육을 해주세요",
    "작년에 쓰러지신 어르신을 배달원이 발견했습니다",
    "노숙인 지원 사업이 있나요",
    "더워 죽겠어요 쉼터 좀 늘려주세요",
    "비둘기 때문에 못 살겠습니다",
    "소음 때문에 못살겠어요",
    "신청한 지 두 달째 연락이 없어요",
    "담당 부서가 전화를 안 받아요",
    "마을버스가 요즘 안 보여요",
    "골목에 소방차가 못 들어와요 불나면 끝입니다",
    "경로당 보일러가 끊겨서 냉골이에요",
    "길고양이가 굶고 있어요 급식소 만들어주세요",
    "단전 단수 가구 발굴 실적",
    "고독사 위험군 실태조사 결과 보여줘",
    "실종 예방 팔찌 신청하고 싶어요",
    "치매 어르신 실종 예방 사업 대상",
    "위기가구 신고 포상금 있나요",
    "긴급복지 지원 기준 알려주세요",
    "자살률이 몇 퍼센트인가요",
    "화재 감지기 설치해주세요",
    "가스 안전 점검 사업 좋았습니다",
    "회의 결과: 고독사 예방 안부전화 30가구 확정",
    "학교폭력 예방 교육 예산",
    "스토킹 피해자 지원 조례 안건",
    "놀이터가 사라졌어요",
    "수거함이 없어졌어요 다시 놔주세요",
    "안부 확인 사업은 우유가 쌓이면 배달원이 알려주는 방식",
    "밥을 같이 먹는 모임이 있나요",
    "반찬이 없어졌으면 좋겠다",
    "물이 끊겨서 화장실을 못 써요 공원에",
    "칼갈이 봉사 언제 오나요",
    "응급안전안심서비스 신청 방법",
    "",
]


@pytest.mark.parametrize(("text", "need"), IN_NEED)
def test_a_present_need_is_heard(text: str, need: Need) -> None:
    assert present_need(text) is need
    assert present_need("".join(text.split())) is need


@pytest.mark.parametrize("text", NOT_IN_NEED)
def test_a_programme_or_a_worry_is_no_present_need(text: str) -> None:
    assert present_need(text) is None


@given(st.text(alphabet="가나죽고싶어요 굶때려쓰러졌예방사업\n.?", max_size=200))
def test_any_text_is_read_whatever_its_spacing(text: str) -> None:
    assert present_need(text) is present_need("".join(text.split()))
