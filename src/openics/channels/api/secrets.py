"""Secrets and tokens: random, told once, and kept only as their hash.

Both are 256 bits from the system's generator, so a plain SHA-256 keeps them: there is nothing to guess by trying, which is
what slow hashes are for.
"""

import secrets
from hashlib import sha256
from typing import Final

SECRET_PREFIX: Final = "openics_secret_"  # noqa: S105 - the beginning of secrets, not one
TOKEN_PREFIX: Final = "openics_token_"  # noqa: S105
"""By these, programs that search repositories find what must not be there."""
BYTES: Final = 32


def new_secret() -> str:
    """A secret for a program."""
    return SECRET_PREFIX + secrets.token_urlsafe(BYTES)


def new_token() -> str:
    """An access token."""
    return TOKEN_PREFIX + secrets.token_urlsafe(BYTES)


def new_identifier() -> str:
    """An OAuth client id for a program: 16 letters and digits."""
    return "prg-" + "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))


def digest(text: str) -> bytes:
    """What is kept of a secret or a token."""
    return sha256(text.encode()).digest()
