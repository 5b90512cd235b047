"""The pages of an organisation: people, permissions, delegations, and their history."""

import re
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.clients.access_codes import Standing
from openics.clients.models import AccessDelegation, AccessGrant, Client, OfficerDuty, Person
from openics.exchange.models import Event
from openics.exchange.policy import CANBERRA
from openics.information.interest import viewer_of
from openics.information.models import Disclosure
from web.sample import Sample, person

OWN, OTHER = "51824753556", "53004085616"
EMAIL = "second@meridian.example"


def today() -> date:
    return timezone.now().astimezone(CANBERRA).date()


def register(sample: Sample, browse: Browse, email: str = EMAIL, name: str = "Second Clerk") -> Person:
    answer = browse(sample.trader).post(reverse("register_person", args=[OWN]), {"name": name, "email": email})
    assert answer.status_code == 200
    return Person.objects.get(email=email.lower())


def change(sample: Sample, browse: Browse, person: Person, name: str) -> str:
    client = browse(sample.trader)
    answer = client.post(reverse("person_change", args=[OWN, person.pk, name]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("organisation", args=[OWN]))
    page = client.get(answer["Location"]).content.decode()
    return re.findall(r'govuk-notification-banner__heading">\s*(.*?)\s*</p>', page)[0]


def grants(person: Person) -> set[tuple[str, str]]:
    return set(AccessGrant.objects.filter(person=person).values_list("application", "level"))


def events(code: str = "") -> list[tuple[str, str, str]]:
    rows = Event.objects.filter(code__startswith=code, channel="web").order_by("id")
    return list(rows.values_list("code", "subject_key", "actor"))


def test_a_colleague_is_registered_pending_with_a_password_shown_once(sample: Sample, browse: Browse) -> None:
    answer = browse(sample.trader).post(
        reverse("register_person", args=[OWN]), {"name": "Second Clerk", "email": EMAIL.upper()}
    )
    found = Person.objects.get(email=EMAIL)
    password = re.findall(r'First password</dt><dd class="ics-code">(.*?)<', answer.content.decode())
    assert [found.check_password(each) for each in password] == [True]
    assert (found.client, found.standing, found.is_administrator, found.is_active) == (
        sample.trader.client,
        "pending",
        False,
        True,
    )
    assert grants(found) == set()
    assert events() == [("person.added", EMAIL, sample.trader.email)]


@pytest.mark.parametrize(
    ("entered", "problem"),
    [
        ({"name": "", "email": EMAIL}, "Enter the person&#39;s name, in at most 200 characters"),
        ({"name": "Second Clerk", "email": "nobody"}, "Enter an e-mail address, like name@company.example"),
        ({"name": "x", "email": f"{'a' * 250}@b.example"}, "Enter an address of at most 254 characters"),
        ({"name": "x", "email": "new@meridian.example"}, "Somebody with this address is registered already"),
        (
            {"name": "x", "email": "clerk@southerngrain.example"},
            "This address cannot be registered for the organisation. Give another address, or ask the service desk.",
        ),
    ],
)
def test_what_does_not_fit_registers_nobody(
    entered: dict[str, str], problem: str, sample: Sample, browse: Browse
) -> None:
    before = list(Person.objects.order_by("pk").values_list("email", "password", "standing"))
    answer = browse(sample.trader).post(reverse("register_person", args=[OWN]), entered)
    assert answer.status_code == 422
    assert answer.content.decode().count(problem) == 2
    assert list(Person.objects.order_by("pk").values_list("email", "password", "standing")) == before
    assert events() == []


def test_from_pending_to_closed_and_back(sample: Sample, browse: Browse) -> None:
    second = register(sample, browse)
    said = [change(sample, browse, second, name) for name in ("confirm", "confirm", "appoint", "dismiss", "close")]
    assert said == [
        "Second Clerk is confirmed.",
        "Nothing was changed: Second Clerk is confirmed already.",
        "Second Clerk is an administrator.",
        "Second Clerk is not an administrator.",
        "Second Clerk can sign in no more.",
    ]
    second.refresh_from_db()
    assert (second.standing, second.is_active) == ("closed", False)
    again = register(sample, browse)
    assert (again.pk, again.standing, again.is_active) == (second.pk, "pending", True)
    names = ("added", "confirmed", "made-administrator", "administrator-ended", "closed", "added")
    assert events() == [(f"person.{name}", EMAIL, sample.trader.email) for name in names]


def test_a_closed_persons_session_ends_at_once(sample: Sample, browse: Browse) -> None:
    second = browse(sample.newcomer)
    assert second.get(reverse("mfa_index")).status_code == 200
    change(sample, browse, sample.newcomer, "close")
    assert second.get(reverse("mfa_index")).status_code == 302


def test_the_last_administrator_is_neither_closed_nor_dismissed(sample: Sample, browse: Browse) -> None:
    for name in ("close", "dismiss"):
        answer = browse(sample.trader).post(reverse("person_change", args=[OWN, sample.trader.pk, name]))
        assert answer.status_code == 422
        assert "This is the last administrator of 51824753556. Make somebody else" in answer.content.decode()
    sample.trader.refresh_from_db()
    assert (sample.trader.standing, sample.trader.is_administrator) == ("confirmed", True)
    assert events() == []


def test_a_change_that_there_is_not(sample: Sample, browse: Browse) -> None:
    address = reverse("person_change", args=[OWN, sample.trader.pk, "promote"])
    assert browse(sample.trader).post(address).status_code == 404


def test_permissions_are_kept_as_chosen(sample: Sample, browse: Browse) -> None:
    address = reverse("person", args=[OWN, sample.newcomer.pk])
    client = browse(sample.trader)
    first = client.post(address, {"grant": ["exports lodge", "sites read"]})
    assert (first.status_code, grants(sample.newcomer)) == (302, {("exports", "lodge"), ("sites", "read")})
    client.post(address, {"grant": ["exports lodge", "cargo read"]})
    client.post(address, {"grant": ["exports lodge", "cargo read"]})
    assert grants(sample.newcomer) == {("exports", "lodge"), ("cargo", "read")}
    told = Event.objects.filter(code="person.grants-changed").order_by("id").values_list("data", flat=True)
    assert list(told) == [
        {"granted": ["exports lodge", "sites read"], "taken_back": []},
        {"granted": ["cargo read"], "taken_back": ["sites read"]},
    ]
    page = client.get(reverse("organisation", args=[OWN])).content.decode()
    assert "Permissions changed: granted Cargo reports: read only; taken back EDI sites: read only" in page


@pytest.mark.parametrize(
    ("grant", "problem"),
    [
        ("exports pay", "Choose among the permissions that are listed"),
        ("imports pay", "51824753556 may not have the level pay in imports: it needs another role."),
    ],
)
def test_what_the_organisation_may_not_have_is_not_granted(
    grant: str, problem: str, sample: Sample, browse: Browse
) -> None:
    address = reverse("person", args=[OWN, sample.newcomer.pk])
    answer = browse(sample.trader).post(address, {"grant": ["exports read", grant]})
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert (grants(sample.newcomer), events()) == (set(), [])


def test_an_importer_may_have_more(sample: Sample, browse: Browse) -> None:
    Client.objects.filter(client_id=OWN).update(roles=["IMPORTER"])
    address = reverse("person", args=[OWN, sample.newcomer.pk])
    assert browse(sample.trader).post(address, {"grant": ["imports pay"]}).status_code == 302
    assert grants(sample.newcomer) == {("imports", "pay")}


def delegate(sample: Sample, browse: Browse, **changes: str) -> tuple[int, str]:
    entered = {"delegate": OTHER, "what": "exports lodge", "first_day": today().isoformat()}
    entered |= {"last_day": (today() + timedelta(days=9)).isoformat(), **changes}
    answer = browse(sample.trader).post(reverse("delegate", args=[OWN]), entered)
    return answer.status_code, answer.content.decode()


def test_a_delegation_is_given_seen_by_both_and_ended_by_either(sample: Sample, browse: Browse) -> None:
    assert delegate(sample, browse) == (302, "")
    row = AccessDelegation.objects.get()
    assert (row.principal.client_id, row.delegate.client_id) == (OWN, OTHER)
    assert (row.application, row.level, row.first_day, row.given_by) == (
        "exports",
        "lodge",
        today(),
        sample.trader.email,
    )
    given = browse(sample.trader).get(reverse("organisation", args=[OWN])).content.decode()
    received = browse(sample.stranger).get(reverse("organisation", args=[OTHER])).content.decode()
    assert ("Given: others act for Meridian Exports" in given, "In force" in given) == (True, True)
    assert ("Received: Southern Grain Traders acts for others" in received, "In force" in received) == (True, True)
    assert [sample.trader.email in page for page in (given, received)] == [True, False]
    assert [viewer.client for viewer in viewer_of(sample.stranger).principals] == [OWN]
    end = browse(sample.stranger).post(reverse("delegation_end", args=[OTHER, row.pk]))
    assert (end.status_code, viewer_of(sample.stranger).principals) == (302, ())
    told = [(code, key) for code, key, _ in events("delegation.")]
    assert told == [(f"delegation.{name}", key) for name in ("given", "ended") for key in (OWN, OTHER)]
    row.refresh_from_db()
    ended = row.ended_at
    assert ended is not None
    browse(sample.trader).post(reverse("delegation_end", args=[OWN, row.pk]))
    row.refresh_from_db()
    assert (row.ended_at, len(events("delegation."))) == (ended, 4)


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"delegate": ""}, "delegate", "Enter the ABN or CCID of the client that is to act for you"),
        ({"delegate": "80000000001"}, "delegate", "There is no such client to delegate to."),
        ({"delegate": OWN}, "delegate", "An organisation&#39;s own people need no delegation."),
        ({"what": "exports pay"}, "what", "Choose what the client may do for you"),
        ({"what": "imports lodge"}, "what", "51824753556 may not have the level lodge in imports"),
        ({"what": "sites amend"}, "what", "The client register and EDI sites are looked after by"),
        ({"first_day": "x"}, "first_day", "Enter the first day as year, month and day, for example 2026-03-31"),
        ({"last_day": "2026-02-30"}, "last_day", "Enter the last day as year, month and day"),
        ({"first_day": "2020-01-01"}, "first_day", "The first day has passed."),
        ({"last_day": "2020-01-01"}, "last_day", "The last day is before the first."),
        ({"last_day": "2999-01-01"}, "last_day", "It would be in force for more than 1830 days."),
    ],
)
def test_a_delegation_that_is_not_given(
    changes: dict[str, str], field: str, problem: str, sample: Sample, browse: Browse
) -> None:
    status, page = delegate(sample, browse, **changes)
    assert status == 422
    assert re.findall(r'<a href="#(\w+)">(.*?)</a>', page)[0][0] == field
    assert problem in page
    assert (AccessDelegation.objects.count(), events()) == (0, [])


def test_officers_look_but_change_nothing(sample: Sample, browse: Browse) -> None:
    client = browse(sample.officer, "Case 7")
    listed = client.get(reverse("organisations")).content.decode()
    assert re.findall(r'href="/organisations/(\d+)/"', listed) == [OTHER, OWN]
    assert re.findall(r'href="/organisations/(\d+)/"', client.get("/organisations/?search=grain").content.decode()) == [
        OTHER
    ]
    page = client.get(reverse("organisation", args=[OWN])).content.decode()
    assert [text in page for text in ("clerk@meridian.example", "Register a colleague")] == [True, False]
    assert client.get(reverse("person", args=[OWN, sample.newcomer.pk])).status_code == 200
    assert client.post(reverse("person_change", args=[OWN, sample.newcomer.pk, "close"])).status_code == 403
    sample.newcomer.refresh_from_db()
    assert (sample.newcomer.standing, events()) == (Standing.CONFIRMED, [])
    OfficerDuty.objects.filter(duty__in=["registration", "gateway"]).delete()
    assert [client.get(address).status_code for address in ("/organisations/", f"/organisations/{OWN}/")] == [403, 404]


def test_looks_at_people_are_logged(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    client.get(reverse("organisation", args=[OWN]))
    client.get(reverse("person", args=[OWN, sample.newcomer.pk]))
    client.get(reverse("organisation", args=[OTHER]))
    rows = Disclosure.objects.order_by("id").values_list("actor", "subject_kind", "subject_key", "allowed")
    assert list(rows) == [
        (sample.trader.email, "CLIENT", OWN, True),
        (sample.trader.email, "PERSON", str(sample.newcomer.pk), True),
        (sample.trader.email, "CLIENT", OTHER, False),
    ]


def test_the_organisation_leads_to_how_its_people_sign_in_and_to_its_record(sample: Sample, browse: Browse) -> None:
    second = person("second@meridian.example", "Second Clerk", sample.trader.client)
    AccessGrant.objects.filter(person=sample.stranger, application="register").delete()
    mine, theirs = reverse("organisation", args=[OWN]), reverse("organisation", args=[OTHER])
    everybody, record, own = reverse("people_sign_in"), reverse("client", args=[OWN]), reverse("own_client")
    shown = [
        main_links(browse(sample.trader).get(mine)) & {everybody, record, own},
        main_links(browse(sample.officer, "Case 7").get(mine)) & {everybody, record, own},
        main_links(browse(second).get(mine)) & {everybody, record, own},
        main_links(browse(sample.stranger).get(theirs)) & {everybody, record, own},
    ]
    assert shown == [{everybody, own}, {everybody, record}, set(), {everybody}]
    one = reverse("person_sign_in", args=[second.pk])
    page = reverse("person", args=[OWN, second.pk])
    leads = [one in main_links(browse(each).get(page)) for each in (sample.trader, second)]
    assert leads == [True, False]
    assert [browse(sample.trader).get(each, follow=True).status_code for each in (one, everybody, own)] == [200] * 3


def main_links(answer: HttpResponse) -> set[str]:
    """Where the page itself leads to, without what stands on every page."""
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r'href="([^"]+)"', main))
