"""What a program may read: its client's, as far as its scopes reach; a foreign record is answered like a missing one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from channels.api.conftest import OTHER, SITE, House, ask, declaration, interchange, program
from openics.channels.api.openapi import described
from openics.channels.api.scopes import SCOPES, application_of, lodgeable
from openics.channels.api.site import api
from openics.exchange.models import Intake, Interchange, Message
from openics.exports.models import ExportDeclaration
from openics.information.models import Disclosure
from openics.sandbox.story import supplier

MISSING = 999_999


@dataclass
class Lodged:
    """What one client has lodged."""

    submission: int
    message: int
    answer: int
    interchange: int
    edn: str


@pytest.fixture
def lodged(house: House) -> Lodged:
    """A declaration of the house's program, decided."""
    taken = house.program("post", "/submissions", edifact=interchange(declaration("MINE"), reference="MINE1"))
    house.work()
    message = Message.objects.get(direction="in")
    answer = Message.objects.get(name="EXDR")
    return Lodged(taken.body["id"], message.pk, answer.pk, message.interchange_id, ExportDeclaration.objects.get().edn)


def records(of: Lodged) -> dict[str, tuple[str, str, str]]:
    """Every address of a record: its own, and one of the same kind that is missing; and the kind in the log."""
    return {
        "submission": (f"/submissions/{of.submission}", f"/submissions/{MISSING}", "SUBMISSION"),
        "submission answers": (
            f"/submissions/{of.submission}/answers",
            f"/submissions/{MISSING}/answers",
            "SUBMISSION",
        ),
        "message": (f"/messages/{of.message}", f"/messages/{MISSING}", "MESSAGE"),
        "message answers": (f"/messages/{of.message}/answers", f"/messages/{MISSING}/answers", "MESSAGE"),
        "interchange": (f"/interchanges/{of.interchange}", f"/interchanges/{MISSING}", "INTERCHANGE"),
        "content": (f"/interchanges/{of.interchange}/content", f"/interchanges/{MISSING}/content", "INTERCHANGE"),
        "declaration": (f"/declarations/{of.edn}", "/declarations/AAAAAAAA1", "EDN"),
        "versions": (f"/declarations/{of.edn}/versions", "/declarations/AAAAAAAA1/versions", "EDN"),
        "about": (f"/declarations/{of.edn}/messages", "/declarations/AAAAAAAA1/messages", "EDN"),
        "events": (f"/declarations/{of.edn}/events", "/declarations/AAAAAAAA1/events", "EDN"),
        "explanation": (f"/explanations/{of.edn}", "/explanations/AAAAAAAA1", "REFERENCE"),
        "site": (f"/sites/{SITE}", "/sites/BBB111B", "SITE"),
    }


LISTS = ("/submissions", "/messages", "/interchanges", "/declarations", "/sites")
SHARED = ("/reference", "/reference/AHECC", "/codes", "/codes/GoodsType", "/documents", "/documents/EXD", "/self")


def test_a_record_is_for_its_own_client_only(house: House, lodged: Lodged) -> None:
    for name, (own, missing, _) in records(lodged).items():
        seen = (
            house.program("get", own).status,
            house.stranger("get", own),
            house.stranger("get", missing),
            ask("get", own),
        )
        assert (name, seen[0], seen[1].status, seen[2].status, seen[3].status) == (name, 200, 404, 404, 401)
        assert (name, seen[1].body) == (name, seen[2].body)


def test_lists_hold_ones_own(house: House, lodged: Lodged) -> None:
    for address in LISTS:
        own, foreign = house.program("get", address).body["items"], house.stranger("get", address).body["items"]
        assert (address, bool(own)) == (address, True)
        assert [each.get("site") for each in foreign] == ([OTHER] if address == "/sites" else [])


def test_looks_and_refusals_are_logged(house: House, lodged: Lodged) -> None:
    Disclosure.objects.all().delete()
    for own, _, kind in records(lodged).values():
        house.program("get", own)
        house.stranger("get", own)
        rows = Disclosure.objects.order_by("id").values_list("person", "subject_kind", "actor", "allowed")
        names = [each.made.program.identifier for each in (house.program, house.stranger)]
        assert list(rows) == [(None, kind, names[0], True), (None, kind, names[1], False)]
        Disclosure.objects.all().delete()


def test_foreign_and_missing_take_the_same_queries(house: House, lodged: Lodged) -> None:
    for name, (foreign, missing, _) in records(lodged).items():
        shapes = []
        for address in (foreign, missing):
            with CaptureQueriesContext(database) as queries:
                house.stranger("get", address)
            shapes.append([re.sub(r"\\d+|'[^']*'", "?", query["sql"]).split(" ")[0] for query in queries])
        assert (name, shapes[0]) == (name, shapes[1])


def operations() -> Iterator[tuple[str, str, list[str] | None]]:
    """Every operation with the scopes it needs; None for one that needs nobody to be known."""
    for path, methods in described(api)["paths"].items():
        for method, operation in methods.items():
            security = operation["security"]
            yield method, path, security[0]["program"] if security else None


OPERATIONS = list(operations())


def filled(path: str) -> str:
    """A path with something in its places."""
    places = {"number": "1", "edn": "AAAAAAAA1", "reference": "X", "site": SITE, "code": "X"}
    names = {"/api/v1/reference/{name}": "PORT", "/api/v1/codes/{name}": "GoodsType"}
    text = path.replace("{name}", next((value for key, value in names.items() if path.startswith(key)), "EXD"))
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@pytest.mark.parametrize(("method", "path", "scopes"), OPERATIONS, ids=str)
def test_every_operation_for_every_kind_of_caller(
    method: str, path: str, scopes: list[str] | None, house: House
) -> None:
    before = (Intake.objects.count(), Interchange.objects.count(), Message.objects.count())
    address = filled(path)
    statuses = {
        "nobody": ask(method, address).status,
        "wrong token": ask(method, address, token="openics_token_wrong").status,
        "other scope": program(house.client, "sites:read" if scopes != ["sites:read"] else "exports:read")(
            method, address
        ).status,
    }
    if scopes is None:
        assert {401, 403} & {statuses["nobody"], statuses["other scope"]} == set()
    else:
        assert (statuses["nobody"], statuses["wrong token"]) == (401, 401)
        assert (statuses["other scope"] == 403) is (scopes != [])
    assert (Intake.objects.count(), Interchange.objects.count(), Message.objects.count()) == before


def test_every_operation_is_tried() -> None:
    assert len(OPERATIONS) == 30
    needed = {scope for _, _, scopes in OPERATIONS for scope in scopes or ()}
    assert needed == {"exports:read", "sites:read"}


def test_scopes_say_which_messages_may_be_read(house: House, lodged: Lodged) -> None:
    register = program(house.client, "register:read")
    names = {each["name"] for each in register("get", "/messages").body["items"]}
    assert names == set()  # the CONTRL is about an export declaration
    refused = [
        register("get", f"/messages/{lodged.message}"),
        register("get", f"/interchanges/{lodged.interchange}"),
        register("get", f"/interchanges/{lodged.interchange}/content"),
        register("get", "/explanations/MINE"),
    ]
    assert [each.status for each in refused] == [404] * 4
    assert register("get", f"/submissions/{lodged.submission}").body["messages"] == []
    nothing = program(house.client, "sites:read")
    for address in ("/messages", "/interchanges", "/submissions"):
        assert nothing("get", address).body == {"items": [], "next": None}


def test_every_document_that_is_taken_has_a_scope_that_can_be_granted() -> None:
    assert {f"{application_of(name)}:lodge" for name in lodgeable()} - SCOPES.keys() == set()


def test_scopes_say_which_messages_may_be_lodged(house: House) -> None:
    exports, register = program(house.client, "exports:lodge"), program(house.client, "register:lodge", "exports:read")
    declared = {"message": "EXD", "document": declaration("SCOPE").to_json()}
    answers = [
        register("post", "/submissions", data=declared),
        register("post", "/submissions", edifact=interchange(declaration("A"), reference="A")),
        register("post", "/submissions", edifact=interchange(supplier("SUPPLIER-1"), declaration("B"), reference="B")),
        exports("post", "/submissions", edifact=interchange(supplier("SUPPLIER-1"), reference="C")),
        program(house.client, *[each for each in SCOPES if each.endswith("read")])(
            "post", "/submissions", data=declared
        ),
    ]
    assert [(each.status, each.body["scope"]) for each in answers] == [
        (403, "exports:lodge"),
        (403, "exports:lodge"),
        (403, "exports:lodge"),
        (403, "register:lodge"),
        (403, "exports:lodge"),
    ]
    challenge = 'Bearer realm="OpenICS", error="insufficient_scope", scope="exports:lodge"'
    assert answers[0].headers["WWW-Authenticate"] == challenge
    assert Intake.objects.count() == 0
    assert exports("post", "/submissions", data=declared).status == 202
    assert register("post", "/submissions", edifact=interchange(supplier("SUPPLIER-1"), reference="D")).status == 202
