"""Keeps revocation lists and answers current beside the sweeper, in a thread: a slow authority holds up nothing else."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event as Flag
from urllib.parse import urlsplit

import psycopg
import structlog
from psycopg import Connection

from openics.ops import database
from openics.ops.roles import trust_directory, trust_store
from openics.ops.settings import Settings, settings
from openics.pki.errors import PkiError
from openics.pki.fetching import Limits
from openics.pki.refreshing import Refreshed, refresh, usable

NAME = "revocations"
"""Of the thread."""
IN_FORCE = (
    "SELECT der FROM site_certificate WHERE not_after > %s AND revoked_at IS NULL "
    "AND (removed_at IS NULL OR removed_at > %s) ORDER BY id"
)

log = structlog.get_logger()


def private_hosts(chosen: Settings) -> frozenset[str]:
    """The hosts inside the network that may be asked: those of the setting; in industry test, our own web pages too."""
    named = {each.strip() for each in chosen.revocation_hosts.split(",") if each.strip()}
    own = urlsplit(chosen.web_url or f"http://localhost:{chosen.web_port}")
    return frozenset(named | {f"{own.hostname}:{own.port or 80}"} if chosen.test else named)


def refresh_all(connection: Connection, chosen: Settings, now: datetime) -> list[Refreshed]:
    """Ask every address to which a registered certificate or a trusted issuer points, once."""
    certificates = usable(bytes(row[0]) for row in connection.execute(IN_FORCE, (now, now)).fetchall())
    issuers = trust_store(chosen).issuers()
    return refresh(trust_directory(chosen.home), certificates, issuers, now, Limits(private=private_hosts(chosen)))


def keep_current(stop: Flag) -> None:
    """Refresh at once and then as often as the settings say, until `stop` is set; each new problem is logged once."""
    chosen = settings()
    every = chosen.revocation_every.total_seconds()
    told: dict[str, str] = {}
    while every > 0 and not stop.is_set():
        try:
            with database.connect("revocations") as connection:
                _tell(refresh_all(connection, chosen, datetime.now(UTC)), told)
        except psycopg.Error as error:
            log.warning("revocations not refreshed", error=type(error).__name__)
        except PkiError as error:
            log.error("revocations not refreshed", error=error.text, fix=error.fix)  # noqa: TRY400 - the text says it all
        stop.wait(every)


def _tell(found: Sequence[Refreshed], told: dict[str, str]) -> None:
    for each in found:
        if each.problem and told.get(each.address) != each.problem:
            log.warning("not fetched", what=each.what, problem=each.problem)
        elif not each.problem and told.get(each.address):
            log.info("fetched again", what=each.what)
        told[each.address] = each.problem


def start(stop: Flag) -> threading.Thread:
    """Keep revocations current in a thread of its own."""
    thread = threading.Thread(target=keep_current, args=(stop,), name=NAME, daemon=True)
    thread.start()
    return thread
