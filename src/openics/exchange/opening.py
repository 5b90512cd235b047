"""What a channel does with bytes received: prove who sent them and get the interchange out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from openics.decision.room import Cursor


@dataclass(frozen=True, slots=True)
class Received:
    """An intake row taken from the queue, with its bytes as received."""

    intake: int
    channel: str
    content: bytes
    sender: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the gateway checked, for the journey page; `rule` is the published id where there is one."""

    name: str
    passed: bool
    detail: str = ""
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """The check as JSON values."""
        return {"name": self.name, "passed": self.passed, "detail": self.detail, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Opened:
    """The interchange, proved to come from `site`.

    `gateway_key` is the fingerprint of the gateway's certificate to which it was encrypted, None where nothing was.
    `automatic` says that it calls itself an automatic answer: no notice answers it.
    `ciphers` are those that the site says it reads where this is news, else None. With `for_others` it was signed by a
    recognised host bureau, whose interchanges may belong to sites of other clients.
    """

    site: str
    interchange: bytes
    checks: tuple[Check, ...] = ()
    gateway_key: str | None = None
    automatic: bool = False
    ciphers: tuple[str, ...] | None = None
    for_others: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing is done with the bytes.

    `notify` is the site whose administrator is told in plain text, empty where nobody can be told: a forged identity gets
    no answer. `gateway_key` is as for `Opened`; it may be a key that is used no more. With `withheld` the reason is for
    the operator alone: told outside, it would help to open other people's mail by sending variants of it.
    """

    code: str
    text: str
    fix: str
    rule: str = ""
    notify: str = ""
    checks: tuple[Check, ...] = ()
    gateway_key: str | None = None
    withheld: bool = False

    @property
    def outside(self) -> tuple[str, str, str, str]:
        """Code, text, fix and rule, as anybody but the operator learns them."""
        if self.withheld:
            return "not-opened", _NOT_OPENED, _FIX_OPENED, "E4"
        return self.code, self.text, self.fix, self.rule


_NOT_OPENED = "The mail does not open with the gateway's key, or the signature in it is not right."
_FIX_OPENED = (
    "Encrypt to the gateway's certificate now in force and sign with the site's key. Industry test says which of the two "
    "it is, and so does customs on the telephone."
)


class Opener(Protocol):
    """Opens what one channel receives; `load` fetches the facts for a batch in a fixed number of queries."""

    def load(self, cursor: Cursor, batch: Sequence[Received], now: datetime) -> Any: ...

    def open(self, received: Received, facts: Any, now: datetime) -> Opened | Refused: ...
