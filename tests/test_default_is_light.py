from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
HEAVY = ("torch", "transformers", "sentence_transformers", "tokenizers", "sklearn", "scipy")
CHAT = ("langchain", "langchain_openai", "langsmith", "openai", "tiktoken")
ASKING = """
import json, sys
from bot.__main__ import cli
cli(sys.argv[1:], standalone_mode=False)
print(json.dumps(sorted(sys.modules)))
"""
SERVING = "import json, sys, bot.telegram.application; print(json.dumps(sorted(sys.modules)))"


def loaded(*arguments: object, stdin: str = "", script: str = ASKING) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_ingesting_and_asking_load_no_deep_learning_library(tmp_path: Path) -> None:
    paper = tmp_path / "회의록.txt"
    paper.write_text("2031년 제1차 나래구 회의록\n- 공동급식 확대: 가결함\n", encoding="utf-8")
    data = tmp_path / "data"
    taken_in = loaded("--data", data, "ingest", paper)
    # What records do not answer is looked for in passages, by meaning too.
    questions = '{"turn": "공동급식은 어떻게 됐나요?"}\n{"turn": "화성 이주는 언제 하나요?"}\n'
    asked = loaded("--data", data, "ask", "--jsonl", stdin=questions)
    assert {"onnxruntime", "kiwipiepy"} <= asked  # the question went all the way
    assert "chromadb" in taken_in - asked  # which takes 0.6 s to load: a copy is searched
    assert not (taken_in | asked) & {*HEAVY, *CHAT}
    assert not of_the_model(taken_in | asked)


def of_the_model(names: set[str]) -> list[str]:
    """The modules that only a chat model needs."""
    return [name for name in names if f"{name}.".startswith(("retrieval.model.", "bot.staff_"))]


def test_serving_loads_nothing_of_a_chat_model_that_is_not_configured() -> None:
    names = loaded(script=SERVING)
    assert "bot.telegram.opinions.suggesting" in names
    assert not names & {*HEAVY, *CHAT}
    assert not of_the_model(names)


def test_help_loads_no_model_at_all() -> None:
    assert not loaded("--help") & {*HEAVY, "chromadb", "kiwipiepy", "onnxruntime", "langchain_core"}
