"""`openics site`: from registration to pause, each change once, with its history and its refusals."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.models import Event, Interchange, OutboxItem
from openics.ops.settings import settings
from ops.conftest import Openics
from ops.register_home import ADDRESS, OWNER, Home, make_home

FIRST = "AAA333A"


@pytest.fixture
def home(tmp_path: Path, openics: Openics, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a trust store, as the settings name it."""
    monkeypatch.setenv("OPENICS_HOME", str(tmp_path))
    settings.cache_clear()
    return make_home(tmp_path)


@pytest.fixture
def owner(connection: psycopg.Connection) -> Client:
    """A registered client."""
    return Client.objects.create(client_id=OWNER, kind="ABN", name="EXAMPLE EXPORTS", match_key="x")


@pytest.fixture
def site(openics: Openics, home: Home, owner: Client) -> Site:
    """A site with its first certificate."""
    file, _ = home.issue("first")
    assert openics("site", "add", "--owner", OWNER, "--address", ADDRESS, "--certificate", file).exit_code == 0
    return Site.objects.get()


def history(*codes: str) -> list[tuple[str, str, str, str]]:
    found = Event.objects.order_by("id").values_list("code", "subject_key", "actor", "channel")
    return [each for each in found if not codes or each[0] in codes]


def test_a_site_gets_the_next_free_id_and_is_its_owners_default(openics: Openics, owner: Client) -> None:
    added = openics("site", "add", "--owner", OWNER, "--address", "EDI@Exports.Example", "--by", "duty officer")
    assert (added.exit_code, added.output) == (0, f"Site {FIRST} is registered, for {OWNER}, {ADDRESS}.\n")
    second = openics("site", "add", "--owner", OWNER, "--address", "second@exports.example")
    assert second.output == f"Site AAA334J is registered, for {OWNER}, second@exports.example.\n"
    found = Site.objects.order_by("site_id").values_list("site_id", "edi_address", "test", "active", "is_default")
    assert list(found) == [(FIRST, ADDRESS, True, True, True), ("AAA334J", "second@exports.example", True, True, False)]
    assert history()[0] == ("site.registered", FIRST, "duty officer", "console")


def test_adding_it_again_changes_nothing(openics: Openics, site: Site) -> None:
    before = history()
    for named in ((), ("--site", site.site_id)):
        again = openics("site", "add", "--owner", OWNER, "--address", ADDRESS, *named)
        assert (again.exit_code, again.output) == (0, f"Site {FIRST} is registered already, for {OWNER}, {ADDRESS}.\n")
    assert (Site.objects.count(), history()) == (1, before)


def test_the_client_of_a_first_site_is_registered_with_it(openics: Openics, connection: psycopg.Connection) -> None:
    arguments = ("site", "add", "--owner", "51824753556", "--address", ADDRESS, "--owner-name", "EXAMPLE IMPORTER")
    added = openics(*arguments, "--role", "IMPORTER", "--role", "EXPORTER")
    assert (added.exit_code, added.output) == (
        0,
        f"Client 51824753556 is registered.\nSite {FIRST} is registered, for 51824753556, {ADDRESS}.\n",
    )
    made = Client.objects.get()
    assert (made.client_id, made.kind, made.name, made.roles) == (
        *("51824753556", "ABN", "EXAMPLE IMPORTER"),
        ["IMPORTER", "EXPORTER"],
    )
    assert [each[:2] for each in history()] == [("client.registered", "51824753556"), ("site.registered", FIRST)]
    assert openics(*arguments).output == f"Site {FIRST} is registered already, for 51824753556, {ADDRESS}.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--owner", "61000000002"), "Site AAA333A: The client 61000000002 is not registered."),
        (("--site", "AAA676X"), "Site AAA676X: This is no site id, or its check letter is wrong."),
        (("--address", "nobody"), "EDI address 'nobody': This is no e-mail address."),
        (("--administrator", "x"), "Administrator's address 'x': This is no e-mail address."),
        (("--plain-text",), "Site AAA333A: Plain text is asked for, but there is no address for it."),
        (("--owner", "12345678901", "--owner-name", "X"), "Client 12345678901: This is no ABN"),
        (
            ("--owner", "51824753556", "--owner-name", "X", "--role", "KING"),
            "Client 51824753556: There is no role KING.",
        ),
        (("--owner", "51824753556", "--owner-name", " "), "Client 51824753556: The name cannot be registered."),
    ],
)
def test_what_is_refused_leaves_nothing(openics: Openics, owner: Client, options: tuple[str, ...], said: str) -> None:
    result = openics("site", "add", "--owner", OWNER, "--address", ADDRESS, *options)
    assert (result.exit_code, said in result.output, len(result.output.splitlines())) == (1, True, 2)
    assert (Site.objects.count(), Client.objects.count(), history()) == (0, 1, [])


def test_a_refused_certificate_takes_the_site_back(openics: Openics, home: Home, owner: Client) -> None:
    file, _ = home.issue("other", "else@exports.example")
    result = openics("site", "add", "--owner", OWNER, "--address", ADDRESS, "--certificate", file)
    assert result.exit_code == 1
    assert f"It is for else@exports.example; the EDI address of site {FIRST} is {ADDRESS}." in result.output
    assert "is registered" not in result.output
    assert (Site.objects.count(), SiteCertificate.objects.count(), history()) == (0, 0, [])


@pytest.mark.parametrize("arguments", [("add", "--owner", OWNER), ("pause", FIRST), ("nothing",)])
def test_wrong_use_ends_2(openics: Openics, arguments: tuple[str, ...]) -> None:
    assert openics("site", *arguments).exit_code == 2


def test_pausing_and_resuming(openics: Openics, site: Site) -> None:
    told = [openics("site", "pause", FIRST, "--reason", "key lost", "--by", "duty officer").output for _ in range(2)]
    assert told == [f"Site {FIRST} is paused.\n", f"Site {FIRST} is paused already.\n"]
    site.refresh_from_db()
    assert (site.active, site.pause_reason, site.paused_at is not None) == (False, "key lost", True)
    told = [openics("site", "resume", FIRST, "--by", "duty officer").output for _ in range(2)]
    assert told == [f"Site {FIRST} is active again.\n", f"Site {FIRST} is active already.\n"]
    site.refresh_from_db()
    assert (site.active, site.pause_reason, site.paused_at) == (True, "", None)
    assert history("site.paused", "site.resumed") == [
        ("site.paused", FIRST, "duty officer", "console"),
        ("site.resumed", FIRST, "duty officer", "console"),
    ]
    assert Event.objects.get(code="site.paused").data == {"reason": "key lost"}


@pytest.mark.parametrize(
    "command", [("pause", "AAA676Y", "--reason", "x"), ("resume", "AAA676Y"), ("set-default", "AAA676Y"), ("show", "AAA676Y")]
    + [("set-address", "AAA676Y", ADDRESS)],
)  # fmt: skip
def test_a_site_nobody_has(openics: Openics, owner: Client, command: tuple[str, ...]) -> None:
    result = openics("site", *command)
    assert (result.exit_code, result.output) == (
        1,
        "Site AAA676Y: No such site is registered.\n`openics site list` shows every site.\n",
    )
    assert history() == []


def test_another_default(openics: Openics, site: Site) -> None:
    openics("site", "add", "--owner", OWNER, "--address", "second@exports.example")
    told = [openics("site", "set-default", "AAA334J").output for _ in range(2)]
    assert told == [
        "Site AAA334J is its owner's default.\n",
        "Site AAA334J is its owner's default already.\n",
    ]
    assert list(Site.objects.order_by("site_id").values_list("site_id", "is_default")) == [
        (FIRST, False),
        ("AAA334J", True),
    ]
    assert len(history("site.made-default")) == 1


def test_an_address_moves_with_its_certificate(openics: Openics, home: Home, site: Site) -> None:
    alone = openics("site", "set-address", FIRST, "new@exports.example")
    assert (alone.exit_code, "None of its certificates in force is for new@exports.example." in alone.output) == (
        1,
        True,
    )
    file, name = home.issue("new", "new@exports.example")
    moved = openics("site", "set-address", FIRST, "new@exports.example", "--certificate", file)
    assert (moved.exit_code, moved.output.splitlines()[-1]) == (0, f"Site {FIRST} has the address new@exports.example.")
    site.refresh_from_db()
    held = {each.fingerprint[:16]: each.removed_at is None for each in SiteCertificate.objects.all()}
    assert (site.edi_address, held[name], sorted(held.values())) == ("new@exports.example", True, [False, True])
    assert Event.objects.get(code="site.address-changed").data == {"old": ADDRESS, "address": "new@exports.example"}
    again = openics("site", "set-address", FIRST, "new@exports.example")
    assert again.output == f"Site {FIRST} has the address new@exports.example already.\n"


def test_a_site_without_certificate_takes_any_free_address(openics: Openics, owner: Client) -> None:
    for address in (ADDRESS, "second@exports.example"):
        openics("site", "add", "--owner", OWNER, "--address", address)
    taken = openics("site", "set-address", FIRST, "second@exports.example")
    assert (taken.exit_code, "belongs to site AAA334J" in taken.output) == (1, True)
    assert openics("site", "set-address", FIRST, "third@exports.example").exit_code == 0
    assert Site.objects.get(site_id=FIRST).edi_address == "third@exports.example"


def test_lists(openics: Openics, site: Site) -> None:
    openics("site", "pause", FIRST, "--reason", "key lost")
    listed = openics("site", "list").output
    assert (FIRST in listed, ADDRESS in listed, "key lost" in listed) == (True, True, True)
    records = json.loads(openics("site", "list", "--owner", OWNER, "--json").output)
    assert [(each["site"], each["active"], each["is_default"], each["pause_reason"]) for each in records] == [
        (FIRST, False, True, "key lost")
    ]
    assert openics("site", "list", "--owner", "61000000002").output == "61000000002 has no site.\n"
    shown = openics("site", "show", FIRST).output
    assert f"Owner:         {OWNER} (its default site)" in shown
    record = json.loads(openics("site", "show", FIRST, "--json").output)
    assert [(each["use"], each["standing"]) for each in record["certificates"]] == [("both", "in force")]


def test_what_waits_for_a_paused_site_is_not_overdue(openics: Openics, site: Site) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    interchange = Interchange.objects.create(
        direction="out", site=FIRST, control_reference="1", outcome="answer", content=b"x", recorded_at=long_ago
    )
    OutboxItem.objects.create(
        interchange=interchange, site=FIRST, recipient=ADDRESS, created_at=long_ago, next_attempt_at=long_ago
    )
    assert openics("health").exit_code == 1
    openics("site", "pause", FIRST, "--reason", "audit")
    assert openics("health").exit_code == 0
