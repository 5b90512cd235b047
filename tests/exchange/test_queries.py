"""A batch costs a fixed number of statements, whatever its size."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from exchange.conftest import NOW, SITE, declaration, interchange
from openics.exchange.opening import Received
from openics.exchange.worker import Worker
from openics.messages.exports.streq import StatusRequest
from openics.sandbox.story import supplier


class Counting(psycopg.Cursor[Any]):
    """A cursor that counts its statements."""

    count = 0

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        """Count, and execute."""
        Counting.count += 1
        return super().execute(*args, **kwargs)


def statements(worker: Worker, batch: list[Received]) -> int:
    """How many statements a batch takes; nothing of it is kept."""
    Counting.count = 0
    with worker.connection.transaction(force_rollback=True), Counting(worker.connection) as cursor:
        cursor.connection.execute("SET CONSTRAINTS ALL DEFERRED")
        worker.pipeline.process(cursor, batch, NOW)
    return Counting.count


def received(number: int, content: bytes) -> Received:
    """An interchange taken from the inbox."""
    return Received(number, "web", content, SITE, NOW)


@pytest.mark.parametrize(
    "content",
    [
        lambda number: interchange(declaration(f"D{number}"), reference=f"D{number}"),
        lambda number: interchange(supplier(f"C{number}"), reference=f"C{number}"),
        lambda number: interchange(
            StatusRequest(sender_reference=f"S{number}", version=1, function="13", authority_number="AAAAAAAT4"),
            reference=f"S{number}",
        ),
    ],
    ids=["EXD", "CLREG", "STREQ"],
)
def test_forty_cost_as_many_statements_as_two(worker: Worker, content: Callable[[int], bytes]) -> None:
    few = statements(worker, [received(number, content(number)) for number in range(2)])
    many = statements(worker, [received(number, content(number)) for number in range(40)])
    assert few == many
    assert 15 <= few <= 40
