"""Sealed mail: what goes in comes out; what is not one empty mail with one attachment, signed and encrypted, is refused."""

import random
import time
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.pki import cms, smime
from openics.pki.errors import PkiError
from openics.pki.smime import Bounds, Notice, claimed, clear_sign, seal, unseal
from trading_parties import (
    GATEWAY_ADDRESS,
    INTERCHANGE,
    NOW,
    SITE_ADDRESS,
    Parties,
    envelope_of,
    outgoing,
    signed_mail,
)

BOUNDS = Bounds()
ATTACHED = b"Content-Type: application/octet-stream; name=a.edi\r\n\r\n" + INTERCHANGE


def _multipart(*parts: bytes) -> bytes:
    joined = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts)
    return b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + joined + b"--x--\r\n"


def _refusal(mail: bytes, parties: Parties, bounds: Bounds = BOUNDS) -> tuple[str, str]:
    with pytest.raises(PkiError) as raised:
        unseal(mail, [parties.gateway], bounds)
    assert raised.value.text
    assert raised.value.fix
    return raised.value.code, raised.value.rule


def _sealed(parties: Parties, body: bytes) -> bytes:
    return signed_mail(body, parties.site, parties.gateway)


class TestSeal:
    def test_what_is_sealed_is_unsealed(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.gateway.certificate])
        found = unseal(mail, [parties.gateway], BOUNDS)
        assert (found.sender, found.subject, found.message_id, found.filename, found.content) == (
            SITE_ADDRESS,
            "AAA676Y_200401270001_AAA336C",
            "<1@trader.example>",
            "AAA676Y_200401270001.edi",
            INTERCHANGE,
        )
        assert found.signed.signer_certificate == parties.site.certificate
        assert found.decrypted_with == parties.gateway

    @given(
        content=st.binary(max_size=2000), name=st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)
    )
    def test_any_content_and_name_come_through(self, parties: Parties, content: bytes, name: str) -> None:
        mail = seal(outgoing(content, filename=name), parties.site, [parties.gateway.certificate])
        found = unseal(mail, [parties.gateway], BOUNDS)
        assert (found.content, found.filename) == (content, name)

    def test_the_mail_is_plain_ascii_with_short_lines_and_the_due_fields(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.gateway.certificate])
        assert mail.isascii()
        assert max(len(line) for line in mail.split(b"\r\n")) <= 998
        assert b"\n" not in mail.replace(b"\r\n", b"")
        parsed = message_from_bytes(mail, policy=policy.SMTP)
        assert dict(parsed) == {
            "From": SITE_ADDRESS,
            "To": GATEWAY_ADDRESS,
            "Subject": "AAA676Y_200401270001_AAA336C",
            "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
            "Message-ID": "<1@trader.example>",
            "MIME-Version": "1.0",
            "Content-Type": 'application/pkcs7-mime; smime-type="enveloped-data"; name="smime.p7m"',
            "Content-Transfer-Encoding": "base64",
            "Content-Disposition": 'attachment; filename="smime.p7m"',
        }

    def test_the_sealed_content_cannot_be_read_outside(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.gateway.certificate])
        enveloped = smime.envelope(mail, BOUNDS).enveloped
        assert b"CUSDEC" not in enveloped
        assert parties.site.known.serial.to_bytes(20, "big").lstrip(b"\0") not in enveloped

    @pytest.mark.parametrize(
        "changes",
        [
            {"subject": "one\r\nBcc: other@trader.example"},
            {"sender": "a@b\nX: y"},
            {"recipient": "ü@trader.example"},
            {"filename": "a\r\n.edi"},
            {"message_id": "<\x00>"},
            {"subject": "x" * 999},
        ],
    )
    def test_what_cannot_stand_in_a_header_is_refused(self, parties: Parties, changes: dict[str, str]) -> None:
        with pytest.raises(PkiError) as raised:
            seal(outgoing(**changes), parties.site, [parties.gateway.certificate])
        assert raised.value.code == "bad-header"


class TestUnseal:
    def test_a_signature_beside_the_text_is_accepted(self, parties: Parties) -> None:
        body = _multipart(b"Content-Type: text/plain\r\n\r\n \r\n", ATTACHED)
        found = unseal(envelope_of(_clear_signed(body, parties), parties.gateway), [parties.gateway], BOUNDS)
        assert (found.filename, found.content) == ("a.edi", INTERCHANGE)
        assert found.signed.signer_certificate == parties.site.certificate

    def test_a_signature_beside_the_text_survives_line_ends_without_carriage_return(self, parties: Parties) -> None:
        inner = _clear_signed(_multipart(ATTACHED), parties).replace(b"\r\n", b"\n")
        found = unseal(envelope_of(inner, parties.gateway), [parties.gateway], BOUNDS)
        assert found.content == INTERCHANGE

    def test_a_changed_text_beside_its_signature_is_refused(self, parties: Parties) -> None:
        inner = _clear_signed(_multipart(ATTACHED), parties).replace(b"CUSDEC", b"CUSCAR")
        assert _refusal(envelope_of(inner, parties.gateway), parties) == ("bad-signature", "E4")

    @pytest.mark.parametrize(
        "kind", [b"application/edifact", b"application/octet-stream", b"text/plain", b"TEXT/Plain"]
    )
    def test_an_attachment_alone_is_accepted(self, parties: Parties, kind: bytes) -> None:
        body = b"Content-Type: " + kind + b"; name=a.edi\r\n\r\n" + INTERCHANGE
        found = unseal(_sealed(parties, body), [parties.gateway], BOUNDS)
        assert (found.filename, found.content) == ("a.edi", INTERCHANGE)

    def test_blank_text_is_no_text(self, parties: Parties) -> None:
        blank = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=20\r\n\t =0D=0A"
        assert unseal(_sealed(parties, _multipart(blank, ATTACHED)), [parties.gateway], BOUNDS).content == INTERCHANGE

    def test_the_older_type_name_and_a_bare_octet_stream_are_accepted(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.gateway.certificate])
        for name in (b"application/x-pkcs7-mime", b"application/octet-stream"):
            other = mail.replace(b"application/pkcs7-mime", name, 1)
            assert unseal(other, [parties.gateway], BOUNDS).content == INTERCHANGE

    @pytest.mark.parametrize(
        "text", [b"\r\nHello", b"Content-Type: text/html\r\n\r\n<p></p>", b"Content-Type: text/plain\r\n\r\n."]
    )
    def test_text_in_the_body_is_refused(self, parties: Parties, text: bytes) -> None:
        assert _refusal(_sealed(parties, _multipart(text, ATTACHED)), parties) == ("body-text", "E3")
        assert _refusal(_sealed(parties, _multipart(ATTACHED, text, ATTACHED)), parties) == ("body-text", "E3")

    @pytest.mark.parametrize("body", [b"", b"\r\n", _multipart(), _multipart(b"Content-Type: text/plain\r\n\r\n")])
    def test_no_attachment_is_refused(self, parties: Parties, body: bytes) -> None:
        assert _refusal(_sealed(parties, body), parties) == ("no-attachment", "E1")

    def test_two_attachments_are_refused(self, parties: Parties) -> None:
        assert _refusal(_sealed(parties, _multipart(ATTACHED, ATTACHED)), parties) == ("two-attachments", "E1")
        nested = _multipart(_multipart(ATTACHED).replace(b"x", b"y"), ATTACHED)
        assert _refusal(_sealed(parties, nested), parties) == ("two-attachments", "E1")

    def test_a_mail_that_is_not_encrypted_is_refused(self, parties: Parties) -> None:
        head = f"From: {SITE_ADDRESS}\r\n".encode()
        signed = head + smime.pkcs7_part("signed-data", cms.sign(ATTACHED, parties.site))
        assert _refusal(signed, parties) == ("not-encrypted", "E4")
        assert _refusal(head + _clear_signed(ATTACHED, parties), parties) == ("not-encrypted", "E4")
        assert _refusal(head + ATTACHED, parties) == ("not-encrypted", "E4")

    def test_a_plain_mail_with_text_is_refused_for_its_text(self, parties: Parties) -> None:
        assert _refusal(f"From: {SITE_ADDRESS}\r\n\r\nHello".encode(), parties) == ("body-text", "E3")
        mail = f"From: {SITE_ADDRESS}\r\n".encode() + _multipart(ATTACHED, b"\r\nHello")
        assert _refusal(mail, parties) == ("body-text", "E3")

    def test_a_mail_that_is_not_signed_is_refused(self, parties: Parties) -> None:
        assert _refusal(envelope_of(ATTACHED, parties.gateway), parties) == ("not-signed", "E4")
        assert _refusal(envelope_of(b"\r\nHello", parties.gateway), parties) == ("body-text", "E3")
        one_part = b"Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n" + ATTACHED + b"\r\n--x--"
        assert _refusal(envelope_of(one_part, parties.gateway), parties) == ("not-signed", "E4")
        other = _clear_signed(ATTACHED, parties).replace(b"application/pkcs7-signature", b"application/pgp-signature")
        assert _refusal(envelope_of(other, parties.gateway), parties) == ("not-signed", "E4")

    def test_a_mail_for_another_key_is_refused(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.other.certificate])
        assert _refusal(mail, parties) == ("wrong-key", "E4")

    @pytest.mark.parametrize(
        "head",
        [
            b"",
            b"rubbish",
            b"Subject: no sender\r\n\r\n",
            b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n",
            b"From: a@b.example, c@d.example\r\n\r\n",
            b"From: nobody\r\n\r\n",
            b"From: Me <a@b.example> <c@d.example>\r\n\r\n",
            b"From: " + b'"' * 1200 + b"<a@b.example>\r\n\r\n",
            bytes(range(256)) * 10,
        ],
    )
    def test_what_is_no_mail_is_refused(self, parties: Parties, head: bytes) -> None:
        assert _refusal(head, parties) == ("not-mail", "")

    def test_a_header_too_long_is_refused(self, parties: Parties) -> None:
        assert _refusal(b"From: a@b.example\r\nX: " + b"x" * 70_000, parties) == ("too-large", "")

    def test_base64_rubbish_is_refused(self, parties: Parties) -> None:
        mail = (
            b"From: a@b.example\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n*"
        )
        assert _refusal(mail, parties) == ("bad-encoding", "")
        assert _refusal(mail[:-1] + b"MIAB", parties) == ("not-cms", "E4")

    def test_a_mail_too_large_is_refused(self, parties: Parties) -> None:
        mail = seal(outgoing(), parties.site, [parties.gateway.certificate])
        assert unseal(mail, [parties.gateway], Bounds(max_bytes=len(mail))).content == INTERCHANGE
        assert _refusal(mail, parties, Bounds(max_bytes=len(mail) - 1)) == ("too-large", "E5")

    @pytest.mark.parametrize("depth", [21, 1000])
    def test_deep_nesting_is_refused_before_and_after_decryption(self, parties: Parties, depth: int) -> None:
        body = ATTACHED
        for level in range(depth):
            mark = b"%d" % level
            head = b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n--" + mark + b"\r\n"
            body = head + body + b"\r\n--" + mark + b"--\r\n"
        assert _refusal(b"From: a@b.example\r\n" + body, parties) == ("too-deep", "")
        assert _refusal(envelope_of(body, parties.gateway), parties) == ("too-deep", "")
        assert _refusal(_sealed(parties, body), parties) == ("too-deep", "")

    def test_many_parts_are_refused(self, parties: Parties) -> None:
        assert _refusal(_sealed(parties, _multipart(*[b"\r\n"] * 101)), parties) == ("too-many-parts", "E1")

    def test_an_envelope_in_an_envelope_is_refused(self, parties: Parties) -> None:
        inner = smime.pkcs7_part("enveloped-data", cms.encrypt(ATTACHED, [parties.gateway.certificate]))
        assert _refusal(envelope_of(inner, parties.gateway), parties) == ("not-signed", "E4")

    def test_ten_megabytes_come_through_in_bounded_time(self, parties: Parties) -> None:
        content = random.Random(1).randbytes(10_000_000)
        mail = seal(outgoing(content), parties.site, [parties.gateway.certificate])
        start = time.process_time()
        assert unseal(mail, [parties.gateway], BOUNDS).content == content
        assert time.process_time() - start < 5

    @given(data=st.data())
    def test_a_changed_mail_raises_nothing_else_and_never_gives_other_content(
        self, parties: Parties, data: st.DataObject
    ) -> None:
        mail = bytearray(seal(outgoing(), parties.site, [parties.gateway.certificate]))
        for _ in range(data.draw(st.integers(1, 5))):
            at = data.draw(st.integers(0, len(mail) - 1))
            end = at + data.draw(st.integers(0, 3))
            mail[at:end] = data.draw(st.binary(max_size=3))
        with suppress(PkiError):
            assert unseal(bytes(mail), [parties.gateway], BOUNDS).content == INTERCHANGE

    @given(data=st.data())
    def test_a_changed_letter_in_the_envelope_raises_nothing_else(self, parties: Parties, data: st.DataObject) -> None:
        inner = bytearray(_clear_signed(_multipart(ATTACHED), parties))
        at = data.draw(st.integers(0, len(inner) - 1))
        inner[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=5))
        with suppress(PkiError):
            found = unseal(envelope_of(bytes(inner), parties.gateway), [parties.gateway], BOUNDS)
            assert found.content == INTERCHANGE

    @given(st.binary(max_size=300))
    def test_arbitrary_bytes_raise_nothing_else(self, parties: Parties, data: bytes) -> None:
        for mail in (data, b"From: a@b.example\r\n" + data, envelope_of(data, parties.gateway), _sealed(parties, data)):
            with suppress(PkiError):
                unseal(mail, [parties.gateway], BOUNDS)


class TestClaimed:
    @pytest.mark.parametrize(
        ("field", "sender"),
        [
            (b"EDI@Trader.Example", "edi@trader.example"),
            (b"<edi@trader.example>", "edi@trader.example"),
            (b"EDI desk <edi@trader.example>", "edi@trader.example"),
            (b'"Desk, EDI <x@y>" <edi@trader.example>', "edi@trader.example"),
            (b"EDI\r\n desk <edi@trader.example>", "edi@trader.example"),
            (b"a\x00b@trader.example", ""),
            (b"", ""),
        ],
    )
    def test_sender_and_subject_are_read_from_the_header_alone(self, field: bytes, sender: str) -> None:
        found = claimed(b"From: " + field + b"\r\nSubject: A_1_B\r\n\r\nbody")
        assert found == ((sender, "A_1_B") if sender else ("", ""))

    @given(st.binary(max_size=200))
    def test_it_never_raises(self, data: bytes) -> None:
        assert all(isinstance(value, str) for value in claimed(data))


class TestClearSign:
    NOTICE = Notice(
        GATEWAY_ADDRESS, "admin@trader.example", "A mail was refused", "Why: größer\nthan 10 MB.\n", "<1@x>", NOW
    )

    def test_any_mail_program_can_read_it(self, parties: Parties) -> None:
        mail = message_from_bytes(clear_sign(self.NOTICE, parties.gateway), policy=policy.SMTP)
        assert (mail["From"], mail["To"], mail["Subject"]) == (
            GATEWAY_ADDRESS,
            "admin@trader.example",
            "A mail was refused",
        )
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail.get_content_type() == "multipart/signed"
        body = mail.get_body(("plain",))
        assert body is not None
        assert body.get_content() == "Why: größer\r\nthan 10 MB.\r\n"

    def test_its_signature_verifies(self, parties: Parties) -> None:
        signed = smime.signed_content(clear_sign(self.NOTICE, parties.gateway), BOUNDS)
        assert signed.signer_certificate == parties.gateway.certificate

    def test_header_fields_are_checked(self, parties: Parties) -> None:
        with pytest.raises(PkiError) as raised:
            clear_sign(replace(self.NOTICE, subject="a\nb"), parties.gateway)
        assert raised.value.code == "bad-header"


def _clear_signed(body: bytes, parties: Parties) -> bytes:
    """Body and signature side by side, as other software sends it."""
    signature = smime.pkcs7_part("signed-data", cms.sign_detached(body, parties.site))
    signature = signature.replace(b"application/pkcs7-mime", b"application/pkcs7-signature")
    head = b'Content-Type: multipart/signed; boundary="sig"; protocol="application/pkcs7-signature"\r\n\r\n'
    return head + b"--sig\r\n" + body + b"\r\n--sig\r\n" + signature + b"--sig--\r\n"
