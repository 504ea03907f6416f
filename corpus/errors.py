"""Everything that can go wrong, by what the caller can do about it.

    CouncilError
      ConfigError                 the file or the environment is wrong; the text names the key
      CorpusError
        StoreError                the database is missing, foreign or newer than this program
        BackupError               a backup cannot be written, read or put back; nothing was changed
        BusyError                 another process holds what is asked for; try again later
        UnsupportedFormatError    permanent: no reader for this content
        UnreadableDocumentError   permanent: damaged, locked, empty, or too large
        LedgerError               an opinion cannot be changed so
          OvertakenError          somebody else was faster; the text says what they did
          NotAllowedError         where it stands, this cannot be done
      RetrievalError
        IndexMismatchError        the index was built by other means: run `dongne reindex`
        EmbedderError             the model is missing or answers in the wrong shape
        ModelError                the chat model may not be called or failed; answers do without

Each message ends with what to do, in Korean where a person of the office reads it. What the papers
do not say is no error: it is an answer with `Basis.NONE`.
"""

from __future__ import annotations

from corpus.messages import say


class CouncilError(Exception):
    """Root of all errors that this program raises on purpose."""


class ConfigError(CouncilError):
    """The configuration file or an environment variable is wrong."""


class CorpusError(CouncilError):
    """Something about papers or the store."""


class StoreError(CorpusError):
    """The database cannot be used as it is."""


class BackupError(CorpusError):
    """A backup cannot be written, read or restored."""


class BusyError(CorpusError):
    """Another process holds the lock that this one needs."""


class UnsupportedFormatError(CorpusError):
    """No reader knows this content.

    Args:
        code: Key of `[unsupported]` in `corpus/messages.toml`.
    """

    def __init__(self, code: str = "unknown") -> None:
        super().__init__(say(f"unsupported.{code}"))
        self.code = code


class UnreadableDocumentError(CorpusError):
    """A file of a known format that cannot be read.

    Args:
        code: Key of `[unreadable]` in `corpus/messages.toml`: one line with reason and remedy.
    """

    def __init__(self, code: str) -> None:
        super().__init__(say(f"unreadable.{code}"))
        self.code = code


class LedgerError(CorpusError):
    """An opinion of the ledger cannot be changed so."""


class OvertakenError(LedgerError):
    """Somebody else changed the opinion since it was seen."""


class NotAllowedError(LedgerError):
    """The state of the opinion does not allow this."""


class RetrievalError(CouncilError):
    """Something about searching or answering."""


class IndexMismatchError(RetrievalError):
    """The index was built by another embedder or analyser."""


class EmbedderError(RetrievalError):
    """The embedding model cannot be used."""


class ModelError(RetrievalError):
    """The chat model may not be called or does not answer; whoever asked gets an answer without."""
