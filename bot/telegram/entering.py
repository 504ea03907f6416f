"""The dialogue in which staff add or complete a programme, one question at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.forms import MOST, Form, begun, kept
from bot.render import clipped, escaped
from bot.telegram.accounts import account
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.keyboards import ENTRY, FORM
from bot.telegram.pressed import pressed_data, pressed_label
from corpus.entries import DONG, ENTRIES, PROGRAMME
from corpus.messages import level_name, say
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant

# Whose dialogue it is.
PROGRAMME_FORM = "programme"
# Names offered to choose from; more would hide the question on a phone.
_NAMES, _LABEL = 8, 60
_LEVELS = {"public": Visibility.PUBLIC, "staff": Visibility.STAFF}


class Entering:
    """Handlers of the form for programmes.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Knows neighbourhoods and programmes, and keeps new ones.
        dialogues: Talks of several messages.
    """

    def __init__(self, desk: Desk, assistant: Assistant, dialogues: Dialogues) -> None:
        self._desk = desk
        self._assistant = assistant
        self._dialogues = dialogues

    async def begin(self, update: Update, context: Any) -> None:
        """Ask the first question, or the open one of a form that was left."""
        exchange = await self._opened(update)
        if not _may(exchange):
            await self._say(exchange, "entry.staff_only")
            return
        number = int(pressed_data(update, ENTRY)[1])
        dong = await self._desk.think(lambda: self._assistant.views.dong(number, Visibility.STAFF))
        left = self._form(exchange)
        same = left is not None and (not dong or left.entries.get(DONG) == dong)
        await self._ask(exchange, left if left and same else begun(dong))

    async def said(self, update: Update, context: Any) -> None:
        """Take what was written as the answer to the open question."""
        message = update.effective_message
        text = (message.text or "") if message else ""
        await self._told(await self._desk.open(update), text)

    async def chose(self, update: Update, context: Any) -> None:
        """Take the name on the pressed button as the programme."""
        exchange = await self._opened(update)
        form = self._form(exchange)
        if form is None or form.step != PROGRAMME:
            await self._say(exchange, "entry.no_form")
            return
        await self._told(exchange, pressed_label(update))

    async def pressed(self, update: Update, context: Any) -> None:
        """Skip a question, begin again, give up, or keep the programme."""
        exchange = await self._opened(update)
        what = pressed_data(update, FORM)[1]
        form = self._form(exchange)
        if form is None or not _may(exchange):
            await self._say(exchange, "entry.no_form")
        elif what == "stop":
            await self._end(exchange, say("entry.stopped"))
        elif what == "again":
            await self._ask(exchange, begun(form.entries.get(DONG, "")))
        elif what == "skip":
            optional = form.step not in ("", DONG, PROGRAMME)
            await self._ask(exchange, form.skipped() if optional else form)
        else:
            await self._save(exchange, form, _LEVELS[what])

    def _form(self, exchange: Exchange) -> Form | None:
        state = self._dialogues.state(exchange, PROGRAMME_FORM)
        return None if state is None else Form(**state)

    async def _told(self, exchange: Exchange, text: str) -> None:
        form = self._form(exchange)
        if form is None or not form.step or not _may(exchange):
            await self._say(exchange, "entry.no_form")
            return
        line = kept(form.step, text)
        if form.step == DONG:
            line = await self._desk.think(
                lambda: self._assistant.views.dong_meant(line, Visibility.STAFF)
            )
            if not line:
                await self._ask(exchange, form, say("entry.no_dong"))
                return
        if not line:
            await self._ask(exchange, form, say("entry.empty"))
        elif len(line) > MOST:
            await self._ask(exchange, form, say("entry.too_long", most=MOST))
        else:
            masked = say("entry.masked") if line != text.strip() and "[" in line else ""
            await self._ask(exchange, self._known(form.told(line)), masked)

    def _known(self, form: Form) -> Form:
        """A form with what staff have entered of that programme before."""
        if form.step != _AFTER_NAME:
            return form
        before = self._assistant.entered(form.entry)
        told = {key: before[key] for key in ENTRIES if key in before}
        return Form(step=form.step, entries={**told, **form.entries})

    async def _ask(self, exchange: Exchange, form: Form, before: str = "") -> None:
        """Write the form down together with its next question."""
        names = await self._desk.think(lambda: self._names(form))
        text = "\n".join(filter(None, (before, _question(form))))
        markup = _buttons(form, names)

        def effects(db: Any) -> None:
            open_dialogue(db, exchange, PROGRAMME_FORM, form.state, self._desk.now())
            self._desk.post(db, exchange, escaped(text), markup)

        await self._desk.close(exchange, effects)

    def _names(self, form: Form) -> Sequence[str]:
        if form.step != PROGRAMME:
            return ()
        dong = form.entries.get(DONG, "")
        names = self._assistant.views.programme_names(dong, Visibility.STAFF)
        # The label is the name that is taken: one that had to be cut would be another programme.
        return [name for name in names if len(name) <= _LABEL][:_NAMES]

    async def _save(self, exchange: Exchange, form: Form, level: Visibility) -> None:
        if form.step or not form.entry.told:
            await self._ask(exchange, form)
            return
        told = say("entry.saved", level=level_name(level))

        def effects(db: Any) -> None:
            self._assistant.enter(form.entry, level)
            at, shown = self._desk.now(), level.name.lower()
            account(db, exchange, at, "enter", "programme", visibility=shown)
            close_dialogue(db, exchange)
            self._desk.post(db, exchange, escaped(told))

        await self._desk.close(exchange, effects)

    async def _end(self, exchange: Exchange, text: str) -> None:
        def effects(db: Any) -> None:
            close_dialogue(db, exchange)
            self._desk.post(db, exchange, escaped(text))

        await self._desk.close(exchange, effects)

    async def _say(self, exchange: Exchange, sentence: str) -> None:
        await self._desk.reply(exchange, escaped(say(sentence)))

    async def _opened(self, update: Update) -> Exchange:
        return await self._desk.pressed(update)


_AFTER_NAME = tuple(ENTRIES)[2]


def _may(exchange: Exchange) -> bool:
    return exchange.private and exchange.audience is Visibility.STAFF


def _question(form: Form) -> str:
    """What is asked now, or the whole as it would be kept."""
    if not form.step:
        if not form.entry.told:
            return say("entry.nothing")
        lines = [f"{ENTRIES[key]}: {value}" for key in ENTRIES if (value := form.entries.get(key))]
        return "\n".join([say("entry.card"), *lines])
    asked = say(f"entry.ask_{form.step}", dong=form.entries.get(DONG, ""))
    now = form.entries.get(form.step)
    return "\n".join([asked, say("entry.now", value=now)]) if now else asked


def _buttons(form: Form, names: Sequence[str]) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(clipped(name, _LABEL), callback_data=f"n:{index}")]
        for index, name in enumerate(names)
    ]
    chosen = ["again", "stop"]
    if form.step:
        chosen = ["stop"] if form.step in (DONG, PROGRAMME) else ["skip", "stop"]
    elif form.entry.told:
        rows += [[_button(f"save_{level}", level)] for level in _LEVELS]
    rows.append([_button(what, what) for what in chosen])
    return InlineKeyboardMarkup(rows)


def _button(sentence: str, what: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(say(f"entry.{sentence}"), callback_data=f"k:{what}")
