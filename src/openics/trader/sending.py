"""Sending an interchange to customs: checked, named, signed, encrypted, kept, delivered."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import make_msgid
from enum import Enum

from openics.edifact.envelope import Header
from openics.edifact.reader import Interchange, read_header, read_interchange
from openics.edifact.writer import UnwritableError, write_interchange
from openics.messages.reading import read_message
from openics.pki.errors import PkiError
from openics.pki.smime import Outgoing, seal
from openics.trader.counter import next_control_reference
from openics.trader.durable import write_durably
from openics.trader.errors import TraderError
from openics.trader.gateways import encryption_certificate
from openics.trader.home import Config, TraderHome
from openics.trader.https import Gateway
from openics.trader.keys import signing_identity
from openics.trader.names import names_to_customs
from openics.trader.notes import notes_of
from openics.trader.records import Sent, load_sent, store, store_record
from openics.trader.transport import post

LARGEST = 10_000_000
"""Bytes of an interchange, rule E5."""
FAULTS_SHOWN = 5
CONTROL_REFERENCE = re.compile(r"[A-Za-z0-9]{1,14}")


class Reference(Enum):
    """Which control reference an interchange is sent under."""

    KEEP = "keep"
    """Its own, and its bytes unchanged; refused when it was used before."""
    NEW = "new"
    """The next of ours, with the present date and time."""
    REUSE = "reuse"
    """Its own, even when it was used before: customs answers with syntax error 26."""


def send(
    home: TraderHome,
    content: bytes,
    now: datetime,
    *,
    reference: Reference = Reference.KEEP,
    check: bool = True,
) -> Sent:
    """Send an interchange, or messages (UNH to UNT) that are put into one; returns its record once a server took it.

    With `check` nothing leaves that customs would refuse for its envelope, syntax or layout. When the mail server fails
    (TraderError) the mail is kept: `send_again`.
    """
    interchange = prepare(home, content, now, new_reference=reference is Reference.NEW, check=check)
    return deliver(home, keep(home, interchange, now, reuse_reference=reference is Reference.REUSE), now)


def send_again(home: TraderHome, key: str, now: datetime) -> Sent:
    """Send the very same mail once more; customs takes the same bytes once."""
    sent = load_sent(home.sent, key)
    if sent is None:
        raise TraderError(f"Nothing was sent as {key}.", "`openics client show` lists what was.")
    return deliver(home, sent, now)


def prepare(
    home: TraderHome, content: bytes, now: datetime, *, new_reference: bool = False, check: bool = True
) -> bytes:
    """The interchange that would be sent; TraderError says what is wrong with it and where."""
    if content.lstrip().startswith(b"UNH"):
        content = _enveloped(home, content, now)
    elif new_reference:
        content = _renumbered(home, content, now)
    if check:
        check_interchange(home.config, content)
    return content


def keep(home: TraderHome, interchange: bytes, now: datetime, *, reuse_reference: bool = False) -> Sent:
    """Seal an interchange and store it with its mail, not delivered yet."""
    header = _header(interchange)
    names = names_to_customs(header)
    outgoing = Outgoing(
        sender=home.config.address,
        recipient=home.config.gateway_address,
        subject=names.subject,
        filename=names.filename,
        content=interchange,
        message_id=make_msgid(domain=home.config.address.partition("@")[2]),
        date=now,
    )
    try:
        mail = seal(outgoing, signing_identity(home, now), [encryption_certificate(home, now)])
    except PkiError as error:
        raise TraderError(error.text, error.fix, error.rule) from error
    notes = notes_of(read_interchange(interchange))
    with home.lock():
        key = _free_key(home, header.control_reference, reuse_reference)
        sent = Sent(key, header.control_reference, outgoing.message_id, _written(now), notes)
        store(home.sent, sent, interchange, mail)
    return sent


def deliver(home: TraderHome, sent: Sent, now: datetime) -> Sent:
    """Hand a kept mail to the mail server, or over HTTPS, and note when it was taken, or why it was not (TraderError)."""
    try:
        sent = _hand_over(home, sent, (home.sent / f"{sent.key}.eml").read_bytes(), now)
    except TraderError as error:
        store_record(home.sent, replace(sent, error=error.text))
        fix = f"{error.fix} The mail is kept: `openics client send --again {sent.key}`."
        raise TraderError(error.text, fix, error.rule) from error
    sent = replace(sent, deliveries=(*sent.deliveries, _written(now)), error="")
    store_record(home.sent, sent)
    return sent


def _hand_over(home: TraderHome, sent: Sent, mail: bytes, now: datetime) -> Sent:
    if not home.config.gateway_url:
        post(home.config, mail)
        return sent
    receipt, signed = Gateway(home).hand_in(mail, now)
    write_durably(home.sent / f"{sent.key}.receipt", signed)
    return replace(sent, intake=receipt.intake)


def check_interchange(config: Config, content: bytes) -> None:
    """Raise TraderError for what makes customs refuse an interchange before looking at its meaning."""
    if len(content) > LARGEST:
        raise TraderError(f"The interchange has {len(content)} bytes; customs takes {LARGEST}.", "Split it.", "E5")
    header = _header(content)
    for name, found, right in (
        ("sender (S002/0004)", header.sender, config.site),
        ("recipient (S003/0010)", header.recipient, config.customs_site),
        ("test indicator (0035)", "1" if header.test else "", "1" if config.test else ""),
    ):
        if found != right:
            raise TraderError(
                f"UNB: the {name} is {found!r}, but this site's configuration says {right!r}.",
                "Correct the interchange, or config.toml.",
                "E7",
            )
    if problems := _problems(read_interchange(content)):
        shown = "\n".join(problems[:FAULTS_SHOWN])
        more = f"\n({len(problems) - FAULTS_SHOWN} more)" if len(problems) > FAULTS_SHOWN else ""
        fix = "Mend it; `openics edi check FILE` shows each place. To send it as it is: --unchecked."
        raise TraderError(f"Customs would refuse the interchange:\n{shown}{more}\n", fix)


def new_header(home: TraderHome, now: datetime, *, wants_receipt: bool = True) -> Header:
    """A header from this site to customs, under the next control reference, dated by this machine's clock."""
    local = now.astimezone()
    config = home.config
    return Header(
        sender=config.site,
        owner=config.site,
        recipient=config.customs_site,
        date=f"{local:%y%m%d}",
        time=f"{local:%H%M}",
        control_reference=next_control_reference(home, local),
        acknowledgement_request=wants_receipt,
        test=config.test,
    )


def _enveloped(home: TraderHome, messages: bytes, now: datetime) -> bytes:
    read = read_interchange(b"UNB+UNOC:3+X+X+000101:0000+1'" + messages.strip() + b"UNZ+0+1'")
    if not read.messages:
        raise TraderError("The file begins with UNH but holds no complete message.", "End each message with UNT.")
    return write_interchange(new_header(home, now), [raw.segments for raw in read.messages])


def _renumbered(home: TraderHome, content: bytes, now: datetime) -> bytes:
    given = _header(content)
    read = read_interchange(content)
    new = new_header(home, now)
    header = replace(given, control_reference=new.control_reference, date=new.date, time=new.time)
    segments = [raw.segments for raw in read.messages]
    try:
        return write_interchange(header, segments, separators=read.separators, una=read.una, newline=read.newline)
    except UnwritableError as error:
        raise TraderError(f"The interchange cannot be written again: {error}.", "Mend it first.") from error


def _header(content: bytes) -> Header:
    header = read_header(content)
    if header is None:
        raise TraderError(
            "This is no UN/EDIFACT interchange: it begins neither with UNA or UNB nor with UNH.",
            "Give an interchange, or messages from UNH to UNT.",
            "E2",
        )
    if not CONTROL_REFERENCE.fullmatch(header.control_reference):
        raise TraderError(
            f"UNB: the control reference (0020) is {header.control_reference[:40]!r}.",
            "Use 1 to 14 letters and digits, or let one be made: --new-reference.",
            "E6",
        )
    return header


def _problems(read: Interchange) -> list[str]:
    faults = list(read.faults)
    for raw in read.messages:
        reading = read_message(raw)
        faults += [*reading.faults, *reading.data_faults]
    return [f"  {fault.place}: {fault.text}" for fault in faults]


def _free_key(home: TraderHome, control_reference: str, reuse: bool) -> str:
    if load_sent(home.sent, control_reference) is None:
        return control_reference
    if not reuse:
        raise TraderError(
            f"The control reference {control_reference} was sent before; customs refuses it a second time (error 26).",
            f"Give it a new one: --new-reference. To send the same mail once more: --again {control_reference}.",
        )
    copies = 2
    while load_sent(home.sent, f"{control_reference}-{copies}") is not None:
        copies += 1
    return f"{control_reference}-{copies}"


def _written(now: datetime) -> str:
    return now.astimezone(UTC).isoformat()
