"""Fetching what waits at the gateway: each mail stored here first, then reported as stored, then confirmed."""

import threading
from typing import Final

import structlog

from openics.trader.errors import TraderError
from openics.trader.https import Gateway
from openics.trader.listening import Clock, Desk, utc_now

POLL: Final = 5.0
"""Seconds between looks at the gateway's list."""

log = structlog.get_logger()


def fetch_once(desk: Desk, gateway: Gateway, clock: Clock = utc_now) -> int:
    """Take in everything that waits, oldest first, and confirm it; returns how many mails there were.

    Raises TraderError when the gateway fails; what was stored is kept, and what was not still waits there.
    """
    count = after = 0
    more = True
    try:
        while more:
            listing = gateway.waiting(clock(), after)
            for held in listing.items:
                desk.take(gateway.fetch(held, clock()))
                gateway.store(held, clock())
                after, count = held.item, count + 1
            more = listing.more and bool(listing.items)
    finally:
        desk.confirm_due()
    return count


def watch_gateway(desk: Desk, gateway: Gateway, stop: threading.Event, every: float = POLL) -> None:
    """Take in what comes until `stop` is set; a gateway that is away is asked again."""
    while not stop.is_set():
        try:
            fetch_once(desk, gateway)
        except TraderError as error:
            log.warning("nothing fetched", error=error.text, fix=error.fix)
        stop.wait(every)
