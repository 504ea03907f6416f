"""What a benchmark runs on: papers as files, and queries with what is right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "corpus" / "sample"
SAMPLE_QUERIES = REPOSITORY / "tests" / "golden" / "search.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query and what is right.

    Attributes:
        text: The query.
        documents: Names or ids that are right.
        evidence: Text that the right passage holds; empty where any of the document will do.
    """

    text: str
    documents: frozenset[str]
    evidence: str

    def judged(self, hits: Sequence[tuple[str, str]]) -> tuple[list[str], set[str]]:
        """A ranking and the relevant ids for `retrieval.evaluate`, from (document, text) hits."""
        if not self.evidence:
            return list(dict.fromkeys(document for document, _ in hits)), set(self.documents)
        evidence = _folded(self.evidence)
        ranking = [
            "right" if document in self.documents and evidence in _folded(text) else str(place)
            for place, (document, text) in enumerate(hits)
        ]
        return ranking, {"right"}


def papers(jsonl: Path | None) -> list[Path]:
    """The file given, or the sample papers."""
    return [jsonl] if jsonl else sorted(path for path in SAMPLE.iterdir() if path.is_file())


def queries(path: Path | None, limit: int) -> list[Query]:
    """Lines of `{"query", "relevant"}` (ids) or `{"query", "documents", "evidence"}`."""
    lines = (path or SAMPLE_QUERIES).read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines[:limit]:
        raw = json.loads(line)
        found.append(
            Query(
                text=raw["query"],
                documents=frozenset(map(str, raw.get("documents") or raw["relevant"])),
                evidence=raw.get("evidence", ""),
            )
        )
    return found


def _folded(text: str) -> str:
    return "".join(text.split())
