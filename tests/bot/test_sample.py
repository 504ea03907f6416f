from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from bot.config import Config, Data
from bot.sample import open_sample
from corpus.database import exists
from corpus.messages import say
from corpus.types import Visibility


def test_the_sample_is_made_once_marked_and_renewed_whole(sample_data: Path) -> None:
    config = Config().model_copy(update={"data": Data(folder=sample_data)})
    with open_sample(config) as council:
        papers = council.assistant.papers(Visibility.PUBLIC)
        names = {file.name for file in (files("corpus") / "sample").iterdir()}
        assert {paper.name for paper in papers} == names
        assert council.database.folder == sample_data.with_name("data-sample")
        assert not exists(sample_data)
        answer = council.assistant.ask("없는 것은 무엇인가요?", audience=Visibility.PUBLIC)
        assert answer.notices[0] == say("answer.sample")
        with council.database.write() as db:
            db.execute("update settings set value = 'old' where key = 'sample papers'")
            db.execute("update documents set name = '사라진 자료' where id = ?", [papers[0].id])
    with open_sample(config) as council:
        renewed = council.assistant.papers(Visibility.PUBLIC)
        assert {paper.name for paper in renewed} == names
        assert not {paper.id for paper in papers} & {paper.id for paper in renewed}
    with open_sample(config) as council:
        assert council.assistant.papers(Visibility.PUBLIC) == renewed


def test_the_sample_has_every_format() -> None:
    suffixes = {Path(file.name).suffix for file in (files("corpus") / "sample").iterdir()}
    assert suffixes >= {".hwpx", ".pdf", ".docx", ".xlsx", ".csv", ".md", ".txt"}
