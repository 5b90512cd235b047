"""Cryptographic message syntax (RFC 5652): sign, verify, encrypt, decrypt.

What leaves: SHA-256 with RSA PKCS #1 v1.5 or ECDSA, AES-256-CBC, keys carried by RSA PKCS #1 v1.5. What is accepted is
wider: see `verify` and `decrypt`. SHA-1, MD5 and triple DES are refused.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from openics.pki import algorithms as identifiers
from openics.pki import ber
from openics.pki.ber import Value
from openics.pki.certificates import Known, described, known, may_encrypt_to, usable_key
from openics.pki.errors import Code, PkiError, malformed
from openics.pki.identity import Identity

_LONGEST_CERTIFICATE = 16_384
_BLOCK = 16
_KINDS = {
    cms.ContentType(name).contents: name
    for name in ("data", "signed_data", "enveloped_data", "authenticated_enveloped_data", "compressed_data")
}
_ATTRIBUTES = {cms.CMSAttributeType(name).contents: name for name in ("content_type", "message_digest", "signing_time")}

_FIX_CMS = "Send the S/MIME message as your software made it; the attachment may have been damaged on its way."
_FIX_KEY = "Encrypt to the gateway's certificate now in force; it is published with the dates of its use."
_FIX_ORDER = "Sign the content first, then encrypt the signed message to the gateway's certificate."
_FIX_TAMPERED = "Send the message again; if this repeats, check that the key belongs to the certificate sent along."


@dataclass(frozen=True, slots=True)
class Signed:
    """Content whose signature is right; whether the signer is trusted is for `trust` to say.

    `certificates` are all that came along, the signer's included; `digest` names the hash (`sha256`); `signed_at` is
    what the signer's clock said (UTC), None when the signature does not say.
    """

    content: bytes
    signer_certificate: x509.Certificate
    certificates: tuple[x509.Certificate, ...]
    digest: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decrypted:
    """Decrypted content and the identity whose key opened it."""

    content: bytes
    identity: Identity


def sign(content: bytes, identity: Identity) -> bytes:
    """Signed-data (DER) with the content inside, the certificate and its chain."""
    return _signed(content, identity, [pkcs7.PKCS7Options.Binary])


def sign_detached(content: bytes, identity: Identity) -> bytes:
    """Signed-data (DER) without the content, for multipart/signed."""
    return _signed(content, identity, [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.DetachedSignature])


def _signed(content: bytes, identity: Identity, options: list[pkcs7.PKCS7Options]) -> bytes:
    signer = (identity.certificate, identity.private_key, hashes.SHA256(), None)
    return pkcs7.PKCS7SignatureBuilder(content, [signer], list(identity.chain)).sign(Encoding.DER, options)


def encrypt(content: bytes, certificates: Sequence[x509.Certificate]) -> bytes:
    """Enveloped-data (DER, AES-256-CBC) that the holder of any of the certificates can open.

    Raises PkiError `no-certificate` without one, `wrong-usage` for one that is not made for encryption.
    """
    if not certificates:
        raise PkiError("no-certificate", "There is no certificate to encrypt to.", "Register a valid certificate.")
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content).set_content_encryption_algorithm(algorithms.AES256)
    for certificate in certificates:
        usable_key(certificate)
        if not may_encrypt_to(certificate):
            raise PkiError(
                "wrong-usage",
                f"Nothing can be encrypted to the certificate {described(certificate)}.",
                "Register a certificate with an RSA key whose key usage allows key encipherment.",
            )
        builder = builder.add_recipient(certificate)
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def verify(data: bytes, detached: bytes | None = None) -> Signed:
    """Check the one signature of a signed-data message (BER or DER) over its own or the `detached` content.

    Signed attributes must be there: content type and message digest are checked, signing time is read. Accepted are
    SHA-256, SHA-384, SHA-512 with RSA PKCS #1 v1.5, RSA-PSS or ECDSA. Raises PkiError.
    """
    with malformed("not-cms", "The signature cannot be read", _FIX_CMS, "E4"):
        parts = _message(data, "signed_data", "not-signed")
        _, _, inner, *rest = parts
        content = _encapsulated(inner) if detached is None else detached
        others = [known(_bounded(one)) for one in _tagged(rest, ber.TAGGED_0) if one.tag == ber.SEQUENCE]
        signer = _signer(parts[-1])
        digest = identifiers.digest_name(signer.digest.whole)
        signed_at = _check_attributes(signer.attributes, content, digest)
        whose = _certificate_of(signer, others)
        _check_signature(whose, signer, digest)
        return Signed(content, whose.certificate, tuple(one.certificate for one in others), digest, signed_at)


def decrypt(data: bytes, identities: Sequence[Identity]) -> Decrypted:
    """Open enveloped-data (BER or DER) with the identity to which it was encrypted.

    Accepted are AES-CBC with a key carried by RSA, PKCS #1 v1.5 or OAEP. Raises PkiError: `wrong-key` when it was
    encrypted to somebody else or does not open.
    """
    with malformed("not-cms", "The encrypted message cannot be read", _FIX_CMS, "E4"):
        parts = _message(data, "enveloped_data", "not-encrypted")
        recipients, encrypted, *_ = dropwhile(lambda part: part.tag != ber.SET, parts)
        (carried_by, encrypted_key), identity = _recipient(recipients, identities)
        _, cipher, content, *_ = encrypted.parts()
        identifier, vector, *_ = cipher.parts()
        key_size = identifiers.key_size(identifier.whole)
        key = _content_key(encrypted_key.contents, identifiers.key_padding(carried_by.whole), identity)
        return Decrypted(_plain(key, key_size, vector.contents, _encrypted_bytes(content)), identity)


def addressed(data: bytes, identities: Sequence[Identity]) -> Identity | None:
    """Which of the identities enveloped-data is encrypted to, without opening it; None for none or for broken data."""
    try:
        with malformed("not-cms", "The encrypted message cannot be read", _FIX_CMS, "E4"):
            parts = _message(data, "enveloped_data", "not-encrypted")
            recipients = next(part for part in parts if part.tag == ber.SET)
            return _recipient(recipients, identities)[1]
    except PkiError:
        return None


def _message(data: bytes, kind: str, otherwise: Code) -> list[Value]:
    """The fields of the signed or enveloped data in a ContentInfo."""
    content_type, wrapped, *_ = ber.read(data).parts()
    found = _KINDS.get(content_type.contents, "something unknown")
    if found != kind:
        code: Code = otherwise if found in ("signed_data", "enveloped_data", "data") else "not-cms"
        raise PkiError(code, f"The message is {_words(found)} where {_words(kind)} is due.", _FIX_ORDER, "E4")
    return wrapped.parts()[0].parts()


def _words(name: str) -> str:
    return name.replace("_", " ")


def _encapsulated(inner: Value) -> bytes:
    content_type, *wrapped = inner.parts()
    contents = wrapped[0].parts() if wrapped else []
    if _KINDS.get(content_type.contents) != "data" or len(contents) != 1 or contents[0].tag != ber.OCTETS:
        raise PkiError("not-cms", "The signed message has no content in it.", _FIX_CMS, "E4")
    return contents[0].contents


def _tagged(values: Sequence[Value], tag: int) -> list[Value]:
    """The parts of the optional field with this tag; none without it."""
    return next((value.parts() for value in values if value.tag == tag), [])


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
        if _names(signer.identifier, candidate):
            return candidate
    raise PkiError(
        "no-certificate",
        "The signer's certificate did not come along with the signature.",
        "Let your software include its certificate in the signature.",
        "E4",
    )


def _names(identifier: Value, certificate: Known) -> bool:
    """Whether an issuer and serial number, or a subject key identifier, means this certificate."""
    if identifier.tag != ber.SEQUENCE:
        return bool(certificate.key_identifier) and identifier.contents == certificate.key_identifier
    issuer, serial = identifier.parts()
    return (
        int.from_bytes(serial.contents, "big", signed=True) == certificate.serial and issuer.whole == certificate.issuer
    )


def _check_attributes(attributes: Value, content: bytes, digest: str) -> datetime | None:
    """Compare the content with the signed attributes; gives the signing time."""
    values: dict[str, Value] = {}
    for attribute in attributes.parts():
        kind, several = attribute.parts()
        name = _ATTRIBUTES.get(kind.contents)
        if name is not None:
            found = several.parts()
            if name in values or len(found) != 1:
                raise _bad_signature(f"the signed attribute {_words(name)} has not exactly one value")
            values[name] = found[0]
    if "content_type" not in values or _KINDS.get(values["content_type"].contents) != "data":
        raise _bad_signature("the signed content type is missing or is not plain data")
    expected = values["message_digest"].contents if "message_digest" in values else b""
    if not hmac.compare_digest(expected, hashlib.new(digest, content).digest()):
        raise _bad_signature("the content was changed after it was signed")
    return _instant(values["signing_time"]) if "signing_time" in values else None


def _instant(time: Value) -> datetime:
    kind = core.UTCTime if time.tag == core.UTCTime.tag else core.GeneralizedTime
    found: datetime = kind.load(time.whole, strict=True).native
    return found


def _check_signature(whose: Known, signer: _Signer, digest: str) -> None:
    signed = ber.encode(ber.SET, signer.attributes.contents)
    how = identifiers.signature_padding(signer.algorithm.whole, digest, whose.key)
    hashed = identifiers.DIGESTS[digest]
    try:
        if isinstance(whose.key, rsa.RSAPublicKey) and how is not None:
            whose.key.verify(signer.signature.contents, signed, how, hashed)
        elif isinstance(whose.key, ec.EllipticCurvePublicKey):
            whose.key.verify(signer.signature.contents, signed, ec.ECDSA(hashed))
    except InvalidSignature as error:
        raise _bad_signature(f"it was not made with the key of {described(whose.certificate)}") from error


def _bad_signature(why: str) -> PkiError:
    return PkiError("bad-signature", f"The signature is not right: {why}.", _FIX_TAMPERED, "E4")


def _recipient(recipients: Value, identities: Sequence[Identity]) -> tuple[tuple[Value, Value], Identity]:
    """How the content key is carried and the encrypted key, for one of the identities, and that identity."""
    for entry in recipients.parts():
        if entry.tag != ber.SEQUENCE:
            continue
        _, wanted, carried_by, encrypted_key = entry.parts()
        for identity in identities:
            if _names(wanted, identity.known):
                return (carried_by, encrypted_key), identity
    ours = ", ".join(f"{identity.known.serial:x}" for identity in identities) or "none"
    raise PkiError(
        "wrong-key",
        f"The message is not encrypted to any certificate in use here (serial numbers: {ours}).",
        _FIX_KEY,
        "E4",
    )


def _content_key(encrypted: bytes, how: padding.AsymmetricPadding, identity: Identity) -> bytes:
    """The content key; empty when it does not open, which `_plain` refuses like any other wrong key."""
    if not isinstance(identity.private_key, rsa.RSAPrivateKey):
        return b""
    try:
        return identity.private_key.decrypt(encrypted, how)
    except ValueError:
        return b""


def _encrypted_bytes(content: Value) -> bytes:
    """The encrypted content, which stands there as one string or as tagged pieces."""
    if content.tag == ber.TAGGED_0:
        return b"".join(piece.contents for piece in content.parts())
    return content.contents


def _plain(key: bytes, key_size: int, vector: bytes, encrypted: bytes) -> bytes:
    """Decrypt and take the padding off.

    A wrong key, a wrong length and wrong padding give one and the same error: an error that told them apart would help
    somebody who tries to open other people's messages by sending variants of them.
    """
    if len(key) != key_size or not encrypted or len(encrypted) % _BLOCK:
        raise _does_not_open()
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(encrypted) + decryptor.finalize()
    fill = padded[-1]
    if not 1 <= fill <= _BLOCK or padded[-fill:] != bytes([fill]) * fill:
        raise _does_not_open()
    return padded[:-fill]


def _does_not_open() -> PkiError:
    return PkiError("wrong-key", "The message does not open with the gateway's key.", _FIX_KEY, "E4")
