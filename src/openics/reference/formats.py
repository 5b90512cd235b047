"""Reads and writes reference files: fixed width as the published ones, CSV, and JSON.

Writing the entries of a file and reading it again gives the same entries, in each format.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from openics.reference.facts import Entry
from openics.reference.file_names import Format
from openics.reference.problems import Problem, ReferenceFileError
from openics.reference.rows import Row, Rows, read_rows, row_of
from openics.reference.sets import NAME_WIDTH, ReferenceSet

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that are read."""
_DAY: Final = 8
_ENCODINGS: Final = {Format.TXT: "latin-1", Format.CSV: "utf-8", Format.JSON: "utf-8"}
MEDIA: Final = {
    Format.TXT: "text/plain; charset=iso-8859-1",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}
"""Media types of the formats."""


def layout(kind: ReferenceSet) -> tuple[tuple[str, int], ...]:
    """The fields of a fixed-width row in order, each with its width."""
    own = ((column.name, column.width) for column in kind.columns)
    return (("code", kind.code.width), ("name", NAME_WIDTH), *own, ("valid_from", _DAY), ("valid_to", _DAY))


def read(content: bytes, kind: ReferenceSet, form: Format, name: str, change: bool = False) -> Rows:
    """The rows of a file, and what is wrong in them. Raises ReferenceFileError when it cannot be taken apart at all."""
    if len(content) > LARGEST:
        raise _unreadable(name, f"the file has {len(content)} bytes", f"split it; {LARGEST} bytes are the most")
    try:
        text = content.decode(_ENCODINGS[form])
    except UnicodeDecodeError as error:
        cause = f"byte {error.start} is not {_ENCODINGS[form].upper()}"
        raise _unreadable(name, cause, f"save the file in {_ENCODINGS[form].upper()}") from None
    return read_rows(_READERS[form](text, kind, name, change), kind, change)


def write(entries: Iterable[Entry], kind: ReferenceSet, form: Format) -> bytes:
    """A complete file of the entries, in order of code and first day. Raises ReferenceFileError for what cannot be written."""
    ordered = sorted(entries, key=lambda entry: (entry.code, entry.valid_from))
    return _WRITERS[form]([row_of(entry, kind) for entry in ordered], kind)


def _unreadable(name: str, cause: str, fix: str) -> ReferenceFileError:
    return ReferenceFileError([Problem(name, cause, fix)])


def _read_txt(text: str, kind: ReferenceSet, name: str, change: bool) -> Iterator[tuple[str, Row]]:
    fields = (*layout(kind), *((("action", 1),) if change else ()))
    width = sum(size for _, size in fields)
    for number, line in enumerate(text.split("\n"), 1):
        row = line.removesuffix("\r")
        if not row.strip():
            continue
        place = f"{name}, line {number}"
        if len(row) > width or (change and len(row) < width):
            raise _unreadable(place, f"the row has {len(row)} characters", f"a row of this set has {width}")
        yield place, _cut(row, fields)


def _cut(row: str, fields: Iterable[tuple[str, int]]) -> dict[str, str]:
    found, at = {}, 0
    for field, size in fields:
        found[field] = row[at : at + size].strip(" ")
        at += size
    for field in ("valid_from", "valid_to"):
        found[field] = _iso(found[field])
    return found


def _iso(digits: str) -> str:
    if digits == "00010101":
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == _DAY and digits.isdigit() else digits


def _read_csv(text: str, kind: ReferenceSet, name: str, change: bool) -> Iterator[tuple[str, Row]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    expected = (*kind.heading, *(("action",) if change else ()))
    try:
        if tuple(reader.fieldnames or ()) != expected:
            found = ",".join(reader.fieldnames or ()) or "missing"
            raise _unreadable(f"{name}, line 1", f"the columns are {found}", f"write {','.join(expected)}")
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            if None in row or None in row.values():
                cause = "the row has not as many values as there are columns"
                raise _unreadable(place, cause, "check its commas and quotation marks")
            yield place, {field: value.strip() for field, value in row.items()}
    except csv.Error as error:
        raise _unreadable(
            f"{name}, line {reader.line_num}", f"it is not CSV ({error})", "check its quotation marks"
        ) from None


def _read_json(text: str, kind: ReferenceSet, name: str, change: bool) -> Iterator[tuple[str, Row]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, f"it is not JSON ({error})", "write a list of objects") from None
    if not isinstance(rows, list):
        raise _unreadable(name, "it is not a list", "write a list of objects, one for each row")
    known = {*kind.heading, *(("action",) if change else ())}
    for number, row in enumerate(rows, 1):
        place = f"{name}, entry {number}"
        if not isinstance(row, dict) or not row.keys() <= known:
            raise _unreadable(
                place, "it is not an object with the columns of the set", f"use {', '.join(kind.heading)}"
            )
        yield place, {field: value.strip() if isinstance(value, str) else value for field, value in row.items()}


def _write_txt(rows: list[dict[str, str]], kind: ReferenceSet) -> bytes:
    lines = []
    for row in rows:
        days = {name: row[name].replace("-", "") for name in ("valid_from", "valid_to")}
        line = "".join((row | days)[field].ljust(size) for field, size in layout(kind))
        try:
            lines.append(line.encode("latin-1") + b"\r\n")
        except UnicodeEncodeError as error:
            cause = f"{error.object[error.start]!r} is not a character of Latin-1"
            raise _unreadable(f"{kind.file_code} {row['code']}", cause, "spell it in Latin letters") from None
    return b"".join(lines)


def _write_csv(rows: list[dict[str, str]], kind: ReferenceSet) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, kind.heading, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _write_json(rows: list[dict[str, str]], kind: ReferenceSet) -> bytes:
    lines = (json.dumps({name: row[name] for name in kind.heading}, ensure_ascii=False) for row in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


_READERS: Final[dict[Format, Callable[[str, ReferenceSet, str, bool], Iterator[tuple[str, Row]]]]] = {
    Format.TXT: _read_txt,
    Format.CSV: _read_csv,
    Format.JSON: _read_json,
}
_WRITERS: Final[dict[Format, Callable[[list[dict[str, str]], ReferenceSet], bytes]]] = {
    Format.TXT: _write_txt,
    Format.CSV: _write_csv,
    Format.JSON: _write_json,
}
