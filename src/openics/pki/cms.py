"""Cryptographic message syntax (RFC 5652): sign and verify; what encrypts and decrypts stands in `envelopes`.

What leaves is signed with SHA-256 and RSA PKCS #1 v1.5 or ECDSA, and says which ciphers are read here. What is accepted
is wider: see `verify`. SHA-1 is refused unless an operator allows what is old.
"""

import hashlib
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from openics.pki import algorithms as identifiers
from openics.pki import ber
from openics.pki.ber import Value
from openics.pki.certificates import LONGEST_CHAIN, Known, der, described, known
from openics.pki.ciphers import CIPHERS
from openics.pki.cms_parts import FIX_CMS, KINDS, algorithm, content_info, integer, issuer_and_serial, names, oid
from openics.pki.cms_parts import opened as _opened
from openics.pki.cms_parts import words as _words
from openics.pki.envelopes import Decrypted, addressed, decrypt, encrypt
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity

__all__ = ["Decrypted", "Signed", "addressed", "decrypt", "encrypt", "sign", "sign_detached", "verify"]

_LONGEST_CERTIFICATE = 16_384
_ATTRIBUTES = {cms.CMSAttributeType(name).contents: name for name in ("content_type", "message_digest", "signing_time")}
_CAPABILITIES = oid("1.2.840.113549.1.9.15")
_ATTRIBUTES[_CAPABILITIES[2:]] = "capabilities"
_FIX_TAMPERED = "Send the message again; if this repeats, check that the key belongs to the certificate sent along."

_DATA = oid("1.2.840.113549.1.7.1")
_SHA_256 = algorithm("2.16.840.1.101.3.4.2.1")
_RSA = algorithm("1.2.840.113549.1.1.1", core.Null().dump())
_ECDSA = algorithm("1.2.840.10045.4.3.2")
_READ_HERE = ("aes256_gcm", "aes128_gcm", "aes256_cbc", "aes192_cbc", "aes128_cbc")
_UTC_TIME = 0x17
_SIGNED_AT, _DIGEST_IS = oid("1.2.840.113549.1.9.5"), oid("1.2.840.113549.1.9.4")
_BY_IDENTIFIER = {cipher.identifier: name for name, cipher in CIPHERS.items()}


def _attribute(kind: bytes, value: bytes) -> bytes:
    return ber.encode(ber.SEQUENCE, kind + ber.encode(ber.SET, value))


_TYPE_IS_DATA = _attribute(oid("1.2.840.113549.1.9.3"), _DATA)
_READ = b"".join(ber.encode(ber.SEQUENCE, CIPHERS[name].identifier) for name in _READ_HERE)
_READS = _attribute(_CAPABILITIES, ber.encode(ber.SEQUENCE, _READ))

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """Content whose signature is right; whether the signer is trusted is for `trust` to say.

    `certificates` are all that came along, the signer's included; `digest` names the hash (`sha256`); `signed_at` is
    what the signer's clock said (UTC), None when the signature does not say; `ciphers` are those that the signer reads,
    as named in `openics.pki.ciphers`, empty when it does not say.
    """

    content: bytes
    signer_certificate: x509.Certificate
    certificates: tuple[x509.Certificate, ...]
    digest: str
    signed_at: datetime | None
    ciphers: tuple[str, ...] = ()


def sign(content: bytes, identity: Identity) -> bytes:
    """Signed-data (DER) with the content inside, the certificate and its chain."""
    inner = ber.encode(ber.TAGGED_0, ber.encode(ber.OCTETS, content))
    return _signed_data(content, inner, identity)


def sign_detached(content: bytes, identity: Identity) -> bytes:
    """Signed-data (DER) without the content, for multipart/signed."""
    return _signed_data(content, b"", identity)


def _signed_data(content: bytes, inner: bytes, identity: Identity) -> bytes:
    attributes = _signed_attributes(content)
    signature = _signature(ber.encode(ber.SET, attributes), identity)
    how = _RSA if isinstance(identity.private_key, rsa.RSAPrivateKey) else _ECDSA
    signer = (
        integer(1) + issuer_and_serial(identity.known) + _SHA_256 + ber.encode(ber.TAGGED_0, attributes) + how
    ) + ber.encode(ber.OCTETS, signature)
    certificates = sorted(der(one) for one in (identity.certificate, *identity.chain))
    fields = (
        integer(1),
        ber.encode(ber.SET, _SHA_256),
        ber.encode(ber.SEQUENCE, _DATA + inner),
        ber.encode(ber.TAGGED_0, b"".join(certificates)),
        ber.encode(ber.SET, ber.encode(ber.SEQUENCE, signer)),
    )
    return content_info("signed_data", b"".join(fields))


def _signature(attributes: bytes, identity: Identity) -> bytes:
    if isinstance(identity.private_key, rsa.RSAPrivateKey):
        return identity.private_key.sign(attributes, padding.PKCS1v15(), hashes.SHA256())
    return identity.private_key.sign(attributes, ec.ECDSA(hashes.SHA256()))


def _signed_attributes(content: bytes) -> bytes:
    digest = ber.encode(ber.OCTETS, hashlib.sha256(content).digest())
    moment = ber.encode(_UTC_TIME, f"{datetime.now(UTC):%y%m%d%H%M%SZ}".encode())
    return b"".join(sorted((_TYPE_IS_DATA, _READS, _attribute(_SIGNED_AT, moment), _attribute(_DIGEST_IS, digest))))


def verify(data: bytes, detached: bytes | None = None, *, legacy: bool = False) -> Signed:
    """Check the one signature of a signed-data message (BER or DER) over its own or the `detached` content.

    Signed attributes must be there: content type and message digest are checked, signing time is read. Accepted are
    SHA-256, SHA-384, SHA-512 with RSA PKCS #1 v1.5, RSA-PSS or ECDSA, and SHA-1 with `legacy`. Raises PkiError.
    """
    with malformed("not-cms", "The signature cannot be read", FIX_CMS, "E4"):
        _, parts = _opened(data, ("signed_data",), "not-signed")
        _, _, inner, *rest = parts
        content = _encapsulated(inner) if detached is None else detached
        others = _certificates(_tagged(rest, ber.TAGGED_0))
        signer = _signer(parts[-1])
        digest = identifiers.digest_name(signer.digest.whole, legacy=legacy)
        values = _check_attributes(signer.attributes, content, digest)
        whose = _certificate_of(signer, others)
        _check_signature(whose, signer, digest)
        if digest in identifiers.LEGACY_DIGESTS:
            _log.warning("legacy algorithm used: a signature with %s by %s", digest, described(whose.certificate))
        signed_at = _instant(values["signing_time"]) if "signing_time" in values else None
        ciphers = _ciphers(values["capabilities"].whole) if "capabilities" in values else ()
        return Signed(content, whose.certificate, tuple(one.certificate for one in others), digest, signed_at, ciphers)


def _encapsulated(inner: Value) -> bytes:
    content_type, *wrapped = inner.parts()
    contents = wrapped[0].parts() if wrapped else []
    if KINDS.get(content_type.contents) != "data" or len(contents) != 1 or contents[0].tag != ber.OCTETS:
        raise PkiError("not-cms", "The signed message has no content in it.", FIX_CMS, "E4")
    return contents[0].contents


def _tagged(values: Sequence[Value], tag: int) -> list[Value]:
    """The parts of the optional field with this tag; none without it."""
    return next((value.parts() for value in values if value.tag == tag), [])


def _certificates(values: Sequence[Value]) -> list[Known]:
    """The certificates that came along; raises PkiError for too many, and for two that one name could mean."""
    found = [known(_bounded(one)) for one in values if one.tag == ber.SEQUENCE]
    if len(found) > LONGEST_CHAIN:
        text = f"The message brings {len(found)} certificates; at most {LONGEST_CHAIN} are looked at."
        raise PkiError("bad-certificate", text, "Send the signer's certificate and its intermediates.", "E4")
    if len(found) > 1 and len({(one.issuer, one.serial) for one in found}) != len({one.certificate for one in found}):
        text = "Two certificates in the message have the same issuer and serial number."
        raise PkiError("bad-certificate", text, "Send the signer's certificate, and none that looks like it.", "E4")
    return found


def _bounded(certificate: Value) -> bytes:
    whole = certificate.whole
    if len(whole) > _LONGEST_CERTIFICATE:
        raise PkiError("bad-certificate", f"A certificate has {len(whole)} bytes.", "Use an ordinary one.", "E4")
    return whole


@dataclass(slots=True)
class _Signer:
    """The fields of a SignerInfo that are used."""

    identifier: Value
    digest: Value
    attributes: Value
    algorithm: Value
    signature: Value


def _signer(signers: Value) -> _Signer:
    entries = signers.parts()
    if len(entries) != 1:
        raise PkiError("two-signers", f"The message has {len(entries)} signatures.", "Sign it once.", "E4")
    _, identifier, digest, attributes, *rest = entries[0].parts()
    if attributes.tag != ber.TAGGED_0:
        raise _bad_signature("it has no signed attributes")
    return _Signer(identifier, digest, attributes, rest[0], rest[1])


def _certificate_of(signer: _Signer, certificates: Sequence[Known]) -> Known:
    for candidate in certificates:
        if names(signer.identifier, candidate):
            return candidate
    raise PkiError(
        "no-certificate",
        "The signer's certificate did not come along with the signature.",
        "Let your software include its certificate in the signature.",
        "E4",
    )


def _check_attributes(attributes: Value, content: bytes, digest: str) -> dict[str, Value]:
    """Compare the content with the signed attributes; gives the attributes that are used, by name."""
    values: dict[str, Value] = {}
    for attribute in attributes.parts():
        kind, several = attribute.parts()
        name = _ATTRIBUTES.get(kind.contents)
        if name is not None:
            found = several.parts()
            if name in values or len(found) != 1:
                raise _bad_signature(f"the signed attribute {_words(name)} has not exactly one value")
            values[name] = found[0]
    if "content_type" not in values or KINDS.get(values["content_type"].contents) != "data":
        raise _bad_signature("the signed content type is missing or is not plain data")
    expected = values["message_digest"].contents if "message_digest" in values else b""
    if not hmac.compare_digest(expected, hashlib.new(digest, content).digest()):
        raise _bad_signature("the content was changed after it was signed")
    return values


def _ciphers(encoded: bytes) -> tuple[str, ...]:
    """The ciphers that the signer says it reads; what is no list of capabilities, or endless, says nothing."""
    return _named_ciphers(encoded) if len(encoded) <= identifiers.LONGEST else ()


@lru_cache(256)
def _named_ciphers(encoded: bytes) -> tuple[str, ...]:
    capabilities = ber.read(encoded)
    if capabilities.tag != ber.SEQUENCE:
        return ()
    found = (each.parts()[0].whole for each in capabilities.parts() if each.tag == ber.SEQUENCE)
    return tuple(_BY_IDENTIFIER[one] for one in found if one in _BY_IDENTIFIER)


def _instant(time: Value) -> datetime:
    kind = core.UTCTime if time.tag == core.UTCTime.tag else core.GeneralizedTime
    found: datetime = kind.load(time.whole, strict=True).native
    return found


def _check_signature(whose: Known, signer: _Signer, digest: str) -> None:
    signed = ber.encode(ber.SET, signer.attributes.contents)
    how = identifiers.signature_padding(signer.algorithm.whole, digest, whose.key)
    hashed = identifiers.digest(digest)
    try:
        if isinstance(whose.key, rsa.RSAPublicKey) and how is not None:
            whose.key.verify(signer.signature.contents, signed, how, hashed)
        elif isinstance(whose.key, ec.EllipticCurvePublicKey):
            whose.key.verify(signer.signature.contents, signed, ec.ECDSA(hashed))
    except InvalidSignature as error:
        raise _bad_signature(f"it was not made with the key of {described(whose.certificate)}") from error


def _bad_signature(why: str) -> PkiError:
    return PkiError("bad-signature", f"The signature is not right: {why}.", _FIX_TAMPERED, "E4")
