"""Certificates with their keys: made, kept, read again."""

import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from openics.pki import cms
from openics.pki.certificates import addresses
from openics.pki.errors import PkiError
from openics.pki.identity import TWO_YEARS, Identity, load_certificates, load_key, request, save_key
from trading_parties import STARTED, Parties


def test_a_saved_identity_is_loaded_again_with_its_chain(tmp_path: Path, parties: Parties) -> None:
    identity = Identity(parties.site.certificate, parties.site.private_key, (parties.authority.certificate,))
    identity.save(tmp_path / "identity", "site")
    loaded = Identity.load(tmp_path / "identity", "site")
    assert (loaded.certificate, loaded.chain) == (identity.certificate, (parties.authority.certificate,))
    assert cms.verify(cms.sign(b"content", loaded)).content == b"content"
    assert stat.S_IMODE((tmp_path / "identity" / "site.key").stat().st_mode) == 0o600


def test_saving_over_an_open_key_file_closes_it(tmp_path: Path, parties: Parties) -> None:
    (tmp_path / "site.key").write_bytes(b"old")
    (tmp_path / "site.key").chmod(0o666)
    save_key(tmp_path / "site.key", parties.site.private_key)
    assert stat.S_IMODE((tmp_path / "site.key").stat().st_mode) == 0o600


def test_the_key_is_not_shown(parties: Parties) -> None:
    assert "private_key" not in repr(parties.site)


def test_a_generated_identity_is_valid_for_two_years_and_one_address() -> None:
    identity = Identity.generate("Device", "EDI@Trader.example", "Trader", at=STARTED)
    certificate = identity.certificate
    assert (certificate.not_valid_before_utc, certificate.not_valid_after_utc) == (STARTED, STARTED + TWO_YEARS)
    assert certificate.subject.rfc4514_string() == "CN=Device,O=Trader"
    assert certificate.issuer == certificate.subject
    assert addresses(certificate) == ("edi@trader.example",)


def test_a_key_of_another_certificate_is_refused(parties: Parties) -> None:
    with pytest.raises(PkiError) as raised:
        Identity(parties.site.certificate, parties.other.private_key)
    assert raised.value.code == "bad-key"


def test_a_request_names_the_subject_and_one_address() -> None:
    key, pem = request("Device", "edi@trader.example", "Trader")
    asked = x509.load_pem_x509_csr(pem)
    names = asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert asked.is_signature_valid
    assert asked.public_key() == key.public_key()
    assert asked.subject.rfc4514_string() == "CN=Device,O=Trader"
    assert names.get_values_for_type(x509.RFC822Name) == ["edi@trader.example"]
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_cannot_be_read_is_refused_with_its_path(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "site.key"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PkiError) as raised:
        load_key(path)
    assert raised.value.code == "bad-key"
    assert raised.value.text.startswith(f"The private key {path} cannot be read (")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.key"
    key = ed25519.Ed25519PrivateKey.generate()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(PkiError) as raised:
        load_key(path)
    assert raised.value.text == f"The private key {path} is neither RSA nor EC."


def test_certificates_are_read_from_pem_and_der_files(tmp_path: Path, parties: Parties) -> None:
    first, second = parties.site.certificate, parties.authority.certificate
    (tmp_path / "two.pem").write_bytes(first.public_bytes(Encoding.PEM) + second.public_bytes(Encoding.PEM))
    (tmp_path / "one.cer").write_bytes(first.public_bytes(Encoding.DER))
    assert load_certificates(tmp_path / "two.pem") == [first, second]
    assert load_certificates(tmp_path / "one.cer") == [first]


def test_a_certificate_file_that_cannot_be_read_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(PkiError) as raised:
        load_certificates(tmp_path / "none.pem")
    assert raised.value.code == "bad-certificate"
    assert raised.value.text.startswith(f"The certificate file {tmp_path / 'none.pem'} cannot be read (")
