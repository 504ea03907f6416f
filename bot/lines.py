"""Questions and searches as lines of JSON, for other programs."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from typing import Any, TextIO

from bot.assistant import Assistant
from corpus.messages import say
from corpus.types import Visibility
from retrieval.search import HybridSearch
from retrieval.types import Answer, Basis, Turn
from retrieval.understanding.printed_data import mask_printed

_REMEMBERED = 5


def answer_jsonl(
    assistant: Assistant, questions: TextIO, answers: TextIO, audience: Visibility
) -> None:
    """Answer `{"case", "user", "turn"}` lines with one line each, in order.

    Turns of one case share a memory, which lasts for this call; a line without case has none. With
    `"mode": "classify"` a line is classified instead. A line that cannot be read is answered by
    `{"error": …}`.
    """
    memory: dict[str, list[Turn]] = defaultdict(list)
    for line in questions:
        if not line.strip():
            continue
        request = _read(line, "turn")
        if request is None:
            reply: dict[str, Any] = {"error": say("cli.bad_line")}
        elif request.get("mode") == "classify":
            reply = _classified(assistant, request["turn"])
        else:
            case = request.get("case")
            earlier = [] if case is None else memory[str(case)]
            reply = _answered(assistant, request["turn"], audience, earlier)
        answers.write(json.dumps(reply, ensure_ascii=False) + "\n")
        answers.flush()


def _read(line: str, key: str) -> dict[str, Any] | None:
    """The object of a line; None where it is none or `key` is no text."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(request, dict) or not isinstance(request.get(key), str):
        return None
    return request


def _classified(assistant: Assistant, text: str) -> dict[str, Any]:
    utterance = assistant.classify(text)
    return {"label": utterance.label, "dong": utterance.dong, "topic": utterance.topic}


def _answered(
    assistant: Assistant, text: str, audience: Visibility, earlier: list[Turn]
) -> dict[str, Any]:
    begun = time.perf_counter()
    answer = assistant.ask(text, audience=audience, earlier=earlier)
    if answer.basis is not Basis.DIALOGUE:
        earlier.append(answer.turn)
        del earlier[:-_REMEMBERED]
    return as_json(answer) | {"ms": round((time.perf_counter() - begun) * 1000, 1)}


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as other programs read it."""
    return {
        "text": answer.text,
        "citations": [
            {
                "number": citation.number,
                "document": citation.document,
                "title": citation.title,
                "quote": citation.quote,
                "locator": citation.locator,
            }
            for citation in answer.citations
        ],
        "basis": answer.basis.value,
        "notices": list(answer.notices),
        "choices": list(answer.choices),
    }


def search_jsonl(
    search: HybridSearch, queries: TextIO, results: TextIO, audience: Visibility, count: int
) -> None:
    """Answer `{"query"}` lines with `{"results": […]}` lines, in order."""
    for line in queries:
        if not line.strip():
            continue
        request = _read(line, "query")
        if request is None:
            reply: dict[str, Any] = {"error": say("cli.bad_line")}
        else:
            reply = {"results": search_results(search, request["query"], audience, count)}
        results.write(json.dumps(reply, ensure_ascii=False) + "\n")
        results.flush()


def search_results(
    search: HybridSearch, query: str, audience: Visibility, count: int
) -> list[dict[str, Any]]:
    """The best passages for a query, at most `count`, best first; masked but for staff."""
    staff = audience >= Visibility.STAFF
    return [
        {
            "document": hit.document,
            "locator": " > ".join(hit.passage.heading),
            "score": round(hit.score, 4),
            "text": hit.passage.text if staff else mask_printed(hit.passage.text),
        }
        for hit in search.results(query, count, audience)
    ]
