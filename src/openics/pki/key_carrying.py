"""How the key of the content reaches a recipient: under RSA, or under a key agreed upon by ECDH (RFC 5652, RFC 5753).

Reading accepts SHA-1 inside OAEP and inside the derivation of an agreed key, since neither rests on collisions, and
since other software (openssl cms) uses it there unless told otherwise. Writing uses SHA-256.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from asn1crypto import cms, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openics.pki import algorithms as identifiers
from openics.pki import ber
from openics.pki.ber import Value
from openics.pki.certificates import Known
from openics.pki.cms_parts import algorithm, integer, issuer_and_serial, names
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity

_RSA = algorithm("1.2.840.113549.1.1.1", core.Null().dump())
_EC_KEY = algorithm("1.2.840.10045.2.1")
_AGREE_SHA256 = "1.3.132.1.11.1"
_WRAP_256 = "2.16.840.1.101.3.4.1.45"
_WRAPS = {"2.16.840.1.101.3.4.1.5": 16, "2.16.840.1.101.3.4.1.25": 24, _WRAP_256: 32}
_DERIVATIONS: dict[str, type[hashes.HashAlgorithm]] = {
    "1.3.133.16.840.63.0.2": hashes.SHA1,
    "1.3.133.16.840.63.0.3": hashes.SHA1,
    **{f"1.3.132.1.{kind}.1": hashes.SHA256 for kind in (11, 14)},
    **{f"1.3.132.1.{kind}.2": hashes.SHA384 for kind in (11, 14)},
    **{f"1.3.132.1.{kind}.3": hashes.SHA512 for kind in (11, 14)},
}
"""The schemes of RFC 5753, standard and cofactor; on P-256 and P-384 the two are the same."""
_TAGGED_2 = 0xA2
_BITS = 0x03
_FIX = "Let your software carry the key by RSA (PKCS #1 v1.5 or OAEP), or by ECDH with SHA-256 and AES key wrap."


def carry(key: bytes, certificate: Known) -> bytes:
    """The content key for the holder of a certificate, as a RecipientInfo (DER)."""
    if isinstance(certificate.key, rsa.RSAPublicKey):
        encrypted = certificate.key.encrypt(key, padding.PKCS1v15())
        fields = integer(0) + issuer_and_serial(certificate) + _RSA + ber.encode(ber.OCTETS, encrypted)
        return ber.encode(ber.SEQUENCE, fields)
    return _agree(key, certificate, certificate.key)


def _agree(key: bytes, certificate: Known, public: ec.EllipticCurvePublicKey) -> bytes:
    own = ec.generate_private_key(public.curve)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    wrap = algorithm(_WRAP_256)
    agreed = _derived(own.exchange(ec.ECDH(), public), hashes.SHA256, wrap, b"", 32)
    originator = ber.encode(ber.TAGGED_1, _EC_KEY + ber.encode(_BITS, b"\x00" + point))
    wrapped = ber.encode(ber.OCTETS, aes_key_wrap(agreed, key))
    recipient = ber.encode(ber.SEQUENCE, issuer_and_serial(certificate) + wrapped)
    fields = integer(3) + ber.encode(ber.TAGGED_0, originator) + algorithm(_AGREE_SHA256, wrap)
    return ber.encode(ber.TAGGED_1, fields + ber.encode(ber.SEQUENCE, recipient))


def _derived(secret: bytes, hashed: type[hashes.HashAlgorithm], wrap: bytes, material: bytes, size: int) -> bytes:
    """The key that wraps (RFC 5753, 7.2); `wrap` is the DER of the wrapping algorithm, `material` the DER of the ukm."""
    entity = ber.encode(ber.TAGGED_0, material) if material else b""
    length = ber.encode(_TAGGED_2, ber.encode(ber.OCTETS, (size * 8).to_bytes(4, "big")))
    return X963KDF(hashed(), size, ber.encode(ber.SEQUENCE, wrap + entity + length)).derive(secret)


@dataclass(frozen=True, slots=True)
class Carried:
    """A content key on its way to one of our identities: `how` says by which means."""

    identity: Identity
    encrypted: bytes
    how: "padding.AsymmetricPadding | Agreement"

    def key(self, size: int) -> bytes:
        """The content key of `size` bytes; a random one where it does not open, so that nobody can tell from outside."""
        substitute = os.urandom(size)
        try:
            found = self._opened()
        except (ValueError, InvalidUnwrap):
            return substitute
        return found if len(found) == size else substitute

    def _opened(self) -> bytes:
        key = self.identity.private_key
        if isinstance(self.how, Agreement):
            return self.how.opened(self.encrypted, key)
        return key.decrypt(self.encrypted, self.how) if isinstance(key, rsa.RSAPrivateKey) else b""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a sender says of the key agreed upon: its own point, the derivation, the wrapping, and further material."""

    point: bytes
    derivation: str
    wrap: bytes
    wrap_size: int
    material: bytes

    def opened(self, encrypted: bytes, key: object) -> bytes:
        """The content key; raises ValueError or InvalidUnwrap."""
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            return b""
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(key.curve, self.point)
        secret = key.exchange(ec.ECDH(), theirs)
        agreed = _derived(secret, _DERIVATIONS[self.derivation], self.wrap, self.material, self.wrap_size)
        return aes_key_unwrap(agreed, encrypted)


def find(recipients: Value, identities: Sequence[Identity]) -> Carried | None:
    """The content key for the first recipient that is one of the identities; None when it is for somebody else.

    Raises PkiError for a way of carrying that is not accepted.
    """
    readers = {ber.SEQUENCE: _transported, ber.TAGGED_1: _agreed}
    for entry in recipients.parts():
        reader = readers.get(entry.tag)
        found = reader(entry.parts(), identities) if reader else None
        if found is not None:
            return found
    return None


def _transported(fields: list[Value], identities: Sequence[Identity]) -> Carried | None:
    _, wanted, how, encrypted = fields
    identity = _meant(wanted, identities)
    if identity is None:
        return None
    return Carried(identity, encrypted.contents, identifiers.key_padding(how.whole))


def _agreed(fields: list[Value], identities: Sequence[Identity]) -> Carried | None:
    _, originator, *material, how, keys = fields
    for each in keys.parts():
        wanted, encrypted = each.parts()
        identity = _meant(wanted.parts()[0] if wanted.tag == ber.TAGGED_0 else wanted, identities)
        if identity is not None:
            derivation, wrap = _scheme(how.whole)
            ukm = material[0].parts()[0].whole if material else b""
            agreement = Agreement(_point(originator.parts()[0]), derivation, wrap, _WRAPS[_dotted(wrap)], ukm)
            return Carried(identity, encrypted.contents, agreement)
    return None


def _meant(wanted: Value, identities: Sequence[Identity]) -> Identity | None:
    return next((identity for identity in identities if names(wanted, identity.known)), None)


def _point(originator: Value) -> bytes:
    if originator.tag != ber.TAGGED_1:
        text = "The message agrees on a key with a certificate's own key in place of a fresh one."
        raise PkiError("unsupported-algorithm", text, _FIX, "E4")
    return originator.parts()[1].contents[1:]


@lru_cache(256)
def _scheme(identifier: bytes) -> tuple[str, bytes]:
    """How the key is derived, and the DER of the algorithm that wraps; raises PkiError for those not accepted."""
    if len(identifier) > identifiers.LONGEST:
        raise _refused("a key agreement of such length")
    with malformed("not-cms", "The key agreement cannot be read", _FIX, "E4"):
        found = cms.KeyEncryptionAlgorithm.load(identifier)
        derivation: str = found["algorithm"].dotted
        wrap = ber.read(identifier).parts()[1].whole
        wrapping = _dotted(wrap)
    if derivation not in _DERIVATIONS or wrapping not in _WRAPS:
        raise _refused(f"{derivation} with {wrapping}")
    return derivation, wrap


def _refused(name: str) -> PkiError:
    return PkiError("unsupported-algorithm", f"The algorithm {name} is not accepted to carry a key.", _FIX, "E4")


@lru_cache(256)
def _dotted(algorithm_identifier: bytes) -> str:
    found: str = core.ObjectIdentifier.load(ber.read(algorithm_identifier).parts()[0].whole).dotted
    return found
