"""The rules that all messages on declarations, release, payment and drawback share."""

from typing import Any

import pytest

from document_verdicts import broken, held, not_applied, verdict
from message_examples import example
from openics.messages.document import Document

DECLARED = [("imports", name) for name in ("IMD", "SAC", "IMPED1", "IMPED2")] + [("revenue", "DRWBCK")]
REQUESTS = [("imports", "RCR"), ("imports", "MOVAPP")]
PAYMENTS = [("revenue", name) for name in ("PAYSTD", "PAYPED", "PAYWK")]


def each(*kinds: list[tuple[str, str]]) -> pytest.MarkDecorator:
    names = [name for kind in kinds for name in kind]
    return pytest.mark.parametrize("document", [example(*name) for name in names], ids=[name[1] for name in names])


def with_actions(document: Any, action: str | None) -> Any:
    """The document with one action on all lines, which may stand inside releases."""
    if "releases" in document.field_names:
        releases = tuple(
            release.replace(lines=tuple(line.replace(action=action) for line in release.lines))
            for release in document.releases
        )
        return document.replace(releases=releases)
    return document.replace(lines=tuple(line.replace(action=action) for line in document.lines))


@each(DECLARED, REQUESTS, PAYMENTS)
def test_B03_an_original_starts_at_version_one(document: Document) -> None:
    assert verdict("B03", document) == held("B03")
    assert verdict("B03", document.replace(version=0)) == broken("B03")
    assert verdict("B03", document.replace(version=0, function="50")) == not_applied("B03")


@each(DECLARED, REQUESTS, PAYMENTS)
def test_DECL_01_only_three_functions_are_known(document: Document) -> None:
    for function in ("9", "4", "50"):
        assert verdict("DECL-01", document.replace(function=function)) == held("DECL-01")
    for function in ("5", "13", None):
        assert verdict("DECL-01", document.replace(function=function)) == broken("DECL-01")


@pytest.mark.parametrize(
    ("room", "name", "field"),
    [
        ("imports", "IMD", "declaration_number"),
        ("imports", "SAC", "declaration_number"),
        ("imports", "IMPED1", "declaration_number"),
        ("imports", "IMPED2", "declaration_number"),
        ("imports", "RCR", "release_number"),
        ("revenue", "DRWBCK", "claim_number"),
    ],
)
def test_DECL_02_a_later_message_names_the_number_it_is_about(room: str, name: str, field: str) -> None:
    document = example(room, name).replace(**{field: None})
    assert verdict("DECL-02", document) == not_applied("DECL-02")
    for function in ("4", "50"):
        later = document.replace(function=function)
        assert verdict("DECL-02", later) == broken("DECL-02")
        assert verdict("DECL-02", later.replace(**{field: "AFHCT3PJG"})) == held("DECL-02")


@each([("imports", "IMD"), ("imports", "SAC"), ("revenue", "DRWBCK")])
def test_DECL_03_a_change_gives_its_reason(document: Document) -> None:
    change = document.replace(function="4", change_reason=None)
    assert verdict("DECL-03", change.replace(change_reason="PRICE REDUCED")) == held("DECL-03")
    assert verdict("DECL-03", change) == broken("DECL-03")
    assert verdict("DECL-03", change.replace(function="9")) == not_applied("DECL-03")


@each(DECLARED)
def test_DECL_04_an_original_inserts_its_lines(document: Document) -> None:
    numbers = [line.number for line in document.lines]  # type: ignore[attr-defined]
    assert verdict("DECL-04", document) == held("DECL-04")
    assert verdict("DECL-04", with_actions(document, "A")) == broken("DECL-04", *numbers)
    assert verdict("DECL-04", with_actions(document, None)) == not_applied("DECL-04")
    assert verdict("DECL-04", document.replace(function="4")) == not_applied("DECL-04")


@each(DECLARED)
def test_DECL_05_a_change_says_what_becomes_of_each_line(document: Document) -> None:
    change = document.replace(function="4")
    numbers = [line.number for line in document.lines]  # type: ignore[attr-defined]
    for action in ("I", "A", "D"):
        assert verdict("DECL-05", with_actions(change, action)) == held("DECL-05")
    assert verdict("DECL-05", with_actions(change, None)) == broken("DECL-05", *numbers)
    assert verdict("DECL-05", document) == not_applied("DECL-05")


@each(DECLARED)
def test_DECL_06_a_withdrawal_leaves_lines_alone(document: Document) -> None:
    withdrawal = document.replace(function="50")
    numbers = [line.number for line in document.lines]  # type: ignore[attr-defined]
    assert verdict("DECL-06", withdrawal) == held("DECL-06")
    assert verdict("DECL-06", with_actions(withdrawal, "D")) == broken("DECL-06", *numbers)
    assert verdict("DECL-06", with_actions(document, "D")) == not_applied("DECL-06")


@each([("imports", "IMD"), ("revenue", "DRWBCK"), ("imports", "RCR")])
def test_DECL_07_line_numbers_differ(document: Any) -> None:
    assert verdict("DECL-07", document) == held("DECL-07")
    assert verdict("DECL-07", document.replace(lines=(*document.lines, document.lines[0]))) == broken("DECL-07")
    assert verdict("DECL-07", document.replace(lines=())) == not_applied("DECL-07")


def test_DECL_07_line_numbers_differ_over_all_releases() -> None:
    document: Any = example("imports", "IMPED1")
    first = document.releases[0]
    twice = document.replace(releases=(first, first.replace(release_number="AFHCT3PJG")))
    assert verdict("DECL-07", document) == held("DECL-07")
    assert verdict("DECL-07", twice) == broken("DECL-07")


BARE = {"bank_account": None, "bank_account_name": None, "bsb": None}


@each(DECLARED, PAYMENTS)
def test_BANK_01_branch_and_account_stand_together(document: Document) -> None:
    bare = document.replace(**BARE)
    assert verdict("BANK-01", bare) == not_applied("BANK-01")
    assert verdict("BANK-01", bare.replace(bank_account="000000001", bsb="999999")) == held("BANK-01")
    assert verdict("BANK-01", bare.replace(bank_account="000000001")) == broken("BANK-01")
    assert verdict("BANK-01", bare.replace(bsb="999999")) == broken("BANK-01")


@each(DECLARED, PAYMENTS)
def test_BANK_02_a_name_needs_an_account(document: Document) -> None:
    bare = document.replace(**BARE)
    assert verdict("BANK-02", bare) == not_applied("BANK-02")
    assert verdict("BANK-02", bare.replace(bank_account_name="A")) == broken("BANK-02")
    assert verdict("BANK-02", bare.replace(bank_account_name="A", bank_account="1")) == held("BANK-02")
