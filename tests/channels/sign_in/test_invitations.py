"""Links that let somebody set up how to sign in: once, for a while, and for nobody else."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, TestCase
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.channels.sign_in import invitations
from openics.channels.sign_in.models import Invitation, PersonCertificate, SignIn
from openics.clients.models import Person
from openics.exchange.care import By
from openics.exchange.models import Event
from web.sample import PASSWORD, Sample

NEW = "nine-mountains-south"


@pytest.fixture
def invited(sample: Sample) -> Person:
    """Somebody new, who cannot sign in in any way yet."""
    person = sample.newcomer
    person.set_unusable_password()
    person.save()
    return person


def by() -> By:
    """An operator, now."""
    return By("operator", "console", timezone.now())


def address(person: Person, *, recovery: bool = False) -> str:
    """A new link for somebody."""
    return f"/account/invitation/{invitations.invite(person, by(), recovery=recovery)}/"


def set_up(client: Client) -> None:
    """Set a password and codes, as the pages lead."""
    assert client.get("/account/security/app/add/")["Location"].startswith("/account/password/new/")
    fields = {"password1": NEW, "password2": NEW}
    assert client.post("/account/password/new/", fields)["Location"] == "/account/security/"
    page = client.get("/account/security/app/add/").content.decode()
    secret = re.findall(r'<dd class="ics-code">(\w+)</dd>', page)[0]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post("/account/security/app/add/", {"code": code})
    assert answer["Location"] == "/account/security/recovery/"


def test_from_the_link_to_the_pages(invited: Person) -> None:
    link, client = address(invited), Client()
    page = client.get(link).content.decode()
    assert invited.name in page
    assert client.post(link)["Location"] == "/account/security/"
    assert client.get("/messages/")["Location"] == "/account/security/"
    assert "Choose how you will sign in from now on" in client.get("/account/security/").content.decode()
    set_up(client)
    assert client.get("/messages/").status_code == 200
    assert SignIn.objects.get().method == "invitation link"
    codes = Event.objects.filter(subject_key=invited.email).order_by("id").values_list("code", flat=True)
    assert list(codes) == ["person.invited", "person.invitation-opened"]


def test_opening_the_page_alone_uses_nothing_up(invited: Person) -> None:
    link = address(invited)
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert (Invitation.objects.get().used_at, SignIn.objects.count()) == (None, 0)


def test_it_works_once(invited: Person) -> None:
    link, client = address(invited), Client()
    client.post(link)
    set_up(client)
    assert [Client().get(link).status_code, Client().post(link).status_code] == [404, 404]
    assert Authenticator.objects.filter(user=invited, type="totp").count() == 1


def test_who_opened_it_too_is_signed_out_when_it_is_used_up(invited: Person) -> None:
    link, slow, quick = address(invited), Client(), Client()
    slow.post(link)
    slow.get("/account/security/")
    quick.post(link)
    set_up(quick)
    assert slow.get("/account/security/")["Location"].startswith("/account/sign-in/")
    assert quick.get("/messages/").status_code == 200


@pytest.mark.parametrize(("recovery", "lasts"), [(False, timedelta(days=3)), (True, timedelta(hours=4))])
def test_it_ends(recovery: bool, lasts: timedelta, invited: Person) -> None:
    link = address(invited, recovery=recovery)
    row = Invitation.objects.get()
    assert row.ends_at - row.made_at == lasts
    Invitation.objects.update(ends_at=timezone.now())
    assert [Client().get(link).status_code, Client().post(link).status_code] == [404, 404]
    assert SignIn.objects.count() == 0


def test_a_new_one_ends_the_one_before(invited: Person) -> None:
    first, second = address(invited), address(invited)
    assert [Client().get(link).status_code for link in (first, second)] == [404, 200]


def test_a_wrong_one_and_an_ended_one_are_answered_alike(invited: Person) -> None:
    ended, _ = address(invited), address(invited)
    pages = [Client().get(link) for link in (ended, "/account/invitation/nonsense/", "/account/invitation/%00/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert pages[0].content == pages[1].content == pages[2].content


def test_one_for_a_closed_account_opens_nothing(invited: Person) -> None:
    link = address(invited)
    Person.objects.filter(pk=invited.pk).update(is_active=False)
    assert Client().post(link).status_code == 404


def test_the_secret_is_not_kept(invited: Person) -> None:
    secret = invitations.invite(invited, by())
    row = Invitation.objects.get()
    assert len(bytes(row.digest)) == 32
    assert secret.encode() not in bytes(row.digest)
    assert secret not in str(Event.objects.get(code="person.invited").data)


def test_a_recovery_link_takes_away_what_was_there(sample: Sample, browse: Browse) -> None:
    person, signed_in = sample.trader, browse(sample.trader)
    signed_in.get("/messages/")
    PersonCertificate.objects.create(
        person=person, fingerprint="a" * 64, der=b"", not_before=timezone.now(), not_after=timezone.now()
    )
    link, client = address(person, recovery=True), Client()
    assert "stop working when you begin" in client.get(link).content.decode()
    assert Authenticator.objects.filter(user=person).count() == 1
    assert client.post(link)["Location"] == "/account/security/"
    assert Authenticator.objects.filter(user=person).count() == 0
    assert PersonCertificate.objects.filter(removed_at=None).count() == 0
    assert signed_in.get("/messages/").status_code == 302
    assert client.get("/messages/")["Location"] == "/account/security/"
    page = Client().post("/account/sign-in/", {"login": person.email, "password": PASSWORD})
    assert b"is not right" in page.content
    set_up(client)
    assert client.get("/messages/").status_code == 200


def test_trying_links_is_slowed_down(invited: Person) -> None:
    statuses = [Client().post(f"/account/invitation/{number}/").status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]
