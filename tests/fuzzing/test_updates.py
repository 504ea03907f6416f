"""Any update over real HTTP, of the right types and of wrong ones: the bot goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.channel import Channel
from corpus.database import CouncilDatabase
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import running, settings
from tests.fuzzing import PIECES, TEXTS, examples
from tests.support.people import enrol
from tests.support.secretary import Secretary, day
from tests.support.telegram import BOT, TelegramDouble, person, private, shown, supergroup

CITIZEN, CLERK = 501, 502
TODAY = day("2031-06-01")
NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, 10**30))
WORDS = TEXTS.map(lambda text: text[:4000] or "예산")
COMMANDS = st.sampled_from(
    [
        *(
            "start",
            "ask",
            "opinion",
            "my",
            "ledger",
            "actions",
            "budget",
            "decisions",
            "plan",
            "회의",
        ),
        *(
            "programs",
            "sources",
            "help",
            "privacy",
            "review",
            "meeting",
            "note",
            "minutes",
            "brief",
        ),
        *("unanswered", "stats", "people", "bind", "cancel", "forget_me", "의견", "nonsense", ""),
    ]
)
HEADS = st.sampled_from(
    [
        "s",
        "v",
        "c",
        "p",
        "e",
        "f",
        "w",
        "h",
        "m",
        "a",
        "k",
        "n",
        "rk",
        "re",
        "ru",
        "rf",
        "rn",
        "rs",
        "rx",
        "mm",
        "mw",
        "ms",
        "mo",
        "ml",
        "mz",
        "mc",
        "ma",
        "mr",
        "mb",
        "mi",
        "nk",
        "ni",
        "nd",
        "nr",
        "nl",
        "nf",
        "vx",
        "vs",
        "vf",
        "va",
        "vr",
        "vl",
        "pl",
        "pm",
        "po",
        "ol",
        "oc",
        "od",
        "os",
        "ok",
        "ot",
        "oa",
        "oh",
        "of",
        "ox",
        "op",
        "ul",
        "uo",
        "ua",
        "uv",
        "us",
        "zz",
    ]
)
MIDDLES = st.one_of(NUMBERS.map(str), PIECES, st.sampled_from(["answer", "drop", "x", "d", "take"]))
DATA = st.tuples(HEADS, st.lists(MIDDLES, max_size=4)).map(
    lambda one: (
        ":".join((one[0], *one[1])).encode("utf-8", "replace")[:64].decode("utf-8", "ignore")
    )
)
TYPED = st.one_of(WORDS, st.tuples(COMMANDS, WORDS).map(lambda one: f"/{one[0]} {one[1]}"))
FILE = {"file_id": "no", "file_unique_id": "no", "file_size": 3}
OTHER = st.sampled_from(
    [
        {"photo": [FILE | {"width": 9, "height": 9}]},
        {"voice": FILE | {"duration": 3}},
        {"document": FILE},
        {"location": {"latitude": 37.4, "longitude": 126.7}},
        {"contact": {"phone_number": "010-1234-5678", "first_name": "홍"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"new_chat_title": "이름"},
        {"migrate_to_chat_id": -1_000_000_000_077},
    ]
)


@st.composite
def updates(draw: st.DrawFn) -> dict[str, Any]:
    """An update as Telegram could send it, with any words in it."""
    who = draw(st.sampled_from([CITIZEN, CLERK]))
    chat = draw(st.sampled_from([private(who), supergroup()]))
    number = draw(st.integers(1, 40))
    message = {"message_id": number, "date": 1, "chat": chat, "from": person(who)}
    kind = draw(st.sampled_from(["text", "text", "edit", "press", "press", "other"]))
    if kind == "press":
        below = message | {"from": BOT, "text": "단추"}
        query = {"id": "1", "from": person(who), "chat_instance": "1", "message": below}
        return {"callback_query": query | {"data": draw(DATA)}}
    if kind == "other":
        return {"message": message | draw(OTHER)}
    message["text"] = draw(TYPED)
    if kind == "edit":
        return {"edited_message": message | {"edit_date": 2}}
    if draw(st.booleans()):
        message["reply_to_message"] = message | {"from": BOT, "text": "답"}
    return {"message": message}


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """An update in which some value has a type that it never has."""
    update = draw(updates())
    (inner,) = update.values()
    key = draw(st.sampled_from(sorted(inner)))
    inner[key] = draw(st.sampled_from([None, [], {}, -1, 1.5, "말", {"id": "말"}, [[]]]))
    return update


async def _survived(folder: Path, found: list[dict[str, Any]], *, right: bool) -> None:
    secretary = Secretary(folder, KiwiTerms(), TODAY)
    enrol(secretary.database, {CLERK: "staff"})
    with TelegramDouble() as telegram:
        channel = Channel(
            secretary.assistant, secretary.database, settings(telegram), lambda: TODAY
        )
        async with running(channel):
            for update in found:
                telegram.brings(update)
            asked = telegram.says(503, "목련동 예산은 얼마인가요?")
            await asyncio.to_thread(telegram.waits_for, 503, 1)
            await asyncio.to_thread(telegram.wait, lambda: not _open(secretary.database))
        _judge(secretary.database, telegram, found, right=right)
        assert asked
    secretary.close()


def _open(database: CouncilDatabase) -> bool:
    return bool(database.read("select 1 from inbox where state = 'waiting'"))


def _judge(
    database: CouncilDatabase, telegram: TelegramDouble, found: list[dict[str, Any]], *, right: bool
) -> None:
    failed = database.read("select update_id from inbox where state = 'failed'")
    wrong = [
        update for update in telegram.updates if update["update_id"] in {row[0] for row in failed}
    ]
    assert not right or not wrong, wrong
    for message in telegram.messages.values():
        if message["bot"]:
            text = shown(message["text"])
            assert "Traceback" not in text
            assert str(database.folder) not in text


def _some(strategy: st.SearchStrategy[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """So many updates; the bot is started once for all of them."""
    found: list[dict[str, Any]] = []

    @examples(count)
    @given(strategy)
    def collect(update: dict[str, Any]) -> None:
        found.append(update)

    collect()
    return found


def test_whatever_people_write_and_press_has_an_answer(tmp_path: Path) -> None:
    asyncio.run(_survived(tmp_path, _some(updates(), 120), right=True))


def test_whatever_telegram_never_sends_ends_nothing(tmp_path: Path) -> None:
    asyncio.run(_survived(tmp_path, _some(broken(), 80), right=False))
