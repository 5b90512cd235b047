"""The example interchanges of the messages."""

from importlib import resources

from openics.edifact.reader import read_interchange
from openics.messages.document import Document
from openics.messages.reading import read_message


def example_bytes(room: str, name: str, kind: str) -> bytes:
    """An example as it is stored, e.g. of `cargo`, `SEACR`, `typical`."""
    return resources.files(f"openics.messages.{room}").joinpath("examples", f"{name}.{kind}.edi").read_bytes()


def examples(room: str, name: str, kind: str) -> list[Document]:
    """The documents of an example; each must be without fault."""
    readings = [read_message(raw) for raw in read_interchange(example_bytes(room, name, kind)).messages]
    assert [(reading.faults, reading.data_faults) for reading in readings] == [((), ())] * len(readings)
    return [reading.document for reading in readings if reading.document is not None]


def example(room: str, name: str, kind: str = "typical") -> Document:
    """The only document of an example."""
    (document,) = examples(room, name, kind)
    return document
