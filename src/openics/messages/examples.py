"""Example interchanges of each message, kept with the messages of its room."""

from importlib import resources
from typing import Final

from openics.messages.document import Document

KINDS: Final = ("smallest", "typical", "every-item")
"""Only what must be there; a realistic case; every item at least once. Others are named for what they show."""


def examples_of(document: type[Document]) -> dict[str, bytes]:
    """The interchanges by kind, the usual kinds first; a message may have none."""
    folder = resources.files(document.__module__.rpartition(".")[0]).joinpath("examples")
    found = {}
    if folder.is_dir():
        for file in folder.iterdir():
            name, _, kind = file.name.removesuffix(".edi").partition(".")
            if file.name.endswith(".edi") and name == document.name:
                found[kind] = file.read_bytes()
    return {kind: found[kind] for kind in sorted(found, key=_order)}


def _order(kind: str) -> tuple[int, str]:
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)
