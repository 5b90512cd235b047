"""The trust list: certificates of customs' gateway, old and new, each with the window in which it is used.

A gateway certificate is rolled over at a set instant. We encrypt to the one whose window has begun last and has not
ended, and accept signatures by any whose window has not ended: so both sides may switch some minutes apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import described, fingerprint
from openics.pki.errors import PkiError
from openics.pki.identity import load_certificates
from openics.pki.trust import TrustStore
from openics.trader.durable import write_durably
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome
from openics.trader.toml import read_toml, write_toml

ENCRYPT_FROM = "encrypt_from"
RETIRE_AT = "retire_at"


@dataclass(frozen=True, slots=True)
class GatewayCertificate:
    """One certificate of the gateway and its window; times are UTC."""

    certificate: x509.Certificate
    encrypt_from: datetime
    retire_at: datetime

    def retired(self, now: datetime) -> bool:
        """Whether the window has ended."""
        return now >= self.retire_at


def trust_anchor(home: TraderHome, path: Path) -> list[x509.Certificate]:
    """Trust the roots in a file; returns them."""
    found = _read(path)
    for certificate in found:
        write_durably(home.anchors / f"{fingerprint(certificate)[:16]}.pem", certificate.public_bytes(Encoding.PEM))
    return found


def trust_gateway(
    home: TraderHome,
    path: Path,
    now: datetime,
    *,
    encrypt_from: datetime | None = None,
    retire_at: datetime | None = None,
) -> GatewayCertificate:
    """Put a gateway certificate on the trust list, after checking that an anchor vouches for it.

    Without a window it is used from the start of its validity to the end of it; giving the same certificate again
    changes its window. Certificates that follow it in the file are its chain.
    """
    certificate, *chain = _read(path)
    return trust_gateway_certificate(home, certificate, chain, now, encrypt_from=encrypt_from, retire_at=retire_at)


def trust_gateway_certificate(
    home: TraderHome,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    now: datetime,
    *,
    encrypt_from: datetime | None = None,
    retire_at: datetime | None = None,
) -> GatewayCertificate:
    """Put a certificate at hand on the trust list, as `trust_gateway` does with one in a file."""
    window = GatewayCertificate(
        certificate, encrypt_from or certificate.not_valid_before_utc, retire_at or certificate.not_valid_after_utc
    )
    if window.encrypt_from >= window.retire_at:
        raise TraderError(
            f"The window would end on {window.retire_at:%Y-%m-%d %H:%M}, before it begins.", "Give a later --retire-at."
        )
    validate(home, certificate, chain, max(now, certificate.not_valid_before_utc))
    stem = home.gateways / fingerprint(certificate)[:16]
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in (certificate, *chain))
    write_toml(stem.with_suffix(".toml"), {ENCRYPT_FROM: window.encrypt_from, RETIRE_AT: window.retire_at})
    write_durably(stem.with_suffix(".pem"), pem)
    return window


def untrust_gateway(home: TraderHome, certificate: x509.Certificate) -> bool:
    """Strike a gateway certificate off the trust list; returns whether it stood there."""
    stem = home.gateways / fingerprint(certificate)[:16]
    there = stem.with_suffix(".pem").exists()
    for ending in (".pem", ".toml"):
        stem.with_suffix(ending).unlink(missing_ok=True)
    return there


def untrust_gateway_file(home: TraderHome, path: Path) -> bool:
    """Strike the certificate in a file off the trust list."""
    return untrust_gateway(home, _read(path)[0])


def trust_revocations(home: TraderHome, path: Path) -> x509.CertificateRevocationList:
    """Obey a certificate authority's revocation list; a later one of the same authority takes its place."""
    data = path.read_bytes()
    load = x509.load_pem_x509_crl if b"-----BEGIN" in data else x509.load_der_x509_crl
    try:
        found = load(data)
    except ValueError as error:
        raise TraderError(f"{path} is no revocation list: {error}.", "Give a CRL as PEM or DER.") from error
    name = sha256(found.issuer.public_bytes()).hexdigest()[:16]
    write_durably(home.trust / "crls" / f"{name}.crl", found.public_bytes(Encoding.DER))
    return found


def gateway_certificates(home: TraderHome) -> list[GatewayCertificate]:
    """The whole trust list, the window that begins last first."""
    found = [_listed(path) for path in home.gateways.glob("*.pem")]
    return sorted(found, key=lambda each: each.encrypt_from, reverse=True)


def encryption_certificate(home: TraderHome, now: datetime) -> x509.Certificate:
    """The gateway certificate to encrypt to now."""
    for each in gateway_certificates(home):
        if each.encrypt_from <= now and not each.retired(now):
            return each.certificate
    raise TraderError(
        f"No gateway certificate is in use at {now:%Y-%m-%d %H:%M} UTC.",
        "Get the gateway's current certificate from customs and add it: `openics client trust FILE`.",
    )


def check_signer(home: TraderHome, signer: x509.Certificate, others: Sequence[x509.Certificate], now: datetime) -> None:
    """Raise TraderError unless the signer is a gateway certificate that is accepted now."""
    for each in gateway_certificates(home):
        if each.certificate == signer and not each.retired(now):
            validate(home, signer, others, now)
            return
    raise TraderError(
        f"The mail is signed by {described(signer)}, which is not an accepted certificate of the gateway.",
        "If customs has announced this certificate, add it with `openics client trust FILE`; else ignore the mail.",
        "E4",
    )


def validate(home: TraderHome, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> None:
    """Raise TraderError unless an anchor vouches for the certificate at that time.

    A revocation list is obeyed when there is a current one. Without one the certificate still counts: it stands on the
    trader's own list, from which the trader strikes it off.
    """
    try:
        TrustStore.load(home.trust).validate(certificate, others, at)
    except PkiError as error:
        if error.code != "revocation-unknown":
            fix = f"{error.fix} Roots are added with `openics client trust --anchor FILE`."
            raise TraderError(error.text, fix, "E4") from error


def _listed(path: Path) -> GatewayCertificate:
    window = read_toml(path.with_suffix(".toml"))
    begin, end = window.get(ENCRYPT_FROM), window.get(RETIRE_AT)
    if not isinstance(begin, datetime) or not isinstance(end, datetime):
        place = path.with_suffix(".toml")
        raise TraderError(
            f"{place} lacks {ENCRYPT_FROM} or {RETIRE_AT}.", "Add the certificate to the trust list again."
        )
    return GatewayCertificate(_read(path)[0], begin.astimezone(UTC), end.astimezone(UTC))


def _read(path: Path) -> list[x509.Certificate]:
    try:
        return load_certificates(path)
    except PkiError as error:
        raise TraderError(error.text, error.fix) from error
