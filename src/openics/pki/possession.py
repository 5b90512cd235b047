"""Proof that somebody holds the private key of a certificate: a challenge, signed with it (CMS, RFC 5652)."""

import base64
import re
from typing import Final

from cryptography import x509

from openics.pki import cms
from openics.pki.bundles import LARGEST
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity

PREFIX: Final = "openics-challenge:"
"""How every challenge begins: whoever signs one signs nothing else with it."""
CHALLENGE: Final = re.compile(rf"{PREFIX}[A-Za-z0-9:._-]{{20,300}}", re.ASCII)
_ARMOUR: Final = re.compile(rb"-----BEGIN (CMS|PKCS7)-----(.*?)-----END \1-----", re.DOTALL)
_FIX: Final = (
    "Sign the challenge exactly as it is shown, with the key of the new certificate, and give the whole result."
)


def prove(challenge: str, identity: Identity) -> str:
    """The challenge signed (PEM, with the certificate and its chain); raises PkiError `not-signed` for other texts."""
    if not CHALLENGE.fullmatch(challenge):
        fix = f"Copy the whole challenge as customs shows it; it begins with {PREFIX}"
        raise PkiError("not-signed", "This is no challenge, and is not signed.", fix)
    body = base64.encodebytes(cms.sign(challenge.encode(), identity)).replace(b"\n\n", b"\n").decode()
    return f"-----BEGIN CMS-----\n{body}-----END CMS-----\n"


def proved(proof: bytes, challenge: str) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The certificate whose key signed the challenge, and all that came with it; `proof` is PEM or DER.

    Raises PkiError for what cannot be read, is not rightly signed, or is another challenge. Whether the certificate is
    trusted is for `trust` to say.
    """
    if len(proof) > LARGEST:
        raise PkiError("not-cms", f"The proof has {len(proof)} bytes; at most {LARGEST} are read.", _FIX)
    try:
        with malformed("not-cms", "The proof cannot be read", _FIX):
            armoured = _ARMOUR.search(proof)
            signed = cms.verify(base64.b64decode(armoured[2]) if armoured else proof)
    except PkiError as error:
        raise PkiError(error.code, f"The proof is not good: {error.text}", _FIX) from error
    if signed.content.strip() != challenge.encode():
        raise PkiError("bad-signature", "The proof is of another text than the challenge on this page.", _FIX)
    return signed.signer_certificate, signed.certificates
