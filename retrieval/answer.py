"""A question to an answer: small talk, then passages, then an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.messages import say
from corpus.notes import Notes
from corpus.types import Span, Visibility
from retrieval.abbreviations import Abbreviations
from retrieval.claims import Claim, claimed
from retrieval.disputes import Disputes
from retrieval.holding import tells_time
from retrieval.known_names import KnownNames
from retrieval.lookup.ledger import LedgerLookup
from retrieval.lookup.lookup import Lookup
from retrieval.pointing import Pointing
from retrieval.proportion import proportion, shared
from retrieval.prose import Prose
from retrieval.reckoning import reckoned
from retrieval.staff_answers import StaffAnswers
from retrieval.suggestions import suggestions
from retrieval.twofold import Twofold, appended, lacks, names_own, together, twofold
from retrieval.types import Answer, Basis, Hit, Turn
from retrieval.understanding.family_names import names_joined
from retrieval.understanding.follow_up import standalone
from retrieval.understanding.languages import in_korean, introduction, language
from retrieval.understanding.question import Question, Want, soft_words, understand
from retrieval.understanding.small_talk import dialogue, without_orders
from retrieval.weighing import Weigher

_FOREIGN_FOLLOW_UP = 3
_MOST_NOTICES = 3
# Making an example costs some questions; papers without one are passed over.
_EXAMPLES, _EXAMPLE_PAPERS = 3, 6
_SOFT = frozenset(word for want in Want for word in soft_words(want))


class Answerer:
    """Answers questions from the papers.

    Args:
        database: The council's store, of which a question sees one moment.
        lookup: Answers from records.
        ledger: Answers from opinions that came by chat.
        staff_answers: Answers that staff gave to questions asked before.
        prose: Answers from passages.
        weigher: Puts mistyped words right.
        documents: The papers.
        notes: What staff said of the records.
        disputes: What papers claim differently.
        names: The people that papers name.
        abbreviations: Writes out shortened names.
    """

    def __init__(
        self,
        *,
        database: CouncilDatabase,
        lookup: Lookup,
        ledger: LedgerLookup,
        staff_answers: StaffAnswers,
        prose: Prose,
        weigher: Weigher,
        documents: Documents,
        notes: Notes,
        disputes: Disputes,
        names: KnownNames,
        abbreviations: Abbreviations,
    ) -> None:
        self._database = database
        self._lookup = lookup
        self._pointing = Pointing(lookup)
        self._ledger = ledger
        self._staff_answers = staff_answers
        self._prose = prose
        self._weigher = weigher
        self._documents = documents
        self._notes = notes
        self._disputes = disputes
        self._names = names
        self._abbreviations = abbreviations

    def answer(
        self,
        text: str,
        audience: Visibility,
        earlier: Sequence[Turn],
        now: datetime,
        person_id: int | None = None,
    ) -> Answer:
        """Answer one message.

        Args:
            text: Cleaned text, of any length and content.
            audience: Highest level that may be used.
            earlier: The conversation so far, oldest first.
            now: When it was asked.
            person_id: Who alone reads the answer; they see opinions of their own.

        Returns:
            An answer; `Basis.NONE` with the nearest papers where they do not say.
        """
        with self._database.moment():
            text = names_joined(without_orders(text))
            if key := dialogue(text):
                return Answer(text=say(f"dialogue.{key}"), basis=Basis.DIALOGUE)
            if (code := language(text)) != "ko":
                korean = in_korean(text, self._lookup.places(audience))
                if korean:
                    # A whole foreign sentence is a few Korean words, which look like a follow-up.
                    before = earlier if len(text.split()) <= _FOREIGN_FOLLOW_UP else ()
                    return _introduced(self._answer(korean, audience, before, now, person_id), code)
            return self._answer(text, audience, earlier, now, person_id)

    def _answer(
        self,
        text: str,
        audience: Visibility,
        earlier: Sequence[Turn],
        now: datetime,
        person_id: int | None,
    ) -> Answer:
        known = self._lookup.places(audience)

        def again(question: str) -> Answer:
            return self._openly(question, audience, now)

        if answer := self._pointing.among(text, earlier, audience, again, now.date()):
            return self.warned(answer, audience)
        complete = self._pointing.completed(text, earlier, audience, again) or standalone(
            text, earlier, self._weigher.names, known
        )
        if told := self._ledger.answer(complete, audience, now.date(), person_id):
            return told
        mended = self._weigher.of(audience).mended(complete, _SOFT | set(known))
        for asked in dict.fromkeys((complete, mended)):
            if given := self._staff_answers.answer(asked, audience, now.date()):
                return given
        claim = claimed(mended)
        if claim and (checked := self._checked(claim, mended, audience, now)):
            return checked
        answer = self._openly(mended, audience, now)
        return self._written_out(complete, audience, now) or answer if _none(answer) else answer

    def _written_out(self, text: str, audience: Visibility, now: datetime) -> Answer | None:
        """The answer to a question with an abbreviation written out; None without one."""
        whole = self._abbreviations.expanded(text, audience, self._weigher.of(audience).knows)
        answer = self._openly(whole.text, audience, now) if whole else None
        if whole is None or answer is None or _none(answer):
            return None
        notice = say("answer.written_out", short=whole.short, long=whole.long)
        return replace(answer, notices=(notice, *answer.notices))

    def _checked(
        self, claim: Claim, text: str, audience: Visibility, now: datetime
    ) -> Answer | None:
        """A claim compared with what is printed; None where nothing can be compared."""
        answer = self._openly(claim.openly, audience, now)
        right = claim.holds(answer.text) if answer.citations else None
        known = not claim.person or self._names.is_person(claim.said, audience)
        if not known or (claim.person and answer.basis is Basis.PASSAGES and not right):
            right = None  # no person whom the papers name, or lines that may be of another office
        if claim.person and right is None and answer.basis is Basis.RECORDS:
            return replace(answer, standalone=text)  # who holds the office is told anyway
        if right is None:
            return None
        if not right and answer.basis is Basis.COMPUTED:
            # A sum of rows may differ from the one that the paper prints elsewhere.
            for question in (claim.openly, text):
                printed = self._prose.answer(understand(question, now.date()), audience)
                if printed.citations and claim.holds(printed.text):
                    right, answer = True, printed
                    break
        said = say("answer.claim_right" if right else "answer.claim_wrong")
        return replace(answer, text=f"{said}\n{answer.text}", standalone=text)

    def _openly(self, text: str, audience: Visibility, now: datetime) -> Answer:
        """The answer to one question, or to both of a message that asks two."""
        whole = self._one(text, audience, now)
        if whole.basis is not Basis.COMPUTED and (part := proportion(text)):
            of_part = self._one(part.openly, audience, now)
            if told := shared(part, of_part, self._lookup.citations().text):
                return replace(told, standalone=text)
        asked = twofold(text)
        if asked is None or not lacks(asked, text, whole):
            return whole
        first = self._one(asked.first, audience, now)
        second = self._second(asked, first, audience, now)
        return replace(together(asked, (first, second), whole), standalone=text)

    def _second(
        self, asked: Twofold, first: Answer, audience: Visibility, now: datetime
    ) -> Answer | None:
        """The answer to the second of two questions; None where nobody knows what it is about."""
        if asked.sides:
            return self._one(f"{asked.subject} {asked.second}", audience, now)
        names, known = self._weigher.names, self._lookup.places(audience)
        if names_own(names(asked.second)):
            return self._one(asked.second, audience, now)
        if lead := self._pointing.stood_out(asked.first, first, audience) or asked.lead:
            return self._one(f"{lead} {asked.second}", audience, now)
        turn = [Turn(question=asked.first, basis=first.basis)]
        text = standalone(f"그리고 {asked.second}", turn, names, known)
        if text == f"{asked.first} {asked.second}":
            text = f"{asked.subject} {asked.second}" if asked.subject else ""
        return self._one(text, audience, now) if text else None

    def _one(self, text: str, audience: Visibility, now: datetime) -> Answer:
        question = understand(text, now.date(), self._lookup.places(audience))
        exact = self._lookup.answer(question, audience)
        if exact and question.want is Want.TIME and not tells_time(exact.text):
            told = self._prose.answer(question, audience)
            exact = None if told.basis is Basis.PASSAGES else exact
        if exact:
            told = replace(exact, about=self._lookup.place_told(exact, audience))
            told = reckoned(question.text, self._with_reason(question, told, audience))
            return self.warned(told, audience)
        if question.relative and min(question.relative) > question.today.year:
            question = replace(question, years=question.relative)
        return reckoned(question.text, self._prose.answer(question, audience))

    def _with_reason(self, question: Question, answer: Answer, audience: Visibility) -> Answer:
        """A change whose row gives no reason, with the line of the papers that does."""
        none = say("change.no_reason")
        if not answer.text.endswith(none):
            return answer
        reason = self._prose.answer(question, audience)
        said = replace(answer, text=answer.text.removesuffix(none).rstrip())
        return appended(said, reason) if reason.basis is Basis.PASSAGES else answer

    def warned(self, answer: Answer, audience: Visibility) -> Answer:
        """An answer with what must be said of the rows and places that it rests on.

        Args:
            answer: An answer from records, or a page of a view as one.
            audience: Highest level that may be seen.
        """
        found = [
            warning
            for citation in answer.citations
            for warning in self._documents.findings(
                citation.document_id, Span(start=citation.start, end=citation.end)
            )
        ]
        cited = [citation.record_id for citation in answer.citations if citation.record_id]
        used = list(dict.fromkeys((*cited, *answer.rows)))
        said = (*self._notes.corrected(used), *answer.notices, *self._notes.doubted(used), *found)
        whole = replace(answer, notices=tuple(dict.fromkeys(said)))
        told = self._disputes.told(whole, used, audience)
        return replace(told, notices=told.notices[:_MOST_NOTICES])

    def gist(self, text: str, now: datetime) -> str:
        """By what a question in the same words is known again; empty where it says nothing."""
        return self._staff_answers.gist(text, now.date())

    def near(
        self, text: str, audience: Visibility, now: datetime
    ) -> tuple[Question, tuple[Hit, ...], dict[int, str]]:
        """A question taken apart, the passages that come near to it, and their papers' titles."""
        question = understand(text, now.date(), self._lookup.places(audience))
        return question, *self._prose.near(question, audience)

    def questions(self, document_id: int, audience: Visibility, now: datetime) -> tuple[str, ...]:
        """Up to three questions that a paper answers; none where the audience may not see it."""
        rows = self._lookup.rows(document_id, audience)
        headings = self._documents.headings(document_id, audience)
        return suggestions(rows, headings, lambda text: self.answer(text, audience, (), now))

    def examples(self, audience: Visibility, now: datetime) -> tuple[str, ...]:
        """Up to three questions that the papers at hand answer, one from each of the newest."""
        found: list[str] = []
        for paper in self._documents.visible(audience)[:_EXAMPLE_PAPERS]:
            found += self.questions(paper.id, audience, now)[:1]
        return tuple(dict.fromkeys(found))[:_EXAMPLES]


def _none(answer: Answer) -> bool:
    return answer.basis is Basis.NONE


def _introduced(answer: Answer, code: str) -> Answer:
    """An answer with a sentence above it in the language of the question."""
    said = introduction(code, answered=answer.basis is not Basis.NONE)
    return replace(answer, text=f"{said}\n{answer.text}")
