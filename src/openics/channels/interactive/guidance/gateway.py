"""The gateway's certificates as traders need them, read from the key folder without touching a private key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import addresses, der, fingerprint
from openics.pki.gateway_keys import PublicKeyDates, read_public
from openics.pki.identity import load_certificates
from openics.pki.key_ring import signer


class Part(StrEnum):
    """What a certificate of the gateway is for at a moment; the order is that of the page."""

    CURRENT = "current"
    """The gateway signs with it."""
    NEXT = "next"
    """The gateway will sign with it."""
    LEAVING = "leaving"
    """The gateway signs with another one, and still opens what is encrypted to this one."""


@dataclass(frozen=True, slots=True)
class GatewayCertificate:
    """One certificate of the gateway with its chain (nearest first), its dates of use, and whether mail may go to it."""

    key: PublicKeyDates
    chain: tuple[x509.Certificate, ...]
    part: Part
    open_now: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in pairs of digits: `3A:0F:…`."""
        digits = fingerprint(self.key.certificate).upper()
        return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))

    @property
    def name(self) -> str:
        """What its files are called: the day on which it ends, and the beginning of its fingerprint."""
        certificate = self.key.certificate
        return f"gateway-{certificate.not_valid_after_utc:%Y%m%d}-{fingerprint(certificate)[:8]}"

    @property
    def subject(self) -> str:
        """Whose it is."""
        return self.key.certificate.subject.rfc4514_string()

    @property
    def issuer(self) -> str:
        """Who issued it."""
        return self.key.certificate.issuer.rfc4514_string()

    @property
    def serial(self) -> str:
        """Its serial number in hexadecimal digits."""
        return f"{self.key.certificate.serial_number:x}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The mail addresses in it."""
        return addresses(self.key.certificate)

    @property
    def pem(self) -> bytes:
        """The certificate and its chain as PEM."""
        return b"".join(one.public_bytes(Encoding.PEM) for one in (self.key.certificate, *self.chain))

    @property
    def der(self) -> bytes:
        """The certificate alone as DER."""
        return der(self.key.certificate)


def published(directory: Path, at: datetime) -> Sequence[GatewayCertificate]:
    """The certificates that traders need to know at `at`: the current one, the next ones, those that leave.

    Raises PkiError when there is none, or when a file cannot be read.
    """
    keys = read_public(directory)
    current = signer(keys, at)
    known = [key for key in keys if key is current or (key.dated and at < key.retire_at)]
    found = [GatewayCertificate(key, _chain(directory, key), _part(key, current, at), key.opens(at)) for key in known]
    return sorted(found, key=lambda each: list(Part).index(each.part))


def _chain(directory: Path, key: PublicKeyDates) -> tuple[x509.Certificate, ...]:
    return tuple(load_certificates(directory / f"{key.name}.crt")[1:])


def _part(key: PublicKeyDates, current: PublicKeyDates | None, at: datetime) -> Part:
    if key is current:
        return Part.CURRENT
    return Part.NEXT if key.sign_from is not None and key.sign_from > at else Part.LEAVING
