"""Signing in: the second factor is compulsory, its secrets are encrypted, nobody signs up."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import NoReverseMatch, reverse

from channels.interactive.conftest import Browse
from openics.channels.interactive.adapters import SecondFactorAdapter
from web.sample import PASSWORD, Sample, code_of


def test_password_then_code(sample: Sample) -> None:
    client = Client()
    answer = client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/account/security/code/")
    assert "_auth_user_id" not in client.session
    answer = client.post("/account/security/code/", {"code": code_of(sample.trader)})
    assert (answer.status_code, answer["Location"]) == (302, "/messages/")
    assert client.session["_auth_user_id"] == str(sample.trader.pk)


def test_a_code_works_once(sample: Sample) -> None:
    code = code_of(sample.trader)
    outcomes = []
    for _ in range(2):
        client = Client()
        client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
        outcomes.append(client.post("/account/security/code/", {"code": code}).status_code)
    assert outcomes == [302, 200]


@pytest.mark.parametrize("address", ["nobody@meridian.example", "clerk@meridian.example"])
def test_a_wrong_password_says_the_same_whether_the_account_exists(address: str, sample: Sample) -> None:
    page = Client().post("/account/sign-in/", {"login": address, "password": "wrong"}).content.decode()
    text = "The e-mail address or the password is not right. Check both, and mind capital letters; or sign in with a passkey."
    assert page.count(text) == 1
    assert 'href="#id_login"' in page


def test_a_newcomer_can_only_set_up_a_second_factor(sample: Sample, browse: Browse) -> None:
    client = browse(sample.newcomer)
    assert client.get("/declarations/")["Location"] == "/account/security/"
    page = client.get("/account/security/")
    assert (page.status_code, b"Set up a second factor" in page.content) == (200, True)
    assert client.get("/").status_code == 200


def test_a_newcomer_sets_up_one_time_codes_and_goes_on(sample: Sample) -> None:
    client = Client()
    client.post("/account/sign-in/", {"login": sample.newcomer.email, "password": PASSWORD})
    secret = re.findall(r'<dd class="ics-code">(\w+)</dd>', client.get("/account/security/app/add/").content.decode())[
        0
    ]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/security/app/add/", {"code": code})["Location"] == "/account/security/recovery/"
    assert client.get("/messages/").status_code == 200
    kept = Authenticator.objects.get(user=sample.newcomer, type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactorAdapter().decrypt(kept) == secret


def test_a_wrong_code_says_what_helps(sample: Sample) -> None:
    client = Client()
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
    page = client.post("/account/security/code/", {"code": "000000x"}).content.decode()
    assert "check that the clock of your phone is set automatically" in page
    assert "_auth_user_id" not in client.session


def test_the_last_second_factor_stays(sample: Sample) -> None:
    adapter = SecondFactorAdapter()
    codes = Authenticator.objects.get(user=sample.trader, type="totp")
    recovery = Authenticator.objects.create(user=sample.trader, type="recovery_codes", data={})
    assert (adapter.can_delete_authenticator(codes), adapter.can_delete_authenticator(recovery)) == (False, True)
    Authenticator.objects.create(user=sample.trader, type="webauthn", data={})
    assert adapter.can_delete_authenticator(codes) is True


def test_nobody_signs_up() -> None:
    for name in ("account_signup", "account_email", "account_reset_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_self_refreshing_page_does_not_keep_the_session_alive(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    assert "openics_session" in client.get("/messages/").cookies
    assert "openics_session" not in client.get("/messages/", headers={"HX-Request": "true"}).cookies


def test_setup_pages_ask_to_sign_in(sample: Sample) -> None:
    assert Client().get("/account/security/")["Location"] == "/account/sign-in/?next=%2Faccount%2Fsecurity%2F"
