"""The test authority: what it issues is trusted until it is revoked."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from openics.pki.certificates import addresses, may_encrypt_to
from openics.pki.errors import PkiError
from openics.pki.identity import TWO_YEARS, new_key, request, subject_name
from openics.pki.trust import TrustStore
from openics.sandbox.authority import CLOCK_TOLERANCE, ROOT_VALID, Authority
from trading_parties import NOW, STARTED


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.create(tmp_path / "authority", STARTED)


def _revoked(directory: Path) -> list[int]:
    return [entry.serial_number for entry in x509.load_der_x509_crl((directory / "revoked.crl").read_bytes())]


def test_the_root_is_kept_with_its_key_closed_to_others(tmp_path: Path, authority: Authority) -> None:
    assert stat.S_IMODE((tmp_path / "authority" / "root.key").stat().st_mode) == 0o600
    root = authority.certificate
    assert (root.not_valid_before_utc, root.not_valid_after_utc) == (STARTED - CLOCK_TOLERANCE, STARTED + ROOT_VALID)
    assert Authority(tmp_path / "authority").certificate == root


def test_an_issued_device_signs_and_opens_mail_for_two_years(tmp_path: Path, authority: Authority) -> None:
    identity = authority.issue("Device", "edi@trader.example", "Trader", at=STARTED)
    certificate = identity.certificate
    assert certificate.not_valid_before_utc == STARTED - CLOCK_TOLERANCE
    assert certificate.not_valid_after_utc == STARTED + TWO_YEARS
    assert certificate.subject.rfc4514_string() == "CN=Device,O=Trader"
    assert addresses(certificate) == ("edi@trader.example",)
    assert may_encrypt_to(certificate) is True
    authority.install(tmp_path / "trust")
    TrustStore.load(tmp_path / "trust").validate(certificate, (), NOW)


def test_without_a_time_it_is_now(authority: Authority) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    certificate = authority.issue("Device", "edi@trader.example").certificate
    assert before - CLOCK_TOLERANCE <= certificate.not_valid_before_utc <= datetime.now(UTC) - CLOCK_TOLERANCE


def test_a_request_gives_a_certificate_for_its_key_and_address(tmp_path: Path, authority: Authority) -> None:
    key, pem = request("Device", "edi@trader.example", "Trader")
    certificate = authority.issue_for_request(pem, at=STARTED)
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == "CN=Device,O=Trader"
    assert addresses(certificate) == ("edi@trader.example",)
    der = x509.load_pem_x509_csr(pem).public_bytes(Encoding.DER)
    assert authority.issue_for_request(der, at=STARTED).public_key() == key.public_key()
    authority.install(tmp_path / "trust")
    TrustStore.load(tmp_path / "trust").validate(certificate, (), NOW)


def _request_for(*names: x509.GeneralName) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name("Device"))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(new_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_request_must_be_readable_signed_and_for_one_address(authority: Authority) -> None:
    one, other = x509.RFC822Name("edi@trader.example"), x509.RFC822Name("other@trader.example")
    good = _request_for(one)
    tampered = good.replace(b"edi@trader.example", b"edi@forger.example")
    for bad in (b"", b"rubbish", good[:-5], tampered, _request_for(), _request_for(one, other)):
        with pytest.raises(PkiError) as raised:
            authority.issue_for_request(bad)
        assert raised.value.code == "bad-certificate"


def test_a_request_with_a_weak_key_is_refused(authority: Authority) -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name("Device"))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name("a@b.example")]), critical=False)
    weak = builder.sign(ec.generate_private_key(ec.SECP224R1()), hashes.SHA256())
    with pytest.raises(PkiError) as raised:
        authority.issue_for_request(weak.public_bytes(Encoding.PEM))
    assert raised.value.code == "weak-key"


def test_revoking_writes_the_list_and_is_remembered(tmp_path: Path, authority: Authority) -> None:
    first, second = (authority.issue("Device", "edi@trader.example", at=STARTED).certificate for _ in range(2))
    assert _revoked(tmp_path / "authority") == []
    authority.revoke(first, NOW)
    Authority(tmp_path / "authority").revoke(second, NOW + timedelta(hours=1))
    assert sorted(_revoked(tmp_path / "authority")) == sorted([first.serial_number, second.serial_number])


def test_revoking_again_keeps_the_first_time(tmp_path: Path, authority: Authority) -> None:
    certificate = authority.issue("Device", "edi@trader.example", at=STARTED).certificate
    authority.revoke(certificate, NOW)
    authority.revoke(certificate, NOW + timedelta(days=1))
    revoked = x509.load_der_x509_crl((tmp_path / "authority" / "revoked.crl").read_bytes())
    assert [entry.revocation_date_utc for entry in revoked] == [NOW]


def test_the_list_is_current_for_two_years_and_signed_by_the_root(tmp_path: Path, authority: Authority) -> None:
    found = x509.load_der_x509_crl(authority.write_list(NOW).read_bytes())
    assert (found.last_update_utc, found.next_update_utc) == (NOW - CLOCK_TOLERANCE, NOW + TWO_YEARS)
    assert found.is_signature_valid(authority.certificate.public_key())  # type: ignore[arg-type]
