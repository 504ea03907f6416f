"""Questions on the ledger: an opinion by its number or its words, those that stand somewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus import dates, places
from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.numbers import quoted, short
from corpus.ledger.opinion import Opinion
from corpus.ledger.wanted import Standing, Wanted
from corpus.messages import say
from corpus.types import Visibility
from retrieval.lookup.ledger_telling import LedgerTelling, described
from retrieval.similar_opinions import Group, SimilarOpinions
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from retrieval.understanding.ledger_words import LedgerWords, ledger_words, offices_named

# Words by which people ask for opinions and what became of them.
_CUES = re.compile(r"의견|건의|제안|민원|답변|대답|뭐래|뭐라|어떻게됐|어떻게되|조치|요청")
# What is said of any opinion, and tells none from another.
_ASKING = re.compile(
    r"(?:의견|건의|제안|민원|답변|대답|조치|요청|처리|결과|약속|목록|전체|전부|모두|모든|동안)\S*"
    r"|(?<!\S)(?:중|사이)(?:에|에서|의)?(?=\s|$)"
    r"|어떻게\s?\S*|뭐\S*|무엇\S*|어떤|몇\s?\S*|얼마나\s?많\S*|(?<!\S)(?:가운데|아직도?|지금|현재|우리)\S*"
    r"|있(?:었|나|어|니|습|는)\S*|(?:들어|나)온\S*|나왔\S*|누가\S*|언제\S*|알려\s?\S*|보여\s?\S*|말해\s?\S*"
    r"|에\s?대한|관련\S*|(?<!\S)(?:것|거|건|걸|게|줘|주세요|이야|야|한|된|의|는|은|이|가|에서|에)(?=\s|[?.!]|$)"
)
# A question shares less with an opinion than two opinions do, and must still be about it.
_ALIKE = 0.25
_MOST = 3
_LISTED = 8
# More than any council has: what is counted is counted whole.
_EVERY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question on opinions: which ones, of what matter, and whether it is on them in general."""

    words: LedgerWords
    wanted: Wanted
    subject: str
    general: bool


class LedgerLookup:
    """Answers from entries of the ledger; what papers print is answered from their records.

    Args:
        database: The council's store.
        terms: Makes index terms.
    """

    def __init__(self, database: CouncilDatabase, terms: KiwiTerms) -> None:
        self._database = database
        self._ledger = Ledger(database)
        self._similar = SimilarOpinions(database, terms)
        self._telling = LedgerTelling(database)
        self._terms = terms

    def answer(
        self, text: str, audience: Visibility, today: date, person_id: int | None = None
    ) -> Answer | None:
        """The entries that a question is about; None where it is about none.

        Args:
            text: The question, complete.
            audience: Highest level that may be seen.
            today: The day on which it is asked.
            person_id: Who alone reads the answer; they see their own whatever its level.
        """
        if number := quoted(text):
            return self._numbered(text, number, audience, person_id)
        words = ledger_words(text)
        if words.named and (number := short(text, today.year)):
            found = self._ledger.numbered(*number)
            if found is not None and found.origin == "chat":
                return self._numbered(text, number, audience, person_id)
        cued = _CUES.search("".join(text.split()))
        if not words.named and not cued:
            return None
        asked = self._read(words, audience, today, person_id)
        if words.named and (told := self._general(text, asked, audience, today, person_id)):
            return told
        if not cued:
            return None
        if words.counting:
            return self._about(text, asked, audience, today, person_id)
        return self._alike(text, _ASKING.sub(" ", text), audience)

    # -- one by its number ------------------------------------------------------------------------
    def _numbered(
        self, text: str, number: tuple[int, int], audience: Visibility, person_id: int | None
    ) -> Answer:
        opinion = self._ledger.numbered(*number)
        own = opinion is not None and person_id is not None and opinion.author_id == person_id
        if opinion is None or not opinion.words(Visibility.STAFF if own else audience):
            return Answer(text=say("ledger.not_visible"), basis=Basis.NONE, standalone=text)
        return self._telling.told(text, [opinion], audience, author_id=person_id)

    # -- those that stand somewhere ---------------------------------------------------------------
    def _general(
        self,
        text: str,
        asked: _Asked,
        audience: Visibility,
        today: date,
        person_id: int | None,
    ) -> Answer | None:
        words = asked.words
        if words.results:
            return self._results(text, audience, today)
        if words.mine and person_id is None:
            return Answer(text=say("ledger.mine_in_private"), basis=Basis.NONE, standalone=text)
        if not asked.general:
            return None
        if asked.subject:
            return self._about(text, asked, audience, today, person_id)
        found = self._ledger.listed(asked.wanted, audience, today)
        chat = words.mine or any(one.origin == "chat" for one in found)
        if not chat and not _plain(asked):
            return None
        if not found:
            return self._none(text, asked, audience, today)
        what = described(asked.wanted)
        count = self._ledger.count(asked.wanted, audience, today)
        head = say("ledger.head" if what else "ledger.head_all", what=what, count=count)
        return self._listed(text, found, count, head, asked, audience, person_id)

    def _listed(
        self,
        text: str,
        found: Sequence[Opinion],
        count: int,
        head: str,
        asked: _Asked,
        audience: Visibility,
        person_id: int | None,
    ) -> Answer:
        most = _MOST if asked.words.counting else _LISTED
        if count > most:
            head = f"{head} {say('ledger.newest', count=most)}"
        basis = Basis.COMPUTED if asked.words.counting else Basis.RECORDS
        return self._telling.told(
            text, found[:most], audience, head=head, basis=basis, author_id=person_id
        )

    def _read(
        self, words: LedgerWords, audience: Visibility, today: date, person_id: int | None
    ) -> _Asked:
        """Which opinions are meant, and of what matter."""
        offices, rest = offices_named(words.rest, self._ledger.departments(audience))
        wanted = Wanted(
            state=words.state,
            standing=words.standing,
            promise=words.promise,
            overdue=words.overdue,
            departments=offices,
            author_id=person_id if words.mine else None,
        )
        narrowed = wanted != Wanted(departments=offices)
        if words.since_meeting and (held := self._ledger.meetings.last(today, audience)):
            wanted = replace(wanted, since=held)
        for mention in dates.relative(rest, today)[:1]:
            if mention.first and mention.last:
                since, until = mention.first.isoformat(), mention.last.isoformat()
                wanted = replace(wanted, since=since, until=until)
            rest = rest[: mention.start] + rest[mention.end :]
        for place in places.find_dongs(rest, self._ledger.dongs(audience))[:1]:
            wanted = replace(wanted, dong=place.keys[0])
            rest = rest[: place.start] + rest[place.end :]
        subject = _ASKING.sub(" ", rest)
        subject = subject if self._terms.query_terms(subject) else ""
        came = words.came and wanted != Wanted()
        counted = words.counting and not subject
        return _Asked(
            words=words, wanted=wanted, subject=subject, general=narrowed or came or counted
        )

    def _none(self, text: str, asked: _Asked, audience: Visibility, today: date) -> Answer | None:
        """That there is none of a kind, where there are others that could have been."""
        every = self._ledger.count(Wanted(author_id=asked.wanted.author_id), audience, today)
        if asked.words.mine and not every:
            return Answer(text=say("opinion.none_yours"), basis=Basis.NONE, standalone=text)
        if not every:
            return None
        what = described(asked.wanted)
        said = say("ledger.none_such", what=what, count=every)
        return Answer(text=said, basis=Basis.COMPUTED, standalone=text)

    def _results(self, text: str, audience: Visibility, today: date) -> Answer | None:
        """지난 회의 조치결과: every promise since the last meeting."""
        since = self._ledger.meetings.last(today, audience) or ""
        found = self._ledger.promises(since, today, audience)
        if not found:
            return None
        title = say("actions.since", date=since) if since else say("actions.all")
        head = say("actions.head", head=title, count=len(found))
        if len(found) > _LISTED:
            head = f"{head} {say('ledger.newest', count=_LISTED)}"
        return self._telling.told(text, found[::-1][:_LISTED], audience, head=head)

    # -- those that say something -----------------------------------------------------------------
    def _about(
        self,
        text: str,
        asked: _Asked,
        audience: Visibility,
        today: date,
        person_id: int | None,
    ) -> Answer | None:
        """Opinions that name what is asked for, else those that are like it; how many these are."""
        # Somebody's own are picked out below, so whose others are does not matter.
        level = audience if asked.wanted.author_id is None else Visibility.STAFF
        things, group = self._similar.naming(asked.subject, level)
        if not (named := bool(group.opinions)):
            group = self._similar.group(asked.subject, level)
        every = len(group.opinions)
        group = Group(opinions=self._narrowed(group.opinions, asked.wanted, audience, today))
        counting = asked.words.counting
        chat = any(one.origin == "chat" for one in group.opinions)
        if not chat and not (named and counting):
            return None
        what = described(asked.wanted)
        among = say("ledger.among", what=what) if what else ""
        said = {"among": among, "things": ", ".join(things)}
        if not group.opinions:
            none = say("ledger.none_naming", **said, count=every)
            return Answer(text=none, basis=Basis.COMPUTED, standalone=text)
        where = "ledger.in_dongs" if group.dongs else "ledger.anywhere"
        head = say(
            "ledger.counted_naming" if named else "ledger.counted_alike",
            **said,
            count=len(group.opinions),
            where=say(where, dongs=len(group.dongs), names=", ".join(group.dongs)),
        )
        count = len(group.opinions)
        return self._listed(text, group.opinions, count, head, asked, audience, person_id)

    def _narrowed(
        self, opinions: Sequence[Opinion], wanted: Wanted, audience: Visibility, today: date
    ) -> tuple[Opinion, ...]:
        """Those that are wanted; a neighbourhood may also stand in their words alone."""
        others = replace(wanted, dong="")
        if others != Wanted():
            kept = {one.id for one in self._ledger.listed(others, audience, today, most=_EVERY)}
            opinions = [one for one in opinions if one.id in kept]
        return tuple(
            one
            for one in opinions
            if wanted.dong in (one.matter.dong or "".join(one.words(audience).split()))
        )

    def _alike(self, text: str, subject: str, audience: Visibility) -> Answer | None:
        if not self._any(audience):
            return None
        found = self._similar.find(subject, audience, _MOST)
        chat = [
            one.opinion for one in found if one.likeness >= _ALIKE and one.opinion.origin == "chat"
        ]
        # What a paper says best is answered from the paper, with its own quote.
        if not chat or found[0].opinion.origin != "chat":
            return None
        return self._telling.told(text, chat, audience)

    def _any(self, audience: Visibility) -> bool:
        row = self._database.unchanged(
            "select 1 from opinions where origin = 'chat' and visibility <= ?"
            " and state <> 'withdrawn' limit 1",
            [int(audience)],
        )
        return row is not None


def _plain(asked: _Asked) -> bool:
    """Whether a question is on all opinions of the ledger, papers' too, and on nothing else."""
    unkept = asked.words.overdue or asked.words.standing in {
        Standing.UNANSWERED,
        Standing.UNFINISHED,
    }
    every = asked.words.counting and asked.wanted == Wanted()
    return (unkept or every) and not asked.subject and not asked.wanted.departments
