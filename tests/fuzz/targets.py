"""What is fuzzed: each target takes bytes and must hold whatever they are.

A target turns the bytes of the fuzzer into an input (`shape`), and holds an input to what must be true of it (`check`). The
inputs that once broke something are kept as files, `corpus/<target>/`, and go through `check` alone.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from openics.edifact.envelope import Header
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.segments import split_segments
from openics.edifact.writer import UnwritableError, write_interchange
from openics.messages import interchange
from openics.messages.json_form import JsonFormError
from openics.messages.reading import read_carefully, read_message
from openics.messages.registry import by_name
from openics.messages.writing import write_message

ROOT: Final = Path(__file__).parents[2]
CORPUS: Final = Path(__file__).parent / "corpus"
HEADER: Final = Header(sender="A", recipient="B", date="261102", time="0900", control_reference="1")


@dataclass(frozen=True)
class Target:
    """One thing that is fuzzed."""

    name: str
    suffix: str
    seeds: Callable[[], list[bytes]]
    shape: Callable[[bytes], bytes]
    check: Callable[[bytes], None]

    @property
    def kept(self) -> Path:
        """The folder of inputs that once broke something."""
        return CORPUS / self.name


@cache
def samples() -> tuple[bytes, ...]:
    """The samples and examples, each a whole interchange."""
    found = [*ROOT.glob("tests/corpus/*.edi"), *ROOT.glob("src/openics/messages/*/examples/*.edi")]
    return tuple(path.read_bytes() for path in sorted(found))


@cache
def messages() -> tuple[str, ...]:
    """Their messages, UNH to UNT, without line ends."""
    return tuple("'".join([*raw.segments, ""]) for data in samples() for raw in read_interchange(data).messages)


class Choices:
    """Numbers drawn from bytes; nothing but zeros once they are used up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def below(self, limit: int) -> int:
        """A number from 0 to below `limit`."""
        size = 1 if limit <= 256 else 3
        found = self._data[self._at : self._at + size]
        self._at += size
        return int.from_bytes(found) % max(limit, 1)

    def __bool__(self) -> bool:
        return self._at < len(self._data)


PIECES: Final = (
    *("'", "+", ":", "?", "''", "++", "::", "?'", "??", "\n", "\r\n", " ", "", "\x00", "é", "\xff", "٣", "²"),
    *("0", "9", "-", ".", ",", "-0", "1E5", "99999999", "20261131", "240000", "X" * 600, "9" * 40),
    *("UNH+1+CUSCAR:D:99B:UN'", "BGM+1'", "UNS+D'", "UNT+1+1'", "CNI+1'", "RFF+1'", "LOC+9+", "CST+1'", "ERP+1'"),
)


def damaged(data: bytes) -> bytes:
    """A message with segments and pieces of text moved, doubled, left out and put in."""
    choices = Choices(data)
    text = messages()[choices.below(len(messages()))]
    while choices:
        if choices.below(2):
            at = choices.below(len(text) + 1)
            until = min(len(text), at + choices.below(12))
            text = text[:at] + PIECES[choices.below(len(PIECES))] + text[until:]
        else:
            segments = split_segments(text) or [""]
            moved = segments[choices.below(len(segments))]
            copies = choices.below(4)
            if not copies:
                segments.remove(moved)
            at = choices.below(len(segments) + 1)
            segments[at:at] = [moved] * max(1, copies)
            text = "'".join([*segments, ""])
    return text.encode("latin-1", "replace")


def check_message(content: bytes) -> None:
    """Both ways to read a message say the same, and every fault lies in it."""
    text = content.decode("latin-1")
    careful = read_carefully(RawMessage(text=text))
    assert read_message(RawMessage(text=text)) == careful
    assert all(0 <= fault.offset <= len(text) for fault in (*careful.faults, *careful.data_faults))
    if careful.document is not None and not careful.data_faults:
        _check_written(careful.document)


def _check_written(document: Any) -> None:
    """What can be written is read as the same again."""
    with suppress(UnwritableError):
        segments = write_message(document, "1")
        data = write_interchange(HEADER, [segments])
        again = read_message(read_interchange(data).messages[0])
        assert (again.faults, again.data_faults, again.document) == ((), (), document)


def check_reading(content: bytes) -> None:
    """An interchange is read without raising, and its messages both ways alike."""
    for raw in read_interchange(content).messages:
        assert read_message(raw) == read_carefully(raw)
    with suppress(interchange.NotAnInterchangeError):
        json.dumps(interchange.to_json(content))


@cache
def forms() -> tuple[str, ...]:
    """The samples in JSON form."""
    return tuple(json.dumps(interchange.to_json(data)) for data in samples())


@cache
def documents() -> tuple[str, ...]:
    """The documents of the samples in JSON form, each with its name."""
    whole = [message for form in forms() for message in json.loads(form)["messages"] if "document" in message]
    return tuple(json.dumps({"message": each["message"], "document": each["document"]}) for each in whole)


VALUES: Final = (
    *(None, True, False, -1, 0, 1, 10**30, 1.5, float("inf"), float("nan"), "", " ", "'", "?", "+:", "é", "\x00", "€"),
    *("0", "-1", "00", "9" * 40, "X" * 600, "1E5", "NaN", "0001-01-01", "9999-12-31", "2026-02-30", "24:00", "23:59"),
    *("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-11-02T09:00:00.5Z", "٣", "²", "\ud800"),
    *([], {}, [[]], [{}], {"": None}, ["1"] * 120, [{}] * 120),
)


MOST_CHANGES: Final = 30


def bent(source: Callable[[], tuple[str, ...]]) -> Callable[[bytes], bytes]:
    """A function that changes values, keys and lists of one of the JSON texts that `source` gives."""

    def shape(data: bytes) -> bytes:
        choices = Choices(data)
        texts = source()
        whole = json.loads(texts[choices.below(len(texts))])
        for _ in range(MOST_CHANGES):
            places = list(_places(whole)) if choices else []
            if not places:
                break
            holder, key = places[choices.below(len(places))]
            _bend(holder, key, choices)
        return json.dumps(whole).encode()

    return shape


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that can be changed."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from _places(value[key])


def _bend(holder: Any, key: Any, choices: Choices) -> None:
    action = choices.below(4)
    if action == 0:
        holder[key] = _copied(VALUES[choices.below(len(VALUES))])
    elif action == 1 and len(holder) > 1:
        del holder[key]
    elif action == 2 and isinstance(holder[key], str):
        at = choices.below(len(holder[key]) + 1)
        holder[key] = holder[key][:at] + PIECES[choices.below(len(PIECES))] + holder[key][at + choices.below(6) :]
    elif isinstance(holder, list):
        holder.extend(_copied([holder[key]] * (choices.below(3) + 1)))
    else:
        holder[f"{key}x"[choices.below(2) :]] = _copied(holder[key])


def _copied(value: Any) -> Any:
    """The same value, with nothing shared."""
    return json.loads(json.dumps(value))


def check_document(content: bytes) -> None:
    """A document in JSON form is refused with its own errors, or written, and what is written is read without raising."""
    form = json.loads(content)
    kind = by_name(form["message"]) if isinstance(form, dict) and isinstance(form.get("message"), str) else None
    if kind is None:
        return
    with suppress(JsonFormError, UnwritableError):
        document = kind.from_json(form.get("document"))
        assert kind.from_json(json.loads(json.dumps(document.to_json()))) == document
        segments = write_message(document, "1")
        data = write_interchange(HEADER, [segments])
        (raw,) = read_interchange(data).messages
        assert raw.segments == segments
        again = read_message(raw)
        assert again == read_carefully(raw)
        assert again.faults or again.data_faults or again.document == document


def check_json(content: bytes) -> None:
    """JSON is refused with its own errors, or makes an interchange that is read without raising."""
    try:
        form = json.loads(content)
    except ValueError:
        return
    with suppress(JsonFormError, UnwritableError):
        data = interchange.from_json(form)
        with suppress(interchange.NotAnInterchangeError):
            json.dumps(interchange.to_json(data))


def drawn(size: int) -> list[bytes]:
    """Bytes to begin with, the same each time."""
    random = Random(size)
    return [bytes([first]) + random.randbytes(size) for first in range(0, 256, 4)]


def unchanged(content: bytes) -> bytes:
    """The input as it is."""
    return content


TARGETS: Final = {
    target.name: target
    for target in (
        Target("reader", "edi", lambda: list(samples()), unchanged, check_reading),
        Target("matcher", "edi", lambda: drawn(9), damaged, check_message),
        Target("documents", "json", lambda: drawn(7), bent(documents), check_document),
        Target("json", "json", lambda: drawn(8), bent(forms), check_json),
    )
}
