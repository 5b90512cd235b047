"""What certificates say, and which keys are strong enough."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from openics.pki import certificates
from openics.pki.errors import PkiError
from openics.pki.identity import key_usage
from trading_parties import SITE_ADDRESS, STARTED, Parties


def _certificate(key: object, *extensions: x509.ExtensionType, email: str = "") -> x509.Certificate:
    names = [x509.NameAttribute(NameOID.COMMON_NAME, "Device")]
    if email:
        names.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, email))
    name = x509.Name(names)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())  # type: ignore[attr-defined]
    builder = builder.serial_number(7).not_valid_before(STARTED).not_valid_after(STARTED + timedelta(days=1))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, digest)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_a_certificate_is_read_from_der_and_pem(parties: Parties, encoding: Encoding) -> None:
    certificate = parties.site.certificate
    assert certificates.read_certificate(certificate.public_bytes(encoding)) == certificate


@pytest.mark.parametrize("data", [b"", b"\x30\x03\x02\x01\x05", b"-----BEGIN CERTIFICATE-----\nrubbish"])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(PkiError) as raised:
        certificates.read_certificate(data)
    assert raised.value.code == "bad-certificate"
    with pytest.raises(PkiError) as raised:
        certificates.known(data)
    assert raised.value.code == "bad-certificate"


def test_known_tells_issuer_serial_and_key(parties: Parties) -> None:
    certificate = parties.site.certificate
    known = certificates.known(certificates.der(certificate))
    assert known.certificate == certificate
    assert known.issuer == certificate.issuer.public_bytes()
    assert known.serial == certificate.serial_number
    assert known.key == certificate.public_key()
    assert (
        known.key_identifier
        == certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.key_identifier
    )


def test_fingerprint_is_sha_256_in_lower_case_hexadecimal(parties: Parties) -> None:
    certificate = parties.site.certificate
    assert certificates.fingerprint(certificate) == certificate.fingerprint(hashes.SHA256()).hex()
    assert len(certificates.fingerprint(certificate)) == 64


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (rsa.generate_private_key(65537, 1024), "RSA with 1024 bits"),
        (ec.generate_private_key(ec.SECP224R1()), "the curve secp224r1"),
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519"),
    ],
)
def test_other_keys_are_refused(key: object, found: str) -> None:
    with pytest.raises(PkiError) as raised:
        certificates.usable_key(_certificate(key))
    assert raised.value.code == "weak-key"
    assert raised.value.text == f"The key of certificate 7 is {found}, which is not accepted."


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
def test_the_two_curves_are_accepted(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    assert certificates.usable_key(_certificate(key)) == key.public_key()


def test_addresses_are_those_of_the_alternative_name_in_lower_case(parties: Parties) -> None:
    assert certificates.addresses(parties.site.certificate) == (SITE_ADDRESS,)
    names = x509.SubjectAlternativeName([x509.RFC822Name("EDI@Trader.Example"), x509.DNSName("trader.example")])
    certificate = _certificate(ec.generate_private_key(ec.SECP256R1()), names, email="old@trader.example")
    assert certificates.addresses(certificate) == ("edi@trader.example",)


def test_addresses_fall_back_to_the_subject() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert certificates.addresses(_certificate(key, email="Old@Trader.example")) == ("old@trader.example",)
    assert certificates.addresses(_certificate(key)) == ()


def test_a_certificate_can_be_encrypted_to_where_its_key_usage_fits_its_key(parties: Parties) -> None:
    key, elliptic = parties.site.private_key, ec.generate_private_key(ec.SECP256R1())
    assert certificates.may_encrypt_to(parties.site.certificate) is True
    assert certificates.may_encrypt_to(_certificate(key)) is True
    assert certificates.may_encrypt_to(_certificate(key, key_usage("digital_signature"))) is False
    assert certificates.may_encrypt_to(_certificate(elliptic)) is True
    assert certificates.may_encrypt_to(_certificate(elliptic, key_usage("key_agreement"))) is True
    assert certificates.may_encrypt_to(_certificate(elliptic, key_usage("key_encipherment"))) is False


def test_described_names_subject_and_serial_number() -> None:
    certificate = _certificate(ec.generate_private_key(ec.SECP256R1()))
    assert certificates.described(certificate) == "CN=Device (serial 7)"


def test_a_strangers_certificate_is_described_on_one_short_line() -> None:
    letter = "Trader\n\nURGENT: your key was revoked\x1b[2J, write to\nhelp@forger.example" + "!" * 3000
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, letter)])
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(STARTED).not_valid_after(STARTED + timedelta(days=1))
    found = certificates.described(builder.sign(key, hashes.SHA256()))
    strange = "\N{REPLACEMENT CHARACTER}"
    assert found.startswith(
        f"O=Trader{strange}{strange}URGENT: your key was revoked{strange}[2J\\, write to{strange}help"
    )
    assert (len(found), found.isprintable()) == (120 + len("… (serial 7)"), True)
