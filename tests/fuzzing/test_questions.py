"""Any message to a real secretary over a small store: an answer that keeps its promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import decode, encode
from bot.render import LIMIT, length, parts
from corpus.text import clean
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Basis, Turn
from tests.fuzzing import TEXTS, examples
from tests.support.secretary import Secretary, day
from tests.support.telegram import shown
from tests.support.village import PAPERS, SECRET


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("village"), terms, day("2031-06-01"))
    secretary.write(PAPERS)
    secretary.write({"내부 검토.csv": SECRET}, Visibility.STAFF)
    yield secretary
    secretary.close()


@examples(60)
@given(text=TEXTS, before=TEXTS, audience=st.sampled_from(Visibility))
def test_every_message_has_an_answer_with_its_sources(
    village: Secretary, text: str, before: str, audience: Visibility
) -> None:
    # What is remembered has been cleaned, as every message is.
    earlier = (Turn(question=clean(before)[:500], basis=Basis.RECORDS, about="목련동"),)
    answer = village.assistant.ask(text, audience=audience, earlier=earlier)
    assert answer.text.strip()
    assert decode(encode(answer)).text == answer.text
    for message in parts(answer, question=text):
        assert length(message) <= LIMIT
        assert shown(message).strip()
    if audience is Visibility.PUBLIC:
        whole = answer.text + "".join(one.quote for one in answer.citations)
        assert "비밀" not in whole.replace(text, "")
    texts = village.texts()
    for one in answer.citations:
        assert one.document in texts


@examples(60)
@given(TEXTS)
def test_every_message_is_of_some_kind_and_can_be_an_opinion(village: Secretary, text: str) -> None:
    opinions = village.assistant.opinions
    assert village.assistant.classify(text).label
    assert opinions.recognised(text) in (True, False)
    assert opinions.confidential(text) in (True, False)
    assert len(opinions.drafted(text, Visibility.PUBLIC).text) <= 2500
    village.assistant.gist(text).encode()
