"""The Korean analyser Kiwi, in this process or loaded by one beside it while this one starts."""

from __future__ import annotations

import atexit
import json
import re
import subprocess  # our own interpreter with our own code, never a shell  # nosec B404
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

# A question and its words are read by half a dozen parts of the program, each for itself.
_SHORT, _REMEMBERED = 300, 256
_HALF = re.compile(r"[\ud800-\udfff]")


class Token(NamedTuple):
    """A morpheme from the process beside, with what this program reads of `kiwipiepy.Token`."""

    form: str
    tag: str
    start: int
    len: int
    id: int

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + self.len


class Analyser:
    """The one Kiwi of a process, loaded at the first use.

    Kiwi takes about a second to load and holds Python's lock meanwhile, so that a thread would save
    nothing. A command that answers one question loads it in a process of its own on the second
    core while it imports and opens everything else: in three pairs of runs from cold with 10,000
    passages 2.6, 2.6 and 3.4 s instead of 3.4, 4.1 and 5.0. What works on, such as the bot, asks a
    hundred texts a question and keeps it inside.

    Without two of its dictionaries. Words of several parts: not one of the 643 lines of the sample
    papers got other tokens with them, for 190 MB and 1.6 s. Names and titles of an encyclopaedia,
    for 70 MB and 0.5 s: nDCG@10 by BM25 without and with them 0.951 and 0.951 on AutoRAG-Korean,
    0.816 and 0.816 on council papers, 0.959 and 0.960 on KorQuAD, whose texts are of one;
    right answers on the three golden sets 85.4, 87.2, 75.9 and 85.1, 87.2, 75.0 of a hundred.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kiwi: Any = None
        self._beside: subprocess.Popen[str] | None = None
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._tokens)

    def begin_beside(self) -> None:
        """Begin to load Kiwi in a process of its own, which ends with this one."""
        # -P: what lies in the folder that somebody works in is never imported.
        command = [sys.executable, "-P", "-m", __name__]
        with suppress(OSError):  # no second process: Kiwi is loaded here when it is needed
            self._beside = subprocess.Popen(  # nosec B603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
            atexit.register(self.end)

    def tokenize(self, text: str) -> Sequence[Any]:
        """Morphemes of a text, with `form`, `tag`, `start`, `end`, `len` and `id`.

        Half of a letter (a lone surrogate), which Kiwi gives back as no text, counts as a blank.
        """
        text = _HALF.sub(" ", text)
        return self._remembered(text) if len(text) <= _SHORT else self._tokens(text)

    def _tokens(self, text: str) -> Sequence[Any]:
        found = self._asked(text)
        if found is not None:
            return tuple(Token(*values) for values in found)
        return tuple(self._loaded().tokenize(text))

    def glue(self, lines: Sequence[str]) -> str:
        """Lines as one text, joined with a space or without as the words ask for."""
        return str(self._loaded().glue(lines))

    def _asked(self, text: str) -> list[list[Any]] | None:
        """The tokens as the process beside gives them; None without one."""
        with self._lock:
            beside = self._beside
            if beside is None or self._kiwi is not None:
                return None
            assert beside.stdin is not None  # for mypy: both are pipes  # nosec B101
            assert beside.stdout is not None  # nosec B101
            try:
                beside.stdin.write(json.dumps(text) + "\n")
                beside.stdin.flush()
                found: list[list[Any]] = json.loads(beside.stdout.readline())
            except (OSError, ValueError):  # it has died
                self.end()
                return None
            return found

    def _loaded(self) -> Any:
        with self._lock:
            if self._kiwi is None:
                self._kiwi = _kiwi()
            return self._kiwi

    def end(self) -> None:
        """End the process beside, if there is one."""
        if self._beside is not None:
            self._beside.kill()
            self._beside.communicate()
            self._beside = None


def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi(load_multi_dict=False, load_default_dict=False)


def _serve() -> None:
    """Answer texts, a line of JSON each, until standard input ends."""
    kiwi = _kiwi()
    kiwi.tokenize("가")  # what it leaves for the first text takes half of its second
    for line in sys.stdin:
        tokens = kiwi.tokenize(json.loads(line))
        answer = [(token.form, token.tag, token.start, token.len, token.id) for token in tokens]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


ANALYSER = Analyser()

if __name__ == "__main__":
    _serve()
