"""What OpenICS accepts of certificates and mail today, in words; the figures are those that the code checks by."""

from typing import Final

from openics.pki.algorithms import DIGESTS
from openics.pki.certificates import CURVES, LARGEST_RSA, SMALLEST_RSA
from openics.pki.ciphers import CIPHERS

_CURVES: Final = {"secp256r1": "P-256", "secp384r1": "P-384"}

HASHES: Final = tuple(f"SHA-{name.removeprefix('sha')}" for name in DIGESTS)
"""The hashes of signatures."""
ACCEPTED_CIPHERS: Final = tuple(
    f"AES-{cipher.key_size * 8}-{cipher.name.rpartition('_')[2].upper()}"
    for cipher in CIPHERS.values()
    if not cipher.legacy
)
"""The ciphers of content."""
REFUSED: Final = ("SHA-1", "MD5", "triple DES", "RC2")
"""What older or other software offers, and is refused."""

ACCEPTED: Final = (
    (
        "Key of a certificate",
        f"RSA with {SMALLEST_RSA} to {LARGEST_RSA} bits, or {_CURVES[CURVES[0]]} or {_CURVES[CURVES[1]]}",
    ),
    (
        "Key that answers can be encrypted to",
        "RSA with a key usage that allows key encipherment, or elliptic with one that allows key agreement",
    ),
    ("Signature", f"{', '.join(HASHES[:-1])} or {HASHES[-1]}, with RSA (PKCS #1 v1.5 or PSS) or ECDSA"),
    ("Encryption of the content", f"{', '.join(ACCEPTED_CIPHERS[:-1])} or {ACCEPTED_CIPHERS[-1]}"),
    ("Encryption of its key", "RSA (PKCS #1 v1.5 or OAEP), or ECDH with AES key wrap"),
    ("Use", "Digital signature or non-repudiation, and e-mail protection, where the certificate limits its use"),
    ("Kind", "A device's (Type 3); a person's certificate signs no interchanges"),
    ("Issuer", "An authority that customs trusts, with a current revocation list or OCSP answer"),
    ("Registered", "The certificate itself, for your site, with the site's own mail address in it"),
    ("Refused", ", ".join(REFUSED)),
)
"""A table: what is looked at, and what is accepted."""
