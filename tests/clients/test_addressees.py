"""Where a client is written to when no message says where."""

import psycopg
import pytest

from exchange.conftest import (  # noqa: F401 - fixtures  # fmt: skip
    NOW,
    OTHER,
    SITE,
    connection,
    declaration,
    interchange,
    make_worker,
    register,
    sent,
    take,
    worker,
)
from openics.clients.addressees import default_sites
from openics.exchange.care import By
from openics.exchange.handlers import DUE
from openics.exchange.policy import Policy
from openics.exchange.site_care import set_default
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.messages.exports.exdr import ExportDeclarationResponse

OWNER, THIRD = "80000000001", "AAA333F"


@pytest.fixture
def declared(worker: Worker) -> Worker:  # noqa: F811 - a fixture
    """A declaration was lodged by an owner that has two sites."""
    worker.connection.execute(
        "INSERT INTO site (site_id, owner_id, edi_address, text_address, administrator_address, test, active, "
        "last_control_reference) SELECT %s, id, 'third@trader.example', '', '', true, true, 0 FROM client WHERE client_id = %s",
        (THIRD, OWNER),
    )
    set_default(worker.connection, THIRD, By("duty officer", "console", NOW))
    take(worker, interchange(declaration()))
    return worker


def idle(worker: Worker) -> int:  # noqa: F811 - a fixture's name
    """Let the declaration go idle; how many due dates were handled."""
    row = worker.connection.execute("SELECT max(at) FROM due_date").fetchone()
    assert row is not None
    return Sweeper(worker.connection, Policy(), DUE, lambda: row[0]).fire()


def test_the_default_site_of_each_client(register: psycopg.Connection) -> None:  # noqa: F811 - a fixture
    with register.cursor() as cursor:
        assert default_sites(cursor, [OWNER, "nobody"]) == {}
        cursor.execute("UPDATE site SET is_default = true")
        assert default_sites(cursor, [OWNER, "61000000002", "nobody"]) == {OWNER: SITE, "61000000002": OTHER}
        assert default_sites(cursor, []) == {}


def test_a_status_change_goes_to_the_site_of_the_latest_version(declared: Worker) -> None:
    before = len(sent(declared))
    assert idle(declared) > 0
    assert (len(sent(declared)) - before > 0, sent(declared, THIRD)) == (True, [])


def test_where_no_version_says_where_it_goes_to_the_default_site(declared: Worker) -> None:
    declared.connection.execute("UPDATE export_declaration SET site = ''")
    before = len(sent(declared))
    idle(declared)
    assert len(sent(declared)) == before
    told = sent(declared, THIRD)[0]
    assert isinstance(told, ExportDeclarationResponse)
    assert told.recipient_site == THIRD
    assert declared.connection.execute("SELECT site FROM export_declaration").fetchone() == ("",)


def test_without_any_site_the_status_changes_and_nobody_is_told(declared: Worker) -> None:
    declared.connection.execute("UPDATE export_declaration SET site = ''")
    declared.connection.execute("UPDATE site SET is_default = false")
    before = len(sent(declared)), declared.connection.execute("SELECT status FROM export_declaration").fetchone()
    assert idle(declared) > 0
    after = declared.connection.execute("SELECT status FROM export_declaration").fetchone()
    assert (len(sent(declared)), sent(declared, THIRD)) == (before[0], [])
    assert after != before[1]
