"""Signatures of webhooks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.pki.webhook_signature import ID, SIGNATURE, TIME, SignatureError, checked, derived, signed

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SECRET = derived(b"master", 7, 1)
BODY = b'{"type": "export.declaration.status"}'


def test_the_published_example_of_the_form() -> None:
    """The example of the Standard Webhooks specification, version 1.0.0."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = signed(
        [secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", datetime.fromtimestamp(1614265330, UTC), b'{"test": 2432232314}'
    )
    assert headers[SIGNATURE] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_webhook_and_each_generation_has_a_secret_of_its_own() -> None:
    secrets = {
        derived(master, number, generation) for master in (b"a", b"b") for number in (1, 11) for generation in (1, 2)
    }
    assert len(secrets) == 8
    assert derived(b"master", 7, 1) == SECRET
    assert SECRET.startswith("whsec_")


@given(st.binary(max_size=200), st.text("abc-019", min_size=1, max_size=20))
def test_what_is_signed_is_believed(body: bytes, number: str) -> None:
    assert checked(signed([SECRET], number, NOW, body), body, SECRET, NOW) == number


def test_either_secret_counts_while_one_is_replaced() -> None:
    old, new = derived(b"master", 7, 1), derived(b"master", 7, 2)
    headers = {name.upper(): value for name, value in signed([new, old], "event-1", NOW, BODY).items()}
    assert [checked(headers, BODY, secret, NOW) for secret in (old, new)] == ["event-1", "event-1"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({ID: "event-2"}, "no signature fits: the body was changed, or the secret is another one"),
        (
            {TIME: str(int(NOW.timestamp()) + 1)},
            "no signature fits: the body was changed, or the secret is another one",
        ),
        ({SIGNATURE: "v1,AAAA"}, "no signature fits: the body was changed, or the secret is another one"),
        ({SIGNATURE: ""}, "no signature fits: the body was changed, or the secret is another one"),
        ({TIME: "yesterday"}, "its time is no number of seconds"),
        ({TIME: "1" * 400}, "its time is no number of seconds"),
    ],
)
def test_what_was_changed_is_not_believed(change: dict[str, str], why: str) -> None:
    headers = signed([SECRET], "event-1", NOW, BODY) | change
    with pytest.raises(SignatureError) as raised:
        checked(headers, BODY, SECRET, NOW)
    assert str(raised.value) == why


def test_the_body_and_the_secret_count() -> None:
    headers = signed([SECRET], "event-1", NOW, BODY)
    for body, secret in ((BODY + b" ", SECRET), (BODY, derived(b"master", 8, 1))):
        with pytest.raises(SignatureError):
            checked(headers, body, secret, NOW)
    with pytest.raises(SignatureError) as raised:
        checked(headers, BODY, "whsec_not base64", NOW)
    assert str(raised.value) == "the secret is none: it begins with whsec_, and base64 follows"


@pytest.mark.parametrize("late", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_an_old_delivery_is_not_believed(late: timedelta) -> None:
    headers = signed([SECRET], "event-1", NOW, BODY)
    with pytest.raises(SignatureError) as raised:
        checked(headers, BODY, SECRET, NOW + late)
    assert str(raised.value) == "its time is more than 0:05:00 from this clock"


@pytest.mark.parametrize("missing", [ID, TIME, SIGNATURE])
def test_a_missing_header_is_named(missing: str) -> None:
    headers = signed([SECRET], "event-1", NOW, BODY)
    del headers[missing]
    with pytest.raises(SignatureError) as raised:
        checked(headers, BODY, SECRET, NOW)
    assert str(raised.value) == f"the header {missing} is missing"
