"""Which certificates are trusted: path to an anchor, validity, usage, and revocation lists, all from files.

A store is a directory: `anchors/*.pem` (roots), `intermediates/*.pem`, `crls/*.crl`. Nothing is fetched. Files may be
replaced at any time; a running store notices within about a second, and keeps what it had when the new files are bad.
"""

import logging
from collections import OrderedDict
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from openics.pki.certificates import der, described, fingerprint, may_sign, usable_key
from openics.pki.directory import Watch
from openics.pki.errors import Code, PkiError, malformed
from openics.pki.identity import load_certificates

VERDICT_FOR = timedelta(seconds=60)
"""How long a certificate found good is taken as good without looking again."""
_REMEMBERED = 10_000

_log = logging.getLogger(__name__)

_REFUSALS: tuple[tuple[type[Exception], Code, str, str], ...] = (
    (RevokedError, "revoked", "has been revoked", "Register a new certificate with customs."),
    (ExpiredError, "expired", "has expired, or one that issued it has", "Renew it and register the new one."),
    (NotYetValidError, "not-yet-valid", "is not valid yet", "Check the clock, or wait until its first day."),
    (
        InsufficientRevinfoError,
        "revocation-unknown",
        "cannot be checked for revocation: no current revocation list of its issuer is at hand",
        "The operator of the gateway must put the issuer's current list into the trust store (crls/*.crl).",
    ),
    (
        PathBuildingError,
        "unknown-issuer",
        "was issued by nobody who is trusted here",
        "Use a certificate of an accepted authority, and send its intermediate certificates along.",
    ),
    (
        InvalidCertificateError,
        "unknown-issuer",
        "is signed by itself",
        "Use a certificate of an accepted authority.",
    ),
    (
        ValidationError,
        "bad-certificate",
        "does not hold against its issuers' rules",
        "Ask the authority that issued it for a new one.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the files of a store hold."""

    anchors: tuple[asn1_x509.Certificate, ...]
    intermediates: tuple[asn1_x509.Certificate, ...]
    lists: tuple[asn1_crl.CertificateList, ...]


class TrustStore:
    """Anchors, intermediates and revocation lists, and the verdicts reached with them a short while ago."""

    def __init__(self, directory: Path) -> None:
        """Read the store; raises PkiError `no-trust-anchor`, or `bad-certificate` naming the file."""
        self._directory = directory
        self._watch = Watch(*(directory / name for name in ("anchors", "intermediates", "crls")))
        self._contents = _read(directory)
        self._good: OrderedDict[str, datetime] = OrderedDict()

    @classmethod
    def load(cls, directory: Path) -> "TrustStore":
        """Read the store in `directory`."""
        return cls(directory)

    def validate(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime, *, signing: bool = True
    ) -> None:
        """Return when `certificate` is trusted for signing mail at `at`; raise PkiError when it is not.

        `others` came with the message and may serve as intermediates. Every certificate but the anchor must be
        covered by a revocation list of its issuer that is current at `at`; no list counts as a reason to refuse.
        Without `signing` the certificate need not be made for signing: one that mail is only encrypted to.
        """
        if self._watch.changed():
            self._reload()
        name = fingerprint(certificate)
        if signing:
            _check_usage(certificate)
        if not self._was_good(name, certificate, at):
            usable_key(certificate)
            self._check_path(certificate, others, at)
            self._remember(name, at)

    def _was_good(self, name: str, certificate: x509.Certificate, at: datetime) -> bool:
        checked = self._good.get(name)
        if checked is None or not timedelta(0) <= at - checked < VERDICT_FOR:
            return False
        return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc

    def _remember(self, name: str, at: datetime) -> None:
        self._good[name] = at
        self._good.move_to_end(name)
        if len(self._good) > _REMEMBERED:
            self._good.popitem(last=False)

    def _reload(self) -> None:
        try:
            contents = _read(self._directory)
        except PkiError as error:
            _log.error("trust store %s not reloaded, the old one stays in force: %s", self._directory, error)
            return
        self._contents = contents
        self._good.clear()

    def _check_path(self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> None:
        contents = self._contents
        text = f"The certificate {described(certificate)}"
        with malformed("bad-certificate", f"{text} cannot be checked", "Ask the authority for a new one."):
            context = ValidationContext(
                trust_roots=list(contents.anchors),
                other_certs=[*contents.intermediates, *(asn1_x509.Certificate.load(der(other)) for other in others)],
                crls=list(contents.lists),
                moment=at,
                allow_fetching=False,
                revocation_mode="require",
                retroactive_revinfo=True,
            )
            validator = CertificateValidator(asn1_x509.Certificate.load(der(certificate)), validation_context=context)
            try:
                _finish(validator.async_validate_path())
            except (ValidationError, PathBuildingError) as error:
                raise _refusal(text, error) from error


def _refusal(text: str, error: Exception) -> PkiError:
    code, what, fix = next((code, what, fix) for kind, code, what, fix in _REFUSALS if isinstance(error, kind))
    return PkiError(code, f"{text} {what}.", fix, "E4")


def _finish(steps: Coroutine[Any, Any, object]) -> None:
    """Run a coroutine that never waits for anything, so that no event loop is needed: nothing is fetched here."""
    try:
        steps.send(None)
    except StopIteration:
        return
    steps.close()
    raise RuntimeError("path validation tried to fetch something")


def _check_usage(certificate: x509.Certificate) -> None:
    """Signing must be allowed by the key usage, and mail by the extended key usage, where the certificate has them."""
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        allowed = may_sign(certificate)
    if not allowed:
        raise PkiError(
            "wrong-usage",
            f"The certificate {described(certificate)} is not made for signing mail.",
            "Sign with a certificate whose key usage allows digital signatures and e-mail protection.",
            "E4",
        )


def _read(directory: Path) -> _Contents:
    anchors = _certificates(directory / "anchors")
    if not anchors:
        raise PkiError(
            "no-trust-anchor",
            f"There is no root certificate in {directory / 'anchors'}.",
            "Put the root certificates of the accepted authorities there, as PEM files (*.pem).",
        )
    lists = tuple(_revocation_list(path) for path in sorted((directory / "crls").glob("*.crl")))
    return _Contents(anchors, _certificates(directory / "intermediates"), lists)


def _certificates(directory: Path) -> tuple[asn1_x509.Certificate, ...]:
    return tuple(
        asn1_x509.Certificate.load(der(certificate))
        for path in sorted(directory.glob("*.pem"))
        for certificate in load_certificates(path)
    )


def _revocation_list(path: Path) -> asn1_crl.CertificateList:
    fix = "Give a certificate revocation list as DER or PEM."
    with malformed("bad-certificate", f"The revocation list {path} cannot be read", fix):
        data = path.read_bytes()
        if pem.detect(data):
            data = pem.unarmor(data)[2]
        found = asn1_crl.CertificateList.load(data, strict=True)
        _ = found.issuer.native
        return found
