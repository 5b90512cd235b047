"""Signed and encrypted messages: what is accepted, what is refused and why."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from asn1crypto import algos, core
from asn1crypto import cms as asn1_cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options
from hypothesis import given
from hypothesis import strategies as st

from cms_messages import elliptic, enveloped, parsed, signed, streamed
from openics.pki import cms
from openics.pki.certificates import described
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from trading_parties import STARTED, Parties

CONTENT = b"UNB+UNOC:3'" * 10
_OID_RSA, _OID_OAEP, _OID_PSS = (bytes.fromhex("2a864886f70d0101") + last for last in (b"\x01", b"\x07", b"\x0a"))
LONG_CONTENT = bytes(range(256)) * 400


def _refusal(call: Callable[[], object]) -> PkiError:
    with pytest.raises(PkiError) as raised:
        call()
    assert raised.value.rule == "E4"
    assert raised.value.fix
    return raised.value


class TestVerify:
    def test_what_is_signed_is_verified_and_tells_signer_digest_and_time(self, parties: Parties) -> None:
        before = datetime.now(UTC).replace(microsecond=0)
        found = cms.verify(cms.sign(CONTENT, parties.site))
        assert found.content == CONTENT
        assert found.signer_certificate == parties.site.certificate
        assert found.certificates == (parties.site.certificate,)
        assert found.digest == "sha256"
        assert found.signed_at is not None
        assert before <= found.signed_at <= datetime.now(UTC)

    def test_the_chain_comes_along(self, parties: Parties) -> None:
        identity = Identity(parties.site.certificate, parties.site.private_key, (parties.authority.certificate,))
        found = cms.verify(cms.sign(CONTENT, identity))
        assert set(found.certificates) == {parties.site.certificate, parties.authority.certificate}
        assert found.signer_certificate == parties.site.certificate

    @pytest.mark.parametrize("content", [b"", b"\x00", LONG_CONTENT])
    def test_any_content_is_given_back(self, parties: Parties, content: bytes) -> None:
        assert cms.verify(cms.sign(content, parties.site)).content == content

    @pytest.mark.parametrize("digest", [hashes.SHA256(), hashes.SHA384(), hashes.SHA512()])
    def test_rsa_with_each_digest(self, parties: Parties, digest: hashes.HashAlgorithm) -> None:
        found = cms.verify(signed(CONTENT, parties.site, digest=digest))
        assert (found.content, found.digest) == (CONTENT, digest.name)

    @pytest.mark.parametrize("digest", [hashes.SHA256(), hashes.SHA512()])
    def test_rsa_pss(self, parties: Parties, digest: hashes.HashAlgorithm) -> None:
        pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
        found = cms.verify(signed(CONTENT, parties.site, digest=digest, rsa_padding=pss))
        assert (found.content, found.digest) == (CONTENT, digest.name)

    @pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
    def test_elliptic_curves(self, curve: ec.EllipticCurve) -> None:
        identity = elliptic(curve)
        found = cms.verify(cms.sign(CONTENT, identity))
        assert (found.content, found.signer_certificate) == (CONTENT, identity.certificate)

    def test_a_streamed_message(self, parties: Parties) -> None:
        assert cms.verify(streamed(cms.sign(LONG_CONTENT, parties.site))).content == LONG_CONTENT

    def test_a_detached_signature(self, parties: Parties) -> None:
        signature = cms.sign_detached(CONTENT, parties.site)
        assert cms.verify(signature, CONTENT).content == CONTENT
        refused = _refusal(lambda: cms.verify(signature, CONTENT + b"x"))
        assert refused.code == "bad-signature"
        refused = _refusal(lambda: cms.verify(signature))
        assert refused.text == "The signed message has no content in it."

    def test_changed_content_is_refused(self, parties: Parties) -> None:
        message = cms.sign(CONTENT, parties.site).replace(b"UNB+UNOC:3'UNB", b"UNB+UNOC:2'UNB", 1)
        refused = _refusal(lambda: cms.verify(message))
        assert refused.code == "bad-signature"
        assert refused.text == "The signature is not right: the content was changed after it was signed."

    def test_a_changed_signing_time_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        attributes = message["content"]["signer_infos"][0]["signed_attrs"]
        time = next(attribute for attribute in attributes if attribute["type"].native == "signing_time")
        time["values"] = [asn1_cms.Time({"utc_time": datetime(2020, 1, 1, tzinfo=UTC)})]
        refused = _refusal(lambda: cms.verify(message.dump(force=True)))
        assert refused.code == "bad-signature"
        assert refused.text == (
            f"The signature is not right: it was not made with the key of {described(parties.site.certificate)}."
        )

    def test_a_changed_signature_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        signer = message["content"]["signer_infos"][0]
        signer["signature"] = bytes(256)
        assert _refusal(lambda: cms.verify(message.dump(force=True))).code == "bad-signature"

    def test_another_certificate_with_the_signers_numbers_is_refused(self, parties: Parties) -> None:
        """Somebody puts a certificate of their own making, same issuer and serial number, in place of the signer's."""
        real = parties.site.certificate
        forged = (
            x509.CertificateBuilder()
            .subject_name(real.subject)
            .issuer_name(real.issuer)
            .serial_number(real.serial_number)
            .public_key(parties.other.private_key.public_key())
            .not_valid_before(STARTED)
            .not_valid_after(STARTED + timedelta(days=9))
            .sign(parties.other.private_key, hashes.SHA256())
        )
        found = cms.verify(cms.sign(CONTENT, Identity(forged, parties.other.private_key)))
        assert found.signer_certificate == forged, (
            "the certificate whose key signed is the one that trust is asked about"
        )

    @pytest.mark.parametrize("attribute", ["content_type", "message_digest"])
    def test_a_missing_signed_attribute_is_refused(self, parties: Parties, attribute: str) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        signer = message["content"]["signer_infos"][0]
        signer["signed_attrs"] = [one for one in signer["signed_attrs"] if one["type"].native != attribute]
        assert _refusal(lambda: cms.verify(message.dump(force=True))).code == "bad-signature"

    def test_a_doubled_signed_attribute_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        signer = message["content"]["signer_infos"][0]
        signer["signed_attrs"] = [*signer["signed_attrs"], signer["signed_attrs"][0]]
        refused = _refusal(lambda: cms.verify(message.dump(force=True)))
        assert (
            refused.text == "The signature is not right: the signed attribute content type has not exactly one value."
        )

    def test_no_signed_attributes_are_refused(self, parties: Parties) -> None:
        refused = _refusal(lambda: cms.verify(signed(CONTENT, parties.site, options=(PKCS7Options.NoAttributes,))))
        assert refused.text == "The signature is not right: it has no signed attributes."

    def test_a_missing_certificate_is_refused(self, parties: Parties) -> None:
        message = signed(CONTENT, parties.site, options=(PKCS7Options.NoCerts,))
        assert _refusal(lambda: cms.verify(message)).code == "no-certificate"

    def test_two_signatures_are_refused(self, parties: Parties) -> None:
        refused = _refusal(lambda: cms.verify(signed(CONTENT, parties.site, parties.other)))
        assert (refused.code, refused.text) == ("two-signers", "The message has 2 signatures.")

    @pytest.mark.parametrize(
        ("digest", "code"),
        [("sha1", "weak-algorithm"), ("md5", "weak-algorithm"), ("sha3_256", "unsupported-algorithm")],
    )
    def test_other_digests_are_refused(self, parties: Parties, digest: str, code: str) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        message["content"]["signer_infos"][0]["digest_algorithm"]["algorithm"] = digest
        refused = _refusal(lambda: cms.verify(message.dump(force=True)))
        assert refused.code == code
        assert refused.text == f"The algorithm {digest} is not accepted as digest of a signature."

    @pytest.mark.parametrize(
        ("algorithm", "code"),
        [
            ("sha1_rsa", "weak-algorithm"),
            ("sha512_rsa", "unsupported-algorithm"),
            ("sha256_ecdsa", "unsupported-algorithm"),
            ("sha256_dsa", "unsupported-algorithm"),
        ],
    )
    def test_an_algorithm_that_does_not_fit_is_refused(self, parties: Parties, algorithm: str, code: str) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        message["content"]["signer_infos"][0]["signature_algorithm"] = {"algorithm": algorithm}
        assert _refusal(lambda: cms.verify(message.dump(force=True))).code == code

    def test_pss_over_sha_1_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        algorithm = {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams({"salt_length": 32})}
        message["content"]["signer_infos"][0]["signature_algorithm"] = algorithm
        refused = _refusal(lambda: cms.verify(message.dump(force=True)))
        assert refused.text == "The algorithm PSS with sha1 and sha1 is not accepted together with the digest sha256."

    def test_an_algorithm_with_endless_parameters_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.sign(CONTENT, parties.site))
        algorithm = {"algorithm": "1.2.3", "parameters": core.OctetString(bytes(5000))}
        message["content"]["signer_infos"][0]["digest_algorithm"] = algorithm
        refused = _refusal(lambda: cms.verify(message.dump(force=True)))
        assert refused.text == "The algorithm of 5012 bytes is not accepted of such length."

    def test_an_encrypted_message_is_no_signed_one(self, parties: Parties) -> None:
        refused = _refusal(lambda: cms.verify(cms.encrypt(CONTENT, [parties.gateway.certificate])))
        assert refused.code == "not-signed"
        assert refused.text == "The message is enveloped data where signed data is due."

    @given(data=st.data())
    def test_a_changed_byte_never_verifies_as_other_content(self, parties: Parties, data: st.DataObject) -> None:
        message = bytearray(cms.sign(CONTENT, parties.site))
        message[data.draw(st.integers(0, len(message) - 1))] ^= data.draw(st.integers(1, 255))
        with suppress(PkiError):
            assert cms.verify(bytes(message)).content == CONTENT

    @given(st.binary(max_size=200))
    def test_arbitrary_bytes_are_refused(self, junk: bytes) -> None:
        assert _refusal(lambda: cms.verify(junk)).code == "not-cms"


class TestDecrypt:
    def test_what_is_encrypted_opens_with_the_key_and_tells_which(self, parties: Parties) -> None:
        message = cms.encrypt(CONTENT, [parties.gateway.certificate])
        opened = cms.decrypt(message, [parties.other, parties.gateway])
        assert opened == cms.Decrypted(CONTENT, parties.gateway)

    def test_each_recipient_can_open_it(self, parties: Parties) -> None:
        message = cms.encrypt(CONTENT, [parties.site.certificate, parties.other.certificate])
        assert cms.decrypt(message, [parties.site]).content == CONTENT
        assert cms.decrypt(message, [parties.other]).content == CONTENT

    @pytest.mark.parametrize("cipher", ["aes128_cbc", "aes192_cbc", "aes256_cbc"])
    @pytest.mark.parametrize("oaep", ["", "sha256", "sha1"])
    def test_each_cipher_and_key_transport(self, parties: Parties, cipher: str, oaep: str) -> None:
        message = enveloped(CONTENT, parties.gateway.certificate, cipher=cipher, oaep=oaep)
        assert cms.decrypt(message, [parties.gateway]).content == CONTENT

    @pytest.mark.parametrize("content", [b"", b"0123456789abcdef", LONG_CONTENT])
    def test_any_content_is_given_back(self, parties: Parties, content: bytes) -> None:
        message = cms.encrypt(content, [parties.gateway.certificate])
        assert cms.decrypt(message, [parties.gateway]).content == content

    def test_a_streamed_message(self, parties: Parties) -> None:
        message = streamed(cms.encrypt(LONG_CONTENT, [parties.gateway.certificate]))
        assert cms.decrypt(message, [parties.gateway]).content == LONG_CONTENT

    def test_a_message_for_somebody_else_is_refused(self, parties: Parties) -> None:
        message = cms.encrypt(CONTENT, [parties.site.certificate])
        refused = _refusal(lambda: cms.decrypt(message, [parties.gateway]))
        assert refused.code == "wrong-key"
        assert refused.text == (
            "The message is not encrypted to any certificate in use here "
            f"(serial numbers: {parties.gateway.certificate.serial_number:x})."
        )

    def test_wrong_keys_lengths_and_paddings_cannot_be_told_apart(self, parties: Parties) -> None:
        gateway = parties.gateway.certificate
        wrong_key = parsed(cms.encrypt(CONTENT, [gateway]))
        wrong_key["content"]["recipient_infos"][0].chosen["encrypted_key"] = bytes(255) + b"\x01"
        cut_off = parsed(cms.encrypt(CONTENT, [gateway]))
        information = cut_off["content"]["encrypted_content_info"]
        information["encrypted_content"] = information["encrypted_content"].native[:-1]
        variants = [
            wrong_key.dump(force=True),
            cut_off.dump(force=True),
            enveloped(CONTENT, gateway, key_size=16),
            enveloped(CONTENT, gateway, bad_padding=True),
            enveloped(CONTENT, gateway, oaep="sha256").replace(_OID_OAEP, _OID_RSA, 1),
        ]
        for variant in variants:
            refused = _refusal(partial(cms.decrypt, variant, [parties.gateway]))
            assert (refused.code, refused.text) == ("wrong-key", "The message does not open with the gateway's key.")

    def test_an_elliptic_key_opens_nothing(self, parties: Parties) -> None:
        identity = elliptic(ec.SECP256R1())
        message = enveloped(CONTENT, parties.gateway.certificate, named=identity.certificate)
        assert _refusal(lambda: cms.decrypt(message, [identity])).code == "wrong-key"

    def test_a_key_carried_in_an_unknown_way_is_refused(self, parties: Parties) -> None:
        message = enveloped(CONTENT, parties.gateway.certificate).replace(_OID_RSA, _OID_PSS, 1)
        refused = _refusal(lambda: cms.decrypt(message, [parties.gateway]))
        assert refused.text == "The algorithm 1.2.840.113549.1.1.10 is not accepted to carry a key."

    def test_oaep_with_an_unknown_digest_is_refused(self, parties: Parties) -> None:
        message = enveloped(CONTENT, parties.gateway.certificate, oaep="md5")
        refused = _refusal(lambda: cms.decrypt(message, [parties.gateway]))
        assert refused.text == "The algorithm OAEP with md5 and md5 is not accepted to carry a key."

    def test_triple_des_is_refused(self, parties: Parties) -> None:
        message = parsed(cms.encrypt(CONTENT, [parties.gateway.certificate]))
        algorithm = {"algorithm": "tripledes_3key", "parameters": bytes(8)}
        message["content"]["encrypted_content_info"]["content_encryption_algorithm"] = algorithm
        refused = _refusal(lambda: cms.decrypt(message.dump(force=True), [parties.gateway]))
        assert refused.code == "weak-algorithm"
        assert refused.text == "The algorithm tripledes_3key is not accepted for the content."

    def test_a_signed_message_is_no_encrypted_one(self, parties: Parties) -> None:
        refused = _refusal(lambda: cms.decrypt(cms.sign(CONTENT, parties.site), [parties.gateway]))
        assert refused.code == "not-encrypted"
        assert refused.text == "The message is signed data where enveloped data is due."

    def test_nothing_to_encrypt_to_is_refused(self) -> None:
        with pytest.raises(PkiError) as raised:
            cms.encrypt(CONTENT, [])
        assert raised.value.code == "no-certificate"

    @given(data=st.data())
    def test_a_changed_byte_raises_nothing_else(self, parties: Parties, data: st.DataObject) -> None:
        message = bytearray(cms.encrypt(CONTENT, [parties.gateway.certificate]))
        message[data.draw(st.integers(0, len(message) - 1))] ^= data.draw(st.integers(1, 255))
        with suppress(PkiError):
            cms.decrypt(bytes(message), [parties.gateway])

    @given(st.binary(max_size=200))
    def test_arbitrary_bytes_are_refused(self, parties: Parties, junk: bytes) -> None:
        assert _refusal(lambda: cms.decrypt(junk, [parties.gateway])).code == "not-cms"
