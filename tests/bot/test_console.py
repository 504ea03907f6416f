from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path

from rich.console import Console

from bot.console import ConsoleChat
from bot.wiring import Council
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer, Basis
from tests.bot.conftest import command, environment
from tests.support.cited import cited


def said(council: Council, *lines: str, audience: Visibility = Visibility.STAFF) -> str:
    file = io.StringIO()
    ConsoleChat(council.assistant, audience, Console(file=file, width=30)).answer_lines(lines)
    return file.getvalue()


def test_lines_are_echoed_and_answered_whole(council: Council) -> None:
    question = "경로당 공동급식 확대 안건은 지난 회의에서 어떻게 결정되었는지 알려 주세요"
    output = said(council, "  ", f"{question}\n")
    assert output.startswith(f"> {question}\n")
    assert "가결" in output
    assert "\x1b" not in output


def test_commands_work_in_both_languages(council: Council) -> None:
    assert said(council, "/도움말") == said(council, "/help").replace("/help", "/도움말")
    listed = said(council, "/자료")
    assert listed.count("\n") == 6
    assert "(2031년 제1차 마을회의 회의록.txt)\n" in listed


def test_the_list_shows_what_its_reader_may_see(council: Council) -> None:
    assert "내부 검토" in said(council, "/자료")
    assert "내부 검토" not in said(council, "/자료", audience=Visibility.MEMBERS)
    assert "위원 연수" not in said(council, "/자료", audience=Visibility.PUBLIC)


def test_follow_ups_continue_the_conversation(council: Council) -> None:
    output = said(council, "목련동 특화사업 예산은 얼마인가요?", "그럼 동백동은?")
    assert "1200" in output.replace(",", "").partition("> 그럼")[2]


def test_every_part_of_an_answer_is_shown_as_it_is(council: Council) -> None:
    citation = cited("[red]인용[/red]", title="[bold]제목[/bold]", locator="1. 안건")
    answer = Answer(
        text="[대괄호] 답 [1]",
        citations=(citation,),
        basis=Basis.PASSAGES,
        notices=("오래된 자료",),
        choices=("어느 해?",),
    )
    file = io.StringIO()
    ConsoleChat(council.assistant, Visibility.STAFF, Console(file=file)).show(answer)
    shown = file.getvalue()
    for part in (
        "[대괄호] 답 [1]",
        "[1] [bold]제목[/bold] · 1. 안건",
        "“[red]인용[/red]”",
        "※ 오래된 자료",
        "· 어느 해?",
    ):
        assert part in shown


def test_a_conversation_in_a_terminal(store: Path) -> None:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command("--data", store, "chat"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", COLUMNS="100"),
        start_new_session=True,
    )
    os.close(theirs)
    try:
        screen = until(ours, f"{say('console.prompt')}: ")
        assert say("console.greeting") in screen
        assert "\x1b[" in screen
        os.write(ours, "목련동 특화사업 예산은 얼마인가요?\n".encode())
        answered = plain(until(ours, f"{say('console.prompt')}: "))
        assert "3450" in answered.replace(",", "")
        os.write(ours, "/끝\n".encode())
        assert say("console.goodbye") in until(ours, say("console.goodbye"))
        assert child.wait(timeout=30) == 0
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def until(terminal: int, end: str, seconds: float = 60) -> str:
    """What the terminal shows up to `end`."""
    shown = b""
    deadline = time.monotonic() + seconds
    while end not in plain(shown.decode(errors="replace")):
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
        assert ready, shown.decode(errors="replace")
        shown += os.read(terminal, 4096)
    return shown.decode()


def plain(screen: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", screen)
