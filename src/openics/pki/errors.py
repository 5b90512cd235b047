"""What can be wrong with a certificate, a key, a signature or a sealed mail, in words that help to mend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Code = Literal[
    "bad-certificate",
    "bad-encoding",
    "bad-header",
    "bad-key",
    "bad-signature",
    "bad-statement",
    "body-text",
    "expired",
    "no-attachment",
    "no-certificate",
    "no-gateway-key",
    "no-trust-anchor",
    "not-cms",
    "not-encrypted",
    "not-fetched",
    "not-for-devices",
    "not-for-people",
    "not-mail",
    "not-signed",
    "not-yet-valid",
    "revocation-unknown",
    "revoked",
    "too-deep",
    "too-large",
    "too-many-parts",
    "two-attachments",
    "two-signers",
    "unknown-issuer",
    "unsupported-algorithm",
    "weak-algorithm",
    "weak-key",
    "wrong-key",
    "wrong-usage",
]


class PkiError(Exception):
    """Why something cannot be trusted, opened or sealed.

    `code` is stable and meant for programs; `text` says what is wrong and where, `fix` what to do about it, and `rule`
    is the published rule that is broken (`E1` to `E10`), empty where there is none.
    """

    def __init__(self, code: Code, text: str, fix: str, rule: str = "") -> None:
        super().__init__(f"{text} {fix}")
        self.code: Code = code
        self.text = text
        self.fix = fix
        self.rule = rule


@contextmanager
def malformed(code: Code, text: str, fix: str, rule: str = "") -> Iterator[None]:
    """Turn whatever a parser says about hostile bytes into a `PkiError`; a `PkiError` passes unchanged.

    Parsers of ASN.1 fail in many ways on bytes made to break them (ValueError, TypeError, KeyError, RecursionError and
    more), and none of these may stop the work on the next mail.
    """
    try:
        yield
    except PkiError:
        raise
    except Exception as error:
        raise PkiError(code, f"{text} ({type(error).__name__}: {str(error)[:200]}).", fix, rule) from error
