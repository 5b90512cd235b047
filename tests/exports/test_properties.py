"""What holds for any conversation about a declaration."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from export_declarations import CLEAR, EDN, OTHER, OWNER, amendment, decide, facts, lines, request
from openics.decision.conditions import Condition
from openics.decision.outcome import Outcome
from openics.exports.codes import Status
from openics.exports.facts import StoredDeclaration
from openics.messages.exports.exd import ExportDeclaration

RIFLE = {"ahecc": "93033000", "net_quantity_unit": "NO"}

VERSIONS = st.integers(0, 6)
ORIGINALS = VERSIONS.map(lambda version: CLEAR.replace(version=version))
LINES = st.lists(
    st.fixed_dictionaries(
        {"number": st.integers(1, 3), "action": st.sampled_from([None, "I", "A", "D"])},
        optional={"permits": st.just(()), "ahecc": st.sampled_from(["93033000", "03026200"])},
    ),
    max_size=3,
).map(lambda changes: lines(*[{**RIFLE, **change} for change in changes]))
AMENDMENTS = st.builds(
    lambda function, version, sent: amendment(function, version=version, lines=sent),
    st.sampled_from(["4", "5", "20", "50", "1"]),
    VERSIONS,
    LINES,
)
CONVERSATIONS = st.lists(st.tuples(st.one_of(ORIGINALS, AMENDMENTS), st.sampled_from([OWNER, OTHER])), max_size=8)


def stored_again(declaration: StoredDeclaration) -> StoredDeclaration:
    """The declaration as it comes back from the database."""
    conditions = tuple(Condition.from_json(each.to_json()) for each in declaration.conditions)
    return replace(
        declaration,
        conditions=conditions,
        document=ExportDeclaration.from_json(declaration.document.to_json()),
        status=Status(declaration.status.value),
    )


@settings(max_examples=60, deadline=None)
@given(CONVERSATIONS)
def test_a_batch_decides_as_its_documents_one_at_a_time(conversation: list[tuple[ExportDeclaration, str]]) -> None:
    together = facts()
    known: dict[str, StoredDeclaration] = {}
    for number, (document, owner) in enumerate(conversation):
        carried = decide(document, together, number, owner=owner)
        together.apply(request(document, number, owner=owner), carried)
        alone = decide(document, facts(known.values()), number, owner=owner)
        assert alone == carried
        if alone.change is not None:
            known[alone.change.declaration.edn] = stored_again(alone.change.declaration)


@settings(max_examples=60, deadline=None)
@given(CONVERSATIONS)
def test_versions_rise_and_nothing_follows_a_withdrawal(conversation: list[tuple[ExportDeclaration, str]]) -> None:
    known = facts()
    accepted: dict[str, list[Outcome]] = {}
    for number, (document, owner) in enumerate(conversation):
        outcome = decide(document, known, number, owner=owner)
        known.apply(request(document, number, owner=owner), outcome)
        if outcome.accepted:
            accepted.setdefault(outcome.subject_key, []).append(outcome)
    for outcomes in accepted.values():
        declarations = [outcome.change.declaration for outcome in outcomes]
        versions = [declaration.version for declaration in declarations]
        assert versions == sorted(set(versions))
        assert [each.amendments for each in declarations] == list(range(len(declarations)))
        assert len({(each.owner, each.sender_reference, each.lodged_at) for each in declarations}) == 1
        assert Status.WITHDRAWN not in [each.status for each in declarations[:-1]]


@settings(max_examples=60, deadline=None)
@given(st.one_of(ORIGINALS, AMENDMENTS), st.sampled_from([OWNER, OTHER]))
def test_a_rejection_changes_nothing_and_says_why(document: ExportDeclaration, owner: str) -> None:
    known = facts([decide(CLEAR, number=0).change.declaration])
    before = known.declaration(EDN)
    outcome = decide(document, known, owner=owner)
    known.apply(request(document, owner=owner), outcome)
    if not outcome.accepted:
        assert known.declaration(EDN) == before
        assert (outcome.change, outcome.due) == (None, ())
        assert outcome.documents[0].document.error_count > 0
