"""What the two kinds of cryptographic messages have in common: their outer shape, and how they name a certificate."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from asn1crypto import cms, core

from openics.pki import ber
from openics.pki.ber import Value
from openics.pki.certificates import Known
from openics.pki.errors import Code, PkiError

FIX_CMS: Final = "Send the S/MIME message as your software made it; the attachment may have been damaged on its way."
FIX_ORDER: Final = "Sign the content first, then encrypt the signed message to the gateway's certificate."

KINDS: Final = {
    cms.ContentType(name).contents: name
    for name in ("data", "signed_data", "enveloped_data", "authenticated_enveloped_data", "compressed_data")
}
_TYPES = {name: ber.encode(ber.OBJECT_IDENTIFIER, found) for found, name in KINDS.items()}
_READABLE = ("signed_data", "enveloped_data", "authenticated_enveloped_data", "data")


@lru_cache(256)
def oid(dotted: str) -> bytes:
    """The DER of an object identifier."""
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded


@lru_cache(256)
def algorithm(dotted: str, parameters: bytes = b"") -> bytes:
    """The DER of an algorithm identifier; `parameters` is DER, empty where they are absent."""
    return ber.encode(ber.SEQUENCE, oid(dotted) + parameters)


def integer(value: int) -> bytes:
    """The DER of a whole number."""
    size = value.bit_length() // 8 + 1
    return ber.encode(ber.INTEGER, value.to_bytes(size, "big", signed=True))


def content_info(kind: str, fields: bytes) -> bytes:
    """A whole message of this kind (as in `KINDS`) with these fields, DER."""
    return ber.encode(ber.SEQUENCE, _TYPES[kind] + ber.encode(ber.TAGGED_0, ber.encode(ber.SEQUENCE, fields)))


def opened(data: bytes, kinds: Sequence[str], otherwise: Code) -> tuple[str, list[Value]]:
    """Which of `kinds` the message (BER) is, and its fields; raises PkiError `otherwise` when it is of another kind."""
    content_type, wrapped, *_ = ber.read(data).parts()
    found = KINDS.get(content_type.contents, "something unknown")
    if found not in kinds:
        code: Code = otherwise if found in _READABLE else "not-cms"
        raise PkiError(code, f"The message is {words(found)} where {words(kinds[0])} is due.", FIX_ORDER, "E4")
    return found, wrapped.parts()[0].parts()


def words(name: str) -> str:
    """A name of ASN.1 in words."""
    return name.replace("_", " ")


def issuer_and_serial(certificate: Known) -> bytes:
    """How a message names a certificate: by issuer and serial number, DER."""
    return ber.encode(ber.SEQUENCE, certificate.issuer + integer(certificate.serial))


def names(identifier: Value, certificate: Known) -> bool:
    """Whether an issuer and serial number, or a subject key identifier, means this certificate."""
    if identifier.tag != ber.SEQUENCE:
        return bool(certificate.key_identifier) and identifier.contents == certificate.key_identifier
    issuer, serial = identifier.parts()
    return (
        int.from_bytes(serial.contents, "big", signed=True) == certificate.serial and issuer.whole == certificate.issuer
    )
