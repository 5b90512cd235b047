"""A test certificate authority: issues, revokes, publishes its list and answers for its certificates (OCSP).

Everything lies in one directory: `root.key` and `root.crt`, `issued.jsonl` (a line for each certificate), `revoked.json`
and `revoked.crl`.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import PublicKey, strong
from openics.pki.directory import write_whole
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import TWO_YEARS, Identity, key_usage, new_key, subject_name
from openics.pki.kinds import FILE as KINDS_FILE
from openics.pki.kinds import Kind
from openics.sandbox import profiles

NAME = "OpenICS Test Authority"
ROOT_VALID = timedelta(days=3650)
CLOCK_TOLERANCE = timedelta(minutes=5)
"""How much earlier than asked certificates become valid, for computers whose clock is behind."""
_ROOT = "root"
_REVOKED = "revoked.json"
_LIST = "revoked.crl"
_ISSUED = "issued.jsonl"
_ANCHOR = "test-authority"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that the authority issued: its serial number (hexadecimal), whose it is, and its last moment."""

    serial: str
    subject: str
    email: str
    kind: str
    until: str
    asked_by: str = ""
    """The client (ABN or CCID) that asked for it on the web."""


class Authority:
    """Root certificate and key in `directory`, with what it has issued and the serial numbers it has revoked."""

    def __init__(self, directory: Path, web: str = "") -> None:
        """Open an authority made by `create`; raises PkiError `bad-key` or `bad-certificate`.

        `web` is the address of the web pages (http://HOST:PORT), below which list and answers are published;
        certificates issued without it name neither.
        """
        self._directory = directory
        self._root = Identity.load(directory, _ROOT)
        self._web = web

    @classmethod
    def create(cls, directory: Path, at: datetime | None = None, name: str = NAME, web: str = "") -> "Authority":
        """Make a root that is valid ten years from `at` (now), key mode 600, and an empty revocation list."""
        start = at or datetime.now(UTC)
        _root_identity(name, start).save(directory, _ROOT)
        write_whole(directory / _REVOKED, b"{}\n")
        authority = cls(directory, web)
        authority.write_list(start)
        return authority

    @property
    def certificate(self) -> x509.Certificate:
        """The root certificate."""
        return self._root.certificate

    @property
    def identity(self) -> Identity:
        """The root certificate with its key."""
        return self._root

    def issue(
        self,
        common_name: str,
        email: str,
        organisation: str = "",
        at: datetime | None = None,
        kind: Kind = Kind.DEVICE,
    ) -> Identity:
        """An identity with a new RSA key, such as of a site or a gateway; valid two years from `at` (now)."""
        key = new_key()
        return Identity(self._issue(kind, subject_name(common_name, organisation), email, key.public_key(), at), key)

    def issue_for_request(
        self, request: bytes, at: datetime | None = None, kind: Kind = Kind.DEVICE, asked_by: str = ""
    ) -> x509.Certificate:
        """A certificate for a signing request (PEM or DER) that names one e-mail address; the key stays with its owner.

        Raises PkiError `bad-certificate` for a request that cannot be read, is not signed by its own key, or names no
        address, `weak-key` for a key that the gateway would refuse.
        """
        fix = "Make the request anew, with one e-mail address as subject alternative name."
        with malformed("bad-certificate", "The signing request cannot be read", fix):
            asked = read_request(request)
            names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            addresses = names.get_values_for_type(x509.RFC822Name)
            if not asked.is_signature_valid or len(addresses) != 1:
                raise PkiError("bad-certificate", "The signing request does not prove one key for one address.", fix)
            key = strong(asked.public_key(), "the signing request")
        return self._issue(kind, asked.subject, addresses[0], key, at, asked_by)

    def revoke(self, certificate: x509.Certificate, at: datetime | None = None) -> None:
        """Revoke a certificate from `at` (now) on, and write the list anew. Doing it again changes nothing."""
        self.revoke_serial(certificate.serial_number, at)

    def revoke_serial(self, serial: int, at: datetime | None = None) -> None:
        """Revoke the certificate with this serial number, as `revoke` does."""
        moment = at or datetime.now(UTC)
        with self._locked():
            revoked = self._revoked()
            revoked.setdefault(f"{serial:x}", moment.isoformat())
            write_whole(self._directory / _REVOKED, json.dumps(revoked, indent=2).encode() + b"\n")
            self.write_list(moment)

    def issued(self) -> list[Issued]:
        """Every certificate that it has issued, in order."""
        path = self._directory / _ISSUED
        lines = path.read_text().splitlines() if path.exists() else []
        return [Issued(**json.loads(line)) for line in lines]

    def certificate_of(self, issued: Issued) -> x509.Certificate:
        """The certificate itself."""
        return x509.load_pem_x509_certificate((self._directory / "issued" / f"{issued.serial}.pem").read_bytes())

    def root_file(self) -> bytes:
        """The root certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    def revoked_at(self, serial: int) -> datetime | None:
        """When the certificate with this serial number was revoked; None when it was not."""
        found = self._revoked().get(f"{serial:x}")
        return datetime.fromisoformat(found) if found else None

    def revocation_list(self) -> bytes:
        """The list as it stands (DER)."""
        return (self._directory / _LIST).read_bytes()

    def write_list(self, at: datetime | None = None) -> Path:
        """Write the revocation list (DER), current two years from `at` (now); gives its path."""
        start = at or datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._root.certificate.subject)
        builder = builder.last_update(start - CLOCK_TOLERANCE).next_update(start + TWO_YEARS)
        for serial, moment in self._revoked().items():
            entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16))
            builder = builder.add_revoked_certificate(entry.revocation_date(datetime.fromisoformat(moment)).build())
        path = self._directory / _LIST
        signed = builder.sign(self._root.private_key, hashes.SHA256())
        write_whole(path, signed.public_bytes(Encoding.DER))
        return path

    def install(self, trust: Path) -> None:
        """Put root and revocation list into a trust store, and how its kinds are marked where nothing says it yet.

        Call again after `revoke`.
        """
        write_whole(trust / "anchors" / f"{_ANCHOR}.pem", self.certificate.public_bytes(Encoding.PEM))
        write_whole(trust / "crls" / f"{_ANCHOR}.crl", self.revocation_list())
        if not (trust / KINDS_FILE).exists():
            write_whole(trust / KINDS_FILE, profiles.kinds_file(_ANCHOR).encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._directory / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _revoked(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self._directory / _REVOKED).read_bytes())
        return found

    def _issue(
        self, kind: Kind, subject: x509.Name, email: str, key: PublicKey, at: datetime | None, asked_by: str = ""
    ) -> x509.Certificate:
        start = at or datetime.now(UTC)
        span = start - CLOCK_TOLERANCE, start + TWO_YEARS
        made = self._sign(profiles.published(profiles.builder(kind, subject, email, key, span), self._web))
        name = subject.rfc4514_string()
        line = Issued(f"{made.serial_number:x}", name, email, kind.value, span[1].isoformat(), asked_by)
        write_whole(self._directory / "issued" / f"{line.serial}.pem", made.public_bytes(Encoding.PEM))
        with self._locked(), (self._directory / _ISSUED).open("a") as file:
            file.write(json.dumps(asdict(line)) + "\n")
        return made

    def _sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        issued = builder.issuer_name(self._root.certificate.subject)
        key = self._root.private_key.public_key()
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key)
        return issued.add_extension(identifier, critical=False).sign(self._root.private_key, hashes.SHA256())


def opened(pki: Path, web: str = "") -> Authority:
    """The test authority of an instance, below its directory of keys; raises PkiError `no-trust-anchor` where there is none."""
    directory = pki / "authority"
    if not (directory / f"{_ROOT}.key").exists():
        raise PkiError(
            "no-trust-anchor",
            f"There is no test authority in {directory}.",
            "In production, certificates are issued by the accepted authorities.",
        )
    return Authority(directory, web)


def _root_identity(name: str, start: datetime) -> Identity:
    key, subject = new_key(), subject_name(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - CLOCK_TOLERANCE)
        .not_valid_after(start + ROOT_VALID)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(key_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Identity(builder.sign(key, hashes.SHA256()), key)


def read_request(request: bytes) -> x509.CertificateSigningRequest:
    """A signing request from PEM or DER, as far as it can be read; raises PkiError `bad-certificate`."""
    fix = "Make the request anew, with one e-mail address as subject alternative name."
    with malformed("bad-certificate", "The signing request cannot be read", fix):
        load = x509.load_pem_x509_csr if b"-----BEGIN" in request else x509.load_der_x509_csr
        found = load(request)
        _ = found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return found
