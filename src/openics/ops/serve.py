"""One process of the system: `python -m openics.ops.serve ROLE`, or `openics serve ROLE`."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from threading import Event as Flag

import structlog
from psycopg import InterfaceError, OperationalError

from openics.ops import logging, tracing
from openics.ops.settings import settings

RECONNECT = 1.0
"""Seconds before the database is tried again."""

log = structlog.get_logger()


def main(role: str) -> None:
    """Run a role until SIGTERM or SIGINT, or until the supervisor is gone."""
    chosen = settings()
    logging.configure(chosen.log_level, role)
    tracing.configure(chosen.trace_endpoint, role)
    stop = Flag()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if os.environ.get("OPENICS_SUPERVISED"):
        threading.Thread(target=_end_with_supervisor, args=(stop,), daemon=True).start()
    _work(ROLES[role], stop)


def _work(role: Callable[[Flag], None], stop: Flag) -> None:
    """Run a role, and begin it anew when the database was away."""
    while not stop.is_set():
        try:
            role(stop)
        except (OperationalError, InterfaceError) as error:
            log.warning("database lost", error=type(error).__name__)
            stop.wait(RECONNECT)
        else:
            return


def _end_with_supervisor(stop: Flag) -> None:
    os.read(0, 1)
    stop.set()
    threading.Timer(5.0, os._exit, (1,)).start()


def _gateway(stop: Flag) -> None:
    from openics.ops.roles import gateway

    asyncio.run(gateway(stop))


def _worker(stop: Flag) -> None:
    from openics.ops.roles import worker

    worker().run(stop)


def _courier(stop: Flag) -> None:
    from openics.ops.roles import courier

    courier(stop)


def _sweeper(stop: Flag) -> None:
    from openics.ops import revocations
    from openics.ops.roles import sweeper

    working = sweeper()
    if not any(thread.name == revocations.NAME for thread in threading.enumerate()):
        revocations.start(stop)
    working.run(stop)


def _web(stop: Flag) -> None:
    from openics.ops.web import serve

    serve(stop)


def _webhooks(stop: Flag) -> None:
    from openics.ops.roles import webhooks

    webhooks(stop)


def _mailbox(stop: Flag) -> None:
    from openics.ops.roles import mailbox

    mailbox(stop)


ROLES: dict[str, Callable[[Flag], None]] = {
    "gateway": _gateway,
    "worker": _worker,
    "courier": _courier,
    "sweeper": _sweeper,
    "web": _web,
    "webhooks": _webhooks,
    "mailbox": _mailbox,
}

if __name__ == "__main__":
    main(sys.argv[1])
