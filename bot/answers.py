"""Answers as JSON, the form in which the store keeps them."""

from __future__ import annotations

import dataclasses
import json

from retrieval.types import Answer, Basis, Citation


def encode(answer: Answer) -> str:
    """An answer with its citations as one line of JSON; its rows are only for use at once."""
    fields = dataclasses.asdict(answer)
    del fields["rows"], fields["compared"]
    return json.dumps(fields, ensure_ascii=False)


def decode(line: str) -> Answer:
    """The answer that `encode` wrote.

    Raises:
        ValueError: The line is no answer; it was written by something else.
    """
    try:
        fields = json.loads(line)
        fields["citations"] = tuple(Citation(**citation) for citation in fields["citations"])
        fields["basis"] = Basis(fields["basis"])
        for name in ("notices", "choices"):
            fields[name] = tuple(fields[name])
        return Answer(**fields)
    except (KeyError, TypeError) as error:
        raise ValueError("not an answer of this program") from error
