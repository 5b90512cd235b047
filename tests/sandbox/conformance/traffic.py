"""Traffic of a site as the judge sees it, put together by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from openics.sandbox.conformance.facts import Incoming, Lodged, Outgoing, Traffic

START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
KEY = "ab" * 32
EDN = "AAAAAAAC9"


def after(seconds: float) -> datetime:
    """So many seconds after the run began."""
    return START + timedelta(seconds=seconds)


def traffic(*incoming: Incoming, outgoing: tuple[Outgoing, ...] = (), **changes: Any) -> Traffic:
    """Traffic of site AAA676Y, judged a minute after the run began."""
    whole = Traffic("AAA676Y", START, after(60), True, KEY, incoming, outgoing)
    return replace(whole, **changes)


def mail(number: int, *messages: Lodged, **changes: Any) -> Incoming:
    """One mail, sound in every way; CONTRL does not ask for CONTRL."""
    found = Incoming(
        intake=number,
        at=after(number),
        channel="mail",
        state="done",
        site="AAA676Y",
        digest=f"{number:064x}",
        gateway_key=KEY,
        control_reference=f"R{number}",
        outcome="accepted",
        asks_for_contrl=not all(message.name == "CONTRL" for message in messages),
        messages=messages,
    )
    return replace(found, **changes)


def declaration(number: int, reference: str = "CHEESE", **changes: Any) -> Lodged:
    """An original export declaration that was accepted."""
    return replace(Lodged(number, "EXD", reference, 1, "9", "accepted", EDN), **changes)


def contrl(number: int, about: str) -> Lodged:
    """A confirmation of the site."""
    return Lodged(number, "CONTRL", "", None, "", "accepted", "", about=about)


def answer(item: int, message: int, reference: str = "", **changes: Any) -> Outgoing:
    """An answer, delivered at second `item` and confirmed a second later."""
    found = Outgoing(item, reference or f"C{item}", ("EXDR",), frozenset({message}), True, after(item), after(item + 1))
    return replace(found, **changes)
