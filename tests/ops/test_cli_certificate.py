"""`openics certificate`: renewal with overlap, roll-over, suspension, revocation, reminders."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import Event, Interchange, OutboxItem
from openics.pki.identity import Identity
from ops.conftest import Openics
from ops.register_home import ADDRESS, Home
from ops.test_cli_site import FIRST, history, home, owner, site  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("site")


def named() -> str:
    """The digits that name the site's first certificate."""
    return SiteCertificate.objects.order_by("id")[0].fingerprint[:16]


def outbox(state: str, error: str = "") -> OutboxItem:
    now = datetime.now(UTC)
    interchange = Interchange.objects.create(
        direction="out", site=FIRST, control_reference="1", test=True, outcome="answer", content=b"x", recorded_at=now
    )
    return OutboxItem.objects.create(
        interchange=interchange, site=FIRST, recipient=ADDRESS, state=state, error=error, created_at=now,
        next_attempt_at=now,
    )  # fmt: skip


def test_a_renewed_one_stands_beside_the_old(openics: Openics, home: Home) -> None:  # noqa: F811
    file, name = home.issue("second")
    told = [openics("certificate", "add", file, "--site", FIRST).output for _ in range(2)]
    assert [line.partition(" until")[0] for line in told] == [
        f"Certificate {name} is registered to site {FIRST}, for signing and encryption,",
        f"Certificate {name} is registered already to site {FIRST}, for signing and encryption,",
    ]
    assert SiteCertificate.objects.filter(removed_at=None, site=FIRST).count() == 2
    assert len(history("certificate.registered")) == 2


def test_rolling_over_keeps_the_old_one_for_a_while(openics: Openics, home: Home) -> None:  # noqa: F811
    old = named()
    file, name = home.issue("second")
    for days, expected in ((14, 14), (20, 14), (0, 0)):
        result = openics("certificate", "add", file, "--site", FIRST, "--replace", "--keep-days", days)
        removed_at = SiteCertificate.objects.get(fingerprint__startswith=old).removed_at
        assert result.exit_code == 0
        assert removed_at is not None
        assert abs(removed_at - datetime.now(UTC) - timedelta(days=expected)) < timedelta(minutes=5)
    assert SiteCertificate.objects.get(fingerprint__startswith=name).removed_at is None
    replaced = Event.objects.filter(code="certificate.replaced").order_by("id")
    assert [each.data["successor"][:16] for each in replaced] == [name, name]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("stranger", "is signed by itself."),
        ("expired", "has expired, or one that issued it has."),
        ("early", "is not valid yet."),
        ("revoked", "has been revoked."),
        ("other", f"It is for else@exports.example; the EDI address of site {FIRST} is {ADDRESS}."),
        ("rubbish", "The certificate cannot be read"),
    ],
)
def test_what_is_refused(openics: Openics, home: Home, kind: str, said: str) -> None:  # noqa: F811
    before, now = history(), datetime.now(UTC)
    if kind == "rubbish":
        file = home.path / "rubbish.pem"
        file.write_bytes(b"rubbish")
    elif kind == "stranger":
        file, _ = home.write(kind, Identity.generate("Device", ADDRESS).certificate)
    else:
        at = {"expired": now - timedelta(days=800), "early": now + timedelta(days=2)}.get(kind, now)
        issued = home.authority.issue(kind, "else@exports.example" if kind == "other" else ADDRESS, at=at).certificate
        file, _ = home.write(kind, issued)
        if kind == "revoked":
            home.authority.revoke(issued)
            home.authority.install(home.path / "pki" / "trust")
    result = openics("certificate", "add", file, "--site", FIRST)
    assert result.exit_code == 1
    assert said in result.output
    assert len(result.output.splitlines()) == 2
    assert (SiteCertificate.objects.count(), history()) == (1, before)


def test_suspended_and_resumed(openics: Openics) -> None:
    sealed, name = outbox("sealed"), named()
    told = [openics("certificate", "suspend", name, "--reason", "laptop lost").output for _ in range(2)]
    place = f"The certificate {name} of site {FIRST}"
    assert told == [f"{place} is suspended.\n", f"{place} is suspended already.\n"]
    sealed.refresh_from_db()
    assert (sealed.state, sealed.evidence) == ("waiting", None)
    OutboxItem.objects.update(state="parked", error="no-certificate: There is no certificate to encrypt to.")
    told = [openics("certificate", "resume", name).output for _ in range(2)]
    assert told == [f"{place} is accepted again.\n", f"{place} is not suspended: nothing to do.\n"]
    sealed.refresh_from_db()
    assert (sealed.state, sealed.error) == ("waiting", "")
    assert [each[0] for each in history()[-2:]] == ["certificate.suspended", "certificate.resumed"]


def test_revoked_for_good(openics: Openics, home: Home) -> None:  # noqa: F811
    name = named()
    told = [openics("certificate", "revoke", name, "--reason", "key stolen", "--by", "duty officer") for _ in range(2)]
    place = f"The certificate {name} of site {FIRST}"
    assert [each.output for each in told] == [f"{place} is revoked.\n", f"{place} is revoked already.\n"]
    assert history()[-1] == ("certificate.revoked", FIRST, "duty officer", "console")
    before = history()
    for command in (("resume", name), ("add", home.path / "first.pem", "--site", FIRST)):
        result = openics("certificate", *command)
        assert (result.exit_code, history()) == (1, before)
    assert "which cannot be undone" in openics("certificate", "resume", name).output
    assert SiteCertificate.objects.get().revoked_at is not None


def test_parked_answers_go_when_a_certificate_comes(openics: Openics, home: Home) -> None:  # noqa: F811
    item = outbox("parked", "no-certificate: There is no certificate to encrypt to.")
    file, _ = home.issue("second")
    openics("certificate", "add", file, "--site", FIRST)
    item.refresh_from_db()
    assert (item.state, item.error) == ("waiting", "")


@pytest.mark.parametrize(
    ("name", "said"),
    [("abc", "This names no certificate."), ("00000000", "No such certificate is registered.")],
)
def test_a_name_that_names_none(openics: Openics, name: str, said: str) -> None:
    result = openics("certificate", "revoke", name, "--reason", "x")
    assert (result.exit_code, said in result.output) == (1, True)


def test_a_site_nobody_has(openics: Openics, home: Home) -> None:  # noqa: F811
    file, _ = home.issue("second")
    result = openics("certificate", "add", file, "--site", "AAA676Y")
    assert (result.exit_code, "Site AAA676Y: No such site is registered." in result.output) == (1, True)
    assert openics("certificate", "add", Path("nowhere.pem"), "--site", FIRST).exit_code == 2
    assert openics("certificate", "revoke", named()).exit_code == 2


def test_reminders(openics: Openics, home: Home) -> None:  # noqa: F811
    assert openics("certificate", "expiring").output == "No certificate ends within 60 days without being renewed.\n"
    ends = datetime.now(UTC) + timedelta(days=13, hours=1)
    SiteCertificate.objects.update(not_after=ends)
    Site.objects.update(administrator_address="admin@exports.example")
    listed = openics("certificate", "expiring").output
    assert (named() in listed, "admin@exports.example" in listed) == (True, True)
    records = json.loads(openics("certificate", "expiring", "--json").output)
    assert [(each["fingerprint"][:16], each["days"], each["reminder"]) for each in records] == [(named(), 13, 14)]
    assert "No certificate ends within 12 days" in openics("certificate", "expiring", "--days", 12).output
    file, _ = home.issue("second")
    openics("certificate", "add", file, "--site", FIRST)
    assert json.loads(openics("certificate", "expiring", "--json").output) == []


def test_lists(openics: Openics) -> None:
    assert named() in openics("certificate", "list").output
    records = json.loads(openics("certificate", "list", "--site", FIRST, "--json").output)
    assert [(each["site"], each["use"], each["standing"]) for each in records] == [(FIRST, "both", "in force")]
    assert openics("certificate", "list", "--site", "AAA676Y").output == "Site AAA676Y has no certificate.\n"
