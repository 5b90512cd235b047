"""What a site sent and was sent since a run began, as plain records (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Lodged:
    """One message of the site: what it is, and what was decided on it; `about` is the control reference a CONTRL quotes."""

    id: int
    name: str
    sender_reference: str
    version: int | None
    function: str
    state: str
    subject: str
    findings: tuple[Mapping[str, Any], ...] = ()
    about: str = ""

    @property
    def words(self) -> str:
        """How a report calls it."""
        numbered = f" version {self.version}" if self.version else ""
        return f"{self.name} {self.sender_reference}{numbered}".strip()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came from the site, or claimed to; `site` is empty unless it was proved.

    `refusal` is the gateway's reason, `digest` the SHA-256 of the bytes as they came (hexadecimal), `gateway_key` the
    fingerprint of the certificate that it was encrypted to.
    """

    intake: int
    at: datetime
    channel: str
    state: str
    site: str
    digest: str
    gateway_key: str | None = None
    refusal: Mapping[str, str] | None = None
    control_reference: str = ""
    test: bool = True
    outcome: str = ""
    asks_for_contrl: bool = False
    messages: tuple[Lodged, ...] = ()

    @property
    def only_confirms(self) -> bool:
        """Whether it holds nothing but CONTRL."""
        return bool(self.messages) and all(message.name == "CONTRL" for message in self.messages)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One interchange to the site and how far it has come; `answers` are the messages of the site that it answers.

    `sends` counts the deliveries since it was first sent, or since somebody asked for it again.
    """

    item: int
    control_reference: str
    names: tuple[str, ...]
    answers: frozenset[int]
    wants_confirmation: bool
    delivered_at: datetime | None
    confirmed_at: datetime | None
    sends: int = 1
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What the run has sent a second time: the outbox item, its control reference, and when."""

    item: int
    control_reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Traffic:
    """Everything between a site and customs since `since`, in the order of arrival, as known at `now`.

    `newest_key` is the fingerprint of the gateway's certificate that traders should encrypt to; `test` the environment.
    """

    site: str
    since: datetime
    now: datetime
    test: bool
    newest_key: str
    incoming: tuple[Incoming, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    repeated: tuple[Repeated, ...] = ()

    def lodged(self) -> Iterator[tuple[Incoming, Lodged]]:
        """Every message of the site with what it came in, CONTRL apart."""
        for mail in self.incoming:
            for message in mail.messages:
                if message.name != "CONTRL":
                    yield mail, message

    def confirmations(self) -> Iterator[tuple[Incoming, Lodged]]:
        """Every CONTRL of the site with what it came in."""
        for mail in self.incoming:
            for message in mail.messages:
                if message.name == "CONTRL":
                    yield mail, message

    def answers_to(self, message: Lodged) -> tuple[Outgoing, ...]:
        """The interchanges that answer a message."""
        return tuple(item for item in self.outgoing if message.id in item.answers)
