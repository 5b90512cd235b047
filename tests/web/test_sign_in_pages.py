"""Signing in, going on after a time-out, sessions and invitations, in a real browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from openics.channels.sign_in import drafts, invitations
from openics.channels.sign_in.models import Draft, PersonCertificate, SignIn
from openics.clients.models import Person, Site
from openics.exchange.care import By
from web.conftest import OpenBrowser
from web.sample import PASSWORD, Sample, code_of
from web.test_accessible import check
from web.test_signing_in import device

PAUSE = "/sites/AAA676Y/pause/"


def invite(person: Person, *, recovery: bool = False) -> str:
    """A new link, for somebody without a password."""
    person.set_unusable_password()
    person.save()
    secret = invitations.invite(person, By("operator", "console", timezone.now()), recovery=recovery)
    return reverse("invitation", args=[secret])


def sign_in(page: Page, person: Person) -> None:
    """Give password and code on the pages that are open."""
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in with password").click()
    page.get_by_label("Code from your app").fill(code_of(person))
    page.get_by_role("button", name="Continue").click()


def purpose(page: Page) -> None:
    """Give a purpose."""
    page.get_by_label("Internal audit").check()
    page.get_by_label("Case number or reason").fill("Case 7")
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_what_was_typed_is_there_after_a_time_out(scripts: bool, visit: OpenBrowser, sample: Sample) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto("/account/sign-in/?next=/messages/")
    sign_in(page, sample.officer)
    purpose(page)
    page.goto(PAUSE)
    page.get_by_label("Reason").fill("key lost at sea")
    page.context.clear_cookies(name="openics_session")
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    assert Site.objects.get(site_id="AAA676Y").active
    Person.objects.filter(pk=sample.officer.pk).update(name="DUTY OFFICER")
    used_codes_again()
    sign_in(page, sample.officer)
    purpose(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pause site AAA676Y?")
    expect(page.get_by_label("Reason")).to_have_value("key lost at sea")
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Site AAA676Y")
    assert (Site.objects.get(site_id="AAA676Y").active, Draft.objects.count()) == (False, 0)


def used_codes_again() -> None:
    """Let a one-time code be used once more within its half minute."""
    from django.core.cache import cache

    cache.clear()


def test_a_form_saves_itself_while_somebody_types(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/workshop/")
    expect(page.get_by_text("What you type is kept as a draft of yours for a week.")).to_be_visible()
    with page.expect_response("**/drafts/save/") as saved:
        page.get_by_label("EDIFACT", exact=True).press_sequentially("UNB+UNOC")
    assert saved.value.status == 204
    page.goto("/drafts/")
    page.get_by_role("link", name="Workshop", exact=True).last.click()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("EDIFACT", exact=True)).to_have_value("UNB+UNOC")


def test_the_warning_comes_and_going_on_takes_it_away(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit(sample.trader)
    page.clock.install()
    page.goto("/messages/")
    page.clock.fast_forward((20 * 60 - 110) * 1000)
    dialog = page.get_by_role("dialog", name="Your session is about to end")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("In 2 minutes you are signed out")
    check(page, assets)
    with page.expect_response("**/account/stay/") as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(dialog).to_be_hidden()


def test_at_the_end_the_page_asks_to_sign_in(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.clock.install()
    page.goto("/messages/")
    page.context.clear_cookies(name="openics_session")
    page.clock.fast_forward((20 * 60 + 5) * 1000)
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    assert page.url.endswith("/account/sign-in/?next=%2Fmessages%2F")


def test_signing_out_is_seen_in_other_tabs(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/messages/")
    other = page.context.new_page()
    other.goto("/declarations/")
    page.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_ending_other_sessions(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    here, there = visit(sample.trader), visit(sample.trader)
    there.goto("/messages/")
    here.goto("/messages/")
    here.goto("/account/sessions/")
    assert here.get_by_role("rowheader", name="Chrome on Linux").count() == 2
    check(here, assets)
    here.get_by_role("button", name="End all other sessions").click()
    expect(here.get_by_text("One other session is ended.")).to_be_visible()
    there.goto("/messages/")
    expect(there.get_by_text("Your session has ended. Sign in to go on.")).to_be_visible()


def test_an_invited_person_sets_up_a_passkey(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page, link = visit(), invite(sample.newcomer)
    device(page)
    check(page, assets, link)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Choose how you will sign in from now on")).to_be_visible()
    check(page, assets)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()
    assert SignIn.objects.order_by("-pk")[0].method == "passkey"
    page.get_by_role("button", name="Sign out").click()
    check(page, assets, link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()


def test_without_javascript_the_other_ways_are_offered(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(java_script_enabled=False)
    page.goto("/account/sign-in/")
    expect(page.get_by_text("Passkeys need JavaScript, which your browser has turned off.")).to_be_visible()
    ways = page.get_by_role("button", name="Sign in with").all_inner_texts()
    assert [way.strip() for way in ways] == [
        "Sign in with a certificate",
        "Sign in with password",
    ]
    page.goto(invite(sample.newcomer))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Set up one-time codes").click()
    page.get_by_label("Password", exact=True).fill("nine-mountains-south")
    page.get_by_label("Password again").fill("nine-mountains-south")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="Set up one-time codes")).to_be_visible()


def test_the_pages_are_accessible(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    now = timezone.now()
    dates = {"not_before": now, "not_after": now + timedelta(days=30)}
    subject = "CN=EXPORT CLERK,O=EXAMPLE EXPORTS PTY LTD"
    made: dict[str, Any] = {
        "person": sample.trader,
        "der": b"",
        "subject": subject,
        "issuer": "CN=Test Authority",
        **dates,
    }
    row = PersonCertificate.objects.create(fingerprint="a" * 64, confirmed_at=now, **made)
    PersonCertificate.objects.create(fingerprint="b" * 64, **made)
    draft = drafts.save(sample.trader.pk, "/workshop/", {"do": "decode", "interchange": "UNB+UNOC:3'"}, now)
    assert draft is not None
    page = visit()
    page.goto("/account/sign-in/?next=/messages/")
    sign_in(page, sample.trader)
    page.wait_for_url("**/messages/")
    for address in (
        *(
            "/account/certificates/",
            f"/account/certificates/{row.pk}/remove/",
            "/account/sessions/",
            "/account/security/",
        ),
        *("/drafts/", f"/drafts/{draft.pk}/"),
    ):
        check(page, assets, address)
    officer = visit(sample.officer)
    person = f"/people/{sample.trader.pk}/sign-in/"
    for address in ("/people/sign-in/", "/people/sign-in/?search=clerk", person):
        check(officer, assets, address)
    officer.get_by_role("button", name="End all sessions").click()
    officer.get_by_role("heading", name="There is a problem").wait_for()
    check(officer, assets)
    for address in ("/account/sign-in/?next=/drafts/kept/", "/account/certificate/"):
        check(visit(), assets, address)
