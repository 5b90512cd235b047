"""The table of access: levels, the roles they need, what they include, what duties open."""

import pytest

from openics.clients.access_codes import Application, Duty, Level
from openics.clients.access_levels import (
    ALL_GRANTS,
    DUTIES,
    INCLUDED,
    LEVELS,
    LICENSED_BROKERAGE,
    MESSAGES,
    RECEIPTS,
    all_for,
    may_have,
    reach,
    read_grant,
)
from openics.messages.codes import ClientRole
from openics.messages.registry import ALL

IMPORTER = ClientRole.IMPORTER.value
FOR_IMPORTERS = {(Application.IMPORTS, level) for level in (Level.PREPARE, Level.LODGE, Level.PAY)}


@pytest.mark.parametrize("roles", [[IMPORTER], [LICENSED_BROKERAGE], [IMPORTER, LICENSED_BROKERAGE, "EXPORTER"]])
def test_importers_and_brokerages_may_have_everything(roles: list[str]) -> None:
    assert all_for(roles) == frozenset(ALL_GRANTS)


@pytest.mark.parametrize("roles", [[], ["EXPORTER"], ["SUPPLIER", "SEA CARGO REPORTER"]])
def test_others_read_import_declarations_and_amend_sites(roles: list[str]) -> None:
    assert frozenset(ALL_GRANTS) - all_for(roles) == FOR_IMPORTERS
    assert may_have(roles, (Application.IMPORTS, Level.READ))
    assert may_have(roles, (Application.SITES, Level.AMEND))


def test_a_level_that_an_application_does_not_have_is_nobodys() -> None:
    assert not may_have([IMPORTER], (Application.EXPORTS, Level.PAY))
    assert not may_have([IMPORTER], (Application.IMPORTS, Level.AMEND))


def test_every_level_includes_itself_and_reading() -> None:
    assert set(INCLUDED) == set(Level)
    for level, included in INCLUDED.items():
        assert {level, Level.READ} <= set(included)


def test_the_five_levels_are_those_of_import_declarations_and_sites() -> None:
    assert {*LEVELS[Application.IMPORTS], *LEVELS[Application.SITES]} == set(Level)


def test_reach_includes_and_leaves_out() -> None:
    lodge, pay = (Application.IMPORTS, Level.LODGE), (Application.IMPORTS, Level.PAY)
    reads = (Application.IMPORTS, Level.READ)
    assert reach([lodge], [IMPORTER]) == {reads, (Application.IMPORTS, Level.PREPARE), lodge}
    assert reach([pay], [IMPORTER]) == {reads, pay}
    assert reach([lodge, pay], ["EXPORTER"]) == frozenset()
    assert reach([reads], ["EXPORTER"]) == {reads}


def test_paying_does_not_include_lodging() -> None:
    assert (Application.IMPORTS, Level.LODGE) not in reach([(Application.IMPORTS, Level.PAY)], [IMPORTER])


def test_every_message_belongs_to_one_application_or_is_a_receipt() -> None:
    names = [name for each in (*MESSAGES.values(), RECEIPTS) for name in each]
    assert sorted(names) == sorted(document.name for document in ALL)


def test_every_duty_is_in_the_table_and_audit_opens_nothing() -> None:
    assert set(DUTIES) == set(Duty)
    assert DUTIES[Duty.AUDIT] == frozenset()
    assert DUTIES[Duty.GATEWAY] == frozenset(Application)


@pytest.mark.parametrize(
    ("codes", "found"), [(("exports", "lodge"), True), (("exports", "pay"), False), (("", ""), False)]
)
def test_grants_are_read_from_their_codes(codes: tuple[str, str], found: bool) -> None:
    assert (read_grant(*codes) == codes) is found
    assert (read_grant(*codes) is None) is not found
