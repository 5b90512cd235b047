"""Puts the parts of each process together from the settings."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag

import psycopg
import structlog

from openics.channels.https.opening import HttpsOpener
from openics.channels.mail.courier import Courier, Relay
from openics.channels.mail.listener import Bounds as ListenerBounds
from openics.channels.mail.opening import MailOpener
from openics.channels.mail.server import Gateway, IntakeStore, serve
from openics.edifact.limits import Limits
from openics.exchange.handlers import DUE, HANDLERS
from openics.exchange.notices import handlers as notices
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.opening import Opener
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.scripted import scripted
from openics.exchange.submission import DirectOpener
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.ops import database
from openics.ops.settings import Settings, settings
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.revocations import Strictness
from openics.pki.smime import Bounds as MailBounds
from openics.pki.trust import TrustStore

log = structlog.get_logger()


def policy(chosen: Settings) -> Policy:
    """The exchange's policy from the settings."""
    return Policy(
        customs_site=chosen.customs_site,
        test=chosen.test,
        limits=Limits(bytes=chosen.max_interchange_bytes),
        resend_after=chosen.resend_after,
        resend_attempts=chosen.resend_attempts,
        batch_size=chosen.batch_size,
    )


def gateway_directory(home: Path) -> Path:
    """Where the gateway's own keys are."""
    return home / "pki" / "gateway"


def trust_directory(home: Path) -> Path:
    """Where the trust anchors and revocation lists are."""
    return home / "pki" / "trust"


def trust_store(chosen: Settings) -> TrustStore:
    """The trusted authorities, as strict about revocation as the settings say."""
    strictness = Strictness(required=chosen.revocation_required, stale=chosen.revocation_stale)
    return TrustStore.load(trust_directory(chosen.home), strictness, legacy=chosen.legacy_algorithms)


def openers(chosen: Settings) -> dict[str, Opener]:
    """How each channel opens what it receives."""
    bounds = MailBounds(max_bytes=chosen.max_mail_bytes, max_depth=chosen.max_mime_depth)
    keys, trust = GatewayKeys.load(gateway_directory(chosen.home)), trust_store(chosen)
    direct = DirectOpener()
    mail = MailOpener(
        keys,
        trust,
        test=chosen.test,
        max_interchange_bytes=chosen.max_interchange_bytes,
        bounds=bounds,
        legacy=chosen.legacy_algorithms,
    )
    https = HttpsOpener(
        keys,
        trust,
        test=chosen.test,
        signed_only=chosen.web_url.startswith("https://"),
        max_interchange_bytes=chosen.max_interchange_bytes,
        bounds=bounds,
        legacy=chosen.legacy_algorithms,
    )
    return {"mail": mail, "https": https, "file": direct, "web": direct, "api": direct}


def worker() -> Worker:
    """A worker on a connection of its own."""
    chosen = settings()
    handlers = scripted(HANDLERS) if chosen.test else HANDLERS
    return Worker(database.connect("worker"), Pipeline(openers(chosen), handlers, policy(chosen)))


def sweeper() -> Sweeper:
    """A sweeper on a connection of its own, which also looks for notices that are due."""
    chosen, connection = settings(), database.connect("sweeper")
    notices.start(connection, datetime.now(UTC))
    told = NoticeSettings(gateway_directory(chosen.home), web_address(chosen), chosen.test)
    return Sweeper(connection, policy(chosen), {**DUE, **notices.handlers(told)})


def web_address(chosen: Settings) -> str:
    """The web's public address, without a slash at its end."""
    return (chosen.web_url or f"http://localhost:{chosen.web_port}").rstrip("/")


def webhooks(stop: Flag) -> None:
    """Tell programs of events until `stop` is set."""
    from openics.channels.webhooks.sender import Sender
    from openics.ops.django_settings import PUBLIC_URL, SECRET_KEY

    Sender(database.database_url(), SECRET_KEY.encode(), PUBLIC_URL, settings().webhooks_private).run(stop)


def courier(stop: Flag) -> None:
    """Seal and deliver until `stop` is set."""
    chosen = settings()
    relay = Relay(chosen.relay_host, chosen.relay_port, chosen.gateway_address, chosen.relay_tls)
    keys = GatewayKeys.load(gateway_directory(chosen.home))
    Courier(database.database_url(), relay, keys, chosen.resend_after, legacy=chosen.legacy_algorithms).run(stop)


async def gateway(stop: Flag) -> None:
    """Take mail until `stop` is set."""
    chosen = settings()
    bounds = ListenerBounds(connections=chosen.smtp_connections, mail_bytes=chosen.max_mail_bytes)
    described = Gateway(
        chosen.gateway_address,
        chosen.smtp_host,
        chosen.smtp_port,
        chosen.lmtp_port or None,
        bounds=bounds,
        certificate=chosen.smtp_certificate,
        key=chosen.smtp_key,
    )
    store = IntakeStore(database.database_url())
    try:
        await serve(described, store, stop, lambda ports: log.info("ready", smtp=ports.smtp, lmtp=ports.lmtp))
    finally:
        store.close()


def mailbox(stop: threading.Event) -> None:
    """The sandbox's mail server, until `stop` is set."""
    from openics.sandbox.mailbox import Mailboxes, run

    chosen = settings()

    def addresses() -> list[str]:
        statement = "SELECT edi_address, administrator_address, text_address FROM site"
        try:
            with database.connect("mailbox") as connection:
                rows = connection.execute(statement).fetchall()
        except psycopg.OperationalError as error:
            log.warning("addresses not read", error=type(error).__name__)
            return []
        return sorted({address for row in rows for address in row if address})

    mailboxes = Mailboxes(chosen.home / "mailboxes", addresses)
    run(mailboxes, chosen.relay_host, chosen.relay_port, stop, lambda port: log.info("ready", port=port))
