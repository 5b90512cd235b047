"""Reads the tags and lengths of BER within bounds and in linear time.

Mail programs that stream write CMS with indefinite lengths and cut the content into thousands of strings. A general
ASN.1 parser joins these in quadratic time and follows nesting by recursion, so hostile bytes could hold a worker for
hours; here both are bounded before any other parser sees the bytes: `definite` makes plain definite-length encoding of
any BER, and `Value` walks it. Source: ITU-T X.690, 8.1.3 and 8.7.
"""

from dataclasses import dataclass, field

from openics.pki.errors import PkiError

MAX_VALUES = 65_536
"""Values looked at in one structure: a 10 MB interchange in strings of 1,000 bytes takes 20,000."""
MAX_DEPTH = 32
SMALL = 65_536
"""A value shorter than this (bytes) with a definite length is taken as it is: no parser can lose much time on it."""

MAX_PARTS = 64
"""Values that one value may hold: certificates, recipients, attributes."""

INTEGER, OCTETS, OBJECT_IDENTIFIER, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
TAGGED_0, TAGGED_1 = 0xA0, 0xA1
_CONSTRUCTED = 0x20
_OCTETS_IN_PIECES = 0x24


@dataclass(slots=True)
class Value:
    """One value in `data`: its tag (one byte), and the offsets of the value, its contents and its end."""

    data: bytes
    tag: int
    at: int
    start: int
    end: int

    @property
    def contents(self) -> bytes:
        """The bytes inside."""
        return self.data[self.start : self.end]

    @property
    def whole(self) -> bytes:
        """The value with its tag and length."""
        return self.data[self.at : self.end]

    def parts(self) -> list["Value"]:
        """The values inside, at most `MAX_PARTS`; raises PkiError `not-cms`."""
        if not self.tag & _CONSTRUCTED:
            raise _broken(f"the value at byte {self.at} has no parts")
        data, at, end = self.data, self.start, self.end
        found: list[Value] = []
        while at < end:
            tag, start, length = _header(data, at)
            if length is None or start + length > end:
                raise _broken(f"the length at byte {at} does not fit")
            if len(found) == MAX_PARTS:
                raise _broken(f"the value at byte {self.at} has more than {MAX_PARTS} parts")
            found.append(Value(data, tag, at, start, start + length))
            at = start + length
        return found


def read(data: bytes) -> Value:
    """The first value in BER `data`; raises PkiError `not-cms`."""
    plain = definite(data)
    tag, start, length = _header(plain, 0)
    if length is None or start + length > len(plain):
        raise _broken("it is cut off")
    return Value(plain, tag, 0, start, start + length)


@dataclass(slots=True)
class _Frame:
    """A value that is being rebuilt; `end` is the offset after its contents, None with an indefinite length."""

    tag: int
    end: int | None
    children: list[tuple[int, bytes]] = field(default_factory=list)

    def contents(self) -> bytes:
        if self.tag == _OCTETS_IN_PIECES:
            return self._joined()
        if self.tag == TAGGED_0 and len(self.children) > 1 and all(tag == OCTETS for tag, _ in self.children):
            return encode(OCTETS, self._joined())
        return b"".join(encode(tag, contents) for tag, contents in self.children)

    def _joined(self) -> bytes:
        if any(tag != OCTETS for tag, _ in self.children):
            raise _broken("a string in pieces holds something that is no string")
        return b"".join(contents for _, contents in self.children)


def encode(tag: int, contents: bytes) -> bytes:
    """The DER of one value: tag (one byte), length, contents."""
    length = len(contents)
    if length < 0x80:
        return bytes((tag, length)) + contents
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + contents


def definite(data: bytes) -> bytes:
    """The first value in `data` with definite lengths and its strings in one piece; raises PkiError `not-cms`.

    Bytes that are short and definite come back as they are.
    """
    if len(data) < SMALL and data[1:2] != b"\x80":
        return data
    frames = [_Frame(0, len(data))]
    at = 0
    for _ in range(2 * MAX_VALUES):
        frame = frames[-1]
        if frame.end is None and data[at : at + 2] == b"\x00\x00":
            at += 2
            _close(frames)
        elif at == frame.end:
            _close(frames)
        else:
            at = _enter(data, at, frames)
        if len(frames) == 1:
            return encode(*frames[0].children[0])
    raise _broken(f"more than {MAX_VALUES} values")


def _close(frames: list[_Frame]) -> None:
    frame = frames.pop()
    tag = OCTETS if frame.tag == _OCTETS_IN_PIECES else frame.tag
    frames[-1].children.append((tag, frame.contents()))


def _enter(data: bytes, at: int, frames: list[_Frame]) -> int:
    """Read the value at `at`, or go into it; gives the offset to go on from."""
    tag, start, length = _header(data, at)
    parent = frames[-1]
    limit = len(data) if parent.end is None else parent.end
    end = None if length is None else start + length
    if end is not None and end > limit:
        raise _broken(f"the value at byte {at} is longer than what it stands in")
    if end is not None and not _must_enter(tag, end - start):
        parent.children.append((tag, data[start:end]))
        return end
    if len(frames) > MAX_DEPTH:
        raise _broken(f"values nested more than {MAX_DEPTH} deep")
    frames.append(_Frame(tag, end))
    return start


def _must_enter(tag: int, length: int) -> bool:
    return tag == _OCTETS_IN_PIECES or (bool(tag & _CONSTRUCTED) and length >= SMALL)


def _header(data: bytes, at: int) -> tuple[int, int, int | None]:
    """Tag, offset of the contents, length (None: indefinite)."""
    try:
        tag, first = data[at], data[at + 1]
    except IndexError:
        raise _broken(f"it ends at byte {len(data)}, in the middle of a value") from None
    if tag & 0x1F == 0x1F:
        raise _broken(f"the tag at byte {at} takes several bytes, which CMS does not use")
    if first < 0x80:
        return tag, at + 2, first
    if first == 0x80:
        if not tag & _CONSTRUCTED:
            raise _broken(f"the value at byte {at} has neither length nor parts")
        return tag, at + 2, None
    size = first & 0x7F
    if size > 8 or at + 2 + size > len(data):
        raise _broken(f"the length at byte {at} cannot be read")
    return tag, at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")


def _broken(what: str) -> PkiError:
    return PkiError(
        "not-cms",
        f"The cryptographic message cannot be read: {what}.",
        "Send the S/MIME message as your software made it; the attachment may have been damaged on its way.",
        "E4",
    )
