"""The search as a LangChain retriever, for chains that people build themselves."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.types import Visibility
from retrieval.embedders import Embedder
from retrieval.search import HybridSearch
from retrieval.types import Hit

Embeddings.register(Embedder)  # type: ignore[type-abstract]  # what is registered may be abstract


class HybridRetriever(BaseRetriever):
    """Passages for a question, best first.

    Attributes:
        search: The search.
        k: How many passages at most.
        audience: Highest level that may be seen.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    search: HybridSearch
    k: int = 10
    audience: Visibility = Visibility.PUBLIC

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [langchain_document(hit) for hit in self.search.search(query, self.k, self.audience)]


def langchain_document(hit: Hit) -> LangChainDocument:
    """A passage as LangChain's `Document`, which means a piece of one.

    Its id is the passage's row number; its metadata are `document` (file name), `locator`
    (headings, outermost first), `page` (None where the format has none), `score` and `passage`.
    """
    return LangChainDocument(
        id=str(hit.passage.id),
        page_content=hit.passage.text,
        metadata={
            "document": hit.document,
            "locator": " > ".join(hit.passage.heading),
            "page": hit.passage.page,
            "score": hit.score,
            "passage": hit.passage.id,
        },
    )
