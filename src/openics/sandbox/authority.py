"""A test certificate authority: issues, revokes, and keeps its revocation list, all in one directory."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import PublicKey, strong
from openics.pki.directory import write_whole
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import TWO_YEARS, Identity, device_certificate, key_usage, new_key, subject_name

NAME = "OpenICS Test Authority"
ROOT_VALID = timedelta(days=3650)
CLOCK_TOLERANCE = timedelta(minutes=5)
"""How much earlier than asked certificates become valid, for computers whose clock is behind."""
_ROOT = "root"
_REVOKED = "revoked.json"
_LIST = "revoked.crl"


class Authority:
    """Root certificate and key in `directory`, with the serial numbers it has revoked."""

    def __init__(self, directory: Path) -> None:
        """Open an authority made by `create`; raises PkiError `bad-key` or `bad-certificate`."""
        self._directory = directory
        self._root = Identity.load(directory, _ROOT)

    @classmethod
    def create(cls, directory: Path, at: datetime | None = None, name: str = NAME) -> "Authority":
        """Make a root that is valid ten years from `at` (now), key mode 600, and an empty revocation list."""
        start = at or datetime.now(UTC)
        _root_identity(name, start).save(directory, _ROOT)
        write_whole(directory / _REVOKED, b"{}\n")
        authority = cls(directory)
        authority.write_list(start)
        return authority

    @property
    def certificate(self) -> x509.Certificate:
        """The root certificate."""
        return self._root.certificate

    def issue(self, common_name: str, email: str, organisation: str = "", at: datetime | None = None) -> Identity:
        """A device identity, for a site or a gateway, with a new key; valid two years from `at` (now)."""
        key = new_key()
        builder = _device(subject_name(common_name, organisation), email, key.public_key(), at)
        return Identity(self._sign(builder), key)

    def issue_for_request(self, request: bytes, at: datetime | None = None) -> x509.Certificate:
        """A device certificate for a signing request (PEM or DER) that names one e-mail address.

        Raises PkiError `bad-certificate` for a request that cannot be read, is not signed by its own key, or names no
        address, `weak-key` for a key that the gateway would refuse.
        """
        fix = "Make the request anew, with one e-mail address as subject alternative name."
        with malformed("bad-certificate", "The signing request cannot be read", fix):
            asked = _read_request(request)
            names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            addresses = names.get_values_for_type(x509.RFC822Name)
            if not asked.is_signature_valid or len(addresses) != 1:
                raise PkiError("bad-certificate", "The signing request does not prove one key for one address.", fix)
            key = strong(asked.public_key(), "the signing request")
        return self._sign(_device(asked.subject, addresses[0], key, at))

    def revoke(self, certificate: x509.Certificate, at: datetime | None = None) -> None:
        """Revoke a certificate from `at` (now) on, and write the list anew. Doing it again changes nothing."""
        moment = at or datetime.now(UTC)
        revoked = self._revoked()
        revoked.setdefault(f"{certificate.serial_number:x}", moment.isoformat())
        write_whole(self._directory / _REVOKED, json.dumps(revoked, indent=2).encode() + b"\n")
        self.write_list(moment)

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
        """Put root and revocation list into a trust store; call again after `revoke`."""
        write_whole(trust / "anchors" / "test-authority.pem", self.certificate.public_bytes(Encoding.PEM))
        write_whole(trust / "crls" / "test-authority.crl", (self._directory / _LIST).read_bytes())

    def _revoked(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self._directory / _REVOKED).read_bytes())
        return found

    def _sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        issued = builder.issuer_name(self._root.certificate.subject)
        key = self._root.private_key.public_key()
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key)
        return issued.add_extension(identifier, critical=False).sign(self._root.private_key, hashes.SHA256())


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


def _device(subject: x509.Name, email: str, key: PublicKey, at: datetime | None) -> x509.CertificateBuilder:
    start = at or datetime.now(UTC)
    return device_certificate(subject, email, key, start - CLOCK_TOLERANCE, start + TWO_YEARS)


def _read_request(request: bytes) -> x509.CertificateSigningRequest:
    if b"-----BEGIN" in request:
        return x509.load_pem_x509_csr(request)
    return x509.load_der_x509_csr(request)
