"""Who may see less than a moment ago reads nothing of what was made, or waits, for the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.access import meet
from bot.people_cards import told
from bot.telegram.exchange import Exchange, narrowed
from bot.telegram.opinions.notices import tell_answered
from bot.telegram.people.telling import tell_role
from corpus.appointments import give_role
from corpus.audit import CONSOLE
from corpus.database import CouncilDatabase, OpenTransaction
from corpus.groups import bind, level_of
from corpus.ledger.changes import By
from corpus.ledger.opinion import Matter, Promise
from corpus.ledger.raising import Author, NewOpinion, record
from corpus.messages import say
from corpus.people import People, Role
from corpus.types import Visibility
from retrieval.sheets import Sheet
from retrieval.views.page import Address, Page
from retrieval.views.views import Views
from tests.bot.telegram.conftest import STAFF, Serving, serving_of
from tests.support.people import enrol
from tests.support.secretary import Secretary
from tests.support.telegram import Fault, TelegramDouble, shown, supergroup
from tests.support.telephones import Telephones, labels

ANN = 501
GROUP = supergroup()
BY = By(person=CONSOLE, at=datetime(2031, 6, 1, tzinfo=UTC))
SPARE = """2031년 나래구 비상 경비 예산,,
(단위: 천원),,
동명,주요사업,예산액
동백1동,제설,9871
동백2동,배수,8872
목련동,방역,7873
솔밭동,순찰,6874
"""
LIST = "비상 경비 예산이 많은 순서대로 알려줘"
HIDDEN = "987만 1,000원"
# Who sends what below runs on the clock of the machine: waiting is by it.
REAL = lambda: datetime.now(UTC)  # noqa: E731


@pytest.fixture
def village(village: Secretary) -> Secretary:
    village.write({"비상 경비.csv": SPARE}, Visibility.STAFF)
    return village


Happens = Callable[[CouncilDatabase], None]


def widen(database: CouncilDatabase) -> None:
    with database.write() as db:
        bind(db, GROUP["id"], Visibility.STAFF, level_of(db, GROUP["id"]), BY)


def narrow(database: CouncilDatabase) -> None:
    with database.write() as db:
        bind(db, GROUP["id"], Visibility.PUBLIC, level_of(db, GROUP["id"]), BY)


def demote(database: CouncilDatabase, telegram_id: int = STAFF) -> None:
    """As an administrator does it, the person being told."""
    with database.write() as db:
        (number,) = db.execute(
            "select id from people where telegram_id = ?", [telegram_id]
        ).fetchone()
        member = People(OpenTransaction(db)).get(number)
        assert member is not None
        give_role(db, member.seen, Role.CITIZEN, BY)
        tell_role(db, number, Role.CITIZEN, REAL())


class Meanwhile(Views):
    """Views in whose making something happens, once it has been set."""

    happens: Happens | None = None

    def __init__(self, database: CouncilDatabase) -> None:
        super().__init__(database)
        self._store = database

    def page(self, address: Address, audience: Visibility) -> Page | None:
        return self._then(super().page(address, audience))

    def sheet(self, numbers: Any, title: str, audience: Visibility) -> Sheet | None:
        return self._then(super().sheet(numbers, title, audience))

    def figures(self, *given: Any) -> Any:
        return self._then(super().figures(*given))

    def _then(self, made: Any) -> Any:
        if self.happens is not None:
            happens, self.happens = self.happens, None
            happens(self._store)
        return made


def said(telegram: TelegramDouble, *chats: int) -> str:
    """All that can be read in some chats."""
    held = [m for chat in chats for m in telegram.sent(chat)]
    return "\n".join(str(m.get("text") or m.get("caption") or "") for m in held)


@pytest.mark.parametrize("happens", [narrow, demote])
@pytest.mark.parametrize("what", ["view", "sheet.csv", "sheet.chart"])
async def test_a_page_or_file_made_while_its_readers_may_see_less_is_not_sent(
    village: Secretary, telegram: TelegramDouble, people: Telephones, happens: Happens, what: str
) -> None:
    views = Meanwhile(village.database)
    village.assistant.views = views
    widen(village.database)
    async with serving_of(village, telegram):
        message = await people.says(STAFF, "/budget", chat=GROUP)
        (link,) = [label for label in labels(message) if "비상" in label]
        if what != "view":
            message = await people.turns(STAFF, message, link)
            assert HIDDEN in shown(message["text"])
        before = len(telegram.sent(GROUP["id"]))
        views.happens = happens
        pressed = link if what == "view" else say(what)
        sent = await people.after(GROUP["id"], lambda: telegram.presses(STAFF, message, pressed))
    assert shown(sent["text"]) == say("telegram.ask_again")
    assert len(telegram.sent(GROUP["id"])) == before + 1
    assert telegram.called("sendDocument") == telegram.called("sendPhoto") == []


@pytest.mark.parametrize("happens", [narrow, demote])
async def test_old_buttons_and_the_memory_of_a_group_go_by_the_level_of_now(
    village: Secretary, telegram: TelegramDouble, people: Telephones, happens: Happens
) -> None:
    widen(village.database)
    async with serving_of(village, telegram):
        answer = await people.says(STAFF, f"/ask {LIST}", chat=GROUP)
        page = await people.says(STAFF, "/budget", chat=GROUP)
        (link,) = [label for label in labels(page) if "비상" in label]
        turned = await people.turns(STAFF, page, link)
        assert HIDDEN in shown(answer["text"])
        assert HIDDEN in shown(turned["text"])
        happens(village.database)
        seen = len(telegram.sent(GROUP["id"]))
        for message, label in ((answer, "[1]"), (answer, "sheet.csv"), (turned, "sheet.chart")):
            pressed = label if label == "[1]" else say(label)
            await people.after(
                GROUP["id"], lambda m=message, one=pressed: telegram.presses(STAFF, m, one)
            )
        await people.says(STAFF, "/ask 그럼 목련동은?", chat=GROUP)
        await people.after(
            GROUP["id"], lambda: telegram.replies(STAFF, answer, "그중에 가장 큰 것은?", GROUP)
        )
        new = telegram.sent(GROUP["id"])[seen:]
    assert len(new) == 5
    assert not any("file" in message for message in new)
    assert not [text for text in map(str, new) if HIDDEN in text.replace(str(answer["text"]), "")]


async def held_up(telegram: TelegramDouble, chat: int, act: Callable[[], object]) -> None:
    """Do something whose message Telegram puts off for three seconds; back once it has."""
    telegram.faults.append(Fault("429", "sendMessage", chat_id=chat, retry_after=3))
    act()
    await asyncio.to_thread(telegram.wait, lambda: any(one.status == 429 for one in telegram.calls))


def own_opinion(village: Secretary, who: int) -> int:
    """An opinion that somebody raised some time ago."""
    with village.database.write() as db:
        (number,) = db.execute("select id from people where telegram_id = ?", [who]).fetchone()
        new = NewOpinion(
            text="목련동 쉼터에 그늘막을 놓아 주세요",
            matter=Matter(),
            author=Author(person_id=number),
            raised_at="2031-05-01T09:00:00+09:00",
        )
        return record(db, new, BY, village.assistant.index_terms)


async def test_a_card_that_waits_is_not_sent_to_who_is_staff_no_more_but_a_reply_of_their_own_is(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    number = own_opinion(village, STAFF)
    async with serving_of(village, telegram, REAL):
        draft = await people.says(ANN, "/opinion 동백1동 골목에 보안등을 달아 주세요")
        await held_up(
            telegram, STAFF, lambda: telegram.presses(ANN, draft, say("opinion.button_record"))
        )
        with village.database.write() as db:
            tell_answered(db, number, "그늘막을 유월에 놓겠습니다", Promise(kind=None), REAL())
        demote(village.database)
        await asyncio.to_thread(telegram.waits_for, STAFF, 2)
    reply, role = (shown(message["text"]) for message in telegram.sent(STAFF))
    assert "그늘막을 유월에 놓겠습니다" in reply
    assert role == told(Role.CITIZEN)
    rows = village.database.read("select state, payload from outbox where chat_id = ?", [STAFF])
    assert [tuple(row) for row in rows] == [("failed", ""), ("sent", ""), ("sent", "")]


@pytest.mark.parametrize(("chat", "happens"), [(None, demote), (GROUP, narrow)])
async def test_an_answer_that_waits_is_replaced_by_one_sentence(
    village: Secretary,
    telegram: TelegramDouble,
    chat: dict[str, Any] | None,
    happens: Happens,
) -> None:
    widen(village.database)
    where = chat["id"] if chat else STAFF
    async with serving_of(village, telegram, REAL):
        await held_up(telegram, where, lambda: telegram.says(STAFF, f"/ask {LIST}", chat))
        happens(village.database)
        await asyncio.to_thread(telegram.waits_for, where, 1 if chat else 2)
    first, *others = [shown(message["text"]) for message in telegram.sent(where)]
    assert first == say("telegram.ask_again")
    assert others == ([] if chat else [told(Role.CITIZEN)])


async def test_of_an_answer_in_parts_that_waits_one_sentence_is_left(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    enrol(database, {STAFF: "staff"})
    async with serving():
        await held_up(telegram, STAFF, lambda: telegram.says(STAFF, "길게"))
        demote(database)
        await asyncio.to_thread(telegram.waits_for, STAFF, 2)
        telegram.says(STAFF, "안녕")
        await asyncio.to_thread(telegram.waits_for, STAFF, 3)
    texts = [shown(message["text"]) for message in telegram.sent(STAFF)]
    assert texts[:2] == [say("telegram.ask_again"), told(Role.CITIZEN)]
    assert texts[2].startswith("반갑습니다")


async def test_what_is_said_to_who_gives_up_a_role_themselves_arrives(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    widen(village.database)
    async with serving_of(village, telegram):
        narrowed_now = await people.says(STAFF, "/bind public", chat=GROUP)
        asked = await people.says(STAFF, "/forget_me")
        gone = await people.presses(STAFF, asked, say("opinion.button_forget"))
    assert shown(narrowed_now["text"]) == say("group.set", level=say("visibility.public"))
    assert shown(gone["text"]).startswith(say("opinion.forgot"))


def test_an_administrator_who_is_only_staff_by_then_may_less_though_they_see_as_much(
    database: CouncilDatabase,
) -> None:
    enrol(database, {STAFF: "administrator"})
    with database.write() as db:
        person = meet(db, STAFF, REAL)
        exchange = Exchange(
            update_id=1, chat_id=STAFF, private=True, thread=None, message_id=1, person=person
        )
        assert not narrowed(db, exchange)
        db.execute("update people set role = 'staff'")
        assert narrowed(db, exchange)
