"""Envelopes with elliptic keys, authenticated ciphers and, where allowed, triple DES."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from cms_messages import elliptic, streamed
from openics.pki import ber, ciphers, envelopes
from openics.pki.ciphers import CIPHERS
from openics.pki.cms_parts import content_info
from openics.pki.envelopes import Decrypted
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from trading_parties import Parties

CONTENT = b"UNB+UNOC:3'" * 10
LONG_CONTENT = bytes(range(256)) * 400
P256, P384 = elliptic(ec.SECP256R1()), elliptic(ec.SECP384R1())
DOES_NOT_OPEN = "The message does not open with the gateway's key."


def _refusal(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(PkiError) as raised:
        call()
    assert raised.value.rule == "E4"
    assert raised.value.fix
    return raised.value.code, raised.value.text


@pytest.fixture(params=["RSA", "P-256", "P-384"])
def recipient(request: pytest.FixtureRequest, parties: Parties) -> Identity:
    return {"RSA": parties.gateway, "P-256": P256, "P-384": P384}[request.param]


class TestBothWays:
    @pytest.mark.parametrize("cipher", [name for name, one in CIPHERS.items() if not one.legacy])
    @pytest.mark.parametrize("content", [b"", b"0123456789abcdef", CONTENT])
    def test_each_cipher_for_each_kind_of_key(self, recipient: Identity, cipher: str, content: bytes) -> None:
        message = envelopes.encrypt(content, [recipient.certificate], cipher)
        assert envelopes.decrypt(message, [recipient]) == Decrypted(content, recipient, cipher)

    @pytest.mark.parametrize("cipher", ["aes256_cbc", "aes256_gcm"])
    def test_one_message_for_keys_of_all_kinds(self, parties: Parties, cipher: str) -> None:
        everybody = [parties.site, P256, P384]
        message = envelopes.encrypt(CONTENT, [one.certificate for one in everybody], cipher)
        for each in everybody:
            assert envelopes.decrypt(message, [parties.gateway, each]) == Decrypted(CONTENT, each, cipher)
            assert envelopes.addressed(message, [parties.gateway, each]) == each
        assert envelopes.addressed(message, [parties.gateway]) is None

    @pytest.mark.parametrize("cipher", ["aes256_cbc", "aes256_gcm"])
    def test_a_streamed_message(self, recipient: Identity, cipher: str) -> None:
        message = streamed(envelopes.encrypt(LONG_CONTENT, [recipient.certificate], cipher))
        assert envelopes.decrypt(message, [recipient]).content == LONG_CONTENT

    def test_only_an_authenticated_cipher_shows_that_nothing_was_changed(self, recipient: Identity) -> None:
        seen = {
            cipher: envelopes.decrypt(
                envelopes.encrypt(CONTENT, [recipient.certificate], cipher), [recipient]
            ).authenticated
            for cipher in ("aes128_cbc", "aes128_gcm")
        }
        assert seen == {"aes128_cbc": False, "aes128_gcm": True}


class TestRefused:
    def test_a_message_for_another_elliptic_key(self) -> None:
        message = envelopes.encrypt(CONTENT, [P256.certificate])
        other = elliptic(ec.SECP256R1())
        serial = f"{other.certificate.serial_number:x}"
        text = f"The message is not encrypted to any certificate in use here (serial numbers: {serial})."
        assert _refusal(lambda: envelopes.decrypt(message, [other])) == ("wrong-key", text)

    def test_whatever_does_not_open_gives_one_answer(self) -> None:
        """A wrong point, a broken wrapping, broken blocks, a broken tag, a short tag, a wrong nonce."""
        agreed = envelopes.encrypt(CONTENT, [P256.certificate])
        point = agreed.index(b"\x04", agreed.index(b"\x03\x42\x00"))
        sealed = envelopes.encrypt(CONTENT, [P256.certificate], "aes256_gcm")
        kind, *_ = ber.read(sealed).parts()
        assert kind.contents.hex() == "2a864886f70d0109100117"
        version, recipients, information, tag = ber.read(sealed).parts()[1].parts()[0].parts()
        fields = version.whole + recipients.whole + information.whole
        short = content_info("authenticated_enveloped_data", fields + ber.encode(ber.OCTETS, tag.contents[:8]))
        without = content_info("authenticated_enveloped_data", fields)
        variants = {
            "point": _changed(agreed, point + 5),
            "blocks": agreed[:-1] + bytes([agreed[-1] ^ 1]),
            "wrapping": _changed(agreed, agreed.index(bytes.fromhex("0428")) + 9),
            "tag": _changed(sealed, len(sealed) - 1),
            "content": _changed(sealed, len(sealed) - 40),
            "short": short,
            "without": without,
        }
        for name, variant in variants.items():
            assert _refusal(partial(envelopes.decrypt, variant, [P256])) == ("wrong-key", DOES_NOT_OPEN), name

    def test_a_cipher_in_the_wrong_kind_of_message(self, parties: Parties) -> None:
        blocks = envelopes.encrypt(CONTENT, [parties.gateway.certificate])
        information = ber.read(blocks).parts()[1].parts()[0].contents
        disguised = content_info("authenticated_enveloped_data", information)
        text = "The algorithm aes256_cbc in authenticated_enveloped_data is not accepted for the content."
        assert _refusal(lambda: envelopes.decrypt(disguised, [parties.gateway])) == ("unsupported-algorithm", text)
        sealed = envelopes.encrypt(CONTENT, [parties.gateway.certificate], "aes256_gcm")
        stripped = content_info("enveloped_data", ber.read(sealed).parts()[1].parts()[0].contents)
        text = "The algorithm aes256_gcm in enveloped_data is not accepted for the content."
        assert _refusal(lambda: envelopes.decrypt(stripped, [parties.gateway])) == ("unsupported-algorithm", text)

    @pytest.mark.parametrize(
        ("old", "new", "named"),
        [
            ("2b8104010b01", "2b8104010b09", "1.3.132.1.11.9 with 2.16.840.1.101.3.4.1.45"),
            ("060960864801650304012d", "060960864801650304012c", "1.3.132.1.11.1 with 2.16.840.1.101.3.4.1.44"),
        ],
    )
    def test_another_way_of_agreeing_on_a_key(self, old: str, new: str, named: str) -> None:
        message = envelopes.encrypt(CONTENT, [P256.certificate]).replace(bytes.fromhex(old), bytes.fromhex(new), 1)
        text = f"The algorithm {named} is not accepted to carry a key."
        assert _refusal(lambda: envelopes.decrypt(message, [P256])) == ("unsupported-algorithm", text)

    @pytest.mark.parametrize("cipher", ["aes256_cbc", "aes256_gcm"])
    @given(data=st.data())
    def test_a_changed_byte_raises_nothing_else(self, cipher: str, data: st.DataObject) -> None:
        message = bytearray(envelopes.encrypt(CONTENT, [P384.certificate], cipher))
        message[data.draw(st.integers(0, len(message) - 1))] ^= data.draw(st.integers(1, 255))
        with suppress(PkiError):
            envelopes.decrypt(bytes(message), [P384])

    @given(data=st.data())
    def test_an_authenticated_message_never_opens_as_other_content(self, data: st.DataObject) -> None:
        message = bytearray(envelopes.encrypt(CONTENT, [P256.certificate], "aes128_gcm"))
        message[data.draw(st.integers(0, len(message) - 1))] ^= data.draw(st.integers(1, 255))
        with suppress(PkiError):
            assert envelopes.decrypt(bytes(message), [P256]).content == CONTENT


class TestLegacy:
    def test_triple_des_only_where_it_is_allowed_and_named_in_the_log(
        self, parties: Parties, caplog: pytest.LogCaptureFixture
    ) -> None:
        message = envelopes.encrypt(CONTENT, [parties.gateway.certificate], "tripledes_3key")
        text = "The algorithm tripledes_3key is not accepted for the content."
        assert _refusal(lambda: envelopes.decrypt(message, [parties.gateway])) == ("weak-algorithm", text)
        assert caplog.messages == []
        with caplog.at_level(logging.WARNING):
            assert envelopes.decrypt(message, [parties.gateway], legacy=True).content == CONTENT
        assert caplog.messages == ["legacy algorithm used: a message encrypted with tripledes_3key"]

    def test_what_is_broken_is_never_accepted(self, parties: Parties) -> None:
        message = envelopes.encrypt(CONTENT, [parties.gateway.certificate], "tripledes_3key")
        single = message.replace(bytes.fromhex("2a864886f70d0307"), bytes.fromhex("2a864886f70d0302"), 1)
        text = "The algorithm rc2 is not accepted for the content."
        refused = _refusal(lambda: envelopes.decrypt(single, [parties.gateway], legacy=True))
        assert refused == ("weak-algorithm", text)


@pytest.mark.parametrize(
    ("offered", "legacy", "cipher"),
    [
        ([], False, "aes256_cbc"),
        ([()], False, "aes256_cbc"),
        ([("aes256_gcm", "aes256_cbc")], False, "aes256_gcm"),
        ([("aes128_gcm", "aes256_cbc")], False, "aes128_gcm"),
        ([("aes128_cbc",)], False, "aes128_cbc"),
        ([("aes256_gcm", "aes256_cbc"), ("aes256_cbc", "aes128_cbc")], False, "aes256_cbc"),
        ([("aes256_gcm", "aes256_cbc"), ()], False, "aes256_cbc"),
        ([("aes256_gcm",), ("aes128_cbc",)], False, "aes256_cbc"),
        ([("tripledes_3key",)], False, "aes256_cbc"),
        ([("tripledes_3key",)], True, "tripledes_3key"),
        ([("tripledes_3key", "aes128_cbc")], True, "aes128_cbc"),
    ],
)
def test_the_best_cipher_that_everybody_reads_is_chosen(
    offered: list[tuple[str, ...]], legacy: bool, cipher: str
) -> None:
    assert ciphers.chosen(offered, legacy=legacy) == cipher


def _changed(message: bytes, at: int) -> bytes:
    return message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
