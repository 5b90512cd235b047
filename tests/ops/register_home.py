"""A home whose trust store the commands read, with an authority that issues for it."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import fingerprint
from openics.sandbox.authority import Authority

OWNER = "80000000001"
ADDRESS = "edi@exports.example"


@dataclass(frozen=True)
class Home:
    """Where the trust store is, and who issues."""

    path: Path
    authority: Authority

    def issue(self, name: str, address: str = ADDRESS) -> tuple[Path, str]:
        """A new device certificate in a file, and the digits that name it."""
        return self.write(name, self.authority.issue(name, address).certificate)

    def write(self, name: str, certificate: x509.Certificate) -> tuple[Path, str]:
        """A certificate in a file, and the digits that name it."""
        file = self.path / f"{name}.pem"
        file.write_bytes(certificate.public_bytes(Encoding.PEM))
        return file, fingerprint(certificate)[:16]


def make_home(path: Path) -> Home:
    """Make the authority and install what is trusted."""
    authority = Authority.create(path / "authority")
    authority.install(path / "pki" / "trust")
    return Home(path, authority)
