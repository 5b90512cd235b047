"""Answers about the test authority's certificates, to those who ask rightly and to others."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponseStatus

from made_certificates import DEVICE, issued
from openics.sandbox.authority import Authority
from openics.sandbox.status import CURRENT, LONGEST, answer
from trading_parties import NOW, STARTED


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.create(tmp_path / "authority", STARTED)


def _request(authority: Authority, asked: Authority, digest: hashes.HashAlgorithm) -> bytes:
    certificate = asked.issue("Device", "edi@trader.example", at=STARTED).certificate
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, authority.certificate, digest)
    return builder.build().public_bytes(Encoding.DER)


@pytest.mark.parametrize("digest", [hashes.SHA1(), hashes.SHA256()])
def test_an_issued_certificate_is_good_for_a_day(authority: Authority, digest: hashes.HashAlgorithm) -> None:
    found = ocsp.load_der_ocsp_response(answer(authority, _request(authority, authority, digest), NOW))
    assert (found.certificate_status, found.this_update_utc, found.next_update_utc) == (
        OCSPCertStatus.GOOD,
        NOW,
        NOW + CURRENT,
    )


def test_a_certificate_that_it_did_not_issue_is_unknown(authority: Authority) -> None:
    made = issued(authority.identity, "Device", *DEVICE).certificate
    builder = ocsp.OCSPRequestBuilder().add_certificate(made, authority.certificate, hashes.SHA1())
    found = ocsp.load_der_ocsp_response(answer(authority, builder.build().public_bytes(Encoding.DER), NOW))
    assert found.certificate_status is OCSPCertStatus.UNKNOWN


def test_about_another_authority_it_says_nothing(authority: Authority, tmp_path: Path) -> None:
    other = Authority.create(tmp_path / "other", STARTED)
    found = ocsp.load_der_ocsp_response(answer(authority, _request(other, authority, hashes.SHA1()), NOW))
    assert found.response_status is OCSPResponseStatus.UNAUTHORIZED


@pytest.mark.parametrize("request_bytes", [b"", b"rubbish", b"\x30\x00", bytes(LONGEST * 2)])
def test_what_is_no_request(authority: Authority, request_bytes: bytes) -> None:
    found = ocsp.load_der_ocsp_response(answer(authority, request_bytes, NOW))
    assert found.response_status is OCSPResponseStatus.MALFORMED_REQUEST
