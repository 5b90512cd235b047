"""The ciphers of content: AES in CBC and GCM, and triple DES where an operator allows what is old (RFC 3565, 5084).

Opening tells nobody why it failed: wrong key, wrong length, wrong padding and wrong tag are one and the same error.
An error that told them apart would help somebody who tries to open other people's messages by sending variants of them.
"""

import hmac
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from asn1crypto import algos
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from openics.pki import ber
from openics.pki.ber import Value
from openics.pki.cms_parts import integer
from openics.pki.errors import Code, PkiError

TAG = 16
"""Bytes of a GCM tag that is made here; shorter ones are not accepted below `_SHORTEST_TAG`."""
_SHORTEST_TAG = 12
_NONCE = 12
_FIX_ENCRYPT = "Encrypt with AES (CBC or GCM), the key carried by RSA (PKCS #1 v1.5 or OAEP) or by ECDH."
_FIX_KEY = "Encrypt to the gateway's certificate now in force; it is published with the dates of its use."


@dataclass(frozen=True, slots=True)
class ContentCipher:
    """A cipher of content: its name, key and block size (bytes), and what kind it is."""

    name: str
    key_size: int
    block: int = 16
    authenticated: bool = False
    legacy: bool = False
    identifier: bytes = field(init=False, repr=False)
    """The DER of its object identifier."""

    def __post_init__(self) -> None:
        """Work the identifier out once."""
        object.__setattr__(self, "identifier", algos.EncryptionAlgorithmId(self.name).dump())


CIPHERS = {
    cipher.name: cipher
    for cipher in (
        *(ContentCipher(f"aes{bits}_cbc", bits // 8) for bits in (128, 192, 256)),
        *(ContentCipher(f"aes{bits}_gcm", bits // 8, authenticated=True) for bits in (128, 192, 256)),
        ContentCipher("tripledes_3key", 24, 8, legacy=True),
    )
}
_WEAK = ("tripledes", "des", "rc2", "rc4")
_PREFERRED = ("aes256_gcm", "aes128_gcm", "aes256_cbc", "aes192_cbc", "aes128_cbc")
INTEROPERABLE = "aes256_cbc"
"""What is used towards somebody who has not said what they can read."""


def chosen(offered: Sequence[Collection[str]], *, legacy: bool = False) -> str:
    """The best cipher that everybody addressed can read.

    `offered` holds for each of them the names of the ciphers that they say they read, empty where they have not said.
    Triple DES is chosen only with `legacy`, for somebody who reads nothing better.
    """
    said = [set(each) for each in offered if each]
    if not said:
        return INTEROPERABLE
    common = set.intersection(*said)
    for name in _PREFERRED:
        if name in common and (len(said) == len(offered) or not CIPHERS[name].authenticated):
            return name
    return "tripledes_3key" if legacy and "tripledes_3key" in common else INTEROPERABLE


@lru_cache(256)
def named(identifier: bytes) -> ContentCipher:
    """The cipher with this DER object identifier; raises PkiError for one that is never accepted."""
    name = algos.EncryptionAlgorithmId.load(identifier).native
    if name not in CIPHERS:
        raise refused(name)
    return CIPHERS[name]


def refused(name: str) -> PkiError:
    """Why a cipher is not accepted."""
    code: Code = "weak-algorithm" if name.startswith(_WEAK) else "unsupported-algorithm"
    return PkiError(code, f"The algorithm {name} is not accepted for the content.", _FIX_ENCRYPT, "E4")


@dataclass(frozen=True, slots=True)
class Encrypted:
    """Encrypted content, the DER of its algorithm identifier, and the tag (empty without authentication)."""

    algorithm: bytes
    content: bytes
    tag: bytes = b""


def encrypt(content: bytes, cipher: ContentCipher, key: bytes) -> Encrypted:
    """Content encrypted under a key of the cipher's size."""
    if cipher.authenticated:
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
        hidden = encryptor.update(content) + encryptor.finalize()
        parameters = ber.encode(ber.SEQUENCE, ber.encode(ber.OCTETS, nonce) + integer(TAG))
        return Encrypted(ber.encode(ber.SEQUENCE, cipher.identifier + parameters), hidden, encryptor.tag)
    vector, fill = os.urandom(cipher.block), cipher.block - len(content) % cipher.block
    in_blocks = _in_blocks(cipher, key, vector).encryptor()
    hidden = in_blocks.update(content) + in_blocks.update(bytes([fill]) * fill) + in_blocks.finalize()
    return Encrypted(ber.encode(ber.SEQUENCE, cipher.identifier + ber.encode(ber.OCTETS, vector)), hidden)


def _in_blocks(cipher: ContentCipher, key: bytes, vector: bytes) -> Cipher[modes.CBC]:
    return Cipher(TripleDES(key) if cipher.legacy else algorithms.AES(key), modes.CBC(vector))


def decrypt_blocks(cipher: ContentCipher, key: bytes, parameters: Value, encrypted: bytes) -> bytes:
    """Open what a cipher without authentication encrypted, and take the padding off; raises PkiError `wrong-key`."""
    vector = parameters.contents
    if len(vector) != cipher.block or not encrypted or len(encrypted) % cipher.block:
        raise does_not_open()
    decryptor = _in_blocks(cipher, key, vector).decryptor()
    padded = decryptor.update(encrypted) + decryptor.finalize()
    fill = padded[-1]
    if not 1 <= fill <= cipher.block or not hmac.compare_digest(padded[-fill:], bytes([fill]) * fill):
        raise does_not_open()
    return padded[:-fill]


def decrypt_authenticated(key: bytes, parameters: Value, encrypted: bytes, tag: bytes, beside: bytes) -> bytes:
    """Open what AES-GCM encrypted, `beside` being the attributes it vouches for too; raises PkiError `wrong-key`."""
    nonce = parameters.parts()[0].contents
    if not _SHORTEST_TAG <= len(tag) <= TAG or not 8 <= len(nonce) <= 128:
        raise does_not_open()
    decryptor = Cipher(algorithms.AES(key), modes.GCM(nonce, tag, min_tag_length=_SHORTEST_TAG)).decryptor()
    decryptor.authenticate_additional_data(beside)
    try:
        return decryptor.update(encrypted) + decryptor.finalize()
    except InvalidTag:
        raise does_not_open() from None


def does_not_open() -> PkiError:
    """The one answer to everything that does not open."""
    return PkiError("wrong-key", "The message does not open with the gateway's key.", _FIX_KEY, "E4")
