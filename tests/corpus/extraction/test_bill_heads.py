"""The head of a bill: its number in a torn box, the law that it rests on."""

from corpus.extraction.bill_heads import bill_head
from tests.corpus.extraction.build import read

BILL = """2031년도 돌봄 시행계획 보고

의 안
번 호

제 77 호
제출연월일 : 2031. 3. .

1. 상정이유

○ 「돌봄마을 육성법」 제12조 (계획의 수립)에 의거 2031년도 시행계획을
수립하고 보고함.
"""


def stated(text: str) -> dict[str, str]:
    return {
        field.name: field.text
        for relation in bill_head(*read(text))
        for record in relation.records
        for field in record.fields
        if field.name != "label"
    }


def test_a_torn_number_and_the_grounds_of_a_bill_are_facts() -> None:
    assert stated(BILL) == {
        "의안번호": "제 77 호",
        "근거": "「돌봄마을 육성법」 제12조 (계획의 수립)",
    }


def test_a_paper_that_is_no_bill_has_no_such_facts() -> None:
    assert stated("돌봄마을 소식\n\n○ 봄 나들이를 함께 갑니다.\n") == {}
    assert stated("") == {}
