"""Who is trusted: path, validity, usage and revocation, from files that may change at any time."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from openics.pki import directory
from openics.pki.certificates import described
from openics.pki.errors import PkiError
from openics.pki.identity import TWO_YEARS, Identity, key_usage, new_key, subject_name
from openics.pki.trust import VERDICT_FOR, TrustStore
from openics.sandbox.authority import Authority
from trading_parties import NOW, STARTED, Parties, make_parties


@pytest.fixture
def store(parties: Parties) -> TrustStore:
    return TrustStore.load(parties.trust)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes in the directory are noticed at the next call."""
    monkeypatch.setattr(directory, "RELOAD_AFTER", 0.0)


def _refusal(store: TrustStore, certificate: x509.Certificate, at: datetime = NOW, *others: x509.Certificate) -> str:
    with pytest.raises(PkiError) as raised:
        store.validate(certificate, others, at)
    assert described(certificate) in raised.value.text or raised.value.code == "weak-key"
    assert raised.value.fix
    return raised.value.code


def _issue(
    issuer: Identity, name: str, *extensions: tuple[x509.ExtensionType, bool], key: rsa.RSAPrivateKey | None = None
) -> Identity:
    """A certificate with exactly these extensions."""
    key = key or new_key()
    builder = x509.CertificateBuilder().subject_name(subject_name(name)).issuer_name(issuer.certificate.subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(STARTED).not_valid_after(STARTED + TWO_YEARS)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return Identity(builder.sign(issuer.private_key, hashes.SHA256()), key)


def _root(tmp_path: Path) -> tuple[Identity, TrustStore]:
    """An authority whose key a test may use, and a store that trusts it."""
    authority = Authority.create(tmp_path / "authority", STARTED)
    authority.install(tmp_path / "trust")
    return Identity.load(tmp_path / "authority", "root"), TrustStore.load(tmp_path / "trust")


class TestValidate:
    def test_an_issued_certificate_is_trusted(self, parties: Parties, store: TrustStore) -> None:
        store.validate(parties.site.certificate, (), NOW)
        store.validate(parties.gateway.certificate, (parties.site.certificate,), NOW)

    def test_validity_is_judged_at_the_moment_asked_for(self, parties: Parties, store: TrustStore) -> None:
        certificate = parties.site.certificate
        assert _refusal(store, certificate, certificate.not_valid_before_utc - timedelta(seconds=2)) == "not-yet-valid"
        store.validate(certificate, (), certificate.not_valid_before_utc)
        store.validate(certificate, (), certificate.not_valid_after_utc)
        assert _refusal(store, certificate, certificate.not_valid_after_utc + timedelta(seconds=2)) == "expired"

    def test_a_good_verdict_does_not_outlive_the_certificate(self, parties: Parties, store: TrustStore) -> None:
        certificate = parties.site.certificate
        last = certificate.not_valid_after_utc
        store.validate(certificate, (), last - timedelta(seconds=10))
        assert _refusal(store, certificate, last + timedelta(seconds=10)) == "expired"

    def test_a_certificate_of_nobody_is_not_trusted(self, stranger: Identity, store: TrustStore) -> None:
        assert _refusal(store, stranger.certificate, datetime.now(UTC)) == "unknown-issuer"

    def test_a_certificate_of_another_authority_with_the_same_name_is_not_trusted(
        self, tmp_path: Path, store: TrustStore
    ) -> None:
        other = Authority.create(tmp_path, STARTED).issue("Trader device", "edi@trader.example", at=STARTED)
        assert _refusal(store, other.certificate) == "unknown-issuer"

    def test_a_changed_certificate_is_not_trusted(self, parties: Parties, store: TrustStore) -> None:
        forged = parties.site.certificate.public_bytes(Encoding.DER).replace(
            b"edi@trader.example", b"edi@forger.example"
        )
        assert _refusal(store, x509.load_der_x509_certificate(forged)) == "bad-certificate"

    def test_a_weak_key_is_not_trusted(self, tmp_path: Path) -> None:
        root, store = _root(tmp_path)
        key = rsa.generate_private_key(65537, 1024)
        builder = x509.CertificateBuilder().subject_name(subject_name("Weak")).issuer_name(root.certificate.subject)
        builder = builder.public_key(key.public_key()).serial_number(1).not_valid_before(STARTED)
        certificate = builder.not_valid_after(STARTED + TWO_YEARS).sign(root.private_key, hashes.SHA256())
        assert _refusal(store, certificate) == "weak-key"

    def test_a_signature_with_sha_1_is_not_trusted(self, tmp_path: Path) -> None:
        """No library signs with SHA-1 any more, so the algorithm's name is changed; it is refused before the signature."""
        root, store = _root(tmp_path)
        der = _issue(root, "Device").certificate.public_bytes(Encoding.DER)
        sha_256, sha_1 = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105")
        assert _refusal(store, x509.load_der_x509_certificate(der.replace(sha_256, sha_1))) == "bad-certificate"

    @pytest.mark.parametrize(
        ("extension", "allowed"),
        [
            (key_usage("digital_signature"), True),
            (key_usage("content_commitment"), True),
            (key_usage("key_encipherment"), False),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH]), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE]), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        ],
    )
    def test_the_certificate_must_be_made_for_signing_mail(
        self, tmp_path: Path, extension: x509.ExtensionType, allowed: bool
    ) -> None:
        root, store = _root(tmp_path)
        certificate = _issue(root, "Device", (extension, True)).certificate
        if allowed:
            store.validate(certificate, (), NOW)
        else:
            assert _refusal(store, certificate) == "wrong-usage"

    def test_a_site_cannot_act_as_an_authority(self, parties: Parties, store: TrustStore) -> None:
        issued = _issue(parties.site, "Forged device")
        assert _refusal(store, issued.certificate, NOW, parties.site.certificate) == "bad-certificate"


class TestIntermediates:
    AUTHORITY = (x509.BasicConstraints(ca=True, path_length=0), True), (key_usage("key_cert_sign", "crl_sign"), True)

    def _issued(self, tmp_path: Path) -> tuple[x509.Certificate, Identity]:
        """A device certificate and the intermediate that issued it; the intermediate's empty list is in the store."""
        root, _ = _root(tmp_path)
        intermediate = _issue(root, "Issuing authority", *self.AUTHORITY)
        builder = x509.CertificateRevocationListBuilder().issuer_name(intermediate.certificate.subject)
        builder = builder.last_update(STARTED).next_update(STARTED + TWO_YEARS)
        pem = builder.sign(intermediate.private_key, hashes.SHA256()).public_bytes(Encoding.PEM)
        (tmp_path / "trust" / "crls" / "issuing.crl").write_bytes(pem)
        return _issue(intermediate, "Device").certificate, intermediate

    def test_an_intermediate_may_come_with_the_message(self, tmp_path: Path) -> None:
        certificate, intermediate = self._issued(tmp_path)
        store = TrustStore.load(tmp_path / "trust")
        assert _refusal(store, certificate) == "unknown-issuer"
        store.validate(certificate, (intermediate.certificate,), NOW)

    def test_an_intermediate_may_be_in_the_store(self, tmp_path: Path) -> None:
        certificate, intermediate = self._issued(tmp_path)
        (tmp_path / "trust" / "intermediates").mkdir()
        path = tmp_path / "trust" / "intermediates" / "issuing.pem"
        path.write_bytes(intermediate.certificate.public_bytes(Encoding.PEM))
        TrustStore.load(tmp_path / "trust").validate(certificate, (), NOW)

    def test_a_list_of_the_root_alone_does_not_cover_what_an_intermediate_issued(self, tmp_path: Path) -> None:
        certificate, intermediate = self._issued(tmp_path)
        (tmp_path / "trust" / "crls" / "issuing.crl").unlink()
        store = TrustStore.load(tmp_path / "trust")
        assert _refusal(store, certificate, NOW, intermediate.certificate) == "revocation-unknown"


class TestRevocation:
    def test_a_revoked_certificate_is_refused_from_its_revocation_on(self, tmp_path: Path) -> None:
        parties = make_parties(tmp_path)
        parties.authority.revoke(parties.site.certificate, NOW)
        parties.authority.install(parties.trust)
        store = TrustStore.load(parties.trust)
        assert _refusal(store, parties.site.certificate, NOW + timedelta(seconds=2)) == "revoked"
        store.validate(parties.site.certificate, (), NOW - timedelta(seconds=2))
        store.validate(parties.other.certificate, (), NOW + timedelta(seconds=2))

    def test_a_revocation_is_noticed_without_a_restart(self, tmp_path: Path, at_once: None) -> None:
        parties = make_parties(tmp_path)
        store = TrustStore.load(parties.trust)
        store.validate(parties.site.certificate, (), NOW)
        parties.authority.revoke(parties.site.certificate, STARTED)
        parties.authority.install(parties.trust)
        assert _refusal(store, parties.site.certificate) == "revoked"

    def test_without_a_list_nobody_is_trusted(self, tmp_path: Path) -> None:
        parties = make_parties(tmp_path)
        (parties.trust / "crls" / "test-authority.crl").unlink()
        assert _refusal(TrustStore.load(parties.trust), parties.site.certificate) == "revocation-unknown"

    def test_an_outdated_list_counts_for_nothing(self, tmp_path: Path) -> None:
        authority = Authority.create(tmp_path / "authority", STARTED - TWO_YEARS)
        authority.install(tmp_path / "trust")
        device = authority.issue("Device", "edi@trader.example", at=STARTED)
        store = TrustStore.load(tmp_path / "trust")
        assert _refusal(store, device.certificate) == "revocation-unknown"
        authority.write_list(NOW)
        authority.install(tmp_path / "trust")
        TrustStore.load(tmp_path / "trust").validate(device.certificate, (), NOW)

    def test_a_list_signed_by_somebody_else_counts_for_nothing(self, tmp_path: Path) -> None:
        parties = make_parties(tmp_path / "real")
        Authority.create(tmp_path / "forger", STARTED)
        forged = (tmp_path / "forger" / "revoked.crl").read_bytes()
        (parties.trust / "crls" / "test-authority.crl").write_bytes(forged)
        assert _refusal(TrustStore.load(parties.trust), parties.site.certificate) == "revocation-unknown"


class TestMemory:
    def test_a_good_verdict_is_kept_for_a_short_while(self, tmp_path: Path) -> None:
        """The files are gone but not yet looked at again, so what is remembered is all there is."""
        parties = make_parties(tmp_path)
        store = TrustStore.load(parties.trust)
        store.validate(parties.site.certificate, (), NOW)
        parties.authority.revoke(parties.site.certificate, STARTED)
        parties.authority.install(parties.trust)
        store.validate(parties.site.certificate, (), NOW + VERDICT_FOR - timedelta(seconds=1))

    def test_a_bad_verdict_is_not_kept(self, tmp_path: Path) -> None:
        certificate, intermediate = TestIntermediates()._issued(tmp_path)
        store = TrustStore.load(tmp_path / "trust")
        assert _refusal(store, certificate) == "unknown-issuer"
        store.validate(certificate, (intermediate.certificate,), NOW)

    def test_bad_new_files_leave_the_old_ones_in_force(
        self, tmp_path: Path, at_once: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        parties = make_parties(tmp_path)
        store = TrustStore.load(parties.trust)
        path = parties.trust / "crls" / "test-authority.crl"
        path.write_bytes(b"rubbish")
        with caplog.at_level(logging.ERROR):
            store.validate(parties.site.certificate, (), NOW)
        assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
            f"trust store {parties.trust} not reloaded, the old one stays in force"
        ]
        assert str(path) in caplog.text


class TestLoad:
    def test_an_empty_store_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PkiError) as raised:
            TrustStore.load(tmp_path)
        assert raised.value.code == "no-trust-anchor"
        assert raised.value.text == f"There is no root certificate in {tmp_path / 'anchors'}."

    @pytest.mark.parametrize("name", ["anchors/bad.pem", "intermediates/bad.pem", "crls/bad.crl"])
    def test_a_bad_file_is_refused_with_its_path(self, tmp_path: Path, name: str) -> None:
        parties = make_parties(tmp_path)
        path = parties.trust / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"-----BEGIN X509 CRL-----\nrubbish\n-----END X509 CRL-----\n")
        with pytest.raises(PkiError) as raised:
            TrustStore.load(parties.trust)
        assert raised.value.code == "bad-certificate"
        assert str(path) in raised.value.text
