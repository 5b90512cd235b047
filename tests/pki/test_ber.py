"""BER becomes definite-length encoding, within bounds and in linear time."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.pki import ber
from openics.pki.errors import PkiError

END = b"\x00\x00"


def _refusal(data: bytes) -> str:
    with pytest.raises(PkiError) as raised:
        ber.read(data)
    assert (raised.value.code, raised.value.rule) == ("not-cms", "E4")
    return raised.value.text


def test_short_definite_bytes_come_back_as_they_are() -> None:
    data = bytes.fromhex("3003020105ff")
    assert ber.definite(data) is data


def test_indefinite_lengths_become_definite() -> None:
    assert ber.definite(b"\x30\x80\x02\x01\x05\x30\x80" + END + END) == bytes.fromhex("30050201053000")


def test_a_string_in_pieces_becomes_one() -> None:
    pieces = b"\x24\x80" + b"\x04\x02ab" + b"\x24\x80\x04\x01c" + END + b"\x24\x03\x04\x01d" + END
    assert ber.definite(b"\x30\x80" + pieces + END) == b"\x30\x06\x04\x04abcd"


def test_tagged_pieces_become_one_string_inside_the_tag() -> None:
    assert ber.definite(b"\xa0\x80\x04\x02ab\x04\x01c" + END) == b"\xa0\x05\x04\x03abc"


def test_long_definite_bytes_are_walked_and_stay_the_same() -> None:
    data = ber.encode(0x30, ber.encode(0x02, b"\x01") + ber.encode(0x04, b"x" * 100_000))
    assert ber.definite(data) == data


def test_what_follows_the_first_value_is_left_out() -> None:
    assert ber.definite(b"\x30\x80" + END + b"more") == b"\x30\x00"


@given(st.binary(max_size=70_000))
def test_encode_and_read_are_inverse(contents: bytes) -> None:
    value = ber.read(ber.encode(0x04, contents))
    assert (value.tag, value.contents) == (0x04, contents)


_TREES = st.recursive(st.binary(max_size=20), lambda inner: st.lists(inner, max_size=4), max_leaves=20)
Tree = bytes | list["Tree"]


def _der(tree: Tree) -> bytes:
    if isinstance(tree, bytes):
        return ber.encode(ber.OCTETS, tree)
    return ber.encode(ber.SEQUENCE, b"".join(_der(branch) for branch in tree))


def _streamed(tree: Tree) -> bytes:
    if isinstance(tree, bytes):
        return b"\x24\x80" + b"".join(ber.encode(ber.OCTETS, tree[i : i + 3]) for i in range(0, len(tree), 3)) + END
    return b"\x30\x80" + b"".join(_streamed(branch) for branch in tree) + END


@given(_TREES)
def test_streamed_encoding_of_any_tree_becomes_its_definite_encoding(tree: Tree) -> None:
    assert ber.definite(_streamed(tree)) == _der(tree)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_else(data: bytes) -> None:
    for start in (b"", b"\x30\x80", b"\x24\x80"):
        with suppress(PkiError):
            ber.read(start + data).parts()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "it ends at byte 0, in the middle of a value"),
        (b"\x30", "it ends at byte 1, in the middle of a value"),
        (b"\x30\x80\x02\x01", "the value at byte 2 is longer than what it stands in"),
        (b"\x04\x80", "the value at byte 0 has neither length nor parts"),
        (b"\x30\x80\x1f\x81\x01\x00", "the tag at byte 2 takes several bytes, which CMS does not use"),
        (b"\x30\x89" + b"\x00" * 9, "the length at byte 0 cannot be read"),
        (b"\x30\x05\x00", "it is cut off"),
        (b"\x24\x80\x02\x01\x00" + END, "a string in pieces holds something that is no string"),
    ],
)
def test_broken_bytes_are_refused_with_the_place(data: bytes, text: str) -> None:
    assert _refusal(data) == f"The cryptographic message cannot be read: {text}."


def test_nesting_is_bounded() -> None:
    text = f"values nested more than {ber.MAX_DEPTH} deep"
    assert _refusal(b"\x30\x80" * 100_000) == f"The cryptographic message cannot be read: {text}."


def test_the_number_of_values_is_bounded_and_time_is_linear() -> None:
    start = time.process_time()
    text = f"more than {ber.MAX_VALUES} values"
    assert _refusal(b"\x24\x80" + b"\x04\x01x" * 10_000_000) == f"The cryptographic message cannot be read: {text}."
    assert time.process_time() - start < 2


def test_parts_are_bounded() -> None:
    value = ber.read(ber.encode(0x30, b"\x05\x00" * (ber.MAX_PARTS + 1)))
    with pytest.raises(PkiError, match="the value at byte 0 has more than 64 parts"):
        value.parts()


def test_a_primitive_value_has_no_parts() -> None:
    with pytest.raises(PkiError, match="the value at byte 0 has no parts"):
        ber.read(b"\x04\x00").parts()
