from __future__ import annotations

import io
import json

from bot.lines import answer_jsonl, search_jsonl
from bot.wiring import Council
from corpus.types import Visibility
from retrieval.types import Basis


def asked(council: Council, *requests: dict[str, object]) -> list[dict[str, object]]:
    answers = io.StringIO()
    questions = io.StringIO("".join(json.dumps(request) + "\n" for request in requests))
    answer_jsonl(council.assistant, questions, answers, Visibility.STAFF)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_an_answer_has_every_part(council: Council) -> None:
    (answer,) = asked(council, {"case": "1", "turn": "동백동 특화사업 예산은 얼마인가요?"})
    assert set(answer) == {"text", "citations", "basis", "notices", "choices", "ms"}
    assert answer["basis"] in set(Basis)
    for citation in answer["citations"]:
        assert set(citation) == {"number", "document", "title", "quote", "locator"}
        assert f"[{citation['number']}]" in answer["text"]


def test_a_case_remembers_whatever_comes_between(council: Council) -> None:
    then = "그럼 동백동은?"
    *_, same, without = asked(
        council,
        {"case": "1", "turn": "목련동 특화사업 예산은 얼마인가요?"},
        {"case": "2", "turn": "공동급식 확대 안건은 어떻게 되었나요?"},
        {"case": "1", "turn": then},
        {"turn": then},
    )
    (fresh,) = asked(council, {"case": "1", "turn": then})
    assert "1200" in same["text"].replace(",", "")
    assert without["text"] == fresh["text"]


def test_nothing_asked_is_nothing_answered(council: Council) -> None:
    assert asked(council) == []


def test_a_search_without_words_finds_nothing(council: Council) -> None:
    results = io.StringIO()
    search_jsonl(council.search, io.StringIO('{"query": " "}\n\n'), results, Visibility.STAFF, 5)
    assert json.loads(results.getvalue()) == {"results": []}


def test_a_search_gives_the_best_first_and_no_more_than_asked(council: Council) -> None:
    results = io.StringIO()
    query = json.dumps({"query": "경로당 공동급식"})
    search_jsonl(council.search, io.StringIO(query), results, Visibility.STAFF, 3)
    found = json.loads(results.getvalue())["results"]
    assert found[0]["document"] == "2031년 제1차 마을회의 회의록.txt"
    assert len(found) <= 3
    assert [hit["score"] for hit in found] == sorted((h["score"] for h in found), reverse=True)
