"""Working with the pages: with and without JavaScript, live parts, officers."""

import pytest
from playwright.sync_api import Page, expect

from openics.exchange.models import Intake, OutboxItem
from web.conftest import OpenBrowser
from web.sample import Sample


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_from_the_list_to_the_declaration(scripts: bool, visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader, java_script_enabled=scripts)
    page.goto("/messages/")
    page.get_by_label("Reference, EDN, site or message").fill("PO-1001")
    page.get_by_label("Direction").select_option("Received")
    page.get_by_role("button", name="Find").click()
    assert page.locator("tbody tr").count() == 2
    page.get_by_role("link", name="EXD from AAA676Y").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export declaration PO-1001 Accepted")
    page.get_by_role("link", name="AAAAAAAT4").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export declaration AAAAAAAT4 is clear")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_sending_again(scripts: bool, visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader, java_script_enabled=scripts)
    page.goto("/outbox/")
    page.get_by_role("row", name="not confirmed after 5 deliveries").get_by_role("button").click()
    expect(page.get_by_text("It will be signed, encrypted and sent again within a few seconds.")).to_be_visible()
    assert OutboxItem.objects.get(pk=sample.parked_item.pk).state == "waiting"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_an_officer_gives_a_purpose(scripts: bool, visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.officer, java_script_enabled=scripts)
    page.goto("/messages/")
    page.get_by_role("button", name="End this purpose").click()
    page.goto("/gateway/")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Compliance check or examination").check()
    page.get_by_label("Case number or reason").fill("Examination 44")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gateway")
    expect(page.get_by_text("Compliance check or examination: Examination 44")).to_be_visible()


def refreshing(page: Page, seconds: int) -> None:
    """Let the page's parts refresh themselves sooner than they would."""
    page.evaluate("""() => {
        const part = document.querySelector('[data-live]')
        part.setAttribute('hx-trigger', 'every 300ms')
        const fresh = part.cloneNode(true)
        part.replaceWith(fresh)
        htmx.process(fresh)
    }""")
    page.wait_for_timeout(seconds * 1000)


def test_a_journey_refreshes_itself_until_it_is_over(visit: OpenBrowser, sample: Sample) -> None:
    OutboxItem.objects.filter(pk=sample.answer.interchange.outbox_item.pk).update(state="delivered", confirmed_at=None)
    page = visit(sample.trader)
    page.goto(f"/messages/{sample.answer.pk}/")
    expect(page.get_by_text("waiting for the site")).to_be_visible()
    OutboxItem.objects.filter(pk=sample.answer.interchange.outbox_item.pk).update(
        state="confirmed", confirmed_at=sample.answer.recorded_at
    )
    refreshing(page, 0)
    expect(page.get_by_text("by the site")).to_be_visible()
    assert page.locator("[data-live]").count() == 0
    expect(page.get_by_role("button", name="Pause refreshing")).to_be_hidden()


def test_refreshing_can_be_paused(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/declarations/")
    page.get_by_role("button", name="Pause refreshing").click()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    refreshing(page, 1)
    assert asked == []
    page.get_by_role("button", name="Go on refreshing").click()
    with page.expect_response("**/declarations/"):
        pass


def test_a_part_with_the_keyboard_in_it_stays_as_it_is(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/messages/")
    refreshing(page, 0)
    page.locator(f"#message-{sample.accepted.pk}").focus()
    page.wait_for_timeout(700)
    assert page.evaluate("document.activeElement.id") == f"message-{sample.accepted.pk}"


def test_an_ended_session_leads_to_signing_in(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/messages/")
    page.context.clear_cookies()
    refreshing(page, 0)
    page.wait_for_url("**/account/sign-in/?next=**")


def test_asking_before_a_withdrawal(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader, java_script_enabled=False)
    before = Intake.objects.count()
    page.goto("/declarations/AAAAAAAT4/")
    page.get_by_role("button", name="Withdraw this declaration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdraw export declaration AAAAAAAT4?")
    page.get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export declaration AAAAAAAT4 is clear")
    assert Intake.objects.count() == before


def test_printing_leaves_out_what_only_a_screen_can_use(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader)
    page.goto("/messages/")
    page.emulate_media(media="print")
    for selector in (".ics-filter", ".govuk-service-navigation", ".ics-header__account"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("table")).to_be_visible()
