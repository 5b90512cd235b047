"""What kind of certificate one is, by the marks that its authority puts into it, and what each kind may do.

Customs tells five products apart: those of people (individual, organisation), which sign in to the web, and those of
machines (device, device of a host bureau; both "Type 3"), which sign interchanges. How an authority marks them is data:
`kinds.toml` beside the trust anchors holds a table for each anchor, named as the anchor's file without `.pem`:

    [test-authority]
    individual = ["2.999.36.1"]
    device = ["2.999.36.3"]

Each is a list of object identifiers, of certificate policies or extended key usages. The marks of real authorities are
not published, so none are built in; a certificate without marks may do whatever its key usages allow.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from openics.pki.certificates import described, extension
from openics.pki.errors import PkiError, malformed


class Kind(StrEnum):
    """Who or what holds a certificate."""

    INDIVIDUAL = "individual"
    """A person (Type 1)."""
    ORGANISATION = "organisation"
    """A person for an organisation (Type 2, ABN-DSC)."""
    DEVICE = "device"
    """A server that exchanges interchanges (Type 3)."""
    HOST = "host"
    """A server of a recognised host bureau (Type 3 Host)."""

    @property
    def is_person(self) -> bool:
        """Whether a person holds it."""
        return self in {Kind.INDIVIDUAL, Kind.ORGANISATION}


Marks = Mapping[str, Kind]
"""Object identifiers, dotted, and the kind that each stands for."""

NO_MARKS: Final[Marks] = {}
FILE: Final = "kinds.toml"
DENIED: Final = "14"
"""The error code with which Customs Interactive turned a device's certificate away."""
_FIX_FILE = "Give for each anchor a table of individual, organisation, device and host, each a list of OIDs in quotes."


def read_marks(directory: Path) -> dict[str, Marks]:
    """The marks of each anchor, by the name of its file without `.pem`; raises PkiError `bad-certificate`."""
    path = directory / FILE
    if not path.exists():
        return {}
    with malformed("bad-certificate", f"The marks of certificates in {path} cannot be read", _FIX_FILE):
        return {anchor: _marks(table) for anchor, table in tomllib.loads(path.read_text()).items()}


def _marks(table: Mapping[str, list[str]]) -> Marks:
    return {x509.ObjectIdentifier(mark).dotted_string: Kind(kind) for kind, marks in table.items() for mark in marks}


def kind_of(certificate: x509.Certificate, marks: Marks) -> Kind | None:
    """The kind that the certificate is marked as; None for one without marks."""
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        policies = extension(certificate, x509.CertificatePolicies) or ()
        usages = extension(certificate, x509.ExtendedKeyUsage) or ()
    found = [each.policy_identifier.dotted_string for each in policies] + [each.dotted_string for each in usages]
    return next((marks[each] for each in found if each in marks), None)


def may_sign_in(certificate: x509.Certificate, marks: Marks = NO_MARKS) -> PkiError | None:
    """Why nobody can sign in to the web with a certificate; None when its kind and usages allow it.

    Whether it is trusted, and whose it is, is not asked here: `TrustStore.sign_in_problem` asks the first too.
    """
    kind = kind_of(certificate, marks)
    text = f"The certificate {described(certificate)}"
    if kind is not None and not kind.is_person:
        return PkiError(
            "not-for-people",
            f"Error code {DENIED}, not authorised: {text[0].lower()}{text[1:]} is one of a {kind} (Type 3).",
            "Sign in with a certificate of a person; a device's certificate only signs and opens interchanges.",
        )
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        purposes, usage = extension(certificate, x509.ExtendedKeyUsage), extension(certificate, x509.KeyUsage)
    allowed = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    if purposes is not None and not any(each in allowed for each in purposes):
        return _not_made(text, "whose extended key usage allows client authentication")
    if usage is not None and not usage.digital_signature:
        return _not_made(text, "whose key usage allows digital signatures")
    return None


def _not_made(text: str, which: str) -> PkiError:
    fix = f"Sign in with a certificate {which}; the authority sets it when it issues one."
    return PkiError("wrong-usage", f"{text} is not made for signing in.", fix)


def may_sign_interchanges(certificate: x509.Certificate, kind: Kind | None) -> PkiError | None:
    """Why interchanges cannot be signed with a certificate of this kind; None when they can."""
    if kind is None or not kind.is_person:
        return None
    return PkiError(
        "not-for-devices",
        f"The certificate {described(certificate)} is one of a person ({kind}), which signs no interchanges.",
        "Sign interchanges with a device certificate (Type 3), and sign in to the web with this one.",
        "E4",
    )
