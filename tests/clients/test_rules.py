"""The rules of client registration: each with a case that passes and one that fails."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from client_registrations import (
    ABN,
    ADDRESS,
    BUSINESS,
    BY_ABN,
    SUPPLIER,
    WITH_ADDRESS,
    decide,
    facts,
    registered,
    request,
    verdict,
)
from openics.clients.rules import RULES
from openics.decision.rule import CATALOGUE, Rule, RuleResult
from openics.messages.clients.clreg import Address, Contact


def held(rule: str) -> RuleResult:
    """The rule applied and holds."""
    return RuleResult(rule, applied=True)


def broken(rule: str) -> RuleResult:
    """The rule is broken."""
    return RuleResult(rule, applied=True, broken=(0,))


def not_applied(rule: str) -> RuleResult:
    """The rule has nothing to say."""
    return RuleResult(rule, applied=False)


def test_CLREG_01_only_first_registrations() -> None:
    assert verdict("CLREG-01", BY_ABN) == held("CLREG-01")
    assert verdict("CLREG-01", BY_ABN.replace(function="4")) == broken("CLREG-01")
    assert decide(BY_ABN.replace(function="4")).findings[0].text == (
        "ONLY A FIRST REGISTRATION (FUNCTION 9) MAY BE SENT; AMEND A REGISTERED CLIENT IN CUSTOMS INTERACTIVE"
    )


def test_CLREG_02_sender_reference() -> None:
    assert verdict("CLREG-02", BY_ABN) == held("CLREG-02")
    assert verdict("CLREG-02", BY_ABN.replace(sender_reference=None)) == broken("CLREG-02")


def test_CLREG_03_version_from_one() -> None:
    assert verdict("CLREG-03", BY_ABN) == held("CLREG-03")
    assert verdict("CLREG-03", BY_ABN.replace(version=0)) == broken("CLREG-03")


def test_CLREG_04_sender_reference_is_used_once() -> None:
    known = facts()
    known.apply(request(BY_ABN), decide(BY_ABN, known))
    assert verdict("CLREG-04", SUPPLIER, known) == held("CLREG-04")
    again = SUPPLIER.replace(sender_reference=BY_ABN.sender_reference)
    assert verdict("CLREG-04", again, known) == broken("CLREG-04")


def test_CLREG_05_abn_or_name() -> None:
    assert verdict("CLREG-05", BY_ABN) == held("CLREG-05")
    assert verdict("CLREG-05", SUPPLIER) == held("CLREG-05")
    assert verdict("CLREG-05", SUPPLIER.replace(client_name=None)) == broken("CLREG-05")


def test_CLREG_06_one_client_per_message() -> None:
    assert verdict("CLREG-06", BY_ABN) == held("CLREG-06")
    assert verdict("CLREG-06", SUPPLIER) == not_applied("CLREG-06")
    assert verdict("CLREG-06", BY_ABN.replace(client_name="SOMEBODY ELSE")) == broken("CLREG-06")
    assert verdict("CLREG-06", BY_ABN.replace(client_kind="ORG")) == broken("CLREG-06")


def test_CLREG_07_abn_is_checked() -> None:
    assert verdict("CLREG-07", BY_ABN) == held("CLREG-07")
    assert verdict("CLREG-07", BY_ABN.replace(abn="51824753557")) == broken("CLREG-07")
    assert verdict("CLREG-07", SUPPLIER) == not_applied("CLREG-07")


def test_CLREG_08_an_abn_is_registered_once() -> None:
    known = facts(registered(BY_ABN, ABN))
    assert verdict("CLREG-08", BY_ABN) == held("CLREG-08")
    assert verdict("CLREG-08", BY_ABN, known) == broken("CLREG-08")
    assert verdict("CLREG-08", SUPPLIER, known) == not_applied("CLREG-08")
    assert verdict("CLREG-08", BY_ABN, facts(registered(BY_ABN, ABN, active=False))) == not_applied("CLREG-08")


def test_CLREG_09_client_type_for_a_ccid() -> None:
    assert verdict("CLREG-09", SUPPLIER) == held("CLREG-09")
    assert verdict("CLREG-09", SUPPLIER.replace(client_kind="IND")) == held("CLREG-09")
    assert verdict("CLREG-09", SUPPLIER.replace(client_kind=None)) == broken("CLREG-09")
    assert verdict("CLREG-09", BY_ABN) == not_applied("CLREG-09")


@pytest.mark.parametrize("part", ["street", "city", "country"])
def test_CLREG_10_address_for_a_ccid(part: str) -> None:
    incomplete = SUPPLIER.replace(addresses=(SUPPLIER.addresses[0].replace(**{part: None}),))
    assert verdict("CLREG-10", SUPPLIER) == held("CLREG-10")
    assert verdict("CLREG-10", incomplete) == broken("CLREG-10")
    assert verdict("CLREG-10", SUPPLIER.replace(addresses=())) == broken("CLREG-10")
    assert verdict("CLREG-10", BY_ABN) == not_applied("CLREG-10")


def test_CLREG_11_one_address() -> None:
    assert verdict("CLREG-11", SUPPLIER) == held("CLREG-11")
    assert verdict("CLREG-11", SUPPLIER.replace(addresses=SUPPLIER.addresses * 2)) == broken("CLREG-11")


def test_CLREG_12_country_is_known() -> None:
    elsewhere = SUPPLIER.replace(addresses=(SUPPLIER.addresses[0].replace(country="XX"),))
    assert verdict("CLREG-12", SUPPLIER) == held("CLREG-12")
    assert verdict("CLREG-12", elsewhere) == broken("CLREG-12")
    assert verdict("CLREG-12", BY_ABN) == not_applied("CLREG-12")


def test_CLREG_13_roles_are_known() -> None:
    assert verdict("CLREG-13", BY_ABN) == held("CLREG-13")
    assert verdict("CLREG-13", BY_ABN.replace(roles=("IMPORTER", "PIRATE"))) == broken("CLREG-13")
    assert verdict("CLREG-13", BY_ABN.replace(roles=())) == not_applied("CLREG-13")


def test_CLREG_14_duplicates_are_refused() -> None:
    known = facts(registered(SUPPLIER, "AAA3436797Y"))
    moved = SUPPLIER.replace(addresses=(SUPPLIER.addresses[0].replace(street="ROOM 2"),))
    assert verdict("CLREG-14", SUPPLIER) == held("CLREG-14")
    assert verdict("CLREG-14", moved, known) == held("CLREG-14")
    assert verdict("CLREG-14", SUPPLIER, known) == broken("CLREG-14")
    assert verdict("CLREG-14", BY_ABN, known) == not_applied("CLREG-14")


def test_CLREG_15_a_cancelled_abn_is_not_registered_again() -> None:
    cancelled = facts(registered(BY_ABN, ABN, active=False))
    assert verdict("CLREG-15", BY_ABN) == not_applied("CLREG-15")
    assert verdict("CLREG-15", SUPPLIER, cancelled) == not_applied("CLREG-15")
    assert verdict("CLREG-15", BY_ABN, facts(registered(BY_ABN, ABN))) == held("CLREG-15")
    assert verdict("CLREG-15", BY_ABN, cancelled) == broken("CLREG-15")


def test_CLREG_16_the_business_is_known() -> None:
    assert verdict("CLREG-16", BY_ABN) == not_applied("CLREG-16")
    assert verdict("CLREG-16", SUPPLIER, facts(businesses=[])) == not_applied("CLREG-16")
    assert verdict("CLREG-16", BY_ABN, facts(businesses=[BUSINESS])) == held("CLREG-16")
    assert verdict("CLREG-16", BY_ABN, facts(businesses=[])) == broken("CLREG-16")


def test_CLREG_17_the_business_is_active() -> None:
    cancelled = replace(BUSINESS, active=False)
    assert verdict("CLREG-17", BY_ABN) == not_applied("CLREG-17")
    assert verdict("CLREG-17", SUPPLIER, facts(businesses=[cancelled])) == not_applied("CLREG-17")
    assert verdict("CLREG-17", BY_ABN, facts(businesses=[BUSINESS])) == held("CLREG-17")
    assert verdict("CLREG-17", BY_ABN, facts(businesses=[cancelled])) == broken("CLREG-17")


def test_CLREG_18_an_activity_centre_belongs_to_an_abn() -> None:
    assert verdict("CLREG-18", BY_ABN) == not_applied("CLREG-18")
    assert verdict("CLREG-18", BY_ABN.replace(client_activity_centre="002")) == held("CLREG-18")
    for centre in ("2", "0002", "00A"):
        assert verdict("CLREG-18", BY_ABN.replace(client_activity_centre=centre)) == broken("CLREG-18")
    assert verdict("CLREG-18", SUPPLIER.replace(client_activity_centre="002")) == broken("CLREG-18")


def test_CLREG_19_the_activity_centre_is_valid() -> None:
    known = facts(businesses=[BUSINESS])
    assert verdict("CLREG-19", BY_ABN, known) == not_applied("CLREG-19")
    assert verdict("CLREG-19", BY_ABN.replace(client_activity_centre="003")) == not_applied("CLREG-19")
    assert verdict("CLREG-19", BY_ABN.replace(client_activity_centre="003"), known) == held("CLREG-19")
    for centre in ("001", "004"):
        assert verdict("CLREG-19", BY_ABN.replace(client_activity_centre=centre), known) == broken("CLREG-19")


@pytest.mark.parametrize("rule", ["CL0404", "CL0405", "CL0422", "CL0427", "CL0440", "CL0441"])
def test_CL0404_CL0405_CL0422_CL0427_CL0440_CL0441_no_address_with_an_abn(rule: str) -> None:
    assert verdict(rule, WITH_ADDRESS) == broken(rule)
    assert verdict(rule, BY_ABN) == not_applied(rule)
    assert verdict(rule, SUPPLIER) == (not_applied(rule) if rule == "CL0404" else held(rule))


def test_CL0404_an_address_type_is_allowed_with_a_centre() -> None:
    assert verdict("CL0404", WITH_ADDRESS.replace(client_activity_centre="001")) == held("CL0404")


@pytest.mark.parametrize("rule", ["CL0420", "CL0425", "CL0436", "CL0438"])
def test_CL0420_CL0425_CL0436_CL0438_address_parts_need_a_client_type(rule: str) -> None:
    assert verdict(rule, SUPPLIER) == held(rule)
    assert verdict(rule, SUPPLIER.replace(client_kind=None)) == broken(rule)
    assert verdict(rule, WITH_ADDRESS) == broken(rule)
    assert verdict(rule, BY_ABN) == not_applied(rule)


@pytest.mark.parametrize(
    ("field", "rules"),
    [
        ("street", {"CL0405"}),
        ("city", {"CL0420", "CL0422"}),
        ("postcode", {"CL0425", "CL0427"}),
        ("state", {"CL0436", "CL0440"}),
        ("country", {"CL0438", "CL0441"}),
    ],
)
def test_each_address_part_has_its_own_errors(field: str, rules: set[str]) -> None:
    alone = BY_ABN.replace(addresses=(Address(kind="BA", **{field: getattr(ADDRESS, field)}),))
    assert {finding.rule for finding in decide(alone).findings} == {"CL0404", *rules}


@pytest.mark.parametrize(
    ("kind", "expected"), [("AP", held), ("FA", held), ("BP", held), ("MO", broken), ("EA", broken)]
)
def test_CL0467_prefix_only_for_telephones(kind: str, expected: Any) -> None:
    sent = BY_ABN.replace(contacts=(Contact(kind=kind, prefix="+61", value="400000002"),))
    assert verdict("CL0467", sent) == expected("CL0467")
    bare = BY_ABN.replace(contacts=(Contact(kind=kind, value="400000002"),))
    assert verdict("CL0467", bare) == not_applied("CL0467")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_test(rule: Rule) -> None:
    tests = re.findall(r"^def (test_\w+)", Path(__file__).read_text(), re.M)
    assert any(re.search(rf"_{rule.id.replace('-', '_')}(_|$)", test) for test in tests)


def test_the_catalogue_holds_the_rules_of_the_room_and_no_others() -> None:
    declared = {rule.id for (module, _), rule in CATALOGUE.items() if module.startswith("openics.clients.")}
    assert declared == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_speaks_in_capitals(rule: Rule) -> None:
    words = re.sub(r"\{.*?\}", "", rule.sentence)
    assert words == words.upper()
