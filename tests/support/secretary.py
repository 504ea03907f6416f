"""A real secretary over papers of a test: real reading, real records, keywords without vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.assistant import Assistant
from bot.chat_model import ChatModel
from bot.opinions import Opinions
from bot.wiring import answering
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.files import files_under
from corpus.ingest import Ingest, Receipt
from corpus.readers import Limits
from corpus.types import Visibility
from retrieval.keywords import KeywordIndex
from retrieval.known_names import KnownNames
from retrieval.model.second_pass import SecondPass
from retrieval.model.settings import ModelSettings
from retrieval.search import HybridSearch
from retrieval.spelling import Spelling
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis, Turn
from retrieval.understanding.utterances import Utterance, classify
from retrieval.views.views import Views
from retrieval.weighing import Weigher

LIMITS = Limits(seconds=60, file_bytes=10**7, unpacked_bytes=10**8)
_PASSAGES = 8
_REMEMBERED = 5


class Secretary:
    """An assistant with its store; without vectors, so that answers are the same everywhere.

    Args:
        folder: Where the store is made.
        terms: Makes index terms; one may serve many stores.
        today: What the clock shows.
        chat: A chat model, if any.
    """

    def __init__(
        self,
        folder: Path,
        terms: KiwiTerms,
        today: datetime,
        chat: ModelSettings | None = None,
    ) -> None:
        self.terms = terms
        self.folder = folder
        self.today = today
        self.database = CouncilDatabase(folder / "data")
        self.documents = Documents(self.database, terms.index_terms)
        keywords = KeywordIndex(self.database)
        self.spelling = Spelling(self.database)
        self.weigher = Weigher(terms, keywords, self.spelling)
        self.ingest = Ingest(self.database, self.documents, LIMITS, lambda: today)
        search = HybridSearch(
            terms=terms, keywords=keywords, vectors=None, documents=self.documents
        )
        self.answerer = answerer = answering(
            self.database, self.documents, search, self.weigher, terms, _PASSAGES
        )

        names = KnownNames(self.database)

        def utterance(text: str, audience: Visibility) -> Utterance:
            return classify(
                text,
                tokenize=terms.kiwi.tokenize,
                known_dongs=names.dongs(audience),
                known_programmes=names.programmes(audience),
            )

        opinions = Opinions(self.database, terms, names, utterance)
        self.assistant = Assistant(
            answerer,
            self.documents,
            utterance,
            lambda: today,
            opinions=opinions,
            index_terms=terms.index_terms,
            views=Views(self.database),
            second=self.second_pass(chat) if chat else None,
            drafts=self.model(chat).drafts(opinions) if chat else None,
        )

    def model(self, chat: ModelSettings) -> ChatModel:
        """A chat model at work on this store."""
        return ChatModel(chat, self.database, self.terms, lambda: self.today)

    def second_pass(self, chat: ModelSettings) -> SecondPass:
        """What a chat model adds to answers from this store."""
        return self.model(chat).second_pass(self.answerer, self.documents, self.weigher)

    def take(
        self, paths: Sequence[Path], visibility: Visibility = Visibility.PUBLIC
    ) -> list[Receipt]:
        """Bring in files and folders."""
        return list(self.ingest.run(files_under(paths), visibility))

    def write(
        self, papers: Mapping[str, str], visibility: Visibility = Visibility.PUBLIC
    ) -> list[Receipt]:
        """Bring in papers given by file name and text."""
        inbox = self.folder / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        for name, text in papers.items():
            (inbox / name).write_text(text, encoding="utf-8")
        return self.take([inbox / name for name in papers], visibility)

    def ask(
        self,
        *turns: str,
        audience: Visibility = Visibility.PUBLIC,
        today: datetime | None = None,
    ) -> Answer:
        """The answer to the last turn of a conversation."""
        return self.conversation(turns, audience, today)[-1]

    def conversation(
        self,
        turns: Sequence[str],
        audience: Visibility = Visibility.PUBLIC,
        today: datetime | None = None,
    ) -> list[Answer]:
        """The answer to every turn, remembered as channels remember."""
        earlier: list[Turn] = []
        answers: list[Answer] = []
        for turn in turns:
            answer = self.assistant.ask(
                turn, audience=audience, earlier=earlier[-_REMEMBERED:], now=today or self.today
            )
            if answer.basis is not Basis.DIALOGUE:
                earlier.append(answer.turn)
            answers.append(answer)
        return answers

    def texts(self) -> dict[str, str]:
        """The full text of every paper by its name."""
        rows = self.database.read("select name, text from documents")
        return {row["name"]: row["text"] for row in rows}

    def close(self) -> None:
        self.database.close()


def day(text: str) -> datetime:
    """Nine in the morning of a day, in the council's time without a zone file."""
    return datetime.fromisoformat(f"{text}T00:00:00").replace(tzinfo=UTC)
