"""Submitting interchanges and documents: stored, then acknowledged, decided, answered."""

from channels.api.conftest import OTHER, SITE, House, ask, declaration, interchange
from openics.exchange.models import Evidence, Intake, Message
from openics.information.models import Disclosure


def test_an_interchange_is_stored_then_acknowledged_then_decided(house: House) -> None:
    sent = interchange(declaration())
    taken = house.program("post", "/submissions", edifact=sent)
    row = Intake.objects.get()
    assert (taken.status, taken.body["id"], taken.body["state"]) == (202, row.pk, "pending")
    assert taken.headers["Location"] == f"/api/v1/submissions/{row.pk}"
    assert (row.channel, row.sender) == ("api", f"{SITE} {house.program.made.program.identifier}")
    assert bytes(row.evidence.content) == sent
    house.work()
    stands = house.program("get", taken.headers["Location"])
    assert (stands.status, stands.body["state"], stands.body["refusal"]) == (200, "done", None)
    assert [(each["name"], each["state"], each["sender_reference"]) for each in stands.body["messages"]] == [
        ("EXD", "accepted", "EXPORT-1")
    ]
    assert [each["outcome"] for each in stands.body["interchanges"]] == ["accepted"]
    answers = house.program("get", stands.body["answers"]).body["items"]
    assert [each["name"] for each in answers] == ["CONTRL", "EXDR"]
    assert answers[1]["document"]["status_type"] == "CLEAR"
    assert answers[1]["edifact"].startswith("UNA:+.? 'UNB+UNOC:3+AAA336C::AAA336C+AAA676Y+")
    assert Disclosure.objects.filter(person=None, actor=house.program.made.program.identifier).count() == 3


def test_a_document_in_json_takes_the_same_way(house: House) -> None:
    body = {"message": "EXD", "document": declaration("JSON-1").to_json()}
    taken = house.program("post", "/submissions", data=body)
    assert taken.status == 202
    house.work()
    found = Message.objects.get(direction="in")
    assert (found.name, found.state, found.sender_reference, found.site) == ("EXD", "accepted", "JSON-1", SITE)
    edn = found.subject_key
    stands = house.program("get", f"/declarations/{edn.lower()}").body
    assert (stands["status"], stands["sender_reference"]) == ("CLEAR", "JSON-1")
    assert [(each["who"], each["because"]) for each in stands["next"]] == [
        ("forwarder or carrier", "goods reported as exported")
    ]


def test_nothing_of_what_is_refused_at_the_door_is_stored(house: House) -> None:
    foreign = interchange(declaration(), site=OTHER)
    refused = [
        house.program("post", "/submissions", edifact=foreign),
        house.program("post", "/submissions", edifact=b"hello"),
        house.program("post", "/submissions", content=("text/plain", b"hello")),
        house.program("post", "/submissions", content=("", b"hello")),
        house.program("post", "/submissions", content=("application/json", b"{")),
        house.program("post", "/submissions", data=[]),
        house.program("post", "/submissions", data={"message": "EXDR", "document": {}}),
        house.program("post", "/submissions", data={"message": "EXD", "document": {"colour": "red"}}),
        house.program("post", "/submissions", data={"message": "EXD", "document": {"lines": [{"number": "x"}]}}),
        house.program("post", "/submissions", data={"message": "EXD", "document": {}, "colour": "red"}),
        house.program("post", "/submissions", edifact=b""),
        ask("post", "/submissions", edifact=foreign),
    ]
    told = [(each.status, each.body["type"].rpartition("#problem-")[2], each.body.get("place")) for each in refused]
    assert told == [
        (403, "foreign-site", "UNB 0004"),
        (400, "not-an-interchange", "byte 0"),
        (415, "unsupported-media-type", "header.Content-Type"),
        (415, "unsupported-media-type", "header.Content-Type"),
        (400, "not-json", "line 1, column 2"),
        (400, "not-json", "body"),
        (422, "unknown-message", "body.message"),
        (422, "invalid-document", "body.document"),
        (422, "invalid-document", "body.document.lines[0].number"),
        (422, "invalid-document", "body.colour"),
        (400, "malformed-request", "body"),
        (401, "unauthenticated", None),
    ]
    assert all(each.headers["Content-Type"] == "application/problem+json" for each in refused)
    assert all(each.body["fix"] and each.body["status"] == each.status for each in refused)
    assert (Intake.objects.count(), Evidence.objects.count()) == (0, 0)
