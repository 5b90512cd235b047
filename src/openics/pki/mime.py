"""A small MIME reader with bounds: linear time, no recursion, and parts as the bytes that were signed.

It reads what S/MIME needs (RFC 2045, 2046, 2183, 2231 without continuations) and refuses the rest plainly.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from openics.pki.errors import PkiError

MAX_HEADER = 65_536
"""Bytes of header fields that a mail or a part may have."""
_LINE_FEED, _CARRIAGE_RETURN = 0x0A, 0x0D
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\n(?=[ \t])")
_PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;"]+)')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Part:
    """A mail or one part of it: header fields by lower-case name, in order, and the body before decoding."""

    fields: dict[str, list[str]]
    body: bytes

    def field(self, name: str) -> str:
        """The first field of that name (lower case), unfolded and stripped; empty without one."""
        values = self.fields.get(name)
        return values[0] if values else ""

    def value(self, name: str) -> str:
        """The value of a structured field in lower case, without its parameters; empty without the field."""
        return self.field(name).partition(";")[0].strip().lower()

    def parameter(self, field: str, name: str) -> str:
        """A parameter (lower-case name) of a structured field; empty without it."""
        text = self.field(field)
        return _parameters(text).get(name, "") if name in text.lower() else ""

    @property
    def type(self) -> str:
        """The content type in lower case, `text/plain` without one."""
        return self.value("content-type") or "text/plain"

    @property
    def filename(self) -> str:
        """The file name, from the disposition or else the content type; empty without one."""
        return self.parameter("content-disposition", "filename") or self.parameter("content-type", "name")

    def decoded(self) -> bytes:
        """The body without its transfer encoding; raises PkiError `bad-encoding`."""
        encoding = self.field("content-transfer-encoding").lower()
        if encoding == "base64":
            return _base64(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding in ("", "7bit", "8bit", "binary"):
            return self.body
        raise PkiError(
            "bad-encoding",
            f"A part of the mail is encoded as {encoding[:40]!r}, which is not MIME.",
            "Encode attachments as base64.",
        )


def parse(data: bytes) -> Part:
    """Header fields and body; raises PkiError `too-large` when the fields are longer than `MAX_HEADER`."""
    if data[:1] == b"\n" or data[:2] == b"\r\n":
        return Part({}, data[data.index(b"\n") + 1 :])
    end = _BLANK_LINE.search(data, 0, MAX_HEADER + 4)
    if end is None and len(data) > MAX_HEADER:
        raise PkiError(
            "too-large",
            f"The header of the mail is longer than {MAX_HEADER} bytes.",
            "Send it with fewer header fields.",
        )
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    fields: dict[str, list[str]] = {}
    for line in _FOLD.sub("", head.decode("latin-1").replace("\r\n", "\n")).split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.rstrip().lower(), []).append(value.strip())
    return Part(fields, body)


def pieces(part: Part, limit: int) -> list[bytes]:
    """The parts of a multipart, as the bytes between its boundary lines; raises PkiError `too-many-parts`."""
    delimiter = b"--" + part.parameter("content-type", "boundary").encode("latin-1", "replace")
    if delimiter == b"--":
        raise PkiError("not-mail", "A multipart of the mail names no boundary.", "Send it as MIME (RFC 2046).")
    found: list[bytes] = []
    start = -1
    for line_start, next_line, last in _boundary_lines(part.body, delimiter):
        if start >= 0:
            found.append(part.body[start : _before_line_end(part.body, line_start)])
        if last:
            return found
        if len(found) >= limit:
            raise _too_many_parts(limit)
        start = next_line
    return found if start < 0 else [*found, part.body[start:]]


def _boundary_lines(body: bytes, delimiter: bytes) -> Iterator[tuple[int, int, bool]]:
    """Each boundary line: where it starts, where the next line starts, and whether it ends the multipart."""
    at = body.find(delimiter)
    while at >= 0:
        after = at + len(delimiter)
        if at == 0 or body[at - 1] == _LINE_FEED:
            line_end = body.find(b"\n", after)
            line_end = len(body) if line_end < 0 else line_end
            rest = body[after:line_end].rstrip()
            if rest in (b"", b"--"):
                yield at, line_end + 1, rest == b"--"
            after = line_end
        at = body.find(delimiter, after)


def leaves(root: Part, max_depth: int, max_parts: int) -> list[Part]:
    """The parts that are no multipart, in order; raises PkiError `too-deep` or `too-many-parts`."""
    found: list[Part] = []
    waiting = [(root, 1)]
    while waiting:
        part, depth = waiting.pop()
        if not part.type.startswith("multipart/"):
            found.append(part)
            continue
        if depth > max_depth:
            raise PkiError(
                "too-deep",
                f"The parts of the mail are nested more than {max_depth} deep.",
                "Send one attachment in one multipart/mixed.",
            )
        children = pieces(part, max_parts)
        if len(found) + len(waiting) + len(children) > max_parts:
            raise _too_many_parts(max_parts)
        waiting.extend((parse(child), depth + 1) for child in reversed(children))
    return found


def _too_many_parts(limit: int) -> PkiError:
    return PkiError(
        "too-many-parts", f"The mail has more than {limit} parts.", "Send one attachment and nothing else.", "E1"
    )


def _before_line_end(body: bytes, line_start: int) -> int:
    """The offset before the line end that belongs to the boundary line starting at `line_start`."""
    if line_start and body[line_start - 1] == _LINE_FEED:
        line_start -= 1
        if line_start and body[line_start - 1] == _CARRIAGE_RETURN:
            line_start -= 1
    return line_start


def _parameters(text: str) -> dict[str, str]:
    found = {}
    for name, value in _PARAMETER.findall(text):
        plain = _ESCAPED.sub(r"\1", value[1:-1]) if value[0] == '"' else value
        if name.endswith("*"):
            plain = plain.rpartition("'")[2]
        found[name.rstrip("*").lower()] = plain
    return found


def _base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body.translate(None, b" \t\r\n"), strict_mode=True)
    except binascii.Error as error:
        raise PkiError(
            "bad-encoding",
            f"A part of the mail says that it is base64 and is not ({error}).",
            "Send it again; the mail was damaged on its way or written by hand.",
        ) from error
