"""The contract between a domain room and the exchange: load, decide, record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from openics.decision.outcome import Due, Outcome, Request


class Cursor(Protocol):
    """What rooms need of a database cursor (psycopg's, or Django's around it)."""

    def execute(self, query: str, params: Any = ..., /) -> Any: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...


@dataclass(frozen=True, slots=True)
class Decided:
    """A request and its outcome, for `record`."""

    request: Request
    outcome: Outcome
    at: datetime


class Facts(Protocol):
    """The facts of a batch; after each decision they are told, so that the next document sees it."""

    def apply(self, request: Request, outcome: Outcome) -> None: ...


class Load(Protocol):
    """Fetch and lock what a batch of requests needs, in a fixed number of queries."""

    def __call__(self, cursor: Cursor, requests: Sequence[Request], now: datetime) -> Facts: ...


class Decide(Protocol):
    """Pure: one request and the batch's facts to its outcome."""

    def __call__(self, request: Request, facts: Any, now: datetime) -> Outcome: ...


class Record(Protocol):
    """Write the outcomes of a batch in a fixed number of statements."""

    def __call__(self, cursor: Cursor, decided: Sequence[Decided]) -> None: ...


@dataclass(frozen=True, slots=True)
class Handler:
    """How one kind of document is handled by its room."""

    load: Load
    decide: Decide
    record: Record


class LoadDue(Protocol):
    """Fetch and lock what a batch of due dates needs, in a fixed number of queries."""

    def __call__(self, cursor: Cursor, due: Sequence[Due], now: datetime) -> Any: ...


class DecideDue(Protocol):
    """Pure: one due date that has come, and the batch's facts, to its outcome."""

    def __call__(self, due: Due, facts: Any, now: datetime) -> Outcome: ...


class RecordOutcomes(Protocol):
    """Write outcomes in a fixed number of statements."""

    def __call__(self, cursor: Cursor, outcomes: Sequence[Outcome]) -> None: ...


@dataclass(frozen=True, slots=True)
class DueHandler:
    """How due dates of some kinds are handled by their room; its facts have `apply(outcome)`."""

    load: LoadDue
    decide: DecideDue
    record: RecordOutcomes
