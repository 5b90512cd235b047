"""Couriers beside one another, woken, cut off from the database, and killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest

from channels.mail.couriers import (
    NOW,
    SITE,
    Server,
    courier,
    recording,
    states,
    wait_in_outbox,
)
from openics.clients.models import Site
from openics.pki.gateway_keys import GatewayKeys

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_couriers_never_take_the_same_mail(database_url: str, keys: GatewayKeys, site: Site) -> None:
    for number in range(1, 31):
        wait_in_outbox(number)
    with recording(Server()) as server:
        workers = [courier(database_url, keys, server.port) for _ in range(3)]
        for each in workers:
            each.batch = 4
        stop = threading.Event()
        threads = [threading.Thread(target=each.run, args=(stop,)) for each in workers]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 30
        while len(server.taken) < 30 and time.monotonic() < deadline:
            time.sleep(0.05)
        stop.set()
        for thread in threads:
            thread.join(10)
    subjects = sorted(message_from_bytes(mail)["Subject"] for mail in server.taken)
    assert subjects == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 31)]
    assert states() == [("delivered", 0, 1)] * 30


def test_a_ring_wakes_the_courier_at_once(database_url: str, keys: GatewayKeys, site: Site) -> None:
    stop = threading.Event()
    with recording(Server()) as server, psycopg.connect(database_url, autocommit=True) as connection:
        thread = threading.Thread(target=courier(database_url, keys, server.port).run, args=(stop,))
        thread.start()
        time.sleep(0.5)
        wait_in_outbox()
        connection.execute("NOTIFY outbox")
        deadline = time.monotonic() + 10
        while not server.taken and time.monotonic() < deadline:
            time.sleep(0.01)
        stop.set()
        thread.join(10)
    assert len(server.taken) == 1


def test_the_courier_survives_the_loss_of_its_database_connection(
    database_url: str, keys: GatewayKeys, site: Site
) -> None:
    stop = threading.Event()
    terminate = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'openics courier'"
    )
    with recording(Server()) as server, psycopg.connect(database_url, autocommit=True) as connection:
        thread = threading.Thread(target=courier(database_url, keys, server.port).run, args=(stop,))
        thread.start()
        deadline = time.monotonic() + 10
        while connection.execute(terminate).fetchone() == (0,) and time.monotonic() < deadline:
            time.sleep(0.05)
        wait_in_outbox()
        while not server.taken and time.monotonic() < deadline:
            time.sleep(0.05)
        stop.set()
        thread.join(10)
    assert len(server.taken) == 1


PROGRAM = """
import sys, threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from openics.channels.mail.courier import Courier, Relay
from openics.pki.gateway_keys import GatewayKeys
url, keys, port, now = sys.argv[1:]
at = datetime.fromisoformat(now)
relay = Relay("127.0.0.1", int(port), "ccf@customs.example")
Courier(url, relay, GatewayKeys.load(Path(keys)), timedelta(minutes=30), batch=3, clock=lambda: at).run(threading.Event())
"""


def test_a_courier_killed_in_the_middle_loses_nothing_and_changes_no_byte(
    database_url: str, keys: GatewayKeys, site: Site, tmp_path: Path
) -> None:
    for number in range(1, 25):
        wait_in_outbox(number)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    with recording(Server()) as server:
        command = [
            sys.executable,
            "-c",
            PROGRAM,
            database_url,
            str(tmp_path / "keys"),
            str(server.port),
            NOW.isoformat(),
        ]
        for wanted in (1, 9, 17):
            with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
                deadline = time.monotonic() + 20
                while len(server.taken) < wanted and time.monotonic() < deadline:
                    time.sleep(0.001)
                process.send_signal(signal.SIGKILL)
        finishing = courier(database_url, keys, server.port)
        with psycopg.connect(database_url, autocommit=True) as connection:
            while finishing.run_once(connection):
                pass
        finishing.relay.close()
    by_subject: dict[str, set[bytes]] = {}
    for mail in server.taken:
        by_subject.setdefault(message_from_bytes(mail)["Subject"], set()).add(mail)
    assert sorted(by_subject) == [f"AAA336C_{number:014d}_{SITE}" for number in range(1, 25)]
    assert {len(variants) for variants in by_subject.values()} == {1}
    assert {state for state, _, _ in states()} == {"delivered"}
