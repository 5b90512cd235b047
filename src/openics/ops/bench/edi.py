"""The EDIFACT engine beside pydifact, on the same bytes in the same run."""

import subprocess
import sys
import warnings
from datetime import UTC, datetime

from openics.edifact.envelope import Header
from openics.edifact.reader import read_interchange
from openics.edifact.segments import split_elements, split_segments
from openics.edifact.separators import DEFAULT_SEPARATORS
from openics.edifact.writer import write_interchange
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.reading import read_message
from openics.messages.writing import write_message
from openics.ops.bench.measure import Figure, megabytes_per_second
from openics.sandbox.story import current_declaration

MESSAGES = 1500
PEER_SHARE = 30
"""The peer reads this part of the messages only, being slower; speeds are per byte."""
MEMORY_BYTES = 10_000_000


def declarations(count: int, lines: int = 1) -> list[ExportDeclaration]:
    """Export declarations that differ in their references, with as many lines each."""
    declaration = current_declaration("BENCH", datetime(2026, 1, 1, tzinfo=UTC))
    line = declaration.lines[0]
    many = tuple(line.replace(number=number) for number in range(1, lines + 1))
    return [declaration.replace(sender_reference=f"BENCH{number:08d}", lines=many) for number in range(count)]


def interchange(documents: list[ExportDeclaration]) -> bytes:
    """All of them in one interchange."""
    header = Header(
        sender="AAA676Y",
        owner="AAA676Y",
        recipient="AAA336C",
        date="260101",
        time="0000",
        control_reference="BENCH",
        acknowledgement_request=True,
        test=True,
    )
    return write_interchange(header, [write_message(each, str(place)) for place, each in enumerate(documents, 1)])


def figures() -> list[Figure]:
    """All figures of reading and writing."""
    documents = declarations(MESSAGES)
    data = interchange(documents)
    size, text = len(data), data.decode("latin-1")
    found = [_segments(size, text), _elements(size, text), _read(size, data), _write(documents, size)]
    long = interchange(declarations(2, lines=999))
    found.append(_read_named("read, check, type: two declarations of 999 lines", len(long), long))
    peer = _peer(interchange(documents[: MESSAGES // PEER_SHARE]))
    found.append(Figure("pydifact, plain parse", peer, "MB/s", note="the peer"))
    found.append(Figure("read, check, type beside pydifact's plain parse", found[2].value / peer, "times", 20.0))
    found.append(_memory())
    return found


def _segments(size: int, text: str) -> Figure:
    speed = megabytes_per_second(size, lambda: split_segments(text, DEFAULT_SEPARATORS))
    return Figure("cut into segments", speed, "MB/s", 150.0)


def _elements(size: int, text: str) -> Figure:
    def work() -> None:
        for segment in split_segments(text, DEFAULT_SEPARATORS):
            split_elements(segment, DEFAULT_SEPARATORS)

    return Figure("cut into segments and elements", megabytes_per_second(size, work), "MB/s", 60.0)


def _read(size: int, data: bytes) -> Figure:
    return _read_named("read, check against the guide, typed document", size, data)


def _read_named(name: str, size: int, data: bytes) -> Figure:
    def work() -> None:
        for raw in read_interchange(data).messages:
            if read_message(raw).document is None:
                raise AssertionError("the benchmark's own message is not valid")

    return Figure(name, megabytes_per_second(size, work), "MB/s", 5.0)


def _write(documents: list[ExportDeclaration], size: int) -> Figure:
    messages = [write_message(each, str(place)) for place, each in enumerate(documents, 1)]
    header = Header(
        sender="AAA676Y", owner="AAA676Y", recipient="AAA336C", date="260101", time="0000", control_reference="B"
    )
    speed = megabytes_per_second(size, lambda: write_interchange(header, messages))
    return Figure("write an interchange", speed, "MB/s", 30.0)


def _peer(data: bytes) -> float:
    from pydifact.parser import Parser

    text = data.decode("latin-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about segment tables of the peer's own that it comes without
        return megabytes_per_second(len(data), lambda: list(Parser().parse(text)), runs=3)


def _memory() -> Figure:
    """Memory of a process of its own that reads a large interchange message by message, in multiples of its size."""
    script = (
        "import sys, tracemalloc\n"
        "from openics.edifact.reader import InterchangeReader\n"
        "from openics.ops.bench.edi import declarations, interchange\n"
        "one = len(interchange(declarations(1)))\n"
        f"data = interchange(declarations({MEMORY_BYTES} // one))\n"
        "tracemalloc.start()\n"
        "count = sum(1 for _ in InterchangeReader(data))\n"
        "print(len(data), tracemalloc.get_traced_memory()[1], count)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    size, peak, _ = (int(word) for word in done.stdout.split())
    return Figure("memory beyond the input while streaming 10 MB", peak / size, "times", 3.0, least=False)
