"""What the trader keeps of each interchange sent and received: the bytes, the mail, and a record of what they are.

An interchange lies in three files: KEY.edi, KEY.eml (the sealed mail) and KEY.json (the record), written in this order:
without its record it does not exist.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from openics.trader.durable import write_durably


@dataclass(frozen=True, slots=True)
class Note:
    """What one message of an interchange is.

    `name` is the ICS short name (the UN/EDIFACT type for an unknown one). `about` is, for CONTRL, the control reference
    of the interchange it reports on; `verdict` is what an answer says, in words; `rejected` whether it says no; `error`
    the syntax error that a CONTRL gives for the whole interchange.
    """

    name: str
    reference: str
    sender_reference: str = ""
    version: int | None = None
    about: str = ""
    verdict: str = ""
    rejected: bool = False
    error: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An interchange that we made; `deliveries` are the times (ISO 8601, UTC) at which a mail server took it.

    `intake` is the gateway's number for it where it was handed in over HTTPS; the receipt lies beside it as KEY.receipt.
    """

    key: str
    control_reference: str
    message_id: str
    created_at: str
    notes: tuple[Note, ...]
    deliveries: tuple[str, ...] = ()
    error: str = ""
    intake: int = 0

    @property
    def confirms(self) -> bool:
        """Whether it holds only CONTRL."""
        return all(note.name == "CONTRL" for note in self.notes)


@dataclass(frozen=True, slots=True)
class Received:
    """An interchange from customs.

    `prepared` is the date and time of its UNB (YYMMDDHHMM), `arrivals` counts its transmissions, `signer` is the
    SHA-256 of the gateway certificate; `confirmation` is the key of our CONTRL, empty as long as there is none.
    """

    key: str
    control_reference: str
    prepared: str
    received_at: str
    message_id: str
    signer: str
    notes: tuple[Note, ...]
    wants_confirmation: bool
    confirmation: str = ""
    arrivals: int = 1


def store(directory: Path, record: Sent | Received, interchange: bytes, mail: bytes) -> None:
    """Write an interchange durably, the record last."""
    write_durably(directory / f"{record.key}.edi", interchange)
    write_durably(directory / f"{record.key}.eml", mail)
    store_record(directory, record)


def store_record(directory: Path, record: Sent | Received) -> None:
    """Write or replace a record durably."""
    write_durably(directory / f"{record.key}.json", json.dumps(asdict(record), indent=2).encode() + b"\n")


def load_sent(directory: Path, key: str) -> Sent | None:
    """The record of something sent; None when there is none."""
    data = _load(directory, key)
    return None if data is None else replace(Sent(**data), deliveries=tuple(data["deliveries"]))


def load_received(directory: Path, key: str) -> Received | None:
    """The record of something received; None when there is none."""
    data = _load(directory, key)
    return None if data is None else Received(**data)


def all_sent(directory: Path) -> Iterator[Sent]:
    """Every record of something sent, in the order of their making."""
    found = (load_sent(directory, path.stem) for path in directory.glob("*.json"))
    return iter(sorted((each for each in found if each), key=lambda each: (each.created_at, each.key)))


def all_received(directory: Path) -> Iterator[Received]:
    """Every record of something received, in the order of arrival."""
    found = (load_received(directory, path.stem) for path in directory.glob("*.json"))
    return iter(sorted((each for each in found if each), key=lambda each: (each.received_at, each.key)))


def _load(directory: Path, key: str) -> dict[str, Any] | None:
    path = directory / f"{key}.json"
    if not path.exists():
        return None
    data: dict[str, Any] = json.loads(path.read_bytes())
    data["notes"] = tuple(Note(**note) for note in data["notes"])
    return data
