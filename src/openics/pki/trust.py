"""Which certificates are trusted: path to an anchor, validity, usage, and revocation lists, all from files.

A store is a directory: `anchors/*.pem` (roots), `intermediates/*.pem`, `crls/*.crl`, `fetched/` (see `revocations`)
and `kinds.toml` (see `kinds`). Nothing is fetched here. Files may be replaced at any time; a running store notices
within about a second, and keeps what it had when the new files are bad.
"""

import logging
from collections import OrderedDict
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
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
from openics.pki.chains import leading
from openics.pki.directory import Watch
from openics.pki.errors import Code, PkiError, malformed
from openics.pki.identity import load_certificates
from openics.pki.kinds import NO_MARKS, Kind, Marks, kind_of, may_sign_in, may_sign_interchanges, read_marks
from openics.pki.revocations import FETCHED, Strictness, ended, read_lists, read_status, stale_moments

VERDICT_FOR = timedelta(seconds=60)
"""How long a certificate found good is taken as good without looking again."""
_REMEMBERED = 10_000
_BROKEN, _LEGACY = frozenset({"md2", "md5"}), frozenset({"sha1"})

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
    """What the files of a store hold; `marks` are by the DER of the anchor."""

    anchors: tuple[asn1_x509.Certificate, ...]
    intermediates: tuple[asn1_x509.Certificate, ...]
    lists: tuple[asn1_crl.CertificateList, ...]
    marks: Mapping[bytes, Marks]
    trusted: tuple[x509.Certificate, ...]
    """Anchors and intermediates, once more."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """When a certificate was found good, by the marks of which anchor its kind is told, and its kind."""

    at: datetime
    marks: Marks
    kind: Kind | None


class TrustStore:
    """Anchors, intermediates and revocation lists, and the verdicts reached with them a short while ago."""

    def __init__(self, directory: Path, strictness: Strictness | None = None, *, legacy: bool = False) -> None:
        """Read the store; raises PkiError `no-trust-anchor`, or `bad-certificate` naming the file.

        With `legacy`, certificates signed with SHA-1 count, and each use is logged.
        """
        self._directory = directory
        self._strictness = strictness or Strictness()
        self._weak = _BROKEN if legacy else _BROKEN | _LEGACY
        self._watch = Watch(directory, *(directory / name for name in ("anchors", "intermediates", "crls", FETCHED)))
        self._contents = _read(directory)
        self._good: OrderedDict[str, _Verdict] = OrderedDict()

    @classmethod
    def load(cls, directory: Path, strictness: Strictness | None = None, *, legacy: bool = False) -> "TrustStore":
        """Read the store in `directory`."""
        return cls(directory, strictness, legacy=legacy)

    def validate(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime, *, signing: bool = True
    ) -> Kind | None:
        """The kind of `certificate` when it is trusted for signing mail at `at`; raise PkiError when it is not.

        `others` came with the message and may serve as intermediates. Every certificate but the anchor must be covered
        by a revocation list of its issuer, or a status answer, that is current at `at`; `Strictness` says whether none
        counts as a reason to refuse. Without `signing` the certificate need not be made for signing: one that mail is
        only encrypted to. One of a person is refused. The kind is None for a certificate without marks.
        """
        self._look()
        if signing:
            _check_usage(certificate)
        kind = self._trusted(certificate, others, at).kind
        problem = may_sign_interchanges(certificate, kind)
        if problem is not None:
            raise problem
        return kind

    def sign_in_problem(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime
    ) -> PkiError | None:
        """Why nobody can sign in to the web with a certificate at `at`: not trusted, or not made for it; or None."""
        self._look()
        try:
            return may_sign_in(certificate, self._trusted(certificate, others, at).marks)
        except PkiError as error:
            return error

    def issuers(self) -> tuple[x509.Certificate, ...]:
        """The anchors and intermediates of the store."""
        self._look()
        return self._contents.trusted

    def _look(self) -> None:
        if self._watch.changed():
            self._reload()

    def _trusted(self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> _Verdict:
        """What is found of the certificate, if it is trusted; raises PkiError."""
        name = fingerprint(certificate)
        known = self._good.get(name)
        if known is not None and _still_good(known, certificate, at):
            return known
        usable_key(certificate)
        path = _Path(certificate, others, self._contents, read_status(self._directory, name), self._weak)
        marks = self._contents.marks.get(path.checked(at, self._strictness), NO_MARKS)
        verdict = _Verdict(at, marks, kind_of(certificate, marks))
        self._remember(name, verdict)
        return verdict

    def _remember(self, name: str, verdict: _Verdict) -> None:
        self._good[name] = verdict
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


def _still_good(verdict: _Verdict, certificate: x509.Certificate, at: datetime) -> bool:
    if not timedelta(0) <= at - verdict.at < VERDICT_FOR:
        return False
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class _Path:
    """A certificate that is to be led back to an anchor, and what helps with it."""

    certificate: x509.Certificate
    others: Sequence[x509.Certificate]
    contents: _Contents
    answers: Sequence[asn1_ocsp.OCSPResponse]
    weak: frozenset[str]

    def checked(self, at: datetime, strictness: Strictness) -> bytes:
        """The DER of the anchor that vouches for the certificate; raises PkiError."""
        try:
            return self._checked(at, "require")
        except PkiError as error:
            if error.code != "revocation-unknown":
                raise
            return self._without_current(at, strictness, error)

    def _without_current(self, at: datetime, strictness: Strictness, error: PkiError) -> bytes:
        """What holds where nothing current says whether it was revoked: what ended a while ago, or nothing."""
        anchor = self._leniently(at)
        for moment in stale_moments(self.contents.lists, self.answers, at, strictness.stale):
            try:
                self._checked(moment, "require")
            except PkiError as stale:
                if stale.code in {"revocation-unknown", "not-yet-valid"}:
                    continue
                raise
            _log.warning("a revocation list is late: it ended at %s: %s", moment, described(self.certificate))
            return anchor
        if strictness.required:
            raise error
        _log.warning("not checked for revocation: %s", described(self.certificate))
        return anchor

    def _leniently(self, at: datetime) -> bytes:
        """Checked with those lists and answers that have not ended: one that has would stand in the way."""
        lists = [each for each in self.contents.lists if not ended([each], (), at)]
        answers = [each for each in self.answers if not ended((), [each], at)]
        current = replace(self, contents=replace(self.contents, lists=tuple(lists)), answers=answers)
        return current._checked(at, "soft-fail")

    def _checked(self, at: datetime, mode: str) -> bytes:
        text = f"The certificate {described(self.certificate)}"
        with malformed("bad-certificate", f"{text} cannot be checked", "Ask the authority for a new one."):
            validator = CertificateValidator(
                asn1_x509.Certificate.load(der(self.certificate)), validation_context=self._context(at, mode)
            )
            try:
                path = _finish(validator.async_validate_path())
            except (ValidationError, PathBuildingError) as error:
                raise _refusal(text, error) from error
            for each in path.iter_certs(include_root=False):
                if each.hash_algo in _LEGACY:
                    _log.warning("legacy algorithm used: %s signed with %s", text, each.hash_algo)
            anchor: bytes = path.trust_anchor.certificate.dump()
            return anchor

    def _context(self, at: datetime, mode: str) -> ValidationContext:
        between = leading(self.certificate, self.others, self.contents.trusted, at)
        others = (asn1_x509.Certificate.load(der(other)) for other in between)
        return ValidationContext(
            trust_roots=list(self.contents.anchors),
            other_certs=[*self.contents.intermediates, *others],
            crls=list(self.contents.lists),
            ocsps=list(self.answers),
            moment=at,
            allow_fetching=False,
            revocation_mode=mode,
            retroactive_revinfo=True,
            weak_hash_algos=set(self.weak),
        )


def _refusal(text: str, error: Exception) -> PkiError:
    code, what, fix = next((code, what, fix) for kind, code, what, fix in _REFUSALS if isinstance(error, kind))
    return PkiError(code, f"{text} {what}.", fix, "E4")


def _finish(steps: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never waits for anything, so that no event loop is needed: nothing is fetched here."""
    try:
        steps.send(None)
    except StopIteration as end:
        return end.value
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
    anchors = {path.stem: load_certificates(path) for path in sorted((directory / "anchors").glob("*.pem"))}
    roots = [one for found in anchors.values() for one in found]
    if not roots:
        raise PkiError(
            "no-trust-anchor",
            f"There is no root certificate in {directory / 'anchors'}.",
            "Put the root certificates of the accepted authorities there, as PEM files (*.pem).",
        )
    named = read_marks(directory)
    marks = {der(one): named[stem] for stem, found in anchors.items() for one in found if stem in named}
    between = [one for path in sorted((directory / "intermediates").glob("*.pem")) for one in load_certificates(path)]
    return _Contents(_parsed(roots), _parsed(between), read_lists(directory), marks, (*roots, *between))


def _parsed(certificates: Sequence[x509.Certificate]) -> tuple[asn1_x509.Certificate, ...]:
    return tuple(asn1_x509.Certificate.load(der(certificate)) for certificate in certificates)
