"""Algorithm identifiers of CMS and what they mean here: which are accepted, and how `cryptography` is to do them.

The identifiers of a sender are the same bytes in every message, so what they mean is worked out once.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from asn1crypto import algos, cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from openics.pki.certificates import PublicKey
from openics.pki.errors import Code, PkiError

DIGESTS: Mapping[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
LEGACY_DIGESTS: Mapping[str, hashes.HashAlgorithm] = {"sha1": hashes.SHA1()}  # noqa: S303 - only where an operator allows it
_OAEP_DIGESTS: Mapping[str, hashes.HashAlgorithm] = {"sha1": hashes.SHA1(), **DIGESTS}  # noqa: S303 - OAEP needs no collision resistance
_WEAK = ("sha1", "md5", "md2", "sha224")
LONGEST = 1024
"""Bytes of an identifier with its parameters; real ones take less than 100."""
_REMEMBERED = 256

_FIX_SIGN = "Sign with SHA-256, SHA-384 or SHA-512 and an RSA key (PKCS #1 v1.5 or PSS) or ECDSA."
_FIX_CARRY = "Let your software carry the key by RSA (PKCS #1 v1.5 or OAEP), or by ECDH with AES key wrap."


def digest_name(identifier: bytes, *, legacy: bool = False) -> str:
    """The digest in a DER AlgorithmIdentifier: `sha256`, `sha384`, `sha512`, with `legacy` `sha1`; or raises PkiError."""
    name = _digest_name(_short(identifier))
    if name in DIGESTS or (legacy and name in LEGACY_DIGESTS):
        return name
    raise _refused(name, "as digest of a signature", _FIX_SIGN)


def digest(name: str) -> hashes.HashAlgorithm:
    """The digest that `digest_name` named."""
    return DIGESTS.get(name) or LEGACY_DIGESTS[name]


def signature_padding(identifier: bytes, digest: str, key: PublicKey) -> padding.AsymmetricPadding | None:
    """How the signature of an RSA key is padded, None for an EC key; raises PkiError where algorithm and key differ."""
    scheme, how = _signature(_short(identifier), digest)
    if isinstance(key, rsa.RSAPublicKey) == (how is not None) and isinstance(key, ec.EllipticCurvePublicKey) == (
        how is None
    ):
        return how
    raise _refused(scheme, f"with {type(key).__name__.lstrip('_')}", _FIX_SIGN)


def key_padding(identifier: bytes) -> padding.AsymmetricPadding:
    """How a content key is padded under RSA; raises PkiError for other ways to carry a key."""
    return _key_padding(_short(identifier))


def _short(identifier: bytes) -> bytes:
    if len(identifier) > LONGEST:
        raise _refused(f"of {len(identifier)} bytes", "of such length", _FIX_SIGN)
    return identifier


@lru_cache(_REMEMBERED)
def _digest_name(identifier: bytes) -> str:
    name: str = algos.DigestAlgorithm.load(identifier)["algorithm"].native
    return name


@lru_cache(_REMEMBERED)
def _signature(identifier: bytes, digest: str) -> tuple[str, padding.AsymmetricPadding | None]:
    algorithm = algos.SignedDigestAlgorithm.load(identifier)
    name: str = algorithm["algorithm"].native
    if name == "rsassa_pss":
        return name, _pss(algorithm["parameters"], digest)
    if name in ("rsassa_pkcs1v15", f"{digest}_rsa"):
        return name, padding.PKCS1v15()
    if name == f"{digest}_ecdsa":
        return name, None
    raise _refused(name, f"together with the digest {digest}", _FIX_SIGN)


def _pss(parameters: Any, digest: str) -> padding.PSS:
    hashed, masked = _hash_names(parameters)
    if hashed != digest or masked not in DIGESTS:
        raise _refused(f"PSS with {hashed} and {masked}", f"together with the digest {digest}", _FIX_SIGN)
    return padding.PSS(padding.MGF1(DIGESTS[masked]), parameters["salt_length"].native)


@lru_cache(_REMEMBERED)
def _key_padding(identifier: bytes) -> padding.AsymmetricPadding:
    algorithm = cms.KeyEncryptionAlgorithm.load(identifier)
    name = algorithm["algorithm"].native
    if name in ("rsaes_pkcs1v15", "rsassa_pkcs1v15"):
        return padding.PKCS1v15()
    if name != "rsaes_oaep":
        raise _refused(name, "to carry a key", _FIX_CARRY)
    hashed, masked = _hash_names(algorithm["parameters"])
    if hashed not in _OAEP_DIGESTS or masked not in _OAEP_DIGESTS:
        raise _refused(f"OAEP with {hashed} and {masked}", "to carry a key", _FIX_CARRY)
    label = algorithm["parameters"]["p_source_algorithm"]["parameters"].native or None
    return padding.OAEP(padding.MGF1(_OAEP_DIGESTS[masked]), _OAEP_DIGESTS[hashed], label)


def _hash_names(parameters: Any) -> tuple[str, str]:
    """The names of the hash and of the mask generator's hash, in PSS or OAEP parameters."""
    mask = parameters["mask_gen_algorithm"]["parameters"]
    return parameters["hash_algorithm"]["algorithm"].native, mask["algorithm"].native


def _refused(name: str, where: str, fix: str) -> PkiError:
    code: Code = "weak-algorithm" if name.startswith(_WEAK) else "unsupported-algorithm"
    return PkiError(code, f"The algorithm {name} is not accepted {where}.", fix, "E4")
