"""A host bureau sends for the sites of other clients; and what a site says it reads is remembered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from exchange.conftest import OTHER, SITE, declaration, interchange, take
from openics.exchange.opening import Opened, Received
from openics.exchange.submission import DirectOpener
from openics.exchange.worker import Worker


@pytest.mark.parametrize(("for_others", "answered"), [(False, 0), (True, 1)])
def test_only_a_host_bureau_sends_for_the_site_of_another_client(
    make_worker: Callable[..., Worker], for_others: bool, answered: int
) -> None:
    worker = make_worker()

    class Bureau(DirectOpener):
        def open(self, received: Received, facts: object, now: datetime) -> Opened:
            opened = super().open(received, facts, now)  # type: ignore[arg-type]
            assert isinstance(opened, Opened)
            return replace(opened, for_others=for_others, ciphers=("aes256_gcm",))

    worker.pipeline = replace(worker.pipeline, openers={"web": Bureau()})
    take(worker, interchange(declaration(), owner=OTHER))
    assert worker.connection.execute("SELECT count(*) FROM export_declaration").fetchone() == (answered,)
    assert worker.connection.execute("SELECT site_id, ciphers FROM site ORDER BY site_id").fetchall() == [
        (SITE, ["aes256_gcm"]),
        (OTHER, []),
    ]
