"""What an operator decides about the chat model."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """A server that speaks OpenAI's protocol, and what it may cost.

    Attributes:
        base_url: Its address, up to `/v1`.
        name: The model's name on that server.
        key: What the server wants to see; may be empty.
        wait: Seconds that a person's answer may come later for the model's sake.
        patience: Seconds that a draft for staff may take, for which nobody's answer waits.
        calls: How often one question may call.
        tokens: Tokens that one question may cost, sent and written.
        daily: Calls a day, of everybody together.
        public_only: Whether only public material may go to an address outside the office.
    """

    base_url: str
    name: str
    key: str = ""
    wait: float = 8.0
    patience: float = 60.0
    calls: int = 3
    tokens: int = 12_000
    daily: int = 500
    public_only: bool = True

    @property
    def local(self) -> bool:
        """Whether the server is this machine or stands in a private network.

        Only addresses in figures and `localhost` are: what a name leads to may change.
        """
        host = urlsplit(self.base_url).hostname or ""
        if host == "localhost":
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or address.is_private

    @property
    def sees_internal(self) -> bool:
        """Whether it may be shown what its asker may see, and not public material alone."""
        return self.local or not self.public_only
