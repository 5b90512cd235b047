"""Receiving from customs: opened, checked, kept, and then confirmed with CONTRL."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from openics.edifact.envelope import Header
from openics.edifact.reader import Interchange, read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.gateway.contrl import report
from openics.messages.writing import write_message
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.smime import Bounds, Unsealed, unseal
from openics.trader.durable import write_durably
from openics.trader.errors import TraderError
from openics.trader.gateways import check_signer
from openics.trader.home import TraderHome
from openics.trader.keys import identities
from openics.trader.names import check_names
from openics.trader.notes import notes_of
from openics.trader.records import Received, Sent, load_received, load_sent, store, store_record
from openics.trader.sending import CONTROL_REFERENCE, deliver, keep, new_header

MESSAGE_REFERENCE = "1"


@dataclass(frozen=True, slots=True)
class Refused:
    """A mail that was not accepted: kept as `key`.eml, with the reason beside it."""

    key: str
    text: str
    fix: str
    rule: str


def receive(home: TraderHome, mail: bytes, now: datetime) -> Received | Refused:
    """Store what a mail brings; it is on the disk when this returns, and nothing is confirmed yet.

    The same control reference again replaces what is kept unless its UNB is dated earlier; either way it is confirmed
    anew, for customs repeats what it thinks was lost.
    """
    try:
        opened, interchange, header = open_mail(home, mail, now)
    except (PkiError, TraderError) as error:
        return _refuse(home, mail, error)
    record = Received(
        key=header.control_reference,
        control_reference=header.control_reference,
        prepared=header.date + header.time,
        received_at=now.astimezone(UTC).isoformat(),
        message_id=opened.message_id,
        signer=fingerprint(opened.signed.signer_certificate),
        notes=notes_of(interchange),
        wants_confirmation=_wants_confirmation(interchange, header),
    )
    with home.lock():
        return _keep(home, record, opened.content, mail)


def open_mail(home: TraderHome, mail: bytes, now: datetime) -> tuple[Unsealed, Interchange, Header]:
    """Decrypt, and check signer, names and addresses; raises PkiError or TraderError."""
    opened = unseal(mail, identities(home), Bounds())
    if opened.sender != home.config.gateway_address.lower():
        raise TraderError(
            f"The mail is from {opened.sender}, not from the gateway.", "Correct gateway_address if customs moved it."
        )
    signed = opened.signed
    check_signer(home, signed.signer_certificate, signed.certificates, now)
    interchange = read_interchange(opened.content)
    header = interchange.header
    if header is None:
        raise TraderError("The attachment is no UN/EDIFACT interchange.", "Ask customs to send it again.", "E2")
    _check_parties(home, header)
    check_names(header, opened.subject, opened.filename)
    return opened, interchange, header


def confirm(home: TraderHome, received: Received, now: datetime) -> Sent:
    """Send CONTRL for something received; when the mail server fails (TraderError), the next call sends it again."""
    sent = load_sent(home.sent, received.confirmation) if received.confirmation else None
    if sent is None:
        sent = keep(home, _confirmation(home, received, now), now)
        with home.lock():
            current = load_received(home.received, received.key) or received
            store_record(home.received, replace(current, confirmation=sent.key))
    return sent if sent.deliveries else deliver(home, sent, now)


def _confirmation(home: TraderHome, received: Received, now: datetime) -> bytes:
    path = home.received / f"{received.key}.edi"
    interchange = read_interchange(path.read_bytes())
    document = report(interchange, interchange.faults)
    if document is None:
        raise TraderError(f"{path} is no interchange any more.", "Put back what is attached to the mail beside it.")
    header = new_header(home, now, wants_receipt=False)
    return write_interchange(header, [write_message(document, MESSAGE_REFERENCE)])


def _check_parties(home: TraderHome, header: Header) -> None:
    config = home.config
    for what, found, right in (
        ("sender", header.sender, config.customs_site),
        ("recipient", header.recipient, config.site),
    ):
        if found != right:
            raise TraderError(f"UNB: the {what} is {found[:40]!r}, not {right!r}.", "Ask customs who it is for.")
    if not CONTROL_REFERENCE.fullmatch(header.control_reference):
        raise TraderError(
            f"UNB: the control reference is {header.control_reference[:40]!r}.", "Ask customs to send it again."
        )


def _wants_confirmation(interchange: Interchange, header: Header) -> bool:
    """CONTRL is never answered, whatever its header asks: so two systems cannot answer each other for ever."""
    only_reports = all(raw.type == "CONTRL" for raw in interchange.messages)
    return header.acknowledgement_request and not only_reports


def _keep(home: TraderHome, record: Received, content: bytes, mail: bytes) -> Received:
    before = load_received(home.received, record.key)
    if before is None:
        store(home.received, record, content, mail)
        return record
    if record.prepared < before.prepared:
        record = replace(before, confirmation="", arrivals=before.arrivals + 1)
        store_record(home.received, record)
        return record
    record = replace(record, arrivals=before.arrivals + 1)
    store(home.received, record, content, mail)
    return record


def _refuse(home: TraderHome, mail: bytes, error: PkiError | TraderError) -> Refused:
    refused = Refused(sha256(mail).hexdigest()[:16], error.text, error.fix, error.rule)
    reason = {"text": refused.text, "fix": refused.fix, "rule": refused.rule}
    write_durably(home.refused / f"{refused.key}.eml", mail)
    write_durably(home.refused / f"{refused.key}.json", json.dumps(reason, indent=2).encode() + b"\n")
    return refused
