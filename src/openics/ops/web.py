"""The web process: Django behind waitress, threads sharing one listening socket."""

import socket
import threading
from threading import Event as Flag

from openics.ops.settings import settings

THREADS = 8


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
    threading.Thread(target=_close_when, args=(stop, server), daemon=True).start()
    try:
        server.run()
    except OSError:  # the socket was closed under the loop, as asked
        if not stop.is_set():
            raise


def _close_when(stop: Flag, server: object) -> None:
    stop.wait()
    server.close()  # type: ignore[attr-defined]
