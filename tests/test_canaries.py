"""Nobody learns anything of what is above their level, in whatever way they ask.

A store of public papers is asked; then papers, opinions, replies, notes and minutes with words that
stand nowhere else come in at each level, with the same places, programmes and years and other
figures; then it is asked again as every role.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.ledger_lists import ledger_page
from bot.ledger_reports import actions_text
from corpus.ledger import handling
from corpus.ledger.changes import By, latest
from corpus.ledger.handling import NewReply
from corpus.ledger.opinion import Matter, Promise, PromiseKind
from corpus.ledger.raising import NewOpinion, record
from corpus.ledger.wanted import Wanted
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from retrieval.views.page import Address, View
from tests.support.scoring import cases
from tests.support.secretary import Secretary, day

_ROOT = Path(__file__).parents[1]
_SAMPLE = _ROOT / "corpus" / "sample"
_TODAY = day("2026-11-23")
# A word of no language, one for each level that hides something.
WORDS = {Visibility.MEMBERS: "까나벼멤", Visibility.STAFF: "까나벼직"}
# Papers whose lines can be written as text: a budget, minutes, opinions, programmes, a guide.
_COPIED = ("예산", "2025년 제2차", "의견", "프로그램")
# What people say next, so that an answer is carried on.
_NEXT = "그중에 가장 많은 곳은 어디예요?"
_DIGITS = str.maketrans("123456789", "346192857")


@dataclass(frozen=True)
class Told:
    """What a question brought: to everybody before and after, to members, to staff."""

    turns: tuple[str, ...]
    today: datetime
    before: Answer
    after: Answer
    members: Answer
    staff: Answer


def altered(text: str, word: str) -> str:
    """A paper of the same things with other figures, and a canary in every other line."""

    def number(match: re.Match[str]) -> str:
        year = re.fullmatch(r"(?:19|20)\d\d", match[0])
        return match[0] if year else match[0].translate(_DIGITS)

    lines = [re.sub(r"\d[\d,.]*", number, line) for line in text.split("\n")]
    return "\n".join(
        re.sub(r"([가-힣]{2,})", rf"\1 {word}", line, count=1) if at % 2 == 0 else line
        for at, line in enumerate(lines)
    )


def hide(secretary: Secretary, level: Visibility) -> None:
    """Bring in at a level what nobody below it may learn of."""
    word = WORDS[level]
    papers = {}
    for name, text in secretary.texts().items():
        if any(kind in name for kind in _COPIED) and not any(one in name for one in WORDS.values()):
            file = next(path for path in _SAMPLE.iterdir() if path.name == name)
            kept = file.suffix in {".txt", ".md", ".csv"}
            body = file.read_text("utf-8-sig") if kept else text
            suffix = file.suffix if kept else ".txt"
            papers[f"{word} {file.stem}{suffix}"] = altered(body, word)
    secretary.write(papers, level)
    _raise(secretary, level)


def _raise(secretary: Secretary, level: Visibility) -> None:
    """An opinion with a note and a reply, as they are kept unpublished."""
    word, by = WORDS[level], By(person="somebody", at=_TODAY)
    matter = Matter(
        dong="물안동", programme=f"{word} 반찬 배달", topic="반찬", department=f"{word}과"
    )
    new = NewOpinion(
        text=f"물안동 경로당 {word} 반찬 배달을 아침에도 해 주세요",
        matter=matter,
        raised_at="2026-10-01T09:00:00+09:00",
        visibility=level,
    )
    reply = NewReply(
        department=f"{word}과",
        text=f"{word} 반찬을 아침에도 배달하겠습니다",
        promise=Promise(kind=PromiseKind.PURSUE, due="2026-12-31", meeting=""),
    )
    analyse = secretary.assistant.index_terms
    with secretary.database.write() as db:
        number = record(db, new, by, analyse)
        handling.note(db, latest(db, number), by, f"{word} 확인함")
        handling.answer(db, latest(db, number), by, reply)


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("canaries"), KiwiTerms(), _TODAY)
    secretary.take(sorted(_SAMPLE.iterdir()))
    yield secretary
    secretary.close()


@pytest.fixture(scope="module")
def told(secretary: Secretary) -> list[Told]:
    asked = []
    for case in cases(_ROOT / "tests" / "golden" / "questions.jsonl"):
        turns = case["turns"]
        asked.append((tuple(turns), day(str(case.get("today") or "2026-11-23"))))
    before = [secretary.ask(*turns, today=today) for turns, today in asked]
    for level in WORDS:
        hide(secretary, level)
    answers = {
        level: [secretary.ask(*turns, audience=level, today=today) for turns, today in asked]
        for level in Visibility
    }
    columns = (before, *(answers[level] for level in Visibility))
    return [Told(*one, *row) for one, row in zip(asked, zip(*columns, strict=True), strict=True)]


def held(shown: Any, above: Visibility) -> list[str]:
    """The canaries above a level that something holds, whatever it is."""
    whole = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, default=str)
    return [word for level, word in WORDS.items() if level > above and word in whole]


def test_staff_find_the_canaries_so_that_there_is_something_to_hide(told: list[Told]) -> None:
    found = [one for one in told if WORDS[Visibility.STAFF] in str(asdict(one.staff))]
    assert len(found) > 2


def test_no_answer_holds_anything_above_its_readers_level(told: list[Told]) -> None:
    for one in told:
        assert held(asdict(one.after), Visibility.PUBLIC) == [], one.turns
        assert held(asdict(one.members), Visibility.MEMBERS) == [], one.turns


def test_no_file_and_no_chart_of_an_answer_holds_anything_above_its_readers_level(
    secretary: Secretary, told: list[Told]
) -> None:
    """Also where somebody presses the button of an answer that was made for staff."""
    views, made = secretary.assistant.views, 0
    for one in told:
        for level, own in ((Visibility.PUBLIC, one.after), (Visibility.MEMBERS, one.members)):
            for answer in (own, one.staff):
                sheet = views.sheet(answer.rows, "", level)
                figures = views.figures(answer.rows, answer.compared, "", level)
                shown = [asdict(it) for it in (sheet, figures) if it is not None]
                assert held(shown, level) == [], one.turns
                made += len(shown)
    assert made > 100


def test_an_answer_that_is_carried_on_by_others_tells_them_nothing(
    secretary: Secretary, told: list[Told]
) -> None:
    """A group's memory goes by its level; even what got past that is answered by what they see."""
    for one in told[::4]:
        if one.staff.standalone:
            follow = secretary.assistant.ask(
                _NEXT, audience=Visibility.PUBLIC, earlier=(one.staff.turn,), now=one.today
            )
            assert held(asdict(follow), Visibility.PUBLIC) == [], one.turns


def test_counts_sums_and_rows_are_the_same_whatever_is_hidden(told: list[Told]) -> None:
    exact = {Basis.RECORDS, Basis.COMPUTED}
    for one in told:
        if exact & {one.before.basis, one.after.basis}:
            assert (one.after.basis, one.after.text) == (one.before.basis, one.before.text), one
            assert one.after.notices == one.before.notices, one.turns
            assert one.after.choices == one.before.choices, one.turns


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("level", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_no_page_and_no_file_of_any_view_holds_a_canary(
    secretary: Secretary, level: Visibility
) -> None:
    views = secretary.assistant.views
    for view in View:
        waiting, seen = [Address(view=view)], set()
        while waiting and len(seen) < 60:
            address = waiting.pop()
            page = views.page(address, level)
            if page is None or str(address) in seen:
                continue
            seen.add(str(address))
            assert held(asdict(secretary.assistant.shown(page, level)), level) == []
            assert held([page.title, [asdict(link) for link in page.links]], level) == []
            sheet = views.sheet(page.rows, page.title, level)
            assert held(asdict(sheet) if sheet else "", level) == []
            waiting += [link.address for link in page.links]
    hidden = secretary.database.read(
        "select r.id from records r join relations n on n.id = r.relation_id"
        " join documents d on d.id = n.document_id where d.visibility > ?",
        [int(level)],
    )
    numbers = [row["id"] for row in hidden]
    assert numbers
    assert views.sheet(numbers, "", level) is None
    assert views.figures(numbers, "amount", "", level) is None


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("level", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_what_is_offered_listed_and_found_alike_holds_none(
    secretary: Secretary, level: Visibility
) -> None:
    assistant, ledger = secretary.assistant, secretary.assistant.opinions.ledger
    today = _TODAY.date()
    assert held(assistant.examples(level), level) == []
    assert held([asdict(paper) for paper in assistant.papers(level)], level) == []
    assert held([assistant.views.dongs(level)], level) == []
    drafted = assistant.opinions.drafted("물안동 경로당 반찬 배달을 아침에도 해 주세요", level)
    assert held(asdict(drafted), level) == []
    assert held(ledger_page(ledger, Wanted(), level, today, 0, 500).text, level) == []
    assert held(actions_text(ledger, today, level), level) == []
    assert held([ledger.departments(level), ledger.dongs(level, 500)], level) == []
    assert held(list(map(str, ledger.meetings.held(today, 50, level))), level) == []


@pytest.mark.usefixtures("told")
def test_a_word_of_hidden_papers_mends_no_question_and_is_not_known(secretary: Secretary) -> None:
    for level, word in WORDS.items():
        typed = word[:-2] + "뱌" + word[-1]
        for reader in Visibility:
            spelling = secretary.spelling.at(reader)
            assert spelling.knows(word) is (reader >= level)
            assert (spelling.mended(typed) == word) is (reader >= level)
        asked = secretary.ask(f"{typed} 예산은 얼마인가요?")
        assert word not in str(asdict(asked))


@pytest.mark.usefixtures("told")
def test_a_conversation_begun_among_staff_tells_others_nothing(secretary: Secretary) -> None:
    word = WORDS[Visibility.STAFF]
    begun = secretary.ask(f"{word} 예산이 가장 많은 동은 어디예요?", audience=Visibility.STAFF)
    assert word in str(asdict(begun))
    follow = secretary.assistant.ask(
        "그럼 그 동의 사업은 뭐예요?", audience=Visibility.PUBLIC, earlier=(begun.turn,), now=_TODAY
    )
    assert [one.quote for one in follow.citations if word in one.quote] == []
