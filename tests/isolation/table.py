"""The table of routes: each route of the system with what everybody is told there. A route that is not here fails the test."""

from typing import Any

from isolation.door import Said
from isolation.route import (
    ACTING,
    ADMINISTRATOR,
    COLLEAGUES_ALL,
    EVERYBODY,
    EXPORT_OFFICERS,
    ON_DUTY,
    READ_EXPORTS,
    READ_IMPORTS,
    READ_SITES,
    STRANGER,
    Roles,
    Route,
    public,
)
from isolation.world import OFFICERS, OTHER, OWN, ROLES, World
from openics.channels.interactive.access import Access

RECORDS, OFFICER = Access.RECORDS, Access.OFFICER
SITE, FOREIGN_SITE, NO_SITE = "AAA676Y", "BBB214K", "AAA333A"
NO_CLIENT, NUMBER = "51000000000", 999_999
SIGNED_IN = frozenset(ROLES) - {"anonymous", "closed"}
SEEN_EXPORTS = {
    "own": READ_EXPORTS | ACTING | EXPORT_OFFICERS,
    "related": READ_EXPORTS | STRANGER | EXPORT_OFFICERS,
    "imports": READ_IMPORTS | ON_DUTY,
    "foreign": STRANGER | EXPORT_OFFICERS,
}
SEEN_WHOLE = {
    **SEEN_EXPORTS,
    "own": READ_EXPORTS | EXPORT_OFFICERS,
    "related": READ_EXPORTS | EXPORT_OFFICERS,
    "unread": READ_EXPORTS | ON_DUTY,
}
SEEN_SITES = {"own": READ_SITES | ON_DUTY, "foreign": STRANGER | ON_DUTY}
SEEN_CLIENT = {"own": COLLEAGUES_ALL | ON_DUTY, "foreign": STRANGER | ON_DUTY}
ADMINISTERED = {"own": ADMINISTRATOR, "foreign": STRANGER}


def messages(world: World) -> dict[str, tuple[Any, ...]]:
    rows = {"own": world.sample.answer, "related": world.rows["carried"], "imports": world.rows["import"]}
    rows["foreign"] = world.sample.foreign_message
    return {relation: (row.pk,) for relation, row in rows.items()} | {"missing": (NUMBER,)}


def interchanges(world: World) -> dict[str, tuple[Any, ...]]:
    carried, imported = world.rows["carried"], world.rows["import"]
    rows = {"own": world.sample.accepted.interchange, "related": carried.interchange, "imports": imported.interchange}
    rows |= {"unread": world.sample.duplicate, "foreign": world.sample.foreign_message.interchange}
    return {relation: (row.pk,) for relation, row in rows.items()} | {"missing": (NUMBER,)}


def intakes(world: World) -> dict[str, tuple[Any, ...]]:
    found = interchanges(world)
    rows = {"own": world.sample.accepted.interchange, "imports": world.rows["import"].interchange}
    rows |= {"unread": world.sample.duplicate, "foreign": world.sample.foreign_message.interchange}
    found = {relation: (row.intake_id,) for relation, row in rows.items()}
    return {**found, "nobody's": (world.sample.refused.pk,), "missing": (NUMBER,)}


def outgoing(world: World) -> dict[str, tuple[Any, ...]]:
    rows = {"own": world.sample.answer, "imports": world.rows["paid"], "foreign": world.rows["foreign answer"]}
    return {each: (row.interchange.outbox_item.pk,) for each, row in rows.items()} | {"missing": (NUMBER,)}


def declarations(world: World) -> dict[str, tuple[Any, ...]]:
    rows = {"own": world.sample.declaration, "related": world.rows["about goods"], "foreign": world.sample.foreign}
    return {relation: (row.pk,) for relation, row in rows.items()} | {"missing": ("AAAAAAAA1",)}


def sites(_: World) -> dict[str, tuple[Any, ...]]:
    return {"own": (SITE,), "foreign": (FOREIGN_SITE,), "missing": (NO_SITE,)}


def pauses(world: World) -> dict[str, tuple[Any, ...]]:
    return {relation: (*site, "pause") for relation, site in sites(world).items()}


def certificates(world: World) -> dict[str, tuple[Any, ...]]:
    own, foreign = world.rows["certificate"].pk, world.rows["foreign certificate"].pk
    rows = {
        "own": (SITE, own),
        "foreign": (FOREIGN_SITE, foreign),
        "crossed": (SITE, foreign),
        "missing": (SITE, NUMBER),
    }
    return {relation: (*row, "suspend") for relation, row in rows.items()}


def clients(_: World) -> dict[str, tuple[Any, ...]]:
    return {"own": (OWN,), "foreign": (OTHER,), "missing": (NO_CLIENT,)}


def people(world: World) -> dict[str, tuple[Any, ...]]:
    own, foreign = world.people["pending"], world.people["stranger"]
    assert own is not None
    assert foreign is not None
    rows = {"own": (OWN, own.pk), "foreign": (OTHER, foreign.pk), "missing": (NO_CLIENT, foreign.pk)}
    return {**rows, "crossed": (OWN, foreign.pk), "gone": (OWN, NUMBER)}


def confirmations(world: World) -> dict[str, tuple[Any, ...]]:
    return {relation: (*row, "confirm") for relation, row in people(world).items()}


def delegations(world: World) -> dict[str, tuple[Any, ...]]:
    own, foreign = world.rows["delegation"].pk, world.rows["foreign delegation"].pk
    rows = {"own": (OWN, own), "foreign": (OTHER, foreign), "missing": (NO_CLIENT, foreign)}
    return {**rows, "crossed": (OWN, foreign), "gone": (OWN, NUMBER)}


def told(answers: dict[Said, Roles]) -> dict[str, Said]:
    """What each role is told, from who is told what."""
    return {role: said for said, roles in answers.items() for role in roles}


PUBLIC = [
    public("home", post=Said.SHOWN),
    *(public(name) for name in ("start", "certificates", "gateway_certificates", "terms", "continuity")),
    *(public(name) for name in ("information", "status", "reference", "reference_search")),
    public("reference_page", "messages/EXD"),
    public("workshop", post=Said.INCOMPLETE),
    *(public(name, "gateway-1", get=Said.MISSING) for name in ("gateway_pem", "gateway_der")),
]
OPERATORS = [
    Route("live", None, seen={"": frozenset(ROLES)}),
    *(Route(name, None, seen={"": frozenset(ROLES)}, get=Said.UNWELL) for name in ("health", "metrics")),
]
"""What operators' tools read, without anybody signed in; nothing else of the system runs in this test."""
MESSAGES = [
    Route("messages", RECORDS),
    Route("message", RECORDS, messages, SEEN_EXPORTS),
    Route("interchange", RECORDS, interchanges, SEEN_WHOLE),
    Route("interchange_bytes", RECORDS, interchanges, SEEN_WHOLE),
    Route("outbox", RECORDS),
    Route("sealed_bytes", RECORDS, outgoing, SEEN_WHOLE),
    Route("send_again", RECORDS, outgoing, SEEN_WHOLE, get=None, post=Said.DONE),
    Route("gateway", OFFICER),
    Route("gateway_keys", OFFICER),
    Route("received", RECORDS, intakes, SEEN_WHOLE | {"nobody's": ON_DUTY}),
    Route("received_bytes", RECORDS, intakes, SEEN_WHOLE | {"nobody's": ON_DUTY}),
]
SEEN_DECLARATIONS = SEEN_EXPORTS | {"related": READ_EXPORTS | ACTING | STRANGER | EXPORT_OFFICERS}
DECLARATIONS = [
    Route("declarations", RECORDS),
    Route("declaration", RECORDS, declarations, SEEN_DECLARATIONS),
    Route(
        "withdrawal",
        Access.TRADER,
        declarations,
        SEEN_DECLARATIONS,
        acts={"own": frozenset({"administrator", "lodge", "delegate"}), "related": STRANGER, "foreign": STRANGER},
        post=Said.DONE,
    ),
]
SITES = [
    Route("sites", RECORDS),
    Route("site", RECORDS, sites, SEEN_SITES),
    Route("site_change", OFFICER, pauses, SEEN_SITES, post=Said.INCOMPLETE),
    Route("certificate_change", OFFICER, certificates, SEEN_SITES, post=Said.INCOMPLETE),
]
ORGANISATIONS = [
    Route("alerts", OFFICER),
    Route("organisations", OFFICER),
    Route("organisation", RECORDS, clients, SEEN_CLIENT),
    Route("register_person", RECORDS, clients, SEEN_CLIENT, acts=ADMINISTERED, post=Said.INCOMPLETE),
    Route(
        "person",
        RECORDS,
        people,
        SEEN_CLIENT,
        acts=ADMINISTERED,
        post=Said.INCOMPLETE,
        acts_by=("post",),
        data={"grant": "no such"},
    ),
    Route("person_change", RECORDS, confirmations, SEEN_CLIENT, acts=ADMINISTERED, post=Said.DONE),
    Route("delegate", RECORDS, clients, SEEN_CLIENT, acts=ADMINISTERED, post=Said.INCOMPLETE),
    Route("delegation_end", RECORDS, delegations, SEEN_CLIENT, acts=ADMINISTERED, post=Said.DONE),
]
TRADERS_GO_ON = told({Said.DONE: EVERYBODY - set(OFFICERS)})
PURPOSES = [
    Route(
        "purpose",
        Access.SIGNED_IN,
        post=Said.INCOMPLETE,
        own={"get": TRADERS_GO_ON, "post": TRADERS_GO_ON},
    ),
    Route("purpose_end", Access.SIGNED_IN, get=None, post=Said.DONE),
]

ROUTES = [*PUBLIC, *OPERATORS, *MESSAGES, *DECLARATIONS, *SITES, *ORGANISATIONS, *PURPOSES]
