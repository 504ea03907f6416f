"""What every channel talks to: questions in, sourced answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.opinions import Opinions
from corpus.documents import Context, Documents
from corpus.entries import ProgrammeEntry, entry_draft
from corpus.messages import say
from corpus.text import clean
from corpus.types import Document, Visibility
from retrieval.answer import Answerer
from retrieval.types import Answer, Basis, Inquiry, Turn
from retrieval.understanding.printed_data import BEYOND, mask_pieces, shown_to
from retrieval.understanding.utterances import Utterance
from retrieval.views.page import Page
from retrieval.views.views import Views

if TYPE_CHECKING:
    from bot.staff_drafts import StaffDrafts
    from retrieval.model.second_pass import SecondPass

# 우리 동, 저희 동네; neither 우리 동아리 nor 우리 동생.
_OUR_DONG = re.compile(
    r"(?<![가-힣])(?:우리|저희)\s?동네?(?=$|[^가-힣]|[은는이의에도만을를엔과와]|에서|가(?!지)|사업|예산"
    r"|특화|주민|행정|협의체|복지|프로그램)"
)


LONGEST = 4096
"""Characters of a message that are read. Telegram lets nobody send more in one."""


class Assistant:
    """Answers people of any channel; safe to call from several threads.

    Args:
        answerer: Finds the answers.
        documents: The papers.
        classify: Tells what kind of message a text is.
        now: The clock.
        opinions: Takes opinions in.
        index_terms: Makes index terms of a text.
        views: The common views of the records.
        sample: Whether the store holds the invented sample papers; every answer then says so.
        second: What a chat model adds; None without one.
        drafts: What a chat model writes for staff; None without one.
    """

    def __init__(
        self,
        answerer: Answerer,
        documents: Documents,
        classify: Callable[[str, Visibility], Utterance],
        now: Callable[[], datetime],
        *,
        opinions: Opinions,
        index_terms: Callable[[str], str],
        views: Views,
        sample: bool = False,
        second: SecondPass | None = None,
        drafts: StaffDrafts | None = None,
    ) -> None:
        self._answerer = answerer
        self._documents = documents
        self._classify = classify
        self._now = now
        self.opinions = opinions
        self.index_terms = index_terms
        self.views = views
        self.sample = sample
        self._second = second
        self.drafts = drafts

    @property
    def writes(self) -> bool:
        """Whether a chat model words answers, which then grow."""
        return self._second is not None

    def ask(
        self,
        text: str,
        *,
        audience: Visibility,
        earlier: Sequence[Turn] = (),
        now: datetime | None = None,
        dong: str | None = None,
        person_id: int | None = None,
        growing: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer a message.

        Args:
            text: What the person typed; anything at all.
            audience: Highest level that whoever reads the answer may see.
            earlier: The conversation so far, oldest first.
            now: When it was asked; the clock's time unless given.
            dong: What "our dong" (우리 동) means to the person; empty where they have not said,
                None where the channel cannot remember it.
            person_id: Who alone reads the answer; they see opinions of their own.
            growing: Is told what a chat model has written so far, as far as it was checked.

        Returns:
            An answer; what the papers do not say is one too (`Basis.NONE`). Personal data that
            papers print is masked, but for staff.
        """
        answer = self._asked(
            text,
            audience,
            earlier,
            now or self._now(),
            dong,
            person_id,
            growing or (lambda so_far: None),
        )
        return shown_to(answer, audience)

    def _asked(
        self,
        text: str,
        audience: Visibility,
        earlier: Sequence[Turn],
        now: datetime,
        dong: str | None,
        person_id: int | None,
        growing: Callable[[str], None],
    ) -> Answer:
        text = clean(text[:LONGEST])
        if dong:
            text = _OUR_DONG.sub(dong, text)
        answer = self._answerer.answer(text, audience, tuple(earlier), now, person_id)
        if self._second is not None and not self.opinions.confidential(text):
            asked = Inquiry(text=text, audience=audience, earlier=earlier, now=now)
            answer = self._second.improved(asked, shown_to(answer, audience), growing)
        if dong == "" and answer.basis is not Basis.DIALOGUE and _OUR_DONG.search(text):
            answer = replace(answer, notices=(*answer.notices, say("view.our_dong_unknown")))
        nothing = answer.basis is Basis.NONE and answer.text.startswith(say("answer.not_found"))
        if nothing and not self._documents.count():
            return replace(answer, text=say("answer.no_papers"))
        if self.sample and answer.basis is not Basis.DIALOGUE:
            return replace(answer, notices=(say("answer.sample"), *answer.notices))
        return answer

    def shown(self, page: Page, audience: Visibility) -> Answer:
        """A page of a view as an answer: its text with sources and what must be said of them.

        Args:
            page: The page; one without anything says what to do instead.
            audience: Highest level that the reader may see.
        """
        text = page.text
        if not (page.title or text or page.links):
            todo = say("view.todo_staff" if audience is Visibility.STAFF else "view.todo")
            text = f"{say(f'no_view.{page.address.view.name.lower()}')} {todo}"
        answer = self._answerer.warned(
            Answer(text=text, citations=page.citations, basis=Basis.RECORDS), audience
        )
        sample = (say("answer.sample"),) if self.sample else ()
        whole = replace(
            answer,
            notices=(*sample, *answer.notices),
            rows=page.rows,
            compared=page.compared,
        )
        return shown_to(whole, audience)

    def gist(self, text: str, now: datetime | None = None) -> str:
        """By what a question in the same words is known again; empty where it says nothing."""
        return self._answerer.gist(clean(text[:LONGEST]), now or self._now())

    def enter(self, entry: ProgrammeEntry, visibility: Visibility) -> None:
        """Keep a programme that staff entered today; an earlier entry of it goes away.

        Inside an open transaction of the store it is part of that transaction.
        """
        now = self._now()
        self._documents.put_anew(entry_draft(entry, now.date()), visibility, now)

    def entered(self, entry: ProgrammeEntry) -> dict[str, str]:
        """What staff have entered of a programme so far, by key of `corpus.entries.ENTRIES`."""
        number = self._documents.at_source(entry.source, Visibility.STAFF)
        return {} if number is None else self.views.entered(number)

    def classify(self, text: str, audience: Visibility = Visibility.PUBLIC) -> Utterance:
        """What kind of message a text is: opinion, question, small talk, note, personal data."""
        return self._classify(clean(text[:LONGEST]), audience)

    def papers(self, audience: Visibility) -> list[Document]:
        """The papers that an audience may see, newest first, without their texts."""
        return self._documents.visible(audience)

    def context(
        self, document_id: int, start: int, end: int, audience: Visibility, margin: int = 300
    ) -> Context | None:
        """A quote in its surroundings, personal data masked but for staff.

        None where the audience may not see the paper.
        """
        if audience >= Visibility.STAFF:
            return self._documents.context(document_id, start, end, audience, margin)
        wide = self._documents.context(document_id, start, end, audience, margin + BEYOND)
        if wide is None:
            return None
        first = max(0, len(wide.before) - margin)
        quote = len(wide.before)
        after = quote + len(wide.quote)
        cuts = (first, quote, after, after + min(margin, len(wide.after)))
        pieces = mask_pieces(wide.before + wide.quote + wide.after, cuts)
        return replace(wide, before=pieces[0], quote=pieces[1], after=pieces[2])

    def examples(self, audience: Visibility) -> tuple[str, ...]:
        """Up to three questions that the papers at hand answer."""
        return self._answerer.examples(audience, self._now())

    def questions(self, document_id: int) -> tuple[str, ...]:
        """Up to three questions that one paper answers, for whoever brought it in."""
        return self._answerer.questions(document_id, Visibility.STAFF, self._now())
