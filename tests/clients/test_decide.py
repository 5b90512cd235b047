"""Deciding on registrations, as published answers show it."""

from dataclasses import replace
from pathlib import Path

import pytest

from client_registrations import (
    ABN,
    ADDRESS,
    BUSINESS,
    BY_ABN,
    NOW,
    SENDER,
    SITE,
    SUPPLIER,
    WITH_ADDRESS,
    decide,
    facts,
    registered,
    request,
)
from openics.clients.addresses import match_key
from openics.clients.codes import ClientKind, EntryKind
from openics.clients.decide import decide_registration
from openics.clients.facts import UsedReference
from openics.decision.cleanup import clean
from openics.decision.outcome import Event
from openics.edifact.reader import read_interchange
from openics.messages.clients.clntdup import ClientDuplicates, ClientMatch
from openics.messages.clients.clreg import ClientRegistration, Contact
from openics.messages.exports.streq import StatusRequest
from openics.messages.reading import read_message

CCID = "AAA3436797Y"


def published(corpus: Path, name: str) -> ClientRegistration:
    """A document of the corpus."""
    interchange = read_interchange((corpus / name).read_bytes())
    document = read_message(interchange.messages[0]).document
    assert document is not None
    return document  # type: ignore[return-value]


def test_a_registration_by_abn_is_answered_as_published(corpus: Path) -> None:
    answer = published(corpus, "clregr_accepted.edi")
    outcome = decide(BY_ABN)
    given = outcome.documents[0].document
    assert given == answer.replace(response_reference=given.response_reference)
    assert outcome.accepted is True
    assert outcome.documents[0].site == SITE


def test_what_is_registered_by_abn() -> None:
    outcome = decide(BY_ABN)
    client = outcome.change.client
    assert (client.client_id, client.kind, client.roles) == (ABN, ClientKind.ABN, BY_ABN.roles)
    assert (client.match_key, client.address) == ("", {})
    assert client.contacts == ({"kind": "BP", "prefix": "+50", "value": "0400000000", "purpose": "THIS IS PHONE"},)
    assert outcome.change.reference == UsedReference(SENDER, "CLREG", BY_ABN.sender_reference, 0)
    assert outcome.events == (Event("client.registered", "CLIENT", ABN, {"roles": list(BY_ABN.roles)}),)
    assert (outcome.subject_kind, outcome.subject_key) == ("CLIENT", ABN)


def test_the_published_registration_is_rejected_for_its_address(corpus: Path) -> None:
    """Customs answered a registration by ABN with an address in just these ten errors (test traffic of 27 June 2023)."""
    outcome = decide(clean(published(corpus, "clreg.edi")))
    assert [finding.error for finding in outcome.findings] == [
        "CL0404",
        "CL0405",
        "CL0420",
        "CL0422",
        "CL0425",
        "CL0427",
        "CL0436",
        "CL0438",
        "CL0440",
        "CL0441",
    ]
    assert outcome.change is None


def test_a_rejection_is_answered_as_customs_did() -> None:
    """The observed rejection has an eleventh error, for the prefix of a mobile number, and counts all but the advice."""
    sent = WITH_ADDRESS.replace(contacts=(Contact(kind="MO", prefix="+61", value="400000002"),))
    answer = decide(sent).documents[0].document
    assert [(entry.severity, entry.error, entry.text) for entry in answer.entries] == [
        ("ADVICE", "MS5201", "THIS TRANSACTION WAS REJECTED"),
        ("ERROR", "CL0404", "ADDRESS TYPE SUPPLIED ALONG WITH ABN BUT NO CAC SUPPLIED"),
        ("ERROR", "CL0405", "BUSINESS ADDRESS LINE 1 NOT ALLOWED WITH ABN"),
        ("ERROR", "CL0420", "BUSINESS ADDRESS LOCALITY SUPPLIED WITHOUT A VALID CLIENT TYPE"),
        ("ERROR", "CL0422", "ADDRESS LOCALITY NOT ALLOWED WITH ABN"),
        ("ERROR", "CL0425", "BUSINESS ADDRESS POST CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"),
        ("ERROR", "CL0427", "ADDRESS POST CODE NOT ALLOWED WITH ABN"),
        ("ERROR", "CL0436", "BUSINESS ADDRESS STATE CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"),
        ("ERROR", "CL0438", "BUSINESS ADDRESS COUNTRY CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"),
        ("ERROR", "CL0440", "ADDRESS STATE CODE NOT ALLOWED WITH ABN"),
        ("ERROR", "CL0441", "ADDRESS COUNTRY CODE NOT ALLOWED WITH ABN"),
        ("ERROR", "CL0467", "PREFIX CODE ONLY ALLOWED WITH AP, FA OR BP CONTACT ADDRESS"),
    ]
    assert (answer.error_count, answer.abn, answer.client_id) == (11, None, None)


def test_a_supplier_from_abroad_gets_the_first_client_identifier() -> None:
    outcome = decide(SUPPLIER)
    answer = outcome.documents[0].document
    client = outcome.change.client
    assert (client.client_id, client.kind, client.name) == (
        "AAA3333333A",
        ClientKind.ORGANISATION,
        SUPPLIER.client_name,
    )
    assert (answer.client_id, answer.abn) == ("AAA3333333A", None)
    assert [(entry.error, entry.text) for entry in answer.entries] == [
        ("MS5202", "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS"),
        ("CL0378", "CCID =AAA3333333A CREATED SUCCESSFULLY"),
    ]
    assert answer.error_count == 0


def test_a_duplicate_is_refused_and_its_matches_are_listed() -> None:
    outcome = decide(SUPPLIER, facts(registered(SUPPLIER, CCID)), number=5)
    response, duplicates = (each.document for each in outcome.documents)
    assert (outcome.accepted, outcome.change) == (False, None)
    assert [entry.error for entry in response.entries] == ["MS5201", "CL9011"]
    assert duplicates == ClientDuplicates(
        response_reference="0000 0000 0005",
        response_version=1,
        function="11",
        recipient_site=SITE,
        sender_reference="SUPPLIER1",
        sender_reference_version=1,
        matches=(
            ClientMatch(
                client_id=CCID,
                name="EXAMPLE OVERSEAS LIMITED",
                street="ROOM 1, EXAMPLE BUILDING",
                city="SHENZHEN",
                postcode="518000",
                state="GD",
                country="CN",
                roles=("SUPPLIER",),
            ),
        ),
        match_count=1,
    )


def test_punctuation_and_case_do_not_tell_clients_apart() -> None:
    loose = SUPPLIER.replace(
        sender_reference="SUPPLIER2",
        client_name="Example  Overseas, Limited.",
        addresses=(SUPPLIER.addresses[0].replace(street="Room 1 Example-Building"),),
    )
    assert decide(loose, facts(registered(SUPPLIER, CCID))).accepted is False


def test_parts_of_name_and_address_do_not_run_into_each_other() -> None:
    assert match_key("A B", {"street": "C"}) != match_key("A", {"street": "B C"})


def test_a_cancelled_abn_does_not_block_a_client_identifier() -> None:
    by_abn = registered(SUPPLIER.replace(client_kind=None), ABN, active=False)
    cancelled = registered(SUPPLIER, CCID, active=False)
    assert by_abn.kind is ClientKind.ABN
    assert decide(SUPPLIER, facts(by_abn)).accepted is True
    assert decide(SUPPLIER, facts(cancelled)).accepted is False


@pytest.mark.parametrize("document", [BY_ABN, SUPPLIER], ids=["by ABN", "by name"])
def test_the_next_of_a_batch_sees_what_was_registered(document: ClientRegistration) -> None:
    known = facts()
    first = decide(document, known)
    known.apply(request(document), first)
    second = decide(document.replace(sender_reference="OTHER"), known, number=1)
    assert (first.accepted, second.accepted) == (True, False)


def test_a_rejected_registration_leaves_its_reference_free() -> None:
    known = facts()
    known.apply(request(WITH_ADDRESS), decide(WITH_ADDRESS, known))
    assert decide(BY_ABN, known, number=1).accepted is True


@pytest.mark.parametrize(("centre", "street"), [(None, "2 MAIN ROAD"), ("002", "2 MAIN ROAD"), ("003", "3 LAST ROAD")])
def test_an_abn_gets_name_and_address_from_the_register_of_businesses(centre: str | None, street: str) -> None:
    """The address is that of the lowest valid activity centre unless one is given."""
    outcome = decide(BY_ABN.replace(client_activity_centre=centre), facts(businesses=[BUSINESS]))
    client, record = outcome.change.client, outcome.change.record
    assert (client.name, client.address["street"], client.client_activity_centre) == (
        *("EXAMPLE TRADING PTY LTD", street, centre or ""),
    )
    assert client.match_key == match_key("EXAMPLE TRADING PTY LTD", client.address)
    assert (record.contact_name, record.contact_title) == ("SOMEBODY", "EXPORT")
    assert [(entry.kind, entry.code) for entry in record.entries] == [
        *((EntryKind.CENTRE, "003"), (EntryKind.CENTRE, "002"), (EntryKind.CENTRE, "001")),
        *((EntryKind.ROLE, role) for role in BY_ABN.roles),
    ]


def test_a_match_that_was_merged_is_listed_as_its_survivor() -> None:
    survivor = registered(SUPPLIER.replace(client_name="ANOTHER NAME"), ABN)
    merged = replace(registered(SUPPLIER, CCID, active=False), merged_into=ABN)
    outcome = decide(SUPPLIER, facts(merged, survivor))
    assert [match.client_id for match in outcome.documents[1].document.matches] == [ABN]


def test_an_individual_is_registered_as_one() -> None:
    person = SUPPLIER.replace(client_kind="IND", client_name="JOHN SMITH", addresses=(ADDRESS,))
    assert decide(person).change.client.kind is ClientKind.INDIVIDUAL


def test_only_registrations_are_decided_here() -> None:
    with pytest.raises(TypeError, match=r"^a client registration is decided here, not STREQ$"):
        decide_registration(request(StatusRequest()), facts(), NOW)
