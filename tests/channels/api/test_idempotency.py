"""Idempotency keys: the same request again is the same submission, whoever is faster."""

import threading
from datetime import timedelta
from typing import Any

from django.db import connections
from django.utils import timezone

from channels.api.conftest import Answer, House, declaration, interchange
from openics.channels.api.models import IdempotencyKey
from openics.exchange.models import Intake

KEY = {"Idempotency-Key": "order-4711"}


def document(reference: str = "ONCE") -> dict[str, Any]:
    """A submission in JSON, which gets a control reference of its own each time that it is taken in."""
    return {"message": "EXD", "document": declaration(reference).to_json()}


def test_the_same_key_and_body_is_the_same_submission(house: House) -> None:
    body = document()
    first = house.program("post", "/submissions", data=body, headers=KEY)
    again = house.program("post", "/submissions", data=body, headers=KEY)
    assert (first.status, again.status) == (202, 202)
    assert (first.body, first.headers["Location"]) == (again.body, again.headers["Location"])
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert Intake.objects.count() == 1
    house.work()
    later = house.program("post", "/submissions", data=body, headers={**KEY, "Prefer": "wait=1"})
    assert (later.status, later.body["id"], later.body["state"]) == (200, first.body["id"], "done")


def test_the_same_key_with_another_body_is_a_conflict(house: House) -> None:
    house.program("post", "/submissions", data=document("ONE"), headers=KEY)
    answer = house.program("post", "/submissions", data=document("TWO"), headers=KEY)
    assert (answer.status, answer.body["title"]) == (409, "The idempotency key was used for another request")
    assert (answer.body["place"], Intake.objects.count()) == ("header.Idempotency-Key", 1)
    other_form = house.program("post", "/submissions", edifact=interchange(declaration("ONE")), headers=KEY)
    assert (other_form.status, Intake.objects.count()) == (409, 1)


def test_keys_of_others_are_others_keys(house: House) -> None:
    body = document()
    answers = [each("post", "/submissions", data=body, headers=KEY) for each in (house.program, house.stranger)]
    assert [each.status for each in answers] == [202, 202]
    assert answers[0].body["id"] != answers[1].body["id"]


def test_without_a_key_each_document_is_a_submission(house: House) -> None:
    body = document()
    ids = {house.program("post", "/submissions", data=body).body["id"] for _ in range(2)}
    assert len(ids) == 2


def test_the_same_interchange_is_taken_once_even_without_a_key(house: House) -> None:
    sent = interchange(declaration())
    answers = [house.program("post", "/submissions", edifact=sent) for _ in range(2)]
    assert [(each.status, each.body["id"], each.body["repeated"]) for each in answers] == [
        (202, answers[0].body["id"], 0),
        (202, answers[0].body["id"], 1),
    ]


def test_a_refused_request_uses_up_no_key(house: House) -> None:
    assert (
        house.program("post", "/submissions", data={"message": "EXD", "document": {"x": 1}}, headers=KEY).status == 422
    )
    assert IdempotencyKey.objects.count() == 0
    assert house.program("post", "/submissions", data=document(), headers=KEY).status == 202


def test_a_key_is_plain_and_short(house: House) -> None:
    for key in ("x" * 256, "caf\u00e9"):
        answer = house.program("post", "/submissions", data=document(), headers={"Idempotency-Key": key})
        assert (answer.status, answer.body["type"].rpartition("-")[2]) == (422, "parameter")
    assert Intake.objects.count() == 0


def test_keys_are_kept_for_two_days(house: House) -> None:
    house.program("post", "/submissions", data=document(), headers=KEY)
    IdempotencyKey.objects.update(made_at=timezone.now() - timedelta(hours=47))
    house.program("post", "/submissions", data=document(), headers={"Idempotency-Key": "another"})
    assert IdempotencyKey.objects.filter(key="order-4711").count() == 1
    IdempotencyKey.objects.update(made_at=timezone.now() - timedelta(hours=49))
    house.program("post", "/submissions", data=document(), headers={"Idempotency-Key": "one more"})
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["one more"]


def at_once(house: House, bodies: list[dict[str, Any]]) -> list[Answer]:
    """The answers to submissions under the same key that start at the same moment, each in a thread of its own."""
    start = threading.Barrier(len(bodies))
    answers: list[Answer] = []

    def submit(body: dict[str, Any]) -> None:
        try:
            start.wait(10)
            answers.append(house.program("post", "/submissions", data=body, headers=KEY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=submit, args=(body,)) for body in bodies]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return answers


def test_two_at_once_are_one_submission(house: House) -> None:
    body = document()
    answers = at_once(house, [body] * 4)
    assert [each.status for each in answers] == [202] * 4
    assert len({each.body["id"] for each in answers}) == 1
    assert sum("Idempotency-Replayed" in each.headers for each in answers) == 3
    assert Intake.objects.count() == 1


def test_of_two_different_ones_at_once_one_wins(house: House) -> None:
    answers = at_once(house, [document("ONE"), document("TWO")])
    assert sorted(each.status for each in answers) == [202, 409]
    assert (Intake.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
