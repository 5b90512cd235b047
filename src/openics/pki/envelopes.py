"""Encrypted messages: enveloped data (RFC 5652) and authenticated enveloped data (RFC 5083), read and written.

What leaves is AES-256: in GCM towards those who say that they read it, else in CBC. Keys are carried by RSA
PKCS #1 v1.5, which everybody reads, or by ECDH to a key on P-256 or P-384. What is accepted is wider: see `decrypt`.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from cryptography import x509

from openics.pki import ber, ciphers, key_carrying
from openics.pki.ber import Value
from openics.pki.certificates import der, described, known, may_encrypt_to, usable_key
from openics.pki.ciphers import CIPHERS, INTEROPERABLE, ContentCipher
from openics.pki.cms_parts import FIX_CMS, KINDS, content_info, integer, opened
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity

_SEALED = ("enveloped_data", "authenticated_enveloped_data")
_DATA = next(bytes([ber.OBJECT_IDENTIFIER, len(found)]) + found for found, name in KINDS.items() if name == "data")
_ENCRYPTED = 0x80
_FIX_KEY = "Encrypt to the gateway's certificate now in force; it is published with the dates of its use."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decrypted:
    """Decrypted content, the identity whose key opened it, and the cipher; `authenticated` content was not changed."""

    content: bytes
    identity: Identity
    cipher: str = INTEROPERABLE

    @property
    def authenticated(self) -> bool:
        """Whether the cipher itself shows that nothing was changed on the way."""
        return CIPHERS[self.cipher].authenticated


def encrypt(content: bytes, certificates: Sequence[x509.Certificate], cipher: str = INTEROPERABLE) -> bytes:
    """A message (DER) that the holder of any of the certificates can open; `cipher` as `ciphers.chosen` gives it.

    Raises PkiError `no-certificate` without one, `wrong-usage` for one that is not made for encryption.
    """
    if not certificates:
        raise PkiError("no-certificate", "There is no certificate to encrypt to.", "Register a valid certificate.")
    used = CIPHERS[cipher]
    key = os.urandom(used.key_size)
    carried = sorted(_carried(key, certificate) for certificate in certificates)
    hidden = ciphers.encrypt(content, used, key)
    information = ber.encode(ber.SEQUENCE, _DATA + hidden.algorithm + ber.encode(_ENCRYPTED, hidden.content))
    recipients = ber.encode(ber.SET, b"".join(carried))
    if used.authenticated:
        fields = integer(0) + recipients + information + ber.encode(ber.OCTETS, hidden.tag)
        return content_info("authenticated_enveloped_data", fields)
    version = 2 if any(each[0] == ber.TAGGED_1 for each in carried) else 0
    return content_info("enveloped_data", integer(version) + recipients + information)


def _carried(key: bytes, certificate: x509.Certificate) -> bytes:
    usable_key(certificate)
    if not may_encrypt_to(certificate):
        raise PkiError(
            "wrong-usage",
            f"Nothing can be encrypted to the certificate {described(certificate)}.",
            "Register one whose key usage allows key encipherment (RSA) or key agreement (EC).",
        )
    return key_carrying.carry(key, known(der(certificate)))


def decrypt(data: bytes, identities: Sequence[Identity], *, legacy: bool = False) -> Decrypted:
    """Open a message (BER or DER) with the identity to which it was encrypted.

    Accepted are AES-CBC and AES-GCM, and triple DES with `legacy`, with a key carried by RSA (PKCS #1 v1.5, OAEP) or
    by ECDH. Raises PkiError: `wrong-key` when it was encrypted to somebody else or does not open, never telling why.
    """
    with malformed("not-cms", "The encrypted message cannot be read", FIX_CMS, "E4"):
        kind, parts = opened(data, _SEALED, "not-encrypted")
        recipients, encrypted, *rest = dropwhile(lambda part: part.tag != ber.SET, parts)
        carried = key_carrying.find(recipients, identities)
        if carried is None:
            raise _for_somebody_else(identities)
        _, how, hidden, *_ = encrypted.parts()
        identifier, parameters, *_ = how.parts()
        cipher = _accepted(identifier.whole, kind, legacy)
        key = carried.key(cipher.key_size)
        return Decrypted(_content(cipher, key, parameters, hidden, rest), carried.identity, cipher.name)


def _content(cipher: ContentCipher, key: bytes, parameters: Value, hidden: Value, rest: Sequence[Value]) -> bytes:
    encrypted = _encrypted_bytes(hidden)
    if not cipher.authenticated:
        return ciphers.decrypt_blocks(cipher, key, parameters, encrypted)
    beside = next((ber.encode(ber.SET, part.contents) for part in rest if part.tag == ber.TAGGED_1), b"")
    tag = next((part.contents for part in rest if part.tag == ber.OCTETS), b"")
    return ciphers.decrypt_authenticated(key, parameters, encrypted, tag, beside)


def _accepted(identifier: bytes, kind: str, legacy: bool) -> ContentCipher:
    cipher = ciphers.named(identifier)
    if cipher.authenticated != (kind == "authenticated_enveloped_data"):
        raise ciphers.refused(f"{cipher.name} in {kind}")
    if cipher.legacy:
        if not legacy:
            raise ciphers.refused(cipher.name)
        _log.warning("legacy algorithm used: a message encrypted with %s", cipher.name)
    return cipher


def _encrypted_bytes(content: Value) -> bytes:
    """The encrypted content, which stands there as one string or as tagged pieces."""
    if content.tag == ber.TAGGED_0:
        return b"".join(piece.contents for piece in content.parts())
    return content.contents


def addressed(data: bytes, identities: Sequence[Identity]) -> Identity | None:
    """Which of the identities a message is encrypted to, without opening it; None for none or for broken data."""
    try:
        with malformed("not-cms", "The encrypted message cannot be read", FIX_CMS, "E4"):
            _, parts = opened(data, _SEALED, "not-encrypted")
            carried = key_carrying.find(next(part for part in parts if part.tag == ber.SET), identities)
            return carried.identity if carried is not None else None
    except PkiError:
        return None


def _for_somebody_else(identities: Sequence[Identity]) -> PkiError:
    ours = ", ".join(f"{identity.known.serial:x}" for identity in identities) or "none"
    text = f"The message is not encrypted to any certificate in use here (serial numbers: {ours})."
    return PkiError("wrong-key", text, _FIX_KEY, "E4")
