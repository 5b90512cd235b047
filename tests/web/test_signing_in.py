"""Signing in with a real browser: code, passkey, keyboard alone, and the first time."""

from typing import Any

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from web.conftest import OpenBrowser
from web.sample import PASSWORD, Sample, code_of


def give_password(page: Page, email: str) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in with password").click()


def device(page: Page) -> Any:
    """A virtual authenticator inside the browser, as a laptop with a fingerprint reader has."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_password_and_code(visit: OpenBrowser, sample: Sample) -> None:
    page = visit()
    give_password(page, sample.trader.email)
    page.get_by_label("Code from your app").fill(code_of(sample.trader))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/messages/")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_without_javascript(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(java_script_enabled=False)
    give_password(page, sample.trader.email)
    page.get_by_label("Code from your app").fill(code_of(sample.trader))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()


def test_the_keyboard_alone(visit: OpenBrowser, sample: Sample) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.goto("/account/sign-in/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_login":
            break
    page.keyboard.type(sample.trader.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/security/code/")
    while page.evaluate("document.activeElement.id") != "id_code":
        page.keyboard.press("Tab")
    page.keyboard.type(code_of(sample.trader))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()


def test_a_newcomer_adds_a_passkey_and_signs_in_with_it_alone(visit: OpenBrowser, sample: Sample) -> None:
    page = visit()
    device(page)
    give_password(page, sample.newcomer.email)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Name of this passkey").fill("office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert Authenticator.objects.filter(user=sample.newcomer, type="webauthn").count() == 1
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()
    page.goto("/account/security/passkeys/")
    expect(page.get_by_role("rowheader", name="office laptop")).to_be_visible()


def test_a_passkey_as_second_factor(visit: OpenBrowser, sample: Sample) -> None:
    page = visit()
    device(page)
    give_password(page, sample.newcomer.email)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    give_password(page, sample.newcomer.email)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()


def test_a_passkey_that_is_not_there_is_said(visit: OpenBrowser, sample: Sample) -> None:
    page = visit()
    session = device(page)
    session.send("WebAuthn.disable")
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "The passkey was not used: the request was cancelled or took too long. Try again."
    )


def test_a_newcomer_sets_up_one_time_codes(visit: OpenBrowser, sample: Sample) -> None:
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    page = visit()
    give_password(page, sample.newcomer.email)
    page.get_by_role("button", name="Set up one-time codes").click()
    assert page.get_by_role("img", name="Picture for the authenticator app").evaluate("image => image.naturalWidth") > 0
    secret = page.locator("dd.ics-code").inner_text()
    page.get_by_label("Code from the app").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert len(page.locator("pre").inner_text().split()) == 10
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()
