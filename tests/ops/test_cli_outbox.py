"""`openics outbox`, and how a site gets its interchanges: `openics site set-delivery` and `set-plain-text`."""

import json

import psycopg
import pytest

from exchange.conftest import SITE, declaration, interchange, take
from openics.clients.models import Site
from openics.exchange.handlers import HANDLERS
from openics.exchange.models import OutboxItem
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener
from openics.exchange.worker import Worker
from ops.conftest import Openics


@pytest.fixture
def answered(register: psycopg.Connection) -> Worker:
    """A declaration whose answers were delivered and not confirmed."""
    worker = Worker(register, Pipeline({"web": DirectOpener()}, HANDLERS, Policy()))
    take(worker, interchange(declaration()))
    OutboxItem.objects.update(state="delivered", sends=5)
    return worker


def test_what_is_not_confirmed(openics: Openics, answered: Worker) -> None:
    shown = openics("outbox", "unconfirmed", "--site", SITE)
    assert (shown.exit_code, "00000000000002" in shown.output, "00000000000001" in shown.output) == (0, True, False)
    (found,) = json.loads(openics("outbox", "unconfirmed", "--json").output)
    assert (found["site"], found["names"], found["state"], found["sends"]) == (SITE, "EXDR", "delivered", 5)
    OutboxItem.objects.update(state="confirmed")
    assert openics("outbox", "unconfirmed").output == "Everything is confirmed.\n"


def test_what_is_not_answered(openics: Openics, answered: Worker) -> None:
    assert openics("outbox", "unanswered", SITE).output == f"Everything that {SITE} sent is answered.\n"
    answered.connection.execute("UPDATE message SET answers_id = NULL")
    assert "EXPORT-1" in openics("outbox", "unanswered", SITE).output
    (found,) = json.loads(openics("outbox", "unanswered", SITE, "--json").output)
    assert (found["name"], found["sender_reference"], found["control_reference"]) == ("EXD", "EXPORT-1", "R1")


def test_a_range_goes_again(openics: Openics, answered: Worker) -> None:
    done = openics("outbox", "again", SITE, "1", "2")
    assert (done.exit_code, done.output) == (0, f"2 interchanges go again to {SITE}.\n")
    assert set(OutboxItem.objects.values_list("state", flat=True)) == {"waiting"}
    done = openics("outbox", "again", SITE, "2")
    assert (done.exit_code, done.output) == (0, f"All of it is on its way to {SITE} already.\n")
    done = openics("outbox", "again", SITE, "7")
    assert (done.exit_code, done.output) == (
        1,
        f"Site {SITE}: Nothing was sent under the control references 00000000000007 to 00000000000007.\n"
        "Give references of interchanges from customs.\n",
    )


def test_how_a_site_gets_its_interchanges(openics: Openics, answered: Worker) -> None:
    said = [openics("site", "set-delivery", SITE, delivery).output for delivery in ("pull", "pull", "mail")]
    assert said == [
        f"What is for site {SITE} is fetched by the site over HTTPS.\n",
        f"What is for site {SITE} is fetched by the site over HTTPS already.\n",
        f"What is for site {SITE} is sent by mail.\n",
    ]
    wrong = openics("site", "set-delivery", SITE, "pigeon")
    assert (wrong.exit_code, wrong.output) == (
        1,
        f"Site {SITE}: There is no delivery 'pigeon'.\nThere are: mail, pull.\n",
    )
    assert Site.objects.get(pk=SITE).delivery == "mail"


def test_plain_text_on_and_off(openics: Openics, answered: Worker) -> None:
    refused = openics("site", "set-plain-text", SITE)
    assert (refused.exit_code, Site.objects.get(pk=SITE).plain_text) == (1, False)
    on = openics("site", "set-plain-text", SITE, "--address", "office@trader.example")
    assert (on.output, Site.objects.get(pk=SITE).plain_text) == (f"Site {SITE} gets plain text.\n", True)
    assert "office@trader.example (responses go there in plain text)" in openics("site", "show", SITE).output
    off = openics("site", "set-plain-text", SITE, "--off")
    assert (off.output, Site.objects.get(pk=SITE).plain_text) == (f"Site {SITE} gets no plain text.\n", False)


def test_a_site_that_fetches_from_the_start(openics: Openics, answered: Worker) -> None:
    words = ("site", "add", "--owner", "80000000001", "--address", "new@trader.example", "--pull")
    assert [openics(*words).exit_code for _ in range(2)] == [0, 0]
    (found,) = [each for each in json.loads(openics("site", "list", "--json").output) if each["delivery"] == "pull"]
    assert found["address"] == "new@trader.example"
    assert "Delivery:      fetched by the site" in openics("site", "show", found["site"]).output
