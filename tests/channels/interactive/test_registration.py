"""Registering for the first time: the steps, the status page, the check of identity, and the first sign-in."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.channels.interactive.database import raw_connection
from openics.clients.models import Client, Person
from openics.clients.register_models import ClientApplication, IdentityCheck
from openics.exchange.application_care import may_collect
from openics.exchange.handlers import DUE
from openics.exchange.models import DueDate, Event
from openics.exchange.policy import Policy
from openics.exchange.sweeper import Sweeper
from openics.reference.loader import load_samples
from web.sample import Sample

NEW_ABN, HELD_ABN = "83914571673", "51824753556"
DETAILS = {
    "name": "EXAMPLE IMPORTER PTY LTD",
    "street": "1 EXAMPLE STREET",
    "city": "EXAMPLETOWN",
    "country": "AU",
    "telephone": "0400 000 000",
    "telephone_prefix": "+61",
    "mail": "office@importer.example",
}
PERSON = {"person_name": "Import Clerk", "person_title": "Manager", "person_mail": "Clerk@importer.example"}
DOCUMENTS = {
    "document_0_kind": "PASSPORT",
    "document_0_tail": "x12",
    "document_0_expiry": "2035-01-01",
    "document_1_kind": "DRIVER",
    "document_1_tail": "4321",
    "document_1_expiry": "2035-01-01",
}


@pytest.fixture(autouse=True)
def reference(sample: Sample) -> None:
    cache.clear()
    with connection.cursor() as cursor:
        load_samples(cursor, datetime(2026, 3, 1, tzinfo=UTC))


def text(answer: object) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))  # type: ignore[attr-defined]


def send(browser: Browser, step: str, **form: object) -> object:
    return browser.post(reverse("register_step", args=[step]), form)


def fill(browser: Browser, abn: str = NEW_ABN, **person: str) -> None:
    kind = "ABN" if abn else "ORG"
    send(browser, "identify", kind=kind, abn=abn)
    send(browser, "details", **DETAILS)
    send(browser, "roles", roles=["IMPORTER", "SUPPLIER"])
    send(browser, "person", **{**PERSON, **person})


def apply(abn: str = NEW_ABN, **person: str) -> tuple[str, str]:
    """Reference and code of a new application."""
    browser = Browser()
    fill(browser, abn, **person)
    done = send(browser, "check", agreed="2026-11").content.decode()  # type: ignore[attr-defined]
    found = [re.search(rf'id="{name}">([^<]+)<', done) for name in ("reference", "code")]
    assert found[0] is not None
    assert found[1] is not None
    return found[0][1], found[1][1]


def status(reference: str, code: str, **more: str) -> object:
    return Browser().post(reverse("register_status"), {"reference": reference, "code": code, **more})


def test_the_steps_lead_to_a_reference_and_a_code() -> None:
    browser = Browser()
    assert "Register for Customs Interactive" in text(browser.get(reverse("register")))
    following = ["details", "roles", "person", "check"]
    answers = [
        send(browser, "identify", kind="ABN", abn="83 914 571 673"),
        send(browser, "details", **DETAILS),
        send(browser, "roles", roles=["IMPORTER"]),
        send(browser, "person", **PERSON),
    ]
    assert [(each.status_code, each["Location"]) for each in answers] == [  # type: ignore[attr-defined, index]
        (302, reverse("register_step", args=[step])) for step in following
    ]
    assert "EXAMPLE IMPORTER PTY LTD" in text(browser.get(reverse("register_step", args=["check"])))
    done = text(send(browser, "check", agreed="2026-11"))
    assert "Application received" in done
    kept = ClientApplication.objects.get()
    assert (kept.state, kept.content["abn"], kept.content["roles"]) == ("WAITING", NEW_ABN, ["IMPORTER"])
    assert kept.secret not in done
    assert Event.objects.filter(code="application.received", subject_key=kept.reference).count() == 1
    assert browser.get(reverse("register_step", args=["check"]))["Location"] == reverse(
        "register_step", args=["identify"]
    )


@pytest.mark.parametrize(
    ("step", "form", "said"),
    [
        ("identify", {}, "Select what you are"),
        ("identify", {"kind": "ABN", "abn": "83914571674"}, "Enter an ABN of 11 digits"),
        ("identify", {"kind": "ABN", "abn": "9" * 5000}, "Enter an ABN of 11 digits"),
        ("details", {**DETAILS, "name": ""}, "Enter the name"),
        ("details", {**DETAILS, "name": "x" * 201}, "Use 200 characters or fewer; there are 201"),
        ("details", {**DETAILS, "country": "XX"}, "Enter the two letters of a country"),
        ("details", {**DETAILS, "telephone": ""}, "Enter the number or address"),
        ("details", {**DETAILS, "mail": "nobody"}, "Enter an e-mail address as name@domain"),
        ("roles", {}, "Select at least one role"),
        ("roles", {"roles": ["LICENSED BROKERAGE"]}, "Select at least one role"),
        ("person", {**PERSON, "person_mail": "x"}, "Enter an e-mail address as name@domain"),
        ("person", {**PERSON, "person_title": "x" * 71}, "Use 70 characters or fewer; there are 71"),
        ("check", {}, "Agree to the conditions to go on"),
        ("check", {"agreed": "1999-01"}, "Agree to the conditions to go on"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(step: str, form: dict[str, object], said: str) -> None:
    browser = Browser()
    fill(browser)
    answer = send(browser, step, **form)
    assert (answer.status_code, said in text(answer)) == (422, True)  # type: ignore[attr-defined]
    assert ClientApplication.objects.count() == 0


def test_a_step_is_not_skipped() -> None:
    browser = Browser()
    first = reverse("register_step", args=["identify"])
    assert browser.get(reverse("register_step", args=["person"]))["Location"] == first
    assert send(browser, "check", agreed="2026-11").status_code == 422  # type: ignore[attr-defined]
    assert browser.get(reverse("register_step", args=["nowhere"])).status_code == 404
    assert ClientApplication.objects.count() == 0


def test_a_form_from_elsewhere_is_not_taken() -> None:
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(reverse("register_step", args=["identify"]), {"kind": "ORG"}).status_code == 403


def test_nobody_learns_here_who_is_registered() -> None:
    """An ABN on the register and one that is not are answered with the same words."""
    told = []
    for abn in (HELD_ABN, NEW_ABN):
        browser = Browser()
        fill(browser, abn)
        page = send(browser, "check", agreed="2026-11")
        told.append(re.sub(r"\b[0-9A-Z]{9}\b|\b(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}\b", "#", text(page)))
    assert told[0] == told[1]


def test_the_status_page_needs_reference_and_code() -> None:
    reference, code = apply()
    assert "It waits for the check of identity" in text(status(reference.lower(), code.replace(" ", "-").lower()))
    wrong = [text(status(*each)) for each in ((reference, "A" * 16), ("NOTHERE99", code), ("", ""))]
    assert all("There is no application with this reference and this code." in each for each in wrong)


def test_guessing_is_slowed_down() -> None:
    reference, code = apply()
    answers = [status(reference, "A" * 16).status_code for _ in range(11)]  # type: ignore[attr-defined]
    assert answers == [422] * 10 + [429]
    assert status(reference, code).status_code == 429  # type: ignore[attr-defined]


def test_applying_is_limited() -> None:
    for _ in range(5):
        apply()
    browser = Browser()
    fill(browser)
    assert send(browser, "check", agreed="2026-11").status_code == 429  # type: ignore[attr-defined]
    assert ClientApplication.objects.count() == 5


def decide(browse: Browse, sample: Sample, reference: str, what: str = "approve", **form: str) -> object:
    officer = browse(sample.officer, "Case 7")
    return officer.post(reverse(f"application_{what}", args=[reference]), form, follow=True)


def test_an_approval_registers_and_lets_the_first_person_in(sample: Sample, browse: Browse) -> None:
    reference, code = apply()
    done = decide(browse, sample, reference, **DOCUMENTS)
    assert f"Approved: the client is {NEW_ABN}." in text(done)
    client, person = Client.objects.get(client_id=NEW_ABN), Person.objects.get(email="clerk@importer.example")
    assert (client.name, client.roles, client.contact_name, client.version) == (
        *("EXAMPLE IMPORTER PTY LTD", ["IMPORTER", "SUPPLIER"], "Import Clerk", 1),
    )
    assert (person.client, person.name, person.is_officer, person.has_usable_password()) == (
        *(client, "Import Clerk", False, False),
    )
    check = IdentityCheck.objects.get()
    assert (check.points, check.kinds, check.officer) == (110, ["PASSPORT", "DRIVER"], sample.officer.email)
    assert check.documents[0] == {"kind": "PASSPORT", "tail": "X12", "expiry": "2035-01-01"}
    assert "It is approved" in text(status(reference, code))
    shown = status(reference, code, collect="yes").content.decode()  # type: ignore[attr-defined]
    password = re.search(r'id="password">([^<]+)<', shown)
    assert password is not None
    person.refresh_from_db()
    assert person.check_password(password[1])
    again = text(status(reference, code, collect="yes"))
    assert ("The first password was collected" in again, password[1] in again) == (True, False)
    assert list(Event.objects.filter(subject_kind="APPLICATION").order_by("id").values_list("code", flat=True)) == [
        *("application.received", "application.approved", "application.password-collected"),
    ]


def test_a_password_is_not_collected_for_ever(sample: Sample, browse: Browse) -> None:
    reference, code = apply()
    decide(browse, sample, reference, **DOCUMENTS)
    kept = ClientApplication.objects.get()
    assert kept.decided_at is not None
    assert [may_collect(kept, kept.decided_at + timedelta(days=days)) for days in (0, 14, 15)] == [True, True, False]
    ClientApplication.objects.update(decided_at=kept.decided_at - timedelta(days=15))
    assert "not collected in time" in text(status(reference, code, collect="yes"))
    assert Person.objects.get(email="clerk@importer.example").has_usable_password() is False


def test_details_of_documents_are_erased_and_the_rest_stays(sample: Sample, browse: Browse) -> None:
    reference, _ = apply()
    decide(browse, sample, reference, **DOCUMENTS)
    check, due = IdentityCheck.objects.get(), DueDate.objects.get(kind="identity-details")
    assert due.at == check.at + timedelta(days=180)
    for clock, left in ((due.at - timedelta(seconds=1), 2), (due.at, 0)):
        Sweeper(raw_connection(), Policy(), DUE, lambda at=clock: at).fire()  # type: ignore[misc]
        check.refresh_from_db()
        assert len(check.documents) == left
    assert (check.points, check.kinds, check.officer) == (110, ["PASSPORT", "DRIVER"], sample.officer.email)
    assert check.erased_at is not None
    page = text(browse(sample.officer, "Case 7").get(reverse("application", args=[reference])))
    assert ("Numbers and dates were erased" in page, "X12" in page) == (True, False)


def test_without_100_points_nothing_is_approved(sample: Sample, browse: Browse) -> None:
    reference, _ = apply()
    clients, people = Client.objects.count(), Person.objects.count()
    for form, said in (
        ({}, "Enter the documents that you sighted"),
        ({"document_0_kind": "DRIVER", "document_0_tail": "4321", "document_0_expiry": "2035-01-01"}, "100 are needed"),
        ({**DOCUMENTS, "document_0_expiry": "soon"}, "Enter the expiry as a date"),
        ({**DOCUMENTS, "document_0_tail": "X1234567"}, "Enter the last two to four characters"),
    ):
        answer = decide(browse, sample, reference, **form)
        assert (answer.status_code, said in text(answer)) == (422, True)  # type: ignore[attr-defined]
    assert (Client.objects.count(), Person.objects.count(), IdentityCheck.objects.count()) == (clients, people, 0)
    assert ClientApplication.objects.get().state == "WAITING"


def test_a_client_that_somebody_signs_in_for_is_not_given_away(sample: Sample, browse: Browse) -> None:
    reference, _ = apply(HELD_ABN)
    assert "refuse, and have the applicant ask them" in text(
        browse(sample.officer, "Case 7").get(reverse("application", args=[reference]))
    )
    answer = decide(browse, sample, reference, **DOCUMENTS)
    assert "People sign in for it already." in text(answer)
    assert not Person.objects.filter(email="clerk@importer.example").exists()


def test_a_client_that_others_registered_is_taken_up(sample: Sample, browse: Browse) -> None:
    Client.objects.create(
        client_id=NEW_ABN, kind="ABN", name="AS THE BROKER WROTE IT", match_key="", roles=["IMPORTER"]
    )
    reference, _ = apply()
    decide(browse, sample, reference, **DOCUMENTS)
    client = Client.objects.get(client_id=NEW_ABN)
    assert (client.name, client.roles, client.version) == ("AS THE BROKER WROTE IT", ["IMPORTER", "SUPPLIER"], 2)
    assert Person.objects.get(email="clerk@importer.example").client == client


def test_without_an_abn_a_client_identifier_is_given_out_or_taken_up(sample: Sample, browse: Browse) -> None:
    first, _ = apply("")
    decide(browse, sample, first, **DOCUMENTS)
    made = ClientApplication.objects.get(reference=first).client
    assert made is not None
    assert (made.client_id, made.kind) == ("AAA3333333A", "ORG")
    second, _ = apply("", person_mail="other@importer.example")
    assert f"{made.client_id} 100" in text(browse(sample.officer, "Case 7").get(reverse("application", args=[second])))
    assert "No such client is registered." in text(decide(browse, sample, second, use="AAC3333333F", **DOCUMENTS))
    assert "People sign in for it already." in text(decide(browse, sample, second, use=made.client_id, **DOCUMENTS))
    Person.objects.filter(client=made).update(is_active=False)
    decide(browse, sample, second, use=made.client_id, **DOCUMENTS)
    assert ClientApplication.objects.get(reference=second).client == made


def test_an_address_signs_in_for_one(sample: Sample, browse: Browse) -> None:
    reference, _ = apply(person_mail=sample.trader.email)
    answer = decide(browse, sample, reference, **DOCUMENTS)
    assert "Somebody signs in with this address already." in text(answer)
    assert not Client.objects.filter(client_id=NEW_ABN).exists()


def test_a_refusal_is_final_and_gives_its_reason(sample: Sample, browse: Browse) -> None:
    reference, code = apply()
    assert decide(browse, sample, reference, "refuse", reason=" ").status_code == 422  # type: ignore[attr-defined]
    decide(browse, sample, reference, "refuse", reason="the passport was another's")
    assert "Reason: the passport was another's" in text(status(reference, code))
    assert "It was refused by duty.officer@customs.example." in text(decide(browse, sample, reference, **DOCUMENTS))
    assert not Client.objects.filter(client_id=NEW_ABN).exists()


def test_applications_are_for_officers(sample: Sample, browse: Browse) -> None:
    reference, _ = apply()
    page = reverse("application", args=[reference])
    assert [browse(person).get(page).status_code for person in (None, sample.trader, sample.officer)] == [302, 403, 302]
    for what in ("approve", "refuse"):
        address = reverse(f"application_{what}", args=[reference])
        assert [browse(person).post(address, DOCUMENTS).status_code for person in (None, sample.trader)] == [302, 403]
    officer = browse(sample.officer, "Case 7")
    assert reference in text(officer.get(reverse("applications")))
    assert officer.get(reverse("application", args=["NOTHERE99"])).status_code == 404
    assert ClientApplication.objects.get().state == "WAITING"
