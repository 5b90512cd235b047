"""Sealed mail: one interchange attached to an empty mail, signed and then encrypted (RFC 8551).

    envelope   application/pkcs7-mime, enveloped-data
      letter   application/pkcs7-mime, signed-data, or multipart/signed
        body   multipart/mixed: empty text, one attachment; or the attachment alone

Each step of opening can be taken on its own (`envelope`, `signed_content`, `attachment`); `unseal` takes them all.
"""

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from cryptography import x509

from openics.pki import cms, mime
from openics.pki.ciphers import CIPHERS, INTEROPERABLE
from openics.pki.cms import Signed
from openics.pki.errors import Code, PkiError, malformed
from openics.pki.identity import Identity

_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_PKCS7_SIGNATURE = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+"
_FROM = re.compile(rf'(?:"(?:[^"\\]|\\.)*"[ \t]*|[^"<>@,]*)<({_ADDRESS})>|({_ADDRESS})')
_LONGEST_FIELD = 998
_AUTOMATIC = b"Auto-Submitted: auto-generated\r\n"
_FIELD = re.compile(r"[\x20-\x7e]*")

_FIX_ONE = "Send a mail with an empty body and one attachment, the interchange."
_FIX_SEAL = "Sign the mail with the site's key and encrypt it to the gateway's certificate (S/MIME)."
_FIX_MAIL = "Send an Internet mail (RFC 5322) with one From address."


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a mail is looked at: bytes in all, nesting and number of its parts."""

    max_bytes: int = 30_000_000
    max_depth: int = 20
    max_parts: int = 100


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An interchange to seal; addresses, subject, file name and Message-ID (with its angle brackets) are ASCII.

    `automatic` marks the mail as made by a machine, so that nobody's absence notice answers it (RFC 3834).
    """

    sender: str
    recipient: str
    subject: str
    filename: str
    content: bytes
    message_id: str
    date: datetime
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain text to send signed and readable to a person."""

    sender: str
    recipient: str
    subject: str
    text: str
    message_id: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    """The outside of a sealed mail, which proves nothing, and the encrypted message (`enveloped`, CMS)."""

    sender: str
    subject: str
    message_id: str
    enveloped: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """The one attachment of a mail."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unsealed:
    """An opened mail: what the outside claims, what was attached, who signed it, and which key opened it."""

    sender: str
    subject: str
    message_id: str
    filename: str
    content: bytes
    signed: Signed
    decrypted_with: Identity


def seal(
    outgoing: Outgoing,
    identity: Identity,
    certificates: Sequence[x509.Certificate],
    cipher: str = INTEROPERABLE,
) -> bytes:
    """A whole mail: the content attached, signed by `identity`, readable by the holders of `certificates`.

    `cipher` is one that they read, as `ciphers.chosen` gives it. Raises PkiError: `bad-header` for line breaks or other
    than ASCII in a header field, and what `cms.encrypt` raises.
    """
    signed = cms.sign(_with_attachment(outgoing), identity)
    letter = pkcs7_part("signed-data", signed)
    enveloped = cms.encrypt(letter, certificates, cipher)
    kind = "authEnveloped-data" if CIPHERS[cipher].authenticated else "enveloped-data"
    automatic = _AUTOMATIC if outgoing.automatic else b""
    return _mail_header(outgoing) + automatic + pkcs7_part(kind, enveloped)


def clear_sign(notice: Notice, identity: Identity) -> bytes:
    """A whole mail, multipart/signed: any mail program shows the text, and S/MIME programs check the signature."""
    text = notice.text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    body = head + _lines(text)
    boundary = _boundary()
    return b"".join(
        (
            _mail_header(notice),
            _AUTOMATIC,
            b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;\r\n boundary="',
            boundary,
            b'"\r\n\r\n--' + boundary + b"\r\n" + body + b"\r\n--" + boundary + b"\r\n",
            b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename=smime.p7s\r\n\r\n",
            _lines(cms.sign_detached(body, identity)),
            b"\r\n--" + boundary + b"--\r\n",
        )
    )


def unseal(mail: bytes, identities: Sequence[Identity], bounds: Bounds) -> Unsealed:
    """Decrypt with one of `identities`, check the signature, take out the attachment; raises PkiError.

    Whether the signer is trusted, and is who the mail claims, is for the caller to check.
    """
    outside = envelope(mail, bounds)
    opened = cms.decrypt(outside.enveloped, identities)
    signed = signed_content(opened.content, bounds)
    found = attachment(signed.content, bounds)
    return Unsealed(
        sender=outside.sender,
        subject=outside.subject,
        message_id=outside.message_id,
        filename=found.filename,
        content=found.content,
        signed=signed,
        decrypted_with=opened.identity,
    )


def claimed(mail: bytes) -> tuple[str, str]:
    """The From address (lower case) and subject that a mail claims, empty where unreadable; never raises."""
    try:
        part = mime.parse(mail[: mime.MAX_HEADER + 4])
        return _sender(part), part.field("subject")
    except PkiError:
        return "", ""


def envelope(mail: bytes, bounds: Bounds) -> Envelope:
    """The header and the encrypted message of a mail; raises PkiError, `not-encrypted` where it is not sealed."""
    if len(mail) > bounds.max_bytes:
        raise PkiError(
            "too-large",
            f"The mail has {len(mail)} bytes; at most {bounds.max_bytes} are taken.",
            "Split the interchange into several of 10 MB or less.",
            "E5",
        )
    part = mime.parse(mail)
    sender = _sender(part)
    if not _is_pkcs7(part):
        raise _not_sealed(part, bounds, "not-encrypted", "The mail is not encrypted.")
    return Envelope(sender, part.field("subject"), part.field("message-id"), part.decoded())


def signed_only(mail: bytes, bounds: Bounds) -> Envelope | None:
    """The outside of a mail that is signed and not encrypted, `enveloped` empty; None for any other. Raises PkiError."""
    if len(mail) > bounds.max_bytes:
        return None
    part = mime.parse(mail)
    signed = _is_pkcs7(part) and part.parameter("content-type", "smime-type").lower() == "signed-data"
    if not signed and part.type != "multipart/signed":
        return None
    return Envelope(_sender(part), part.field("subject"), part.field("message-id"), b"")


def signed_content(decrypted: bytes, bounds: Bounds, *, legacy: bool = False) -> Signed:
    """Check the signature of what was in the envelope; raises PkiError, `not-signed` where there is none."""
    part = mime.parse(decrypted)
    if _is_pkcs7(part):
        return cms.verify(part.decoded(), legacy=legacy)
    if part.type == "multipart/signed":
        return _clear_signed(part, legacy=legacy)
    raise _not_sealed(part, bounds, "not-signed", "The mail is encrypted but not signed.")


def attachment(content: bytes, bounds: Bounds) -> Attachment:
    """The one attachment of the signed body; raises PkiError for text (E3), none or several attachments (E1)."""
    attached = []
    for leaf in mime.leaves(mime.parse(content), bounds.max_depth, bounds.max_parts):
        if not _is_body(leaf):
            attached.append(leaf)
        elif leaf.decoded().strip():
            raise _body_text()
    if not attached:
        raise PkiError("no-attachment", "The mail has no attachment.", _FIX_ONE, "E1")
    if len(attached) > 1:
        names = ", ".join(repr(leaf.filename[:40]) for leaf in attached[:5])
        raise PkiError("two-attachments", f"The mail has {len(attached)} attachments: {names}.", _FIX_ONE, "E1")
    return Attachment(attached[0].filename, attached[0].decoded())


def _body_text() -> PkiError:
    return PkiError("body-text", "There is text in the body of the mail.", _FIX_ONE, "E3")


def _is_body(leaf: mime.Part) -> bool:
    attached = leaf.value("content-disposition") == "attachment"
    return leaf.type.startswith("text/") and not attached and not leaf.filename


def _is_pkcs7(part: mime.Part) -> bool:
    return part.type in _PKCS7 or (part.type == "application/octet-stream" and part.filename.endswith(".p7m"))


def _not_sealed(part: mime.Part, bounds: Bounds, code: Code, text: str) -> PkiError:
    """Text in the body comes first: such a mail gets no answer of any kind."""
    for leaf in mime.leaves(part, bounds.max_depth, bounds.max_parts):
        if _is_body(leaf) and leaf.decoded().strip():
            return _body_text()
    return PkiError(code, text, _FIX_SEAL, "E4")


def _clear_signed(part: mime.Part, *, legacy: bool) -> Signed:
    parts = mime.pieces(part, 2)
    if len(parts) != 2:
        raise PkiError("not-signed", "The multipart/signed has no signature part.", _FIX_SEAL, "E4")
    signature = mime.parse(parts[1])
    if signature.type not in _PKCS7_SIGNATURE:
        raise PkiError("not-signed", f"The signature part is {signature.type[:80]!r}, not S/MIME.", _FIX_SEAL, "E4")
    content = parts[0] if b"\r\n" in parts[0] else parts[0].replace(b"\n", b"\r\n")
    return cms.verify(signature.decoded(), content, legacy=legacy)


def _sender(part: mime.Part) -> str:
    values = part.fields.get("from", [])
    match = _FROM.fullmatch(values[0]) if len(values) == 1 and len(values[0]) <= _LONGEST_FIELD else None
    if match is None:
        what = "no From field" if not values else "a From field that is not one address"
        raise PkiError("not-mail", f"This is no mail that can be answered: it has {what}.", _FIX_MAIL)
    return (match[1] or match[2]).lower()


def _with_attachment(outgoing: Outgoing) -> bytes:
    boundary = _boundary()
    name = _ascii(outgoing.filename).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b"".join(
        (
            b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n--' + boundary + b"\r\n",
            b"Content-Type: text/plain; charset=us-ascii\r\n\r\n\r\n--" + boundary + b"\r\n",
            b'Content-Type: application/octet-stream; name="' + name + b'"\r\nContent-Transfer-Encoding: base64\r\n',
            b'Content-Disposition: attachment; filename="' + name + b'"\r\n\r\n',
            _lines(outgoing.content),
            b"\r\n--" + boundary + b"--\r\n",
        )
    )


def _mail_header(mail: Outgoing | Notice) -> bytes:
    fields = (
        (b"From: ", mail.sender),
        (b"To: ", mail.recipient),
        (b"Subject: ", mail.subject),
        (b"Date: ", format_datetime(mail.date)),
        (b"Message-ID: ", mail.message_id),
    )
    return b"".join(name + _ascii(value) + b"\r\n" for name, value in fields) + b"MIME-Version: 1.0\r\n"


def pkcs7_part(kind: str, data: bytes) -> bytes:
    """A MIME part that holds a CMS message; `kind` is its smime-type, such as `enveloped-data` or `signed-data`."""
    return (
        b"Content-Type: application/pkcs7-mime; smime-type=" + kind.encode() + b"; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n"
        + _lines(data)
    )


def _ascii(value: str) -> bytes:
    if len(value) > _LONGEST_FIELD or not _FIELD.fullmatch(value):
        raise PkiError(
            "bad-header",
            f"{value[:80]!r} cannot stand in a mail header.",
            "Use printable ASCII on one line of at most 998 characters.",
        )
    return value.encode("ascii")


def _lines(data: bytes) -> bytes:
    """Base64 in lines of 76 characters that end in CR LF."""
    with malformed("bad-encoding", "The content cannot be encoded", "Give bytes."):
        return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _boundary() -> bytes:
    return secrets.token_hex(16).encode()
