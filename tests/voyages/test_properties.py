"""What holds for any sequence of reports about a ship and a flight."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arrival_reports import AGENT, ARRIVED, FLIGHT, LANDED, LATER, MELBOURNE, OTHER, OWNER, SHIP, decide, facts, request
from openics.decision.conditions import Condition
from openics.decision.findings import has_errors
from openics.decision.outcome import Outcome
from openics.messages.voyages.arrivals import ArrivalReport, PortCall
from openics.voyages.codes import Phase, Status
from openics.voyages.facts import StoredArrival, StoredVoyage, VoyageFacts
from openics.voyages.status import phase

FUNCTIONS = st.sampled_from(["9", "9", "4", "4", "50", "5"])
VERSIONS = st.integers(0, 5)
DAYS = st.dates(date(2026, 11, 27), date(2026, 12, 3))
HOURS = st.sampled_from([time(2, 30), time(6, 30), time(14, 0)])
PORTS = st.sampled_from(["AUSYD", "AUMEL", "AUBNE", "NZAKL"])
CALLS = st.lists(
    st.builds(
        lambda port, day, hour, action: MELBOURNE.replace(
            port=port, estimated_arrival_date=day, estimated_arrival_time=hour, action=action
        ),
        PORTS,
        DAYS,
        HOURS,
        st.sampled_from(["I", "I", "A", "D", None]),
    ),
    max_size=3,
).map(tuple)


def impending(
    base: ArrivalReport, function: str, version: int, reference: str, calls: tuple[PortCall, ...]
) -> ArrivalReport:
    """An impending arrival report; without the port of first arrival, which would rarely fit."""
    given = {"function": function, "version": version, "sender_reference": reference, "first_arrival_port": None}
    return base.replace(**given, calls=calls, overseas_departure_date=date(2026, 11, 20))


def actual(base: ArrivalReport, function: str, version: int, reference: str, port: str, day: date) -> ArrivalReport:
    """An actual arrival report."""
    given = {"function": function, "version": version, "sender_reference": reference}
    return base.replace(**given, port_of_arrival=port, arrival_date=day)


REFERENCES = st.sampled_from(["R1", "R2"])
IMPENDING = st.builds(impending, st.sampled_from([SHIP, SHIP, FLIGHT]), FUNCTIONS, VERSIONS, REFERENCES, CALLS)
ACTUAL = st.builds(actual, st.sampled_from([ARRIVED, ARRIVED, LANDED]), FUNCTIONS, VERSIONS, REFERENCES, PORTS, DAYS)
REPORTED = st.sampled_from([SHIP.replace(sender_reference="R1"), FLIGHT.replace(sender_reference="R1")])
CONVERSATIONS = st.builds(
    lambda first, rest: [(first, OWNER), *rest],
    REPORTED,
    st.lists(st.tuples(st.one_of(IMPENDING, ACTUAL), st.sampled_from([OWNER, OWNER, AGENT, OTHER])), max_size=9),
)
Conversation = list[tuple[ArrivalReport, str]]


def held(conversation: Conversation) -> tuple[VoyageFacts, list[Outcome]]:
    """What is known after a conversation, and how each report went."""
    known, outcomes = facts(), []
    for number, (document, owner) in enumerate(conversation):
        outcome = decide(document, known, number, owner=owner, now=LATER)
        known.apply(request(document, number, owner=owner), outcome)
        outcomes.append(outcome)
    return known, outcomes


def latest(outcomes: list[Outcome]) -> tuple[list[StoredVoyage], list[StoredArrival]]:
    """The voyages and arrivals as the conversation left them."""
    changes = [outcome.change for outcome in outcomes if outcome.change is not None]
    voyages = {change.voyage.reference: change.voyage for change in changes}
    arrivals = {(each.arrival.owner, each.arrival.name, each.arrival.sender_reference): each.arrival for each in changes
                if each.arrival is not None}  # fmt: skip
    return list(voyages.values()), list(arrivals.values())


def again(voyage: StoredVoyage) -> StoredVoyage:
    """The voyage as it comes back from the database."""
    conditions = tuple(Condition.from_json(each.to_json()) for each in voyage.conditions)
    calls = tuple(replace(each, line=PortCall.from_json(each.line.to_json())) for each in voyage.calls)
    document = type(voyage.document).from_json(voyage.document.to_json())
    return replace(voyage, conditions=conditions, calls=calls, document=document)


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_arrivals_and_ports_of_call_agree(conversation: Conversation) -> None:
    voyages, arrivals = latest(held(conversation)[1])
    reported = {(voyage.reference, call.number, call.arrived_at, call.arrival) for voyage in voyages
                for call in voyage.calls if call.arrived_at is not None}  # fmt: skip
    standing = {
        (each.voyage, each.call, each.arrived_at, each.sender_reference) for each in arrivals if not each.withdrawn
    }
    assert reported == standing
    for voyage in voyages:
        arrived = [call for call in voyage.calls if call.arrived_at is not None]
        assert [call for call in arrived if call.removed or call.phase is not Phase.ARRIVED] == []
        assert not (arrived and voyage.withdrawn)


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_a_voyage_is_always_possible(conversation: Conversation) -> None:
    voyages, _ = latest(held(conversation)[1])
    for voyage in voyages:
        moments = [call.estimated_at for call in voyage.standing]
        actual_moments = [call.arrived_at for call in voyage.standing if call.arrived_at is not None]
        assert len(moments) == len(set(moments)) > 0
        assert len(actual_moments) == len(set(actual_moments))
        assert [call.port for call in voyage.document.calls] == [call.port for call in voyage.standing]
        assert len({call.number for call in voyage.calls}) == len(voyage.calls)
        if not voyage.withdrawn:
            assert [call.phase for call in voyage.calls] == [phase(call, voyage.craft, LATER) for call in voyage.calls]
            assert voyage.status is not Status.WITHDRAWN


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_legs_that_stand_do_not_overlap(conversation: Conversation) -> None:
    voyages = [each for each in latest(held(conversation)[1])[0] if not each.withdrawn]
    for voyage in voyages:
        others = [each for each in voyages if each.craft == voyage.craft and each is not voyage]
        begins, ends = voyage.standing[0].estimated_at, voyage.standing[-1].estimated_at
        assert all(ends < each.standing[0].estimated_at or begins > each.standing[-1].estimated_at for each in others)


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_versions_rise_and_nothing_follows_a_withdrawal(conversation: Conversation) -> None:
    _, outcomes = held(conversation)
    history: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
    for outcome in outcomes:
        if outcome.change is not None:
            voyage, arrival = outcome.change.voyage, outcome.change.arrival
            key = (arrival.owner, arrival.name, arrival.sender_reference) if arrival else (voyage.reference,)
            history.setdefault(key, []).append((outcome.change.version.version, (arrival or voyage).withdrawn))
    for versions in history.values():
        numbers = [number for number, _ in versions]
        assert numbers == sorted(set(numbers))
        assert True not in [withdrawn for _, withdrawn in versions[:-1]]


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_a_batch_decides_as_its_reports_one_at_a_time(conversation: Conversation) -> None:
    _, together = held(conversation)
    voyages: dict[str, StoredVoyage] = {}
    arrivals: dict[tuple[str, ...], StoredArrival] = {}
    for number, ((document, owner), outcome) in enumerate(zip(conversation, together, strict=True)):
        alone = decide(document, facts(voyages.values(), arrivals.values()), number, owner=owner, now=LATER)
        assert alone == outcome
        if alone.change is not None:
            voyages[alone.change.voyage.reference] = again(alone.change.voyage)
            if alone.change.arrival is not None:
                made = alone.change.arrival
                arrivals[made.owner, made.name, made.sender_reference] = made


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_a_rejection_says_why_and_an_acceptance_has_no_error(conversation: Conversation) -> None:
    for outcome in held(conversation)[1]:
        assert outcome.accepted is not has_errors(outcome.findings)
        assert (outcome.change is None) is not outcome.accepted
        assert bool(outcome.documents) is bool(outcome.findings)
        if not outcome.accepted:
            assert outcome.due == ()


@settings(max_examples=80, deadline=None)
@given(CONVERSATIONS)
def test_the_next_due_date_is_to_come(conversation: Conversation) -> None:
    moment = LATER + timedelta(0)
    dates = [due.at for outcome in held(conversation)[1] for due in outcome.due if due.at is not None]
    assert [at for at in dates if at <= moment] == []
