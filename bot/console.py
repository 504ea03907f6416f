"""The conversation in a terminal, and its plain form for pipes."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from bot.assistant import Assistant
from bot.viewing import KOREAN, VIEWS, chosen, first, ways
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer, Basis, Turn
from retrieval.views.page import Page

_LEAVE = {"/quit", "/exit", "/끝", "quit", "exit"}
_HELP = {"/help", "/start", "/도움말", "/시작"}
_SOURCES = {"/sources", "/자료"}
_REMEMBERED = 5


class ConsoleChat:
    """One person's conversation at the console.

    Args:
        assistant: Whom the person talks to.
        audience: What the person may see.
        console: Where it is written; rich in a terminal, plain when piped.
    """

    def __init__(
        self, assistant: Assistant, audience: Visibility, console: Console | None = None
    ) -> None:
        self._assistant = assistant
        self._audience = audience
        self._console = console or Console(highlight=False)
        self._earlier: list[Turn] = []
        self._page: Page | None = None
        self._dong = ""

    def run(self) -> None:
        """Talk until the person leaves or standard input ends."""
        if not sys.stdin.isatty():
            self.answer_lines(sys.stdin)
            return
        self._greet()
        while True:
            try:
                line = Prompt.ask(Text(say("console.prompt"), style="bold cyan"))
            except (EOFError, KeyboardInterrupt):
                break
            if line.strip().lower() in _LEAVE:
                break
            self._handle(line)
        self._console.print(say("console.goodbye"))

    def answer_lines(self, lines: Iterable[str]) -> None:
        """Answer each line and end; blank lines are passed over."""
        for line in lines:
            if line.strip():
                self._line(f"> {line.strip()}", style="bold")
                self._handle(line)

    def show(self, answer: Answer, *, end: bool = True) -> None:
        """Write an answer with its notices and sources.

        Args:
            answer: The answer.
            end: Whether a blank line follows, as nothing belongs to it any more.
        """
        self._write(answer.text)
        for citation in answer.citations:
            where = " · ".join(part for part in (citation.title, citation.locator) if part)
            self._write(f"[{citation.number}] {where}\n    “{citation.quote}”", style="dim")
        for notice in answer.notices:
            self._write(f"※ {notice}", style="yellow")
        for choice in answer.choices:
            self._write(f"· {choice}", style="cyan")
        if end:
            self._console.print()

    def show_page(self, page: Page) -> None:
        """Write a page of a view, with a number before every way on."""
        self._page = page
        if page.title:
            self._line(f"  {page.title}", style="bold")
        self.show(self._assistant.shown(page, self._audience), end=not ways(page))
        for number, link in enumerate(ways(page), start=1):
            self._write(f"{number:>2}. {link.label}", style="cyan")
        if ways(page):
            self._write(say("view.choose"), style="dim")
            self._console.print()

    def _write(self, text: str, style: str = "") -> None:
        indented = "\n".join(f"  {line}" for line in text.splitlines())
        self._line(indented, style)

    def _line(self, text: str, style: str = "") -> None:
        """Wrapped at words in a terminal, never in a pipe."""
        self._console.print(Text(text, style=style), soft_wrap=not self._console.is_terminal)

    def _handle(self, line: str) -> None:
        command = line.strip().lower()
        if command in _HELP:
            self._write(say("console.help"))
            self._console.print()
        elif command in _SOURCES:
            self._list_papers()
        elif not self._view(line.strip()):
            self._answer(line)

    def _view(self, line: str) -> bool:
        """Show the page that a command or a number asks for; False where it asks for none."""
        name, _, rest = line.removeprefix("/").partition(" ")
        view = VIEWS.get(KOREAN.get(name, name.lower())) if line.startswith("/") else None
        views = self._assistant.views
        if view is not None:
            page = first(views, view, rest.strip() or self._dong, self._audience)
        elif self._page is not None and line.isdecimal() and (to := chosen(self._page, line)):
            page = views.page(to, self._audience)
        else:
            return False
        if page is None:
            self._write(say("view.gone"))
            self._console.print()
            return True
        self._dong = self._dong or page.dong
        self.show_page(page)
        return True

    def _answer(self, line: str) -> None:
        self._page = None
        answer = self._assistant.ask(
            line, audience=self._audience, earlier=self._earlier, dong=self._dong
        )
        if answer.basis is not Basis.DIALOGUE:
            self._earlier = [*self._earlier, answer.turn][-_REMEMBERED:]
        self.show(answer)

    def _greet(self) -> None:
        self._console.print(Text(say("console.greeting"), style="bold"))
        if self._assistant.sample:
            self._console.print(Text(say("answer.sample"), style="yellow"))
        for example in self._assistant.examples(self._audience):
            self._console.print(Text(f"  · {example}", style="cyan"))
        self._console.print()

    def _list_papers(self) -> None:
        papers = self._assistant.papers(self._audience)
        if not papers:
            self._line(say("console.no_papers"))
        for paper in papers:
            self._line(f"  {paper.dated or '-':10}  {paper.title}  ({paper.name})")
        self._console.print()
