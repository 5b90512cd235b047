"""Signed statements: small records that one side signs and the other checks (CMS signed-data around canonical JSON).

The content is one JSON object in ASCII: its keys sorted, no blanks, the member `format` naming what it is. There is exactly
one way to write a statement, so what is read is what was signed. Times are ISO 8601 in UTC, `2026-05-04T03:21:00+00:00`.
"""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from openics.pki import cms
from openics.pki.cms import Signed
from openics.pki.errors import PkiError
from openics.pki.identity import Identity

LONGEST: Final = 262_144
"""Bytes of a statement with its signature."""
LARGEST_NUMBER: Final = 2**63 - 1
_FIX: Final = "Make it as the page on HTTPS describes, and sign it with the registered certificate."

Record = TypeVar("Record")


def write(kind: str, record: Any) -> bytes:
    """The one way to write a record (a frozen dataclass of text, numbers, truth values, times and tuples of records)."""
    return _dumped({"format": kind, **_members(record)})


def read(kind: str, record: type[Record], data: bytes) -> Record:
    """The record that `write` made the bytes from; raises PkiError `bad-statement` for anything else."""
    try:
        return _read(kind, record, data)
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise PkiError("bad-statement", f"This is no statement {kind}: {str(error)[:200]}.", _FIX) from error


def sign(kind: str, record: Any, identity: Identity) -> bytes:
    """The record as CMS signed-data (DER), with the signer's certificate and its chain."""
    return cms.sign(write(kind, record), identity)


def open_signed(data: bytes) -> Signed:
    """The signature checked, not yet who signed; raises PkiError. What it holds is read by `read`."""
    if len(data) > LONGEST:
        raise PkiError("too-large", f"The statement has {len(data)} bytes; at most {LONGEST} are read.", _FIX)
    return cms.verify(data)


def _read(kind: str, record: type[Record], data: bytes) -> Record:
    members = json.loads(data.decode("ascii"))
    if not isinstance(members, dict) or members.pop("format", None) != kind:
        raise ValueError(f"its format is not {kind}")
    found = _record(record, members)
    if write(kind, found) != data:
        raise ValueError("it is not written in the one way")
    return found


def _members(record: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return [_members(each) for each in value] if isinstance(value, tuple) else value


def _dumped(members: dict[str, Any]) -> bytes:
    return json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def _record(record: type[Record], members: dict[str, Any]) -> Record:
    kinds = get_type_hints(record)
    if members.keys() != kinds.keys():
        raise ValueError(f"it must have exactly {', '.join(sorted(kinds))}")
    return record(**{name: _value(name, kind, members[name]) for name, kind in kinds.items()})


def _value(name: str, kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        inner: type[Any] = get_args(kind)[0]
        if not isinstance(value, list):
            raise TypeError(f"{name} must be a list")
        return tuple(_record(inner, each) for each in value)
    if kind is datetime and isinstance(value, str):
        return _moment(name, value)
    if type(value) is not kind:
        raise TypeError(f"{name} has the wrong type")
    if kind is int and not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(f"{name} is out of range")
    return value


def _moment(name: str, value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(f"{name} has no offset")
    return found.astimezone(UTC)
