"""What somebody may ask the test authority for on the web: a certificate for an address that is theirs."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.clients.models import Site
from openics.pki.certificates import addresses
from openics.pki.errors import PkiError
from openics.pki.kinds import Kind
from openics.sandbox.authority import Authority, Issued, read_request

LONGEST = 20_000
"""Characters of a request that are looked at."""
_FIX = "Make the request anew, with this one e-mail address as subject alternative name."


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a certificate would be for: its kind, and the e-mail address that must stand in it.

    `site` is the EDI site of a device; `name` is the common name that a key made in the browser is for.
    """

    value: str
    kind: Kind
    email: str
    name: str
    site: str = ""

    @property
    def label(self) -> str:
        """How the page offers it."""
        if self.site:
            return f"Device certificate of site {self.site}"
        return f"{self.kind.value.capitalize()} certificate of your own"


def purposes(sites: list[Site], email: str, name: str) -> list[Purpose]:
    """What a person may ask for: a device for each site of their client, and certificates of their own.

    A host bureau's is not among them: with it one sends for everybody, so the operator issues it.
    """
    devices = [
        Purpose(each.site_id, Kind.DEVICE, each.edi_address.lower(), each.site_id, each.site_id) for each in sites
    ]
    own = [Purpose(kind.value, kind, email.lower(), name) for kind in (Kind.INDIVIDUAL, Kind.ORGANISATION)]
    return [*devices, *own]


def issue(authority: Authority, purpose: Purpose, request: str, asked_by: str, now: datetime) -> Issued:
    """Issue what is asked for; raises PkiError for a request that cannot be read or names another address."""
    if len(request) > LONGEST:
        raise PkiError(
            "too-large", f"The request has {len(request)} characters.", "One is about 1,000 characters long."
        )
    asked = read_request(request.encode())
    named = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = [each.lower() for each in named.get_values_for_type(x509.RFC822Name)]
    if found != [purpose.email]:
        text = f"The request is for {', '.join(found) or 'no address'}; this certificate is for {purpose.email}."
        raise PkiError("bad-certificate", text, _FIX)
    made = authority.issue_for_request(request.encode(), now, purpose.kind, asked_by)
    return next(each for each in reversed(authority.issued()) if int(each.serial, 16) == made.serial_number)


def pem(authority: Authority, issued: Issued) -> bytes:
    """The certificate as PEM."""
    return authority.certificate_of(issued).public_bytes(Encoding.PEM)


def site_for(issued: Issued, certificate: x509.Certificate, sites: list[Site]) -> Site | None:
    """The site to which a device's certificate can be registered; None where there is none."""
    if issued.kind != Kind.DEVICE.value:
        return None
    return next((each for each in sites if each.edi_address.lower() in addresses(certificate)), None)
