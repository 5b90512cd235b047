"""Certificates that must be refused, each really made, and each refusal with its place, cause and fix."""

import time
from pathlib import Path

import pytest
from asn1crypto import core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from made_certificates import (
    AUTHORITY,
    DEVICE,
    certified,
    issued,
    revocation_list,
    root_and_store,
    root_and_trust,
    unsigned,
)
from openics.pki import ber, certificates, cms
from openics.pki.certificates import described, read_chain
from openics.pki.errors import PkiError
from openics.pki.identity import TWO_YEARS, Identity, subject_name
from openics.pki.trust import TrustStore
from trading_parties import NOW, STARTED, Parties

CONTENT = b"UNB+UNOC:3'"


def _refusal(store: TrustStore, certificate: x509.Certificate, *others: x509.Certificate) -> PkiError:
    with pytest.raises(PkiError) as raised:
        store.validate(certificate, others, NOW)
    assert raised.value.fix
    return raised.value


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "found"),
        [
            (rsa.generate_private_key(65537, 1024), "RSA with 1024 bits"),
            (ec.generate_private_key(ec.SECP192R1()), "the curve secp192r1"),
            (ec.generate_private_key(ec.SECP256K1()), "the curve secp256k1"),
            (ec.generate_private_key(ec.SECP521R1()), "the curve secp521r1"),
            (ec.generate_private_key(ec.BrainpoolP256R1()), "the curve brainpoolP256r1"),
            (ed25519.Ed25519PrivateKey.generate(), "Ed25519"),
        ],
    )
    def test_a_key_that_is_not_accepted(self, tmp_path: Path, key: rsa.RSAPrivateKey, found: str) -> None:
        root, store = root_and_store(tmp_path)
        certificate = certified(root, key.public_key(), *DEVICE)
        refused = _refusal(store, certificate)
        place = f"certificate {certificate.serial_number:x}"
        assert (refused.code, refused.text) == ("weak-key", f"The key of {place} is {found}, which is not accepted.")

    def test_a_public_exponent_so_large_that_checking_takes_long(self, tmp_path: Path) -> None:
        root, store = root_and_store(tmp_path)
        modulus = rsa.generate_private_key(65537, 2048).public_key().public_numbers().n
        key = rsa.RSAPublicNumbers((1 << 2000) + 1, modulus).public_key()
        refused = _refusal(store, certified(root, key, *DEVICE))
        assert refused.code == "weak-key"
        assert "RSA with 2048 bits and a public exponent of 2001 bits, which is not accepted." in refused.text

    def test_a_modulus_so_long_that_checking_takes_long(self, tmp_path: Path) -> None:
        root, store = root_and_store(tmp_path)
        key = rsa.RSAPublicNumbers(65537, (1 << 16_383) + 1).public_key()
        refused = _refusal(store, certified(root, key, *DEVICE))
        assert "is RSA with 16384 bits, which is not accepted." in refused.text


class TestRulesOfIssuers:
    def _under(self, tmp_path: Path, *constraints: tuple[x509.ExtensionType, bool]) -> tuple[Identity, TrustStore]:
        """An intermediate with these extensions below the trusted root, with a current list of its own."""
        root, trust = root_and_trust(tmp_path)
        intermediate = issued(root, "Issuing authority", *AUTHORITY, *constraints)
        current = revocation_list(intermediate, STARTED, STARTED + TWO_YEARS)
        (trust / "crls" / "issuing.crl").write_bytes(current)
        return intermediate, TrustStore.load(trust)

    def test_an_address_outside_the_issuers_name_constraints(self, tmp_path: Path) -> None:
        permitted = x509.NameConstraints([x509.RFC822Name("other.example")], None)
        intermediate, store = self._under(tmp_path, (permitted, True))
        outside = issued(intermediate, "Device", *DEVICE).certificate
        refused = _refusal(store, outside, intermediate.certificate)
        assert (refused.code, refused.text) == (
            "bad-certificate",
            f"The certificate {described(outside)} does not hold against its issuers' rules.",
        )

    def test_an_address_inside_the_issuers_name_constraints(self, tmp_path: Path) -> None:
        permitted = x509.NameConstraints([x509.RFC822Name("trader.example")], None)
        intermediate, store = self._under(tmp_path, (permitted, True))
        inside = issued(intermediate, "Device", *DEVICE).certificate
        store.validate(inside, (intermediate.certificate,), NOW)

    def test_an_excluded_address(self, tmp_path: Path) -> None:
        excluded = x509.NameConstraints(None, [x509.RFC822Name("edi@trader.example")])
        intermediate, store = self._under(tmp_path, (excluded, True))
        certificate = issued(intermediate, "Device", *DEVICE).certificate
        assert _refusal(store, certificate, intermediate.certificate).code == "bad-certificate"

    def test_a_critical_extension_that_nobody_knows(self, tmp_path: Path) -> None:
        root, store = root_and_store(tmp_path)
        unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00")
        critical = issued(root, "Device", *DEVICE, (unknown, True)).certificate
        refused = _refusal(store, critical)
        assert (refused.code, refused.text) == (
            "bad-certificate",
            f"The certificate {described(critical)} does not hold against its issuers' rules.",
        )
        store.validate(issued(root, "Device", *DEVICE, (unknown, False)).certificate, (), NOW)


class TestChains:
    def test_two_authorities_that_vouch_for_each_other(self, tmp_path: Path) -> None:
        _, store = root_and_store(tmp_path)
        first_name, second_name = subject_name("First"), subject_name("Second")
        first_key, second_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        first = unsigned(second_name, first_name, first_key.public_key(), *AUTHORITY).sign(second_key, hashes.SHA256())
        second = unsigned(first_name, second_name, second_key.public_key(), *AUTHORITY).sign(first_key, hashes.SHA256())
        device = issued(Identity(first, first_key), "Device", *DEVICE).certificate
        assert _refusal(store, device, first, second).code == "unknown-issuer"

    @pytest.mark.parametrize("several_keys", [True, False])
    def test_many_certificates_that_could_each_be_the_issuer(self, tmp_path: Path, several_keys: bool) -> None:
        """Every one has the issuer's name, and vouches for one or all; to look at all of them in all orders never ends."""
        _, store = root_and_store(tmp_path)
        name = subject_name("Everybody")
        keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(certificates.LONGEST_CHAIN)]
        keys = keys if several_keys else keys[:1] * certificates.LONGEST_CHAIN
        others = [
            unsigned(name, name, key.public_key(), *AUTHORITY).sign(keys[number - 1], hashes.SHA256())
            for number, key in enumerate(keys)
        ]
        device = unsigned(name, subject_name("Device"), keys[0].public_key(), *DEVICE).sign(keys[3], hashes.SHA256())
        begin = time.monotonic()
        assert _refusal(store, device, *others).code == "unknown-issuer"
        assert time.monotonic() - begin < 5

    def test_the_one_way_out_of_a_thicket_is_found(self, tmp_path: Path) -> None:
        root, trust = root_and_trust(tmp_path)
        intermediate = issued(root, "Everybody", *AUTHORITY)
        (trust / "crls" / "issuing.crl").write_bytes(revocation_list(intermediate, STARTED, STARTED + TWO_YEARS))
        name, key = subject_name("Everybody"), intermediate.private_key
        others = [
            unsigned(name, name, key.public_key(), *AUTHORITY).sign(key, hashes.SHA256())
            for _ in range(certificates.LONGEST_CHAIN - 1)
        ]
        device = issued(intermediate, "Device", *DEVICE).certificate
        store = TrustStore.load(trust)
        assert _refusal(store, device, *others).code == "unknown-issuer"
        store.validate(device, (*others, intermediate.certificate), NOW)

    def test_a_file_with_a_thousand_certificates(self, parties: Parties) -> None:
        pem = parties.site.certificate.public_bytes(Encoding.PEM)
        with pytest.raises(PkiError) as raised:
            read_chain(pem * 1000)
        assert (raised.value.code, raised.value.text, raised.value.fix) == (
            "bad-certificate",
            "The file holds 1000 certificates; at most 16 are looked at.",
            "Give the certificate and its intermediates, nothing else.",
        )
        assert len(read_chain(pem * 16)) == 16


class TestBags:
    """What may come along with a signature."""

    @pytest.mark.parametrize(
        ("count", "text"),
        [
            (17, "The message brings 17 certificates; at most 16 are looked at."),
            (1000, "The cryptographic message cannot be read: the value at byte 72 has more than 64 parts."),
        ],
    )
    def test_too_many_certificates(self, parties: Parties, count: int, text: str) -> None:
        message = _with_bag(parties.site, [parties.authority.certificate.public_bytes(Encoding.DER)] * (count - 1))
        with pytest.raises(PkiError) as raised:
            cms.verify(message)
        assert (raised.value.text, raised.value.rule) == (text, "E4")

    def test_two_certificates_that_one_name_could_mean(self, parties: Parties) -> None:
        real = parties.site.certificate
        builder = unsigned(real.issuer, real.subject, parties.other.private_key.public_key(), serial=real.serial_number)
        forged = builder.sign(parties.other.private_key, hashes.SHA256()).public_bytes(Encoding.DER)
        with pytest.raises(PkiError) as raised:
            cms.verify(_with_bag(parties.site, [forged]))
        assert (raised.value.code, raised.value.text) == (
            "bad-certificate",
            "Two certificates in the message have the same issuer and serial number.",
        )

    @pytest.mark.parametrize("junk", [b"\x30\x03\x02\x01\x01", b"\x30\x00", ber.encode(0x30, b"\xff" * 500)])
    def test_a_certificate_that_is_garbage(self, parties: Parties, junk: bytes) -> None:
        with pytest.raises(PkiError) as raised:
            cms.verify(_with_bag(parties.site, [junk]))
        assert raised.value.code == "bad-certificate"
        assert raised.value.text.startswith("The certificate cannot be read (")

    def test_a_certificate_of_endless_length(self, parties: Parties) -> None:
        with pytest.raises(PkiError) as raised:
            cms.verify(_with_bag(parties.site, [ber.encode(0x30, bytes(20_000))]))
        assert (raised.value.code, raised.value.text) == ("bad-certificate", "A certificate has 20004 bytes.")

    def test_the_same_certificate_twice_does_no_harm(self, parties: Parties) -> None:
        message = _with_bag(parties.site, [parties.site.certificate.public_bytes(Encoding.DER)])
        assert cms.verify(message).content == CONTENT


def _with_bag(signer: Identity, more: list[bytes]) -> bytes:
    """A signed message with more certificates in front of the signer's."""
    own = signer.certificate.public_bytes(Encoding.DER)
    message = cms.sign(CONTENT, signer)
    content_type, wrapped = ber.read(message).parts()
    fields = wrapped.parts()[0].parts()
    bag = ber.encode(ber.TAGGED_0, b"".join((*more, own)))
    kept = [bag if field.tag == ber.TAGGED_0 else field.whole for field in fields]
    inner = ber.encode(ber.TAGGED_0, ber.encode(ber.SEQUENCE, b"".join(kept)))
    return ber.encode(ber.SEQUENCE, content_type.whole + inner)


class TestSubjects:
    def test_an_address_in_the_subject_counts_where_there_is_no_alternative_name(self, tmp_path: Path) -> None:
        root, _ = root_and_store(tmp_path)
        only = issued(root, "Device", email="EDI@trader.example").certificate
        both = issued(root, "Device", *DEVICE, email="other@trader.example").certificate
        assert certificates.addresses(only) == ("edi@trader.example",)
        assert certificates.addresses(both) == ("edi@trader.example",)

    def test_a_serial_number_that_is_not_positive(self, tmp_path: Path) -> None:
        root, _ = root_and_store(tmp_path)
        plain = asn1_x509.Certificate.load(issued(root, "Device", *DEVICE).certificate.public_bytes(Encoding.DER))
        plain["tbs_certificate"]["serial_number"] = core.Integer(-5)
        with pytest.raises(PkiError) as raised:
            certificates.known(plain.dump(force=True))
        assert raised.value.code == "bad-certificate"
