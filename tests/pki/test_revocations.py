"""How strictly revocation is asked for: required or not, late lists, answers (OCSP)."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from made_certificates import DEVICE, issued, revocation_list, root_and_trust
from openics.pki.certificates import described, fingerprint
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from openics.pki.revocations import Strictness, status_path
from openics.pki.trust import TrustStore
from openics.sandbox import status
from openics.sandbox.authority import Authority
from trading_parties import NOW, STARTED

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def root(tmp_path: Path) -> Identity:
    """An authority whose list is for each test to put there."""
    root, trust = root_and_trust(tmp_path)
    (trust / "crls" / "test-authority.crl").unlink()
    return root


@pytest.fixture(params=["names a list", "names none"])
def device(root: Identity, request: pytest.FixtureRequest) -> Identity:
    """The library that checks paths asks more of a certificate that says where its list lies."""
    point = x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.example/")], None, None, None)
    points = [(x509.CRLDistributionPoints([point]), False)] if request.param == "names a list" else []
    return issued(root, "Device", *DEVICE, *points)


def _list(tmp_path: Path, content: bytes, where: str = "crls") -> None:
    (tmp_path / "trust" / where).mkdir(exist_ok=True)
    (tmp_path / "trust" / where / "list.crl").write_bytes(content)


def _store(tmp_path: Path, **strictness: object) -> TrustStore:
    return TrustStore.load(tmp_path / "trust", Strictness(**strictness))  # type: ignore[arg-type]


def _code(store: TrustStore, device: Identity) -> str:
    with pytest.raises(PkiError) as raised:
        store.validate(device.certificate, (), NOW)
    return raised.value.code


class TestLate:
    def test_a_list_counts_for_as_long_after_its_end_as_is_allowed(
        self, tmp_path: Path, root: Identity, device: Identity, caplog: pytest.LogCaptureFixture
    ) -> None:
        _list(tmp_path, revocation_list(root, STARTED, NOW - 2 * HOUR))
        assert _code(_store(tmp_path), device) == "revocation-unknown"
        assert _code(_store(tmp_path, stale=HOUR), device) == "revocation-unknown"
        with caplog.at_level(logging.WARNING):
            assert _store(tmp_path, stale=3 * HOUR).validate(device.certificate, (), NOW) is None
        assert caplog.messages == [
            f"a revocation list is late: it ended at {NOW - 2 * HOUR}: {described(device.certificate)}"
        ]

    def test_what_a_late_list_revokes_is_revoked(self, tmp_path: Path, root: Identity, device: Identity) -> None:
        serial = device.certificate.serial_number
        _list(tmp_path, revocation_list(root, NOW - DAY, NOW - HOUR, (serial, NOW - 2 * HOUR)))
        assert _code(_store(tmp_path, stale=DAY), device) == "revoked"
        assert _code(_store(tmp_path, stale=DAY, required=False), device) == "revoked"

    def test_a_certificate_that_has_ended_stays_ended(self, tmp_path: Path, root: Identity, device: Identity) -> None:
        end = device.certificate.not_valid_after_utc
        _list(tmp_path, revocation_list(root, STARTED, end - HOUR))
        with pytest.raises(PkiError) as raised:
            _store(tmp_path, stale=DAY).validate(device.certificate, (), end + HOUR)
        assert raised.value.code == "expired"


class TestNotRequired:
    def test_nothing_known_counts_for_the_certificate_and_is_logged(
        self, tmp_path: Path, device: Identity, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert _code(_store(tmp_path), device) == "revocation-unknown"
        with caplog.at_level(logging.WARNING):
            _store(tmp_path, required=False).validate(device.certificate, (), NOW)
        assert caplog.messages == [f"not checked for revocation: {described(device.certificate)}"]

    def test_what_is_known_to_be_revoked_is_refused(self, tmp_path: Path, root: Identity, device: Identity) -> None:
        _list(tmp_path, revocation_list(root, STARTED, NOW + DAY, (device.certificate.serial_number, STARTED)))
        assert _code(_store(tmp_path, required=False), device) == "revoked"


class TestFetchedLists:
    def test_a_fetched_list_counts_like_the_operators_own(
        self, tmp_path: Path, root: Identity, device: Identity
    ) -> None:
        _list(tmp_path, revocation_list(root, STARTED, NOW + DAY), "fetched")
        _store(tmp_path).validate(device.certificate, (), NOW)

    def test_either_of_two_lists_revokes(self, tmp_path: Path, root: Identity, device: Identity) -> None:
        _list(tmp_path, revocation_list(root, STARTED, NOW + DAY))
        later = revocation_list(root, NOW - HOUR, NOW + DAY, (device.certificate.serial_number, NOW - HOUR))
        _list(tmp_path, later, "fetched")
        assert _code(_store(tmp_path), device) == "revoked"

    def test_a_broken_fetched_list_is_left_out(
        self, tmp_path: Path, root: Identity, device: Identity, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Unlike a broken file of the operator's, which must be mended, it will be fetched anew."""
        _list(tmp_path, revocation_list(root, STARTED, NOW + DAY))
        _list(tmp_path, b"rubbish", "fetched")
        with caplog.at_level(logging.WARNING):
            _store(tmp_path).validate(device.certificate, (), NOW)
        assert [text.partition(":")[0] for text in caplog.messages] == ["a fetched revocation list is not used"]


class TestAnswers:
    @pytest.fixture
    def authority(self, tmp_path: Path, root: Identity) -> Authority:
        """Its certificates say where they can be asked for."""
        return Authority(tmp_path / "authority", "http://customs.example")

    def _answered(self, tmp_path: Path, authority: Authority, device: Identity) -> None:
        builder = ocsp.OCSPRequestBuilder().add_certificate(device.certificate, authority.certificate, hashes.SHA1())
        request = builder.build().public_bytes(Encoding.DER)
        path = status_path(tmp_path / "trust", fingerprint(device.certificate))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(status.answer(authority, request, NOW - HOUR))

    def test_a_good_answer_stands_for_a_list(self, tmp_path: Path, authority: Authority) -> None:
        one, other = (authority.issue("Device", "edi@trader.example", at=STARTED) for _ in range(2))
        self._answered(tmp_path, authority, one)
        store = _store(tmp_path)
        store.validate(one.certificate, (), NOW)
        assert _code(store, other) == "revocation-unknown"

    def test_an_answer_revokes(self, tmp_path: Path, authority: Authority) -> None:
        one = authority.issue("Device", "edi@trader.example", at=STARTED)
        authority.revoke(one.certificate, STARTED)
        self._answered(tmp_path, authority, one)
        assert _code(_store(tmp_path), one) == "revoked"

    def test_an_unknown_certificate_and_a_late_answer(self, tmp_path: Path, authority: Authority) -> None:
        made = authority.issue("Device", "edi@trader.example", at=STARTED)
        (tmp_path / "authority" / "issued.jsonl").unlink()
        unknown = Identity(made.certificate, made.private_key)
        self._answered(tmp_path, authority, unknown)
        assert _code(_store(tmp_path), unknown) == "revocation-unknown"
        one = authority.issue("Device", "edi@trader.example", at=STARTED)
        self._answered(tmp_path, authority, one)
        late = NOW + 2 * DAY
        with pytest.raises(PkiError) as raised:
            _store(tmp_path, stale=DAY).validate(one.certificate, (), late)
        assert raised.value.code == "revocation-unknown"
        _store(tmp_path, stale=2 * DAY).validate(one.certificate, (), late)

    def test_a_broken_answer_is_left_out(self, tmp_path: Path, authority: Authority) -> None:
        one = authority.issue("Device", "edi@trader.example", at=STARTED)
        self._answered(tmp_path, authority, one)
        status_path(tmp_path / "trust", fingerprint(one.certificate)).write_bytes(b"rubbish")
        assert _code(_store(tmp_path), one) == "revocation-unknown"
