"""Where the vector collections live: in memory, in a folder, or on a Chroma server."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.errors import IndexMismatchError, RetrievalError
from corpus.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from chromadb.api import ClientAPI
    from chromadb.config import Settings

Kind = Literal["ephemeral", "persistent", "http"]

# A server that does not answer must not keep a person waiting; its slowest batch takes 0.1 s.
_CONNECT_SECONDS = 3.0
_ANSWER_SECONDS = 10.0
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chroma:
    """A place for collections; chromadb is imported at the first use (1.1 s).

    Attributes:
        kind: `ephemeral` (this process's memory), `persistent` (a folder) or `http` (a server).
        path: The folder, for `persistent`.
        host: Of the server.
        port: Of the server.
        ssl: Whether the server speaks HTTPS.
    """

    kind: Kind
    path: Path = Path("index")
    host: str = "127.0.0.1"
    port: int = 8000
    ssl: bool = False

    def connect(self) -> ClientAPI:
        """A client.

        Raises:
            IndexMismatchError: The folder is damaged.
            RetrievalError: The server cannot be reached.
        """
        try:
            return self._client()
        except Exception as error:  # chromadb raises a dozen kinds, its Rust part among them
            self._forget()
            raise self.failure(error) from error

    def failure(self, error: Exception) -> RetrievalError:
        """What an exception of chromadb means here, with what to do."""
        reason = (str(error) or type(error).__name__).splitlines()[0][:200]
        if self.kind == "persistent":
            return IndexMismatchError(say("index.broken", path=self.path, reason=reason))
        return RetrievalError(say("index.away", reason=reason))

    def erase(self) -> None:
        """Remove a folder that can no longer be opened; nothing for the other kinds."""
        if self.kind == "persistent":
            shutil.rmtree(self.path, ignore_errors=True)
            self._forget()

    def _client(self) -> ClientAPI:
        import chromadb

        if self.kind == "ephemeral":
            return chromadb.EphemeralClient(settings=_settings())
        if self.kind == "persistent":
            self._refuse_garbage()
            return chromadb.PersistentClient(self.path, settings=_settings())
        return self._http()

    def _refuse_garbage(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / "chroma.sqlite3"
        if file.exists():
            with file.open("rb") as opened:
                head = opened.read(len(_SQLITE))
            if head not in (b"", _SQLITE):
                raise ValueError("chroma.sqlite3 is no database")

    def _http(self) -> ClientAPI:
        import chromadb
        import httpx

        # chromadb's own client waits for ever, so a silent server is found out before it is made.
        address = f"http{'s' if self.ssl else ''}://{self.host}:{self.port}"
        httpx.get(f"{address}/api/v2/heartbeat", timeout=_CONNECT_SECONDS).raise_for_status()
        client = chromadb.HttpClient(
            host=self.host, port=self.port, ssl=self.ssl, settings=_settings()
        )
        for session in _sessions(client):
            session.timeout = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
        return client

    def _forget(self) -> None:
        """Drop what chromadb keeps of a folder that failed to open, else it fails for ever."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(self.path), None)
        SharedSystemClient._identifier_to_refcount.pop(str(self.path), None)


def release(client: ClientAPI) -> None:
    """Close a client with its connections, which its own `close` leaves open."""
    for session in _sessions(client):
        session.close()
    client.close()  # type: ignore[attr-defined]  # every client has it, their base has not


def _sessions(client: ClientAPI) -> Iterator[httpx.Client]:
    """The HTTP sessions behind a client, its own and that of its inner one; often none."""
    for owner in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(owner, "_server", None), "_session", None)
        if session is not None:
            yield session


def _settings() -> Settings:
    from chromadb.config import Settings

    # No .env of the working directory: a PERSIST_DIRECTORY there would move the index.
    return Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
