"""The speed of one engine, measured in a process of its own: the compiled core, or its twin in Python.

Run as a program it takes the size of what is read in bytes and prints its figures as JSON.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict

from openics.edifact.core import CORE
from openics.edifact.reader import InterchangeReader, read_interchange
from openics.edifact.segments import split_components, split_elements, split_segments
from openics.edifact.writer import write_interchange
from openics.messages.reading import read_carefully, read_message
from openics.messages.writing import write_message
from openics.ops.bench.material import (
    HEADER,
    LONG,
    declarations,
    examples,
    faulty,
    interchange,
    messages,
    reordered,
    repeated,
)
from openics.ops.bench.measure import Figure, megabytes_per_second

CANONICAL = "read, check against the guide, typed document"
SEGMENT_AIM, ELEMENT_AIM, WRITE_AIM, MEMORY_AIM = 150.0, 60.0, 30.0, 3.0
READ_AIM = {"compiled": 20.0, "pure": 5.0}
"""MB/s; for memory, multiples of what is read."""


class Bench:
    """Figures about as many bytes of export declarations, and of the examples."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.engine = "compiled" if CORE else "pure"
        self.documents = declarations(max(2, size // len(interchange(declarations(1)))))
        self.written = messages(self.documents)
        self.data = write_interchange(HEADER, self.written)

    def figures(self) -> list[Figure]:
        """All of them."""
        return [*self.cutting(), *self.reading(), *self.kinds(), *self.writing(), self.memory()]

    def cutting(self) -> list[Figure]:
        """Text into segments, elements, components."""
        text = self.data.decode("latin-1")

        def elements() -> None:
            for segment in split_segments(text):
                split_elements(segment)

        def tree() -> list[list[list[str]]]:
            return [[split_components(each) for each in split_elements(segment)] for segment in split_segments(text)]

        size = len(self.data)
        return [
            self._speed("cut into segments", size, lambda: split_segments(text), SEGMENT_AIM),
            self._speed("cut into segments and elements", size, elements, ELEMENT_AIM),
            self._speed("cut into segments, elements and components", size, tree),
            self._speed("find the messages of an interchange", size, lambda: read_interchange(self.data)),
        ]

    def reading(self) -> list[Figure]:
        """Messages into documents: as they should be, out of order, segment by segment, with a fault each."""
        long = interchange(declarations(max(1, self.size // 120_000), lines=LONG))
        turned, wrong, aim = reordered(self.written), faulty(self.written), READ_AIM[self.engine]
        return [
            self._speed(CANONICAL, len(self.data), lambda: read_all(self.data), aim),
            self._speed(f"the same, declarations of {LONG} lines", len(long), lambda: read_all(long), aim),
            self._speed("the same, segments in another order", len(turned), lambda: read_all(turned)),
            self._speed("the same, segment by segment", len(self.data), lambda: read_each(self.data), READ_AIM["pure"]),
            self._speed("the same, one fault in each message", len(wrong), lambda: refuse_all(wrong)),
        ]

    def kinds(self) -> list[Figure]:
        """Examples of other messages into documents, as they should be."""
        found = []
        for name, segments in examples():
            data = repeated(segments, self.size)
            work = _reading(data)
            found.append(self._speed(f"the same, the example of {name}", len(data), work, READ_AIM[self.engine]))
        return found

    def writing(self) -> list[Figure]:
        """Documents into messages, messages into an interchange."""
        size = len(self.data)

        def documents() -> None:
            for document in self.documents:
                write_message(document, "1")

        return [
            self._speed("write documents", size, documents, WRITE_AIM),
            self._speed("write an interchange", size, lambda: write_interchange(HEADER, self.written), WRITE_AIM),
        ]

    def memory(self) -> Figure:
        """Memory beyond the input while an interchange is read message by message, in multiples of its size."""
        tracemalloc.start()
        count = sum(1 for _ in InterchangeReader(self.data))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        note = f"{count} messages, {len(self.data) / 1e6:.3g} MB"
        return Figure(
            "memory beyond the input while streaming",
            peak / len(self.data),
            "times",
            MEMORY_AIM,
            least=False,
            note=note,
            engine=self.engine,
        )

    def _speed(self, name: str, size: int, work: Callable[[], object], aim: float | None = None) -> Figure:
        return Figure(name, megabytes_per_second(size, work), "MB/s", aim, engine=self.engine)


def _reading(data: bytes) -> Callable[[], None]:
    return lambda: read_all(data)


def read_all(data: bytes) -> None:
    """Read every message, which must be whole."""
    for raw in read_interchange(data).messages:
        if read_message(raw).document is None:
            raise AssertionError("the benchmark's own message is not valid")


def read_each(data: bytes) -> None:
    """The same, by the way that is taken by a message that is not as it should be."""
    for raw in read_interchange(data).messages:
        if read_carefully(raw).document is None:
            raise AssertionError("the benchmark's own message is not valid")


def refuse_all(data: bytes) -> None:
    """Read every message, which must have a fault."""
    for raw in read_interchange(data).messages:
        if not read_message(raw).faults:
            raise AssertionError("the benchmark's own fault was not found")


if __name__ == "__main__":
    print(json.dumps([asdict(figure) for figure in Bench(int(sys.argv[1])).figures()]))  # noqa: T201 - for the caller
