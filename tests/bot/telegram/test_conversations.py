"""What of an exchange is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.telegram.conversations import save
from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.types import Answer, Basis


def test_a_resident_number_in_a_question_is_kept_nowhere(tmp_path: Path) -> None:
    number = "900101-1234568"
    question = f"제 주민번호는 {number}인데 신청되나요?"
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        save(
            db,
            conversation="telegram:1:0:1",
            question=question,
            answer=Answer(text="자료에 없습니다.", basis=Basis.NONE, standalone=question),
            audience=Visibility.PUBLIC,
            chat_id=1,
            question_message_id=1,
            now=datetime(2031, 1, 1, tzinfo=UTC),
        )
    kept = database.one("select question, answer from answers")
    database.close()
    assert kept is not None
    assert "주민등록번호" in kept["question"]
    everything = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert number.encode() not in everything
