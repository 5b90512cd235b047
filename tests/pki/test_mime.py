"""The MIME reader: fields, parts, encodings, bounds."""

import binascii
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.pki import mime
from openics.pki.errors import PkiError
from openics.pki.mime import leaves, parse, pieces

TWO = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\npreamble\r\n--b\r\n\r\none\r\n--b \r\n\r\ntwo\r\n--b--\r\nepilogue'


def _code(raised: pytest.ExceptionInfo[PkiError]) -> tuple[str, str]:
    return raised.value.code, raised.value.rule


class TestParse:
    @pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
    def test_fields_are_unfolded_and_kept_in_order(self, newline: bytes) -> None:
        part = parse(
            newline.join([b"Subject: one", b" two", b"\tthree ", b"X: 1", b"x : 2", b"", b"body", b"", b"end"])
        )
        assert part.fields == {"subject": ["one two\tthree"], "x": ["1", "2"]}
        assert part.body == newline.join([b"body", b"", b"end"])
        assert (part.field("subject"), part.field("none")) == ("one two\tthree", "")

    @pytest.mark.parametrize("data", [b"\nbody", b"\r\nbody"])
    def test_a_part_may_have_no_fields(self, data: bytes) -> None:
        part = parse(data)
        assert (part.fields, part.body, part.type) == ({}, b"body", "text/plain")

    def test_a_part_may_have_no_body(self) -> None:
        assert parse(b"A: b").body == b""
        assert parse(b"").fields == {}

    def test_lines_that_are_no_field_are_left_out(self) -> None:
        assert parse(b"From me\nA: b\n\n").fields == {"a": ["b"]}

    def test_fields_are_bounded(self) -> None:
        longest = b"A: " + b"x" * (mime.MAX_HEADER - 3)
        assert len(parse(longest + b"\n\nbody").field("a")) == mime.MAX_HEADER - 3
        with pytest.raises(PkiError) as raised:
            parse(longest + b"xxxxx\n\nbody")
        assert raised.value.text == "The header of the mail is longer than 65536 bytes."

    def test_structured_fields(self) -> None:
        part = parse(
            b'Content-Type: Text/PLAIN ; Name="a \\"b\\".edi";charset=us-ascii\nContent-Disposition: INLINE\n\n'
        )
        assert (part.type, part.filename) == ("text/plain", 'a "b".edi')
        assert part.parameter("content-type", "charset") == "us-ascii"
        assert part.parameter("content-type", "boundary") == ""
        assert part.value("content-disposition") == "inline"

    def test_the_dispositions_file_name_goes_first(self) -> None:
        part = parse(b"Content-Type: a/b; name=one.edi\nContent-Disposition: attachment; filename*=utf-8''two.edi\n\n")
        assert part.filename == "two.edi"


class TestPieces:
    def test_parts_are_the_bytes_between_the_boundary_lines(self) -> None:
        assert pieces(parse(TWO), 10) == [b"\r\none", b"\r\ntwo"]

    def test_line_ends_without_carriage_return(self) -> None:
        assert pieces(parse(TWO.replace(b"\r\n", b"\n")), 10) == [b"\none", b"\ntwo"]

    def test_a_missing_last_boundary_is_forgiven(self) -> None:
        assert pieces(parse(TWO[: TWO.index(b"--b--")]), 10) == [b"\r\none", b"\r\ntwo\r\n"]

    def test_boundaries_that_only_begin_alike_or_stand_in_a_line_are_no_boundaries(self) -> None:
        mail = TWO.replace(b"one", b"one --b\r\n--bb\r\n--b x")
        assert pieces(parse(mail), 10) == [b"\r\none --b\r\n--bb\r\n--b x", b"\r\ntwo"]

    def test_empty_parts(self) -> None:
        assert pieces(parse(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n--b--"), 10) == [b"", b""]

    def test_no_boundary_line_means_no_parts(self) -> None:
        assert pieces(parse(b"Content-Type: multipart/mixed; boundary=b\n\ntext"), 10) == []

    def test_a_multipart_without_a_boundary_is_refused(self) -> None:
        with pytest.raises(PkiError) as raised:
            pieces(parse(b"Content-Type: multipart/mixed\n\n----\n"), 10)
        assert raised.value.text == "A multipart of the mail names no boundary."

    def test_the_number_of_parts_is_bounded(self) -> None:
        with pytest.raises(PkiError) as raised:
            pieces(parse(TWO), 1)
        assert _code(raised) == ("too-many-parts", "E1")

    @given(st.lists(st.binary(max_size=30), max_size=5))
    def test_parts_that_were_joined_are_found_again(self, parts: list[bytes]) -> None:
        parts = [part.replace(b"\n", b"").replace(b"\r", b"") for part in parts]
        joined = b"".join(b"--bound\r\n" + part + b"\r\n" for part in parts) + b"--bound--\r\n"
        assert pieces(parse(b"Content-Type: multipart/x; boundary=bound\r\n\r\n" + joined), 9) == parts


def _nested(depth: int) -> bytes:
    data = b"Content-Type: text/plain\r\n\r\n"
    for level in range(depth):
        boundary = b"%d" % level
        data = b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n--" + boundary + b"\r\n" + data
        data += b"\r\n--" + boundary + b"--\r\n"
    return data


class TestLeaves:
    def test_leaves_come_in_order_from_all_depths(self) -> None:
        inner = TWO.replace(b'="b"', b"=c").replace(b"--b", b"--c")
        mail = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" + inner + b"\n--a\n\nthree\n--a--"
        assert [leaf.body for leaf in leaves(parse(mail), 5, 10)] == [b"one", b"two", b"three"]

    def test_a_mail_without_parts_is_its_own_leaf(self) -> None:
        assert leaves(parse(b"\nbody"), 1, 1) == [parse(b"\nbody")]

    def test_depth_is_bounded(self) -> None:
        assert len(leaves(parse(_nested(20)), 20, 100)) == 1
        for depth in (21, 1000):
            with pytest.raises(PkiError) as raised:
                leaves(parse(_nested(depth)), 20, 100)
            assert raised.value.text == "The parts of the mail are nested more than 20 deep."

    def test_the_number_of_parts_in_all_is_bounded(self) -> None:
        wide = b"Content-Type: multipart/mixed; boundary=a\n\n" + (b"--a\n" + TWO + b"\n") * 40 + b"--a--"
        with pytest.raises(PkiError) as raised:
            leaves(parse(wide), 5, 60)
        assert _code(raised) == ("too-many-parts", "E1")

    def test_time_is_linear_in_boundaries_without_line_ends(self) -> None:
        mail = b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a" * 1_000_000 + b"\n--a" * 500_000 + b"x"
        start = time.process_time()
        with suppress(PkiError):
            leaves(parse(mail), 5, 100)
        assert time.process_time() - start < 2

    @given(st.binary(max_size=400))
    def test_arbitrary_bytes_raise_nothing_else(self, data: bytes) -> None:
        for head in (b"", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"):
            with suppress(PkiError):
                [leaf.decoded() for leaf in leaves(parse(head + data), 3, 10)]


class TestDecoded:
    @pytest.mark.parametrize("encoding", [b"", b"7bit", b"8BIT", b"binary"])
    def test_plain_bodies_stay(self, encoding: bytes) -> None:
        assert parse(b"Content-Transfer-Encoding: " + encoding + b"\n\nb=3D").decoded() == b"b=3D"

    def test_quoted_printable(self) -> None:
        assert parse(b"Content-Transfer-Encoding: quoted-printable\n\nb=3D=\nc").decoded() == b"b=c"

    @given(st.binary(max_size=300))
    def test_base64(self, content: bytes) -> None:
        lines = binascii.b2a_base64(content, newline=False)
        body = b"\r\n".join(lines[at : at + 76] for at in range(0, len(lines), 76))
        assert parse(b"Content-Transfer-Encoding: BASE64\n\n" + body + b"\r\n \r\n").decoded() == content

    @pytest.mark.parametrize("body", [b"YWJj*", b"YWJ", b"YQ==YQ==", b"====", "é".encode()])
    def test_rubbish_instead_of_base64_is_refused(self, body: bytes) -> None:
        with pytest.raises(PkiError) as raised:
            parse(b"Content-Transfer-Encoding: base64\n\n" + body).decoded()
        assert raised.value.code == "bad-encoding"

    def test_unknown_encodings_are_refused(self) -> None:
        with pytest.raises(PkiError) as raised:
            parse(b"Content-Transfer-Encoding: x-uuencode\n\n").decoded()
        assert raised.value.text == "A part of the mail is encoded as 'x-uuencode', which is not MIME."
