"""Whole interchanges as JSON, and back to the same bytes."""

from dataclasses import asdict, fields
from typing import Any, Final

from openics.edifact.envelope import Header
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import write_interchange
from openics.messages.json_form import JsonFormError
from openics.messages.json_form import from_json as document_from_json
from openics.messages.reading import read_message
from openics.messages.registry import by_name
from openics.messages.writing import write_message

_ENVELOPE: Final = Header(sender="X", recipient="X", date="000101", time="0000", control_reference="1")
_OPENING: Final = b"UNB+UNOC:3+X+X+000101:0000+1'"
_CLOSING: Final = b"UNZ+0+1'"
"""An envelope for messages that stand alone; its count is not looked at."""

_DEFAULTS: Final = {each.name: each.default for each in fields(Header)}


class NotAnInterchangeError(ValueError):
    """Bytes in which no interchange header can be read."""


def to_json(data: bytes) -> dict[str, Any]:
    """The JSON form of an interchange. Raises NotAnInterchangeError when it has no readable UNB.

    Each message has its name, reference and `document`; one that is not known, or breaks its guide, has its `segments` as
    they stand and its `faults` in words instead. Messages that stand alone, from UNH to UNT, are taken too; their header
    is null.
    """
    if data[:3] == b"UNH":
        return _alone_form(data)
    interchange = read_interchange(data)
    if interchange.header is None:
        reasons = "; ".join(fault.text for fault in interchange.faults)
        raise NotAnInterchangeError(f"this is not an interchange: {reasons or 'there is no UNB'}")
    header = {name: value for name, value in asdict(interchange.header).items() if value != _DEFAULTS[name]}
    form: dict[str, Any] = {"una": interchange.una, "newline": interchange.newline, "header": header}
    if interchange.separators != DEFAULT_SEPARATORS:
        form["separators"] = asdict(interchange.separators)
    form["messages"] = [_message_form(raw) for raw in interchange.messages]
    if interchange.faults:
        form["faults"] = [fault.text for fault in interchange.faults]
    return form


def _message_form(raw: RawMessage) -> dict[str, Any]:
    reading = read_message(raw)
    form: dict[str, Any] = {"message": reading.name, "reference": raw.reference}
    faults = [f"{fault.place}: {fault.text}" for fault in (*reading.faults, *reading.data_faults)]
    if reading.document is None or faults:
        return {**form, "segments": raw.segments, "faults": faults}
    return {**form, "document": reading.document.to_json()}


def from_json(form: dict[str, Any]) -> bytes:
    """The interchange that a JSON form describes. Raises JsonFormError or UnwritableError with place and cause."""
    if isinstance(form, dict) and "header" in form and form["header"] is None:
        return _alone(form)
    if not isinstance(form, dict) or not isinstance(form.get("header"), dict):
        raise JsonFormError("an interchange is an object with a header, itself an object, or null for messages alone")
    separators = _record(Separators, form.get("separators", {}), "separators")
    messages = form.get("messages", [])
    if not isinstance(messages, list):
        raise JsonFormError("messages must be a list")
    return write_interchange(
        _record(Header, form["header"], "header"),
        [_segments(message, number, separators) for number, message in enumerate(messages)],
        separators=separators,
        una=bool(form.get("una", True)),
        newline=str(form.get("newline", "")),
    )


def _alone_form(data: bytes) -> dict[str, Any]:
    after = data.partition(b"'")[2]
    newline = next((end for end in (b"\r\n", b"\n") if after.startswith(end)), b"")
    form = to_json(_OPENING + newline + data + _CLOSING)
    form.pop("faults", None)
    return {**form, "header": None}


def _alone(form: dict[str, Any]) -> bytes:
    """Messages without the envelope that they were read in."""
    enveloped = from_json({**form, "una": False, "header": asdict(_ENVELOPE)})
    newline = str(form.get("newline", ""))
    return enveloped[enveloped.index(b"'") + 1 + len(newline) : enveloped.rindex(b"UNZ")]


def _record(kind: Any, values: dict[str, Any], place: str) -> Any:
    types = {each.name: type(each.default) for each in fields(kind)}
    for name, value in values.items():
        if name not in types:
            raise JsonFormError(f"{place} has no field {name}")
        if not isinstance(value, bool if types[name] is bool else str):
            raise JsonFormError(f"{place}.{name} must be {'true or false' if types[name] is bool else 'text'}")
    try:
        return kind(**values)
    except TypeError as error:
        raise JsonFormError(f"{place} is not complete: {error}") from None


def _segments(message: Any, number: int, separators: Separators) -> list[str]:
    place = f"messages[{number}]"
    if not isinstance(message, dict):
        raise JsonFormError(f"{place} must be an object")
    if "segments" in message:
        return _raw_segments(message["segments"], place)
    document = by_name(str(message.get("message")))
    if document is None:
        raise JsonFormError(f"{place}.message is {message.get('message')!r}; no such message is known")
    reference = message.get("reference", str(number + 1))
    if not isinstance(reference, str):
        raise JsonFormError(f"{place}.reference must be text")
    return write_message(
        document_from_json(document, message.get("document"), f"{place}.document"), reference, separators
    )


def _raw_segments(segments: Any, place: str) -> list[str]:
    if isinstance(segments, list) and all(isinstance(segment, str) for segment in segments):
        return segments
    raise JsonFormError(f"{place}.segments must be a list of texts")
