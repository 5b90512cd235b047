"""Tokens: got with a secret, good for an hour, worth nothing once their secret or program is ended."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from channels.api.conftest import House, Program, ask, by
from openics.channels.api import programs
from openics.channels.api.models import AccessToken, ProgramSecret
from openics.channels.api.models import Program as Row
from openics.clients.models import Client

FORM = {"grant_type": "client_credentials"}


def basic(house: House) -> tuple[str, str]:
    """Id and secret of the house's program."""
    return house.program.made.program.identifier, house.program.made.secret


def test_a_token_is_issued_as_rfc_6749_says(house: House) -> None:
    identifier, secret = basic(house)
    for answer in (
        ask("post", "/token", form=FORM, basic=(identifier, secret)),
        ask("post", "/token", form={**FORM, "client_id": identifier, "client_secret": secret}),
    ):
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
        assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
        assert (answer.body["token_type"], answer.body["expires_in"]) == ("Bearer", 3600)
        scopes = "cargo:lodge cargo:read exports:lodge exports:read register:lodge register:read sites:read"
        assert " ".join(sorted(answer.body["scope"].split())) == scopes
        digest = sha256(answer.body["access_token"].encode()).digest()
        assert AccessToken.objects.filter(digest=digest).count() == 1
    assert ProgramSecret.objects.get(program__identifier=identifier).used_at is not None


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"client_id": "prg-nobody"}, "invalid_client"),
        ({"client_id": ""}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"scope": "imports:lodge"}, "invalid_scope"),
        ({"scope": "exports:read everything"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_is_told_so_and_gets_nothing(change: dict[str, str], error: str, house: House) -> None:
    identifier, secret = basic(house)
    before = AccessToken.objects.count()
    answer = ask("post", "/token", form={**FORM, "client_id": identifier, "client_secret": secret, **change})
    assert (answer.status, answer.body["error"]) == (401 if error == "invalid_client" else 400, error)
    assert AccessToken.objects.count() == before


def test_a_secret_of_one_program_does_not_fit_another(house: House) -> None:
    mixed = (house.program.made.program.identifier, house.stranger.made.secret)
    assert ask("post", "/token", form=FORM, basic=mixed).status == 401


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic /w==", "Digest x", "Bearer", "Bearer  ", "x" * 500])
def test_a_broken_header_is_no_way_in(header: str, house: House) -> None:
    assert ask("post", "/token", form=FORM, headers={"Authorization": header}).status == 401
    answer = ask("get", "/self", headers={"Authorization": header})
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="OpenICS", error="invalid_token"')


def test_a_token_in_the_address_is_not_looked_at(house: House) -> None:
    assert ask("get", f"/self?access_token={house.program.token}").body["type"].endswith("#problem-invalid-parameter")
    assert ask("get", "/self").status == 401


def test_a_form_must_be_one_and_short(house: House) -> None:
    assert ask("post", "/token", data=FORM).status == 415
    nothing = ask("post", "/token", content=("application/x-www-form-urlencoded", b""))
    assert (nothing.status, nothing.body["error"]) == (400, "invalid_request")
    assert ask("post", "/token", form={**FORM, "scope": "x" * 9000}).status == 413
    repeated = b"grant_type=client_credentials&grant_type=client_credentials"
    kind = "application/x-www-form-urlencoded"
    answer = ask("post", "/token", content=(kind, repeated), headers={})
    assert (answer.status, answer.body["error"]) == (400, "invalid_request")


def refused(program: Program) -> bool:
    """Whether its token counts no more, in the one way it is told."""
    answer = program("get", "/self")
    return (answer.status, answer.body.get("type", "").rpartition("-")[2]) == (401, "token")


def test_a_token_ends_by_itself(house: House) -> None:
    assert refused(house.program) is False
    AccessToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(house.program) is True


def test_a_token_is_given_back(house: House) -> None:
    other = Program(house.program.made).sign_in()
    assert house.program("delete", "/token").status == 204
    assert (refused(house.program), refused(other), refused(house.stranger)) == (True, False, False)


def test_the_end_of_a_program_ends_its_tokens_at_once(house: House) -> None:
    assert programs.end(house.program.made.program, by()) is True
    assert (refused(house.program), refused(house.stranger)) == (True, False)
    assert ask("post", "/token", form=FORM, basic=basic(house)).status == 401
    assert programs.end(house.program.made.program, by()) is False


def test_the_end_of_a_client_ends_its_tokens(house: House) -> None:
    Client.objects.filter(pk=house.client.pk).update(status="CANCELLED")
    assert refused(house.program) is True
    assert ask("post", "/token", form=FORM, basic=basic(house)).status == 401


def test_a_new_secret_works_beside_the_old_one_until_the_overlap_is_over(house: House) -> None:
    made = programs.rotate(house.program.made.program, by(), timedelta(hours=1))
    newer = Program(made).sign_in()
    assert (refused(house.program), refused(newer)) == (False, False)
    old = ProgramSecret.objects.order_by("id").filter(program=made.program).first()
    assert old is not None
    ProgramSecret.objects.filter(pk=old.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert (refused(house.program), refused(newer)) == (True, False)
    assert ask("post", "/token", form=FORM, basic=basic(house)).status == 401


def test_a_secret_that_ends_sooner_is_not_prolonged(house: House) -> None:
    row = house.program.made.program
    programs.rotate(row, by(), timedelta(0))
    ends = list(ProgramSecret.objects.filter(program=row).order_by("id").values_list("ends_at", flat=True))
    programs.rotate(row, by(), timedelta(days=7))
    again = list(ProgramSecret.objects.filter(program=row).order_by("id").values_list("ends_at", flat=True))
    assert again[0] == ends[0]
    assert again[1] is not None
    assert again[2] is None
    assert refused(house.program) is True


def test_what_a_program_loses_its_tokens_lose_too(house: House) -> None:
    Row.objects.filter(pk=house.program.made.program.pk).update(scopes=["sites:read"])
    assert house.program("get", "/self").body["scopes"] == ["sites:read"]
    assert house.program("get", "/declarations").status == 403


def test_to_lodge_is_to_read_too(house: House) -> None:
    narrow = Program(house.program.made).sign_in("exports:lodge")
    assert narrow("get", "/self").body["scopes"] == ["exports:lodge", "exports:read"]


def test_old_tokens_are_forgotten(house: House) -> None:
    AccessToken.objects.filter(secret__program=house.program.made.program).update(
        expires_at=datetime.now(UTC) - timedelta(days=2)
    )
    Program(house.program.made).sign_in()
    assert AccessToken.objects.filter(secret__program=house.program.made.program).count() == 1
