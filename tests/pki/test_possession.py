"""Proof that somebody holds a certificate's key, and certificates as people get them."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from openics.pki import cms
from openics.pki.bundles import read_bundle
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from openics.pki.possession import prove, proved
from openics.sandbox.authority import Authority

CHALLENGE = "openics-challenge:AAA676Y.7.0123456789abcdef:1uVx9Q:Zm9v-_YmFy"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def identity(authority: Authority) -> Identity:
    return authority.issue("Device", "edi@trader.example", "Trader")


@pytest.fixture(scope="module")
def root(authority: Authority) -> Identity:
    return Identity.generate("Root", "root@trader.example", at=datetime(2026, 1, 1, tzinfo=UTC))


def test_what_one_proves_the_other_reads(identity: Identity) -> None:
    proof = prove(CHALLENGE, identity)
    lines = proof.splitlines()
    assert (lines[0], lines[-1], max(map(len, lines))) == ("-----BEGIN CMS-----", "-----END CMS-----", 76)
    for given in (proof.encode(), b"text before\n" + proof.replace("\n", "\r\n").encode() + b"after"):
        assert proved(given, CHALLENGE)[0] == identity.certificate
    assert proved(cms.sign(CHALLENGE.encode() + b"\r\n", identity), CHALLENGE)[0] == identity.certificate


def test_openssl_proves_it_too(identity: Identity, tmp_path: Path) -> None:
    identity.save(tmp_path, "new")
    command = "openssl cms -sign -binary -nodetach -md sha256 -outform PEM -signer new.crt -inkey new.key"
    done = subprocess.run(command.split(), input=CHALLENGE.encode(), capture_output=True, cwd=tmp_path, check=True)
    assert proved(done.stdout, CHALLENGE)[0] == identity.certificate


@pytest.mark.parametrize("text", ["", "Pay 5 million", CHALLENGE + "\n", "openics-challenge:short", f" {CHALLENGE}"])
def test_nothing_else_is_signed(text: str, identity: Identity) -> None:
    with pytest.raises(PkiError) as error:
        prove(text, identity)
    assert error.value.code == "not-signed"


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        (b"", "not-cms"),
        (b"-----BEGIN CMS-----\n%%%\n-----END CMS-----", "not-cms"),
        (b"\x30" * 70_000, "not-cms"),
        (b"-----BEGIN CMS-----\nMAA=\n-----END CMS-----", "not-cms"),
    ],
)
def test_what_is_no_proof(proof: bytes, code: str) -> None:
    with pytest.raises(PkiError) as error:
        proved(proof, CHALLENGE)
    assert error.value.code == code


def test_another_challenge_proves_nothing(identity: Identity) -> None:
    proof = prove(CHALLENGE, identity).encode()
    with pytest.raises(PkiError) as error:
        proved(proof, CHALLENGE.replace("AAA676Y", "AAR399A"))
    assert (error.value.code, "another text" in error.value.text) == ("bad-signature", True)


def test_certificates_in_every_form(identity: Identity, root: Identity) -> None:
    device, issuer = identity.certificate, identity.chain[0] if identity.chain else root.certificate
    pem = [each.public_bytes(Encoding.PEM) for each in (issuer, device)]
    both = [issuer, device]
    for data in (
        b"".join(pem[::-1]),
        pkcs7.serialize_certificates(both, Encoding.PEM),
        pkcs7.serialize_certificates(both, Encoding.DER),
    ):
        assert {fingerprint(each) for each in read_bundle(data)} == {fingerprint(each) for each in both}
    assert read_bundle(device.public_bytes(Encoding.DER)) == [device]


def test_the_device_comes_before_its_authority(authority: Authority, identity: Identity, tmp_path: Path) -> None:
    authority.install(tmp_path)
    root = (tmp_path / "anchors" / "test-authority.pem").read_bytes()
    device = identity.certificate.public_bytes(Encoding.PEM)
    for data in (root + device, device + root):
        assert read_bundle(data)[0] == identity.certificate


@pytest.mark.parametrize("data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nx", b"x" * 65_537])
def test_what_is_no_certificate(data: bytes) -> None:
    with pytest.raises(PkiError) as error:
        read_bundle(data)
    assert (error.value.code, error.value.fix.endswith("chain.")) == ("bad-certificate", True)
