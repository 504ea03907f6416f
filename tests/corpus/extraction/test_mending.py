from __future__ import annotations

from corpus.extraction.mending import Mender


def mended(text: str, vocabulary: str = "") -> str:
    return Mender(f"{text}\n{vocabulary}").mend(0, len(text))


def test_an_empty_stretch_gives_an_empty_text() -> None:
    assert Mender("가나다").mend(1, 1) == ""


def test_a_word_cut_by_the_line_end_is_whole_again_where_the_paper_has_it_elsewhere() -> None:
    assert mended("마을 도서\n관을 넓힘", "새 도서관은 내년에 문을 엶") == "마을 도서관을 넓힘"


def test_two_words_stay_two_where_the_paper_writes_them_so() -> None:
    assert mended("돌봄 사업\n확대", "그 사업 확대는 어려움") == "돌봄 사업 확대"


def test_single_blanks_at_line_ends_mark_the_ends_of_words() -> None:
    text = "경로당 냉방비를 여름마다 \n따로 세우는 것이 좋겠다는 의견이 많\n았음"
    assert mended(text) == "경로당 냉방비를 여름마다 따로 세우는 것이 좋겠다는 의견이 많았음"


def test_a_particle_goes_to_the_word_before_it() -> None:
    assert mended("올해 예산\n으로는 모자람") == "올해 예산으로는 모자람"
    assert mended("중복사업(급식)\n을 줄임") == "중복사업(급식)을 줄임"


def test_a_page_number_between_two_lines_is_left_out() -> None:
    assert mended("온라인 투표를\n\n- 3 -\n\n함께 함") == "온라인 투표를 함께 함"


def test_numbers_and_latin_letters_are_never_glued() -> None:
    assert mended("총 예산\n500만원") == "총 예산 500만원"
