"""Standing, administrators and grants: each rule, and what holds after any sequence of changes."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openics.clients import access_rules
from openics.clients.access_codes import Application, Level, Standing
from openics.clients.access_levels import ALL_GRANTS, all_for
from openics.clients.access_rules import Member, Organisation
from openics.clients.register_errors import RegisterError

FIRST, SECOND = "first@meridian.example", "second@meridian.example"
READS = (Application.EXPORTS, Level.READ)
PAYS = (Application.IMPORTS, Level.PAY)


def organisation(*members: Member, roles: frozenset[str] = frozenset()) -> Organisation:
    return Organisation("51824753556", roles, members)


ADMINISTRATOR = Member(FIRST, Standing.CONFIRMED, administrator=True, grants=all_for([]))
COLLEAGUE = Member(SECOND, Standing.CONFIRMED, grants=frozenset({READS}))


def refusal(make: object, *given: object) -> str:
    with pytest.raises(RegisterError) as found:
        make(*given)  # type: ignore[operator]
    return found.value.code


def test_the_first_person_administers_with_everything_the_client_may_have() -> None:
    assert access_rules.registered(organisation(), FIRST) == ADMINISTRATOR
    importer = organisation(roles=frozenset({"IMPORTER"}))
    assert access_rules.registered(importer, FIRST) == replace(ADMINISTRATOR, grants=frozenset(ALL_GRANTS))


def test_whoever_comes_later_is_pending_without_anything() -> None:
    assert access_rules.registered(organisation(ADMINISTRATOR), SECOND.upper()) == Member(SECOND, Standing.PENDING)


def test_nobody_is_registered_twice() -> None:
    assert access_rules.registered(organisation(ADMINISTRATOR, COLLEAGUE), SECOND) is None
    assert access_rules.registered(organisation(ADMINISTRATOR, Member(SECOND)), SECOND) is None


def test_whoever_left_comes_back_as_pending_without_what_was_granted_and_as_locked_as_before() -> None:
    left = Member(SECOND, Standing.CLOSED, locked=True)
    assert access_rules.registered(organisation(ADMINISTRATOR, left), SECOND) == Member(SECOND, locked=True)


def test_confirming() -> None:
    pending = organisation(ADMINISTRATOR, Member(SECOND))
    assert access_rules.confirmed(pending, SECOND) == Member(SECOND, Standing.CONFIRMED)
    assert access_rules.confirmed(organisation(ADMINISTRATOR, COLLEAGUE), SECOND) is None
    closed = organisation(ADMINISTRATOR, Member(SECOND, Standing.CLOSED))
    assert refusal(access_rules.confirmed, closed, SECOND) == "person-closed"


def test_closing_takes_everything() -> None:
    both = organisation(ADMINISTRATOR, replace(COLLEAGUE, administrator=True))
    assert access_rules.closed(both, SECOND) == Member(SECOND, Standing.CLOSED)
    assert access_rules.closed(organisation(ADMINISTRATOR, Member(SECOND)), SECOND) == Member(SECOND, Standing.CLOSED)
    assert access_rules.closed(organisation(ADMINISTRATOR, Member(SECOND, Standing.CLOSED)), SECOND) is None


@pytest.mark.parametrize("end", [access_rules.closed, access_rules.dismissed])
def test_the_last_administrator_stays(end: object) -> None:
    assert refusal(end, organisation(ADMINISTRATOR, COLLEAGUE), FIRST) == "last-administrator"
    locked = replace(COLLEAGUE, administrator=True, locked=True)
    assert refusal(end, organisation(ADMINISTRATOR, locked), FIRST) == "last-administrator"


def test_appointing_and_dismissing() -> None:
    appointed = replace(COLLEAGUE, administrator=True)
    assert access_rules.appointed(organisation(ADMINISTRATOR, COLLEAGUE), SECOND) == appointed
    assert access_rules.appointed(organisation(ADMINISTRATOR, appointed), SECOND) is None
    assert access_rules.dismissed(organisation(ADMINISTRATOR, appointed), SECOND) == COLLEAGUE
    assert access_rules.dismissed(organisation(ADMINISTRATOR, COLLEAGUE), SECOND) is None
    assert refusal(access_rules.appointed, organisation(ADMINISTRATOR, Member(SECOND)), SECOND) == "not-confirmed"


def test_granting_and_taking_back() -> None:
    both = organisation(ADMINISTRATOR, COLLEAGUE)
    lodges = (Application.EXPORTS, Level.LODGE)
    more = replace(COLLEAGUE, grants=frozenset({READS, lodges}))
    assert access_rules.granted(both, SECOND, lodges) == more
    assert access_rules.granted(both, SECOND, READS) is None
    assert access_rules.taken_back(both, SECOND, READS) == replace(COLLEAGUE, grants=frozenset())
    assert access_rules.taken_back(both, SECOND, lodges) is None


def test_what_needs_another_role_is_not_granted() -> None:
    assert refusal(access_rules.granted, organisation(ADMINISTRATOR, COLLEAGUE), SECOND, PAYS) == "role-needed"
    pending = organisation(ADMINISTRATOR, Member(SECOND))
    assert refusal(access_rules.granted, pending, SECOND, READS) == "not-confirmed"
    importer = organisation(ADMINISTRATOR, COLLEAGUE, roles=frozenset({"IMPORTER"}))
    assert access_rules.granted(importer, SECOND, PAYS) == replace(COLLEAGUE, grants=frozenset({READS, PAYS}))


@pytest.mark.parametrize(
    "change", [access_rules.confirmed, access_rules.closed, access_rules.appointed, access_rules.dismissed]
)
def test_nobody_of_that_address(change: object) -> None:
    assert refusal(change, organisation(ADMINISTRATOR), SECOND) == "unknown-person"


@pytest.mark.parametrize(
    "other",
    [
        COLLEAGUE,
        Member(SECOND),
        Member(SECOND, Standing.CLOSED, administrator=True),
        replace(COLLEAGUE, administrator=True, locked=True),
    ],
)
def test_only_administrators_change_people(other: Member) -> None:
    both = organisation(ADMINISTRATOR, other)
    access_rules.check_administers(both, FIRST.upper())
    assert refusal(access_rules.check_administers, both, SECOND) == "not-an-administrator"
    assert refusal(access_rules.check_administers, both, "somebody@else.example") == "not-an-administrator"


EMAILS = st.sampled_from([f"person{number}@meridian.example" for number in range(4)])
GRANTS = st.sampled_from(ALL_GRANTS)


class People(RuleBasedStateMachine):
    """Any sequence of changes, as far as they are allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.found = organisation()
        self.ever = False

    def make(self, change: object, *given: object) -> None:
        try:
            changed = change(self.found, *given)  # type: ignore[operator]
        except RegisterError:
            return
        assert changed is None or changed not in self.found.members
        if changed is not None:
            self.found = self.found.with_member(changed)
            self.ever = True

    @rule(email=EMAILS)
    def register(self, email: str) -> None:
        self.make(access_rules.registered, email)

    @rule(email=EMAILS)
    def confirm(self, email: str) -> None:
        self.make(access_rules.confirmed, email)

    @rule(email=EMAILS)
    def close(self, email: str) -> None:
        self.make(access_rules.closed, email)

    @rule(email=EMAILS)
    def appoint(self, email: str) -> None:
        self.make(access_rules.appointed, email)

    @rule(email=EMAILS)
    def dismiss(self, email: str) -> None:
        self.make(access_rules.dismissed, email)

    @rule(email=EMAILS, grant=GRANTS)
    def grant(self, email: str, grant: tuple[Application, Level]) -> None:
        self.make(access_rules.granted, email, grant)

    @rule(email=EMAILS, grant=GRANTS)
    def take_back(self, email: str, grant: tuple[Application, Level]) -> None:
        self.make(access_rules.taken_back, email, grant)

    @invariant()
    def somebody_administers(self) -> None:
        assert bool(self.found.administrators) is self.ever

    @invariant()
    def only_the_confirmed_have_anything(self) -> None:
        for each in self.found.members:
            assert each.standing is Standing.CONFIRMED or (each.grants, each.administrator) == (frozenset(), False)

    @invariant()
    def nobody_has_what_the_client_may_not(self) -> None:
        for each in self.found.members:
            assert each.grants <= all_for(self.found.roles)

    @invariant()
    def everybody_is_there_once(self) -> None:
        assert len({each.email for each in self.found.members}) == len(self.found.members)


TestPeople = People.TestCase
