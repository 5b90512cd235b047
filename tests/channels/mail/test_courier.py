"""The courier: from waiting rows of the outbox to mails in the site's mailbox, over real SMTP and S/MIME."""

import smtplib
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest

from channels.mail.couriers import (
    ADDRESS,
    ADMINISTRATOR,
    GATEWAY,
    INTERCHANGE,
    NOW,
    RESEND_AFTER,
    SITE,
    Clock,
    Server,
    courier,
    recording,
    register,
    run_once,
    states,
    wait_in_outbox,
)
from openics.channels.mail.listener import Bounds as ListenerBounds
from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import OutboxItem
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity
from openics.pki.smime import Bounds, unseal
from trader.world import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_waits_is_sealed_and_delivered(
    database_url: str, keys: GatewayKeys, site: Site, trader: Identity, gateway: Identity, tmp_path: Path
) -> None:
    item = wait_in_outbox()
    with mail_server(tmp_path / "mail", ADDRESS) as (port, mailboxes):
        assert run_once(courier(database_url, keys, port)) == 2
    (path,) = mailboxes.of(ADDRESS).waiting()
    opened = unseal(path.read_bytes(), [trader], Bounds())
    assert (opened.sender, opened.subject) == (GATEWAY, f"AAA336C_00000000000001_{SITE}")
    assert (opened.filename, opened.content) == (f"{SITE}_00000000000001.edi", INTERCHANGE)
    assert opened.signed.signer_certificate == gateway.certificate
    item.refresh_from_db()
    assert item.evidence is not None
    assert bytes(item.evidence.content) == path.read_bytes()
    assert (item.state, item.sends, item.delivered_at, item.next_attempt_at) == (
        "delivered",
        1,
        NOW,
        NOW + RESEND_AFTER,
    )


def test_a_notice_is_signed_and_readable(database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path) -> None:
    OutboxItem.objects.create(
        notice="Your mail was refused.\nSend it again.",
        subject="Mail refused",
        site=SITE,
        recipient=ADMINISTRATOR,
        wants_confirmation=False,
        created_at=NOW,
        next_attempt_at=NOW,
    )
    with mail_server(tmp_path / "mail", ADMINISTRATOR) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    (path,) = mailboxes.of(ADMINISTRATOR).waiting()
    text, _ = message_from_bytes(path.read_bytes()).walk().__next__().get_payload()  # type: ignore[misc,union-attr]
    assert text.get_payload(decode=True) == b"Your mail was refused.\r\nSend it again."  # type: ignore[union-attr]


def test_several_mails_go_over_one_connection_in_order(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in range(1, 6):
        wait_in_outbox(number)
    with recording(Server()) as server:
        run_once(courier(database_url, keys, server.port))
    subjects = [message_from_bytes(mail)["Subject"] for mail in server.taken]
    assert subjects == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 6)]
    assert len(server.connections) == 1


def test_a_slow_server_does_not_keep_a_transaction_open(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2, 3):
        wait_in_outbox(number)
    with recording(Server()) as server:
        working = courier(database_url, keys, server.port)
        working.batch_seconds = 0
        assert [run_once(working) for _ in range(4)] == [4, 1, 1, 0]
    assert states() == [("delivered", 0, 1)] * 3


def test_a_site_without_valid_certificate_is_parked_and_others_leave(
    database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path
) -> None:
    SiteCertificate.objects.update(removed_at=NOW - timedelta(hours=1))
    item = wait_in_outbox()
    OutboxItem.objects.create(
        notice="text", subject="s", site=SITE, recipient=ADMINISTRATOR, created_at=NOW, next_attempt_at=NOW
    )
    with mail_server(tmp_path / "mail", ADDRESS, ADMINISTRATOR) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    assert [state for state, _, _ in states()] == ["parked", "delivered"]
    assert mailboxes.of(ADDRESS).waiting() == []
    item.refresh_from_db()
    assert item.error == "no-certificate: There is no certificate to encrypt to. Register a valid certificate."


def test_while_a_certificate_is_replaced_either_opens_the_mail(
    database_url: str, keys: GatewayKeys, site: Site, trader: Identity, tmp_path: Path
) -> None:
    renewed = Identity.generate(SITE, ADDRESS, "Trader", at=NOW - timedelta(hours=1))
    register(site, renewed)
    wait_in_outbox()
    with mail_server(tmp_path / "mail", ADDRESS) as (port, mailboxes):
        run_once(courier(database_url, keys, port))
    mail = mailboxes.of(ADDRESS).waiting()[0].read_bytes()
    assert [unseal(mail, [one], Bounds()).content for one in (trader, renewed)] == [INTERCHANGE, INTERCHANGE]


def test_without_a_key_to_sign_with_everything_waits(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox()
    later = Clock(NOW + timedelta(days=800))
    with recording(Server()) as server:
        assert run_once(courier(database_url, keys, server.port, later)) == 0
    assert states() == [("waiting", 0, 0)]
    assert server.taken == []


def test_a_server_that_is_away_gets_the_same_bytes_later(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2):
        wait_in_outbox(number)
    with recording(Server()) as server:
        port = server.port
    clock = Clock()
    working = courier(database_url, keys, port, clock)
    assert run_once(working) == 4
    assert states() == [("sealed", 1, 0), ("sealed", 1, 0)]
    sealed = [bytes(item.evidence.content) for item in OutboxItem.objects.order_by("id") if item.evidence]
    errors = OutboxItem.objects.values_list("error", flat=True)
    assert [error.startswith(f"The mail server is away: 127.0.0.1:{port}: ") for error in errors] == [True, True]
    with recording(server, port):
        assert run_once(working) == 0
        clock.now += timedelta(minutes=1)
        assert run_once(working) == 2
    assert server.taken == sealed
    assert states() == [("delivered", 0, 1), ("delivered", 0, 1)]


def test_a_mail_that_is_refused_does_not_stop_the_next(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in (1, 2, 3):
        wait_in_outbox(number)
    with recording(Server(refuse={b"AAA336C_00000000000002"})) as server:
        run_once(courier(database_url, keys, server.port))
    assert states() == [("delivered", 0, 1), ("sealed", 1, 0), ("delivered", 0, 1)]
    error = OutboxItem.objects.order_by("id")[1].error
    assert error == (
        "The mail server refused the mail: 451 4.3.0 The mail could not be stored and is not taken; send it again later"
    )


def test_a_recipient_that_is_refused_does_not_stop_the_next(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox(1, "nobody@trader.example")
    wait_in_outbox(2)
    with recording(Server()) as server:
        run_once(courier(database_url, keys, server.port))
    assert states() == [("sealed", 1, 0), ("delivered", 0, 1)]
    assert OutboxItem.objects.order_by("id")[0].error.startswith("The mail server refused the mail: 550 5.1.1")


def test_a_busy_server_counts_as_away(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox()
    with recording(Server(), bounds=ListenerBounds(connections=1)) as server, smtplib.SMTP("127.0.0.1", server.port):
        run_once(courier(database_url, keys, server.port))
    assert states() == [("sealed", 1, 0)]
    assert "421 4.3.2 localhost already serves 1 connections" in OutboxItem.objects.get().error


def test_a_connection_that_the_server_closed_is_opened_again(database_url: str, keys: GatewayKeys, site: Site) -> None:
    wait_in_outbox(1)
    working = courier(database_url, keys, 0)
    with psycopg.connect(database_url, autocommit=True) as connection:
        with recording(Server()) as server:
            working.relay.port = server.port
            working.run_once(connection)
        wait_in_outbox(2)
        with recording(server, server.port):
            working.run_once(connection)
    working.relay.close()
    assert states() == [("delivered", 0, 1), ("delivered", 0, 1)]
    assert (len(server.taken), len(server.connections)) == (2, 2)
