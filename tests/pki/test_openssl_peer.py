"""The same messages read and written by software that shares no code with this one's: `openssl cms`."""

import logging
import subprocess
from pathlib import Path
from shutil import which

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from cms_messages import elliptic
from openics.pki import cms
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from trading_parties import Parties

CONTENT = b"UNB+UNOC:3'" * 10
LONG_CONTENT = bytes(range(256)) * 400
SIGN = ["-sign", "-nodetach", "-binary", "-outform", "DER", "-signer", "peer.crt", "-inkey", "peer.key"]
READ = ["-inform", "DER", "-binary"]
P256, P384 = elliptic(ec.SECP256R1()), elliptic(ec.SECP384R1())

pytestmark = pytest.mark.skipif(which("openssl") is None, reason="needs the openssl program")


def _openssl(directory: Path, given: bytes, *arguments: str) -> bytes:
    done = subprocess.run(["openssl", "cms", *arguments], input=given, cwd=directory, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(params=["RSA", "P-256", "P-384"])
def peer(request: pytest.FixtureRequest, parties: Parties, tmp_path: Path) -> Identity:
    """Whose key and certificate the openssl command has."""
    found = {"RSA": parties.gateway, "P-256": P256, "P-384": P384}[request.param]
    found.save(tmp_path, "peer")
    return found


@pytest.mark.parametrize("options", [[], ["-stream"], ["-keyid"], ["-md", "sha384"], ["-md", "sha512"]])
def test_its_signatures_verify(peer: Identity, tmp_path: Path, options: list[str]) -> None:
    found = cms.verify(_openssl(tmp_path, LONG_CONTENT, *SIGN, *options))
    assert (found.content, found.signer_certificate) == (LONG_CONTENT, peer.certificate)
    assert found.ciphers == ("aes256_cbc", "aes192_cbc", "aes128_cbc", "tripledes_3key")


@pytest.mark.parametrize("digest", ["sha256", "sha384"])
def test_its_pss_signatures_verify(parties: Parties, tmp_path: Path, digest: str) -> None:
    parties.site.save(tmp_path, "peer")
    found = cms.verify(_openssl(tmp_path, LONG_CONTENT, *SIGN, "-md", digest, "-keyopt", "rsa_padding_mode:pss"))
    assert (found.content, found.digest) == (LONG_CONTENT, digest)


def test_ours_verify_there(peer: Identity, tmp_path: Path) -> None:
    assert _openssl(tmp_path, cms.sign(CONTENT, peer), "-verify", *READ, "-noverify") == CONTENT
    (tmp_path / "content").write_bytes(CONTENT)
    detached = cms.sign_detached(CONTENT, peer)
    assert _openssl(tmp_path, detached, "-verify", *READ, "-noverify", "-content", "content") == CONTENT


def test_what_ours_say_they_read_is_read_there(peer: Identity, tmp_path: Path) -> None:
    printed = _openssl(tmp_path, cms.sign(CONTENT, peer), "-cmsout", "-print", "-noout", "-inform", "DER").decode()
    assert "object: S/MIME Capabilities (1.2.840.113549.1.9.15)" in printed
    assert "signatureAlgorithm" in printed


@pytest.mark.parametrize(
    "options",
    [
        ["-aes128"],
        ["-aes192", "-stream"],
        ["-aes256", "-keyid"],
        ["-aes-128-gcm"],
        ["-aes-256-gcm", "-stream"],
    ],
)
def test_its_envelopes_open(peer: Identity, tmp_path: Path, options: list[str]) -> None:
    message = _openssl(tmp_path, LONG_CONTENT, "-encrypt", "-binary", "-outform", "DER", *options, "peer.crt")
    opened = cms.decrypt(message, [peer])
    assert (opened.content, opened.identity, opened.authenticated) == (LONG_CONTENT, peer, "gcm" in options[0])


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("cofactor", ["0", "1"])
def test_each_way_in_which_it_agrees_on_a_key(tmp_path: Path, digest: str, cofactor: str) -> None:
    P384.save(tmp_path, "peer")
    options = ["-recip", "peer.crt", "-keyopt", f"ecdh_kdf_md:{digest}", "-keyopt", f"ecdh_cofactor_mode:{cofactor}"]
    message = _openssl(tmp_path, CONTENT, "-encrypt", "-binary", "-outform", "DER", "-aes128", *options)
    assert cms.decrypt(message, [P384]).content == CONTENT


def test_its_oaep_opens(parties: Parties, tmp_path: Path) -> None:
    parties.gateway.save(tmp_path, "peer")
    options = ["-recip", "peer.crt", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"]
    message = _openssl(tmp_path, CONTENT, "-encrypt", "-binary", "-outform", "DER", "-aes256", *options)
    assert cms.decrypt(message, [parties.gateway]).content == CONTENT


@pytest.mark.parametrize("cipher", ["aes128_cbc", "aes256_cbc", "aes128_gcm", "aes256_gcm", "tripledes_3key"])
@pytest.mark.parametrize("content", [b"", CONTENT, LONG_CONTENT])
def test_it_opens_ours(peer: Identity, parties: Parties, tmp_path: Path, cipher: str, content: bytes) -> None:
    message = cms.encrypt(cms.sign(content, parties.site), [parties.other.certificate, peer.certificate], cipher)
    opened = _openssl(tmp_path, message, "-decrypt", *READ, "-recip", "peer.crt", "-inkey", "peer.key")
    assert _openssl(tmp_path, opened, "-verify", *READ, "-noverify") == content


class TestLegacy:
    def test_sha_1_only_where_it_is_allowed_and_named_in_the_log(
        self, parties: Parties, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        parties.site.save(tmp_path, "peer")
        message = _openssl(tmp_path, CONTENT, *SIGN, "-md", "sha1")
        with pytest.raises(PkiError) as raised:
            cms.verify(message)
        assert (raised.value.code, raised.value.text) == (
            "weak-algorithm",
            "The algorithm sha1 is not accepted as digest of a signature.",
        )
        with caplog.at_level(logging.WARNING):
            found = cms.verify(message, legacy=True)
        assert (found.content, found.digest) == (CONTENT, "sha1")
        assert [text.partition(" by ")[0] for text in caplog.messages] == [
            "legacy algorithm used: a signature with sha1"
        ]

    def test_md5_is_never_accepted(self, parties: Parties, tmp_path: Path) -> None:
        parties.site.save(tmp_path, "peer")
        message = _openssl(tmp_path, CONTENT, *SIGN, "-md", "md5")
        with pytest.raises(PkiError) as raised:
            cms.verify(message, legacy=True)
        assert raised.value.code == "weak-algorithm"

    def test_triple_des_opens_where_it_is_allowed(self, parties: Parties, tmp_path: Path) -> None:
        parties.gateway.save(tmp_path, "peer")
        message = _openssl(tmp_path, CONTENT, "-encrypt", "-binary", "-outform", "DER", "-des3", "peer.crt")
        assert cms.decrypt(message, [parties.gateway], legacy=True).content == CONTENT
