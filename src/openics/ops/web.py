"""The web process: Django behind waitress, threads sharing one listening socket."""

import socket
import threading
from threading import Event as Flag

import structlog

from openics.ops.settings import settings

THREADS = 8
EVERY = 3600.0
"""Seconds between two erasures of what is too old."""

log = structlog.get_logger()


def serve(stop: Flag) -> None:
    """Serve pages until `stop` is set; requests that have begun are finished."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openics.ops.django_settings")
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    chosen = settings()
    listening = socket.create_server((chosen.web_host, chosen.web_port), reuse_port=False)
    server = create_server(
        get_wsgi_application(),
        sockets=[listening],
        threads=THREADS,
        ident="OpenICS",
        max_request_body_size=chosen.max_mail_bytes,
        clear_untrusted_proxy_headers=True,
    )
    threading.Thread(target=_erase_old, args=(stop,), daemon=True).start()
    threading.Thread(target=_close_when, args=(stop, server), daemon=True).start()
    try:
        server.run()
    except OSError:  # the socket was closed under the loop, as asked
        if not stop.is_set():
            raise


def _erase_old(stop: Flag) -> None:
    """Erase drafts and sessions whose time is over: at the start, and each hour."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import OperationalError, close_old_connections
    from django.utils import timezone

    from openics.channels.sign_in import drafts

    while True:
        try:
            drafts.erase_old(timezone.now())
            SessionStore.clear_expired()
        except OperationalError as error:  # the database is away: the next hour tries again
            log.warning("old drafts not erased", error=type(error).__name__)
        close_old_connections()
        if stop.wait(EVERY):
            return


def _close_when(stop: Flag, server: object) -> None:
    stop.wait()
    server.close()  # type: ignore[attr-defined]
