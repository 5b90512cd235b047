"""Revocation lists and answers are fetched, checked, kept and put away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from made_certificates import DEVICE, issued, revocation_list, root_and_trust
from openics.pki.errors import PkiError
from openics.pki.fetching import Limits
from openics.pki.identity import Identity
from openics.pki.refreshing import Refreshed, refresh, usable
from openics.pki.trust import TrustStore
from openics.sandbox import status
from openics.sandbox.authority import Authority
from pki.web_server import Site, serving
from trading_parties import NOW, STARTED

DAY = timedelta(days=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def root(tmp_path: Path) -> Identity:
    """An authority of which no list is at hand."""
    root, trust = root_and_trust(tmp_path)
    (trust / "crls" / "test-authority.crl").unlink()
    return root


def _points(*addresses: str) -> tuple[x509.ExtensionType, bool]:
    names = [x509.UniformResourceIdentifier(address) for address in addresses]
    return x509.CRLDistributionPoints([x509.DistributionPoint(names, None, None, None)]), False


def _asks(address: str) -> tuple[x509.ExtensionType, bool]:
    access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(address))
    return x509.AuthorityInformationAccess([access]), False


def _refresh(tmp_path: Path, site: Site, *certificates: x509.Certificate, root: Identity) -> list[Refreshed]:
    limits = Limits(private=frozenset({site.host}), seconds=5)
    return refresh(tmp_path / "trust", certificates, [root.certificate], NOW, limits)


def _files(tmp_path: Path) -> list[str]:
    return sorted(path.suffix for path in (tmp_path / "trust" / "fetched").glob("*"))


def _problem(tmp_path: Path, site: Site, certificate: x509.Certificate, root: Identity) -> str:
    [found] = _refresh(tmp_path, site, certificate, root=root)
    return found.problem.replace(site.host, "HOST")


class TestLists:
    @pytest.fixture
    def device(self, site: Site, root: Identity) -> x509.Certificate:
        return issued(root, "Device", *DEVICE, _points("ldap://crl.example/", site.address("/list"))).certificate

    def test_a_list_is_fetched_once_for_all_certificates_that_name_it(
        self, tmp_path: Path, site: Site, root: Identity, device: x509.Certificate
    ) -> None:
        other = issued(root, "Other", *DEVICE, _points(site.address("/list"))).certificate
        site.files["/list"] = revocation_list(root, STARTED, NOW + DAY, (other.serial_number, STARTED))
        what = f"revocation list of CN=OpenICS Test Authority (serial {root.certificate.serial_number:x})"
        assert _refresh(tmp_path, site, device, other, root=root) == [Refreshed(site.address("/list"), what)]
        assert [path for _, path, _ in site.asked] == ["/list"]
        store = TrustStore.load(tmp_path / "trust")
        store.validate(device, (), NOW)
        with pytest.raises(PkiError) as raised:
            store.validate(other, (), NOW)
        assert raised.value.code == "revoked"

    def test_a_list_as_pem(self, tmp_path: Path, site: Site, root: Identity, device: x509.Certificate) -> None:
        found = x509.load_der_x509_crl(revocation_list(root, STARTED, NOW + DAY))
        site.files["/list"] = found.public_bytes(Encoding.PEM)
        assert _problem(tmp_path, site, device, root) == ""
        TrustStore.load(tmp_path / "trust").validate(device, (), NOW)

    def test_what_must_not_take_the_place_of_the_list_at_hand(
        self, tmp_path: Path, site: Site, root: Identity, device: x509.Certificate
    ) -> None:
        site.files["/list"] = revocation_list(root, NOW - DAY, NOW + DAY)
        assert _problem(tmp_path, site, device, root) == ""
        forger = Authority.create(tmp_path / "forger", STARTED)
        ended = f"{NOW - DAY:%Y-%m-%d %H:%M}"
        bad = {
            f"the list is not signed by CN=OpenICS Test Authority (serial {root.certificate.serial_number:x})": (
                forger.revocation_list()
            ),
            "the list is older than the one at hand": revocation_list(root, STARTED - DAY, NOW + DAY),
            f"it is current from 2026-03-01 09:00 to {ended} UTC, which is not now": (
                revocation_list(root, STARTED, NOW - DAY)
            ),
        }
        for problem, content in bad.items():
            site.files["/list"] = content
            assert _problem(tmp_path, site, device, root) == f"http://HOST/list: {problem}"
        site.files["/list"] = b"rubbish"
        assert _problem(tmp_path, site, device, root).startswith(
            "What http://HOST/list sends cannot be read (ValueError"
        )
        del site.files["/list"]
        assert _problem(tmp_path, site, device, root) == "HOST answers 404"
        TrustStore.load(tmp_path / "trust").validate(device, (), NOW)

    def test_what_nobody_points_to_any_more_is_put_away(
        self, tmp_path: Path, site: Site, root: Identity, device: x509.Certificate
    ) -> None:
        site.files["/list"] = revocation_list(root, STARTED, NOW + DAY)
        _refresh(tmp_path, site, device, root=root)
        assert _files(tmp_path) == [".crl"]
        assert _refresh(tmp_path, site, root=root) == []
        assert _files(tmp_path) == []

    def test_an_issuer_that_is_not_in_the_store_is_not_asked_for(
        self, tmp_path: Path, site: Site, root: Identity
    ) -> None:
        stranger = Authority.create(tmp_path / "stranger", STARTED, "Strange Authority").identity
        device = issued(stranger, "Device", *DEVICE, _points(site.address("/list"))).certificate
        assert _refresh(tmp_path, site, device, root=root) == []
        assert site.asked == []


class TestAnswers:
    @pytest.fixture
    def authority(self, tmp_path: Path, site: Site, root: Identity) -> Authority:
        return Authority(tmp_path / "authority")

    def _answer(self, authority: Authority, certificate: x509.Certificate) -> bytes:
        builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, authority.certificate, hashes.SHA1())
        return status.answer(authority, builder.build().public_bytes(Encoding.DER), NOW)

    def _device(self, authority: Authority, site: Site) -> x509.Certificate:
        """One that the authority has issued, and that names the responder but no list."""
        made = authority.issue("Device", "edi@trader.example", at=STARTED)
        asking = issued(
            authority.identity, "Device", *DEVICE, _asks(site.address("/ocsp")), serial=made.certificate.serial_number
        )
        return asking.certificate

    def test_an_answer_is_asked_for_and_counts(self, tmp_path: Path, site: Site, authority: Authority) -> None:
        device = self._device(authority, site)
        site.files["/ocsp"] = self._answer(authority, device)
        assert _problem(tmp_path, site, device, authority.identity) == ""
        [(method, _, request)] = site.asked
        assert method == "POST"
        assert ocsp.load_der_ocsp_request(request).serial_number == device.serial_number
        TrustStore.load(tmp_path / "trust").validate(device, (), NOW)

    def test_a_list_is_preferred(self, tmp_path: Path, site: Site, root: Identity) -> None:
        both = issued(root, "Device", *DEVICE, _points(site.address("/list")), _asks(site.address("/ocsp"))).certificate
        site.files["/list"] = revocation_list(root, STARTED, NOW + DAY)
        assert _problem(tmp_path, site, both, root) == ""
        assert [path for _, path, _ in site.asked] == ["/list"]

    def test_answers_that_are_not_taken(self, tmp_path: Path, site: Site, authority: Authority) -> None:
        device, other = self._device(authority, site), self._device(authority, site)
        strange = issued(authority.identity, "Device", *DEVICE, _asks(site.address("/ocsp"))).certificate
        forger = Authority.create(tmp_path / "forger", STARTED)
        site.files["/ocsp"] = self._answer(authority, other)
        assert (
            _problem(tmp_path, site, device, authority.identity) == "http://HOST/ocsp answers for another certificate"
        )
        site.files["/ocsp"] = self._answer(authority, strange)
        assert _problem(tmp_path, site, strange, authority.identity) == "http://HOST/ocsp does not know the certificate"
        site.files["/ocsp"] = self._answer(forger, device)
        assert (
            _problem(tmp_path, site, device, authority.identity) == "http://HOST/ocsp answers for another certificate"
        )
        site.files["/ocsp"] = status.answer(authority, b"rubbish", NOW)
        assert _problem(tmp_path, site, device, authority.identity) == "http://HOST/ocsp answers malformed_request"
        assert _files(tmp_path) == []

    @pytest.mark.parametrize(("purpose", "taken"), [("OCSP_SIGNING", True), ("EMAIL_PROTECTION", False)])
    def test_somebody_whom_the_issuer_made_for_it_may_answer(
        self, tmp_path: Path, site: Site, authority: Authority, purpose: str, taken: bool
    ) -> None:
        device, root = self._device(authority, site), authority.identity
        usage = x509.ExtendedKeyUsage([getattr(ExtendedKeyUsageOID, purpose)])
        responder = issued(root, "Responder", (usage, False), (x509.OCSPNoCheck(), False))
        builder = ocsp.OCSPResponseBuilder().add_response(
            device, root.certificate, hashes.SHA1(), ocsp.OCSPCertStatus.GOOD, NOW, NOW + DAY, None, None
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        signed = builder.certificates([responder.certificate]).sign(responder.private_key, hashes.SHA256())
        site.files["/ocsp"] = signed.public_bytes(Encoding.DER)
        assert (_problem(tmp_path, site, device, root) == "") is taken
        if taken:
            TrustStore.load(tmp_path / "trust").validate(device, (), NOW)


def test_certificates_that_cannot_be_read_are_left_out(root: Identity) -> None:
    der = root.certificate.public_bytes(Encoding.DER)
    assert usable([der, b"rubbish", der]) == [root.certificate]
