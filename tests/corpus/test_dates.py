"""Dates, times, relative dates and a paper's own date."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import Precision, document_date, find, relative, times

TODAY = date(2026, 11, 21)
# Letters that make up dates, so that chance builds near misses.
DATE_LIKE = st.text(alphabet="0123456789./-~'’년월일시분() 수화:제,·", max_size=60)


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("2019년 3월 7일(목) 14:00~15:30", ["2019-03-07"]),
        ("2019. 3. 7.(목)", ["2019-03-07"]),
        ("2019.03.07", ["2019-03-07"]),
        ("2019-03-07", ["2019-03-07"]),
        ("2019/3/7", ["2019-03-07"]),
        ("２０１９. ３. ７.", ["2019-03-07"]),
        ("2019년 3월 7일 목요일", ["2019-03-07"]),
        ("2019. 3.\n7.", ["2019-03-07"]),
        ("'18. 10. 4", ["2018-10-04"]),
        ("‘18. 10. 4.", ["2018-10-04"]),
        ("‘18년", ["2018"]),
        ("’15～18년", ["2015/2018"]),
        ("'21.~'24.", ["2021/2024"]),
        ("제6기(2027~2030)", ["2027/2030"]),
        ("2021년~2024년", ["2021/2024"]),
        ("2021·2022년", ["2021", "2022"]),
        ("2019년도 계획", ["2019"]),
        ("2019 마을 축제", ["2019"]),
        ("2019. 3. .", ["2019-03"]),
        ("2019. 3.", ["2019-03"]),
        ("2019-03", ["2019-03"]),
        ("2019년 3월", ["2019-03"]),
        ("2019년 3월~11월", ["2019-03/2019-11"]),
        ("2019년 12월~2월", ["2019-12/2020-02"]),
        ("2019.3.~11.", ["2019-03/2019-11"]),
        ("2019. 7. ~ 12.", ["2019-07/2019-12"]),
        ("2019. 11. ~ 2.(4개월)", ["2019-11/2020-02"]),
        ("2019. 7. ~ 12명", ["2019-07"]),
        ("2019. 7. ~\n1. 개요", ["2019-07"]),
        ("2019. 12.\n11\t동백동", ["2019-12"]),
        ("2019. 12.\n2. 추진방법", ["2019-12"]),
        ("2019. 3. 7. ~ 4. 2.", ["2019-03-07/2019-04-02"]),
        ("2019.3.7~11", ["2019-03-07/2019-03-11"]),
        ("10. 4.(목)", ["2001-10-04"]),
        ("5월 17일(금)", ["2001-05-17"]),
        ("10.4일(목)", ["2001-10-04"]),
        ("5/28~30일", ["2001-05-28/2001-05-30"]),
        ("4, 6, 11월", ["2001-04", "2001-06", "2001-11"]),
        ("4~6월", ["2001-04/2001-06"]),
        ("5/28", ["2001-05-28"]),
        ("성과보고회 개최(5.17.)", ["2001-05-17"]),
        ("10.4.09시 이후 보도", ["2001-10-04"]),
        ("3월 7일부터 4월 2일까지", ["2001-03-07/2001-04-02"]),
        ("2019. 3. 7. 15:30", ["2019-03-07"]),
        ("2019. 3. 7. ~ 17:30", ["2019-03-07"]),
        ("2월 29일", []),
        ("2020년 2월 29일", ["2020-02-29"]),
    ],
)
def test_dates_are_read_in_every_printed_form(text: str, stretches: list[str]) -> None:
    assert [_iso(m) for m in find(text, default_year=2001)] == stretches


def _iso(mention) -> str:  # type: ignore[no-untyped-def]
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[mention.precision]
    first, last = (day.isoformat()[:length] for day in (mention.first, mention.last))
    return first if first == last else f"{first}/{last}"


@pytest.mark.parametrize(
    "text",
    [
        "2-1. 추진배경",
        "2-1-3. 주민 참여",
        "1. 2. 추진계획",
        "3.1절 행사",
        "3/4분기",
        "위원 2/3 이상",
        "031-555-0142",
        "판 1.2.3",
        "제2019-11호",
        "6개월",
        "2,019명",
        "2019 명",
        "예산 2019만원",
        "(3.2)",
        "64.5%",
        "5/10명",
        "2019. 13. 40.",
        "4월 31일",
        "‘18개 사업’",
        "월 2회",
        "",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find(text, default_year=2001) == []


def test_a_day_without_a_year_keeps_month_and_day_and_invents_no_year() -> None:
    (mention,) = find("5월 17일(금)")
    assert (mention.first, mention.year, mention.month, mention.day) == (None, None, 5, 17)


def test_a_blank_day_is_a_month() -> None:
    (mention,) = find("제출연월일 : 2019. 3. .")
    assert mention.precision is Precision.MONTH
    assert mention.day is None


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_written_date_reads_back(day: date) -> None:
    for written in (
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day.year}. {day.month}. {day.day}.",
        f"{day:%Y.%m.%d}",
        day.isoformat(),
        f"'{day:%y}. {day.month}. {day.day}.",
    ):
        assert [(m.first, m.last, m.text) for m in find(f"({written})")] == [(day, day, written)]


@given(st.text() | DATE_LIKE, st.none() | st.integers(1, 9999))
def test_finding_never_fails_and_spans_quote_the_text(text: str, year: int | None) -> None:
    for found in (find(text, year), times(text), relative(text, TODAY)):
        end = 0
        for mention in found:
            assert text[mention.start : mention.end] == mention.text
            assert end <= mention.start < mention.end
            end = mention.end
    document_date(text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("14:00~15:30", [(time(14), time(15, 30))]),
        ("오후 3시 20분", [(time(15, 20), None)]),
        ("오전 10시~오후 5시", [(time(10), time(17))]),
        ("오후 2시부터 4시까지", [(time(14), time(16))]),
        ("9시 반", [(time(9, 30), None)]),
        ("09:00 ~ 24:00", [(time(9), time(0))]),
        ("24시간 운영, 17개 시도, 3시군구, 공무원 1:1 결연", []),
        ("", []),
    ],
)
def test_times_of_day_are_read(text: str, spans: list[tuple[time, time | None]]) -> None:
    assert [(mention.first, mention.last) for mention in times(text)] == spans


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("올해 예산", date(2026, 1, 1), date(2026, 12, 31)),
        ("작년엔", date(2025, 1, 1), date(2025, 12, 31)),
        ("재작년", date(2024, 1, 1), date(2024, 12, 31)),
        ("내년까지", date(2027, 1, 1), date(2027, 12, 31)),
        ("이번 달", date(2026, 11, 1), date(2026, 11, 30)),
        ("지난달에", date(2026, 10, 1), date(2026, 10, 31)),
        ("어제", date(2026, 11, 20), date(2026, 11, 20)),
        ("내일", date(2026, 11, 22), date(2026, 11, 22)),
        ("3년 전", date(2023, 1, 1), date(2023, 12, 31)),
        ("2개월 전", date(2026, 9, 1), date(2026, 9, 30)),
        ("이번 주", date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_days_are_named_from_today_on(text: str, first: date, last: date) -> None:
    (mention,) = relative(text, TODAY)
    assert (mention.first, mention.last) == (first, last)


def test_words_that_only_look_relative_are_left_alone() -> None:
    assert relative("내일배움카드 오늘날 시작년도 10000년 전", TODAY) == []


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("가람구 회의록\n회의일시 2019년 3월 7일(목) 14:00\n2018. 1. 1. 시행", "2019-03-07"),
        ("자료\n2018. 1. 1. 제정\n배 포 일 2019. 3. 7. / 총 4매", "2019-03-07"),
        ("제출연월일 : 2019. 3. .", "2019-03"),
        ("일 시\n2019. 3. 7.(목)", "2019-03-07"),
        ("운영 계획\n2019. 3. 7.\n복지과", "2019-03-07"),
        ("2019년 나눔 운영계획\n1. 목적\n2018년부터 이어 온 사업을 넓히고자 합니다.", "2019"),
        ("2019 나눔 운영계획", "2019"),
        ("나눔 성과보고회(5.17.)\n군청은 2018년부터 나눔을 이어 왔다고 밝혔다.", ""),
        (
            "나래구\n제목 알림\n1. 관련 : 돌봄과-12호(2031. 2. 3.)\n가. 일 시 : 2031. 5. 9.\n"
            "시행  돌봄과-345 ( 2031. 4. 28. )  접수",
            "2031-04-28",
        ),
        ("주민 모집 공고\n신청기간 : 2031. 5. 1. ~ 5. 9.\n2031. 4. 28.\n나래구청장", "2031-04-28"),
        (
            "의견 처리결과\n나래구 (작성: 돌봄과, 2031. 6. 30. 현재)\n○ 개최일시 : 2031. 4. 2.\n"
            "1\t토요일 시범운영\t2031. 12.\n11\t동백동",
            "2031-06-30",
        ),
        ("나눔 안내\n2031. 5. 9.까지 신청\n(기준일 : 2031. 4. 1.)", "2031-04-01"),
        ("나눔 계획\n2031. 1.\n○ 완료 예정 : 2031. 12. 1.", "2031-01"),
        ("", ""),
    ],
)
def test_a_paper_states_its_own_date(text: str, dated: str) -> None:
    assert document_date(text) == dated


@pytest.mark.parametrize(
    "unit", ["1", "1.", "1. ", "1, ", "2019.", "2019", "'", "1/", "1월", "~", "(", " ", "12:", "동"]
)
def test_repetitive_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert isinstance(find(text), list)
    assert isinstance(times(text), list)
    assert isinstance(relative(text, TODAY), list)
    document_date(text)
