"""`openics outage` and `openics notice`: announced, changed, called off, told."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from exchange.notices.conftest import site
from openics.clients.models import Client
from openics.exchange.handlers import DUE
from openics.exchange.models import Notice
from openics.exchange.notices import handlers
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.policy import Policy
from openics.exchange.sweeper import Sweeper
from ops.conftest import Openics

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = ("--from", "2099-05-21T00:01", "--until", "2099-05-21T04:00")
WHEN = "Thu 21 May 2099 00:01 AEST to Thu 21 May 2099 04:00 AEST (3.98333 h)"


def announced(openics: Openics, *more: str) -> str:
    done = openics("outage", "announce", *TIMES, "--words", "New machines.", *more)
    assert done.exit_code == 0
    return str(done.output)


def test_the_life_of_an_outage(openics: Openics) -> None:
    said = announced(openics, "--concerns", "gateway", "--by", "duty officer")
    number = said.split()[1]
    assert said == f"Outage {number} is announced: {WHEN}, of the mail gateway.\n"
    assert "is announced already" in announced(openics, "--concerns", "gateway")
    done = openics("outage", "change", number, "--until", "2099-05-20T19:00Z", "--by", "duty officer")
    assert done.output == (
        f"Outage {number} is changed: Thu 21 May 2099 00:01 AEST to Thu 21 May 2099 05:00 AEST (4.98333 h), "
        "of the mail gateway.\n"
    )
    assert f"Outage {number} is as it was" in openics("outage", "change", number).output
    (listed,) = json.loads(openics("outage", "list", "--json").output)
    assert (listed["number"], listed["phase"], listed["sequence"], listed["concerns"]) == (
        *(int(number), "ahead", 1, ["gateway"]),
    )
    assert "New machines." in openics("outage", "list").output
    done = openics("outage", "cancel", number, "--reason", "not needed", "--by", "duty officer")
    assert done.output == f"Outage {number} is called off.\n"
    assert "called off already" in openics("outage", "cancel", number, "--reason", "again").output
    shown = openics("outage", "show", number).output.splitlines()
    assert shown[0] == f"Outage {number} of the mail gateway: called off"
    assert "Reason: not needed" in shown
    assert [line.partition("UTC  ")[2] for line in shown[-3:]] == [
        "announced, by duty officer",
        "changed, by duty officer",
        "called-off, by duty officer",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("announce", *TIMES, "--words", "x", "--concerns", "weather"), "there is no weather"),
        (("announce", "--from", "soon", "--until", "2099-05-21", "--words", "x"), "is no time"),
        (
            ("announce", "--from", "2026-10-04T02:30", "--until", "2026-10-04T04:00", "--words", "x"),
            "never on that day",
        ),
        (
            ("announce", "--from", "2026-04-05T02:30", "--until", "2026-04-05T04:00", "--words", "x"),
            "twice on that day",
        ),
        (("announce", *TIMES[2:], "--from", "2099-05-22", "--words", "x"), "It would not end as it should."),
        (("cancel", "7", "--reason", "x"), "Outage 7: There is no such outage."),
        (("show", "7"), "Outage 7: There is no such outage."),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], said: str, openics: Openics) -> None:
    done = openics("outage", *arguments)
    assert done.exit_code != 0
    assert said in " ".join(done.output.replace("│", " ").split())
    assert json.loads(openics("outage", "list", "--json").output) == []


def test_nothing_is_planned(openics: Openics) -> None:
    assert openics("outage", "list").output == "No outage is planned.\n"
    assert openics("notice", "list").output == "There is no such notice.\n"
    assert openics("notice", "show", "7").exit_code == 1


def test_what_sites_were_told(openics: Openics, connection: object, tmp_path: object) -> None:
    owner = Client.objects.create(client_id="51824753556", kind="ABN", name="MERIDIAN", match_key="M")
    site("AAA676Y", owner, "it@meridian.example", test=True)
    site("AAR399A", owner, "", test=True)
    announced(openics, "--notice-days", "90")
    now = datetime(2099, 4, 1, tzinfo=UTC)
    handlers.start(connection, now)  # type: ignore[arg-type]
    told = handlers.handlers(NoticeSettings(tmp_path, "https://ics.example", test=True))  # type: ignore[arg-type]
    Sweeper(connection, Policy(), {**DUE, **told}, lambda: now + timedelta(seconds=1)).fire()  # type: ignore[arg-type]
    listed = json.loads(openics("notice", "list", "--json").output)
    assert sorted((each["site"], each["recipient"], each["mail"], each["step"]) for each in listed) == [
        ("AAA676Y", "it@meridian.example", "waiting", "90-days"),
        ("AAR399A", "", "", "90-days"),
    ]
    assert "web only" in openics("notice", "list", "--site", "AAR399A").output
    assert openics("notice", "list", "--open").output == "There is no such notice.\n"
    notice = Notice.objects.get(site="AAA676Y")
    shown = openics("notice", "show", str(notice.pk)).output
    assert shown == f"{notice.subject}\n\n{notice.text}"
