"""The rules on release, movement and periodic declarations: each with a case that passes and one that fails."""

from datetime import date
from typing import Any

import pytest

from document_verdicts import broken, held, not_applied, verdict
from message_examples import example


def sent(name: str, **changes: Any) -> Any:
    return example("imports", name).replace(**changes)


def with_goods(document: Any, **changes: Any) -> Any:
    """The document, the goods of its first line changed."""
    line = document.lines[0]
    reference = line.references[0]
    goods = tuple(each.replace(**changes) for each in reference.goods)
    return document.replace(lines=(line.replace(references=(reference.replace(goods=goods),)), *document.lines[1:]))


def test_RCR_01_packages_add_up() -> None:
    assert verdict("RCR-01", sent("RCR")) == held("RCR-01")
    assert verdict("RCR-01", sent("RCR", total_packages=671)) == broken("RCR-01")
    assert verdict("RCR-01", sent("RCR", total_packages=None)) == not_applied("RCR-01")
    assert verdict("RCR-01", with_goods(sent("RCR"), packages=None)) == not_applied("RCR-01")


@pytest.mark.parametrize("name", ["RCR", "MOVAPP"])
def test_CARGO_01_packages_have_a_type(name: str) -> None:
    assert verdict("CARGO-01", sent(name)) == held("CARGO-01")
    assert verdict("CARGO-01", with_goods(sent(name), package_type=None)) == broken("CARGO-01", 1)
    first = sent(name, lines=sent(name).lines[:1])
    assert verdict("CARGO-01", with_goods(first, packages=None)) == not_applied("CARGO-01")


@pytest.mark.parametrize("name", ["RCR", "MOVAPP"])
def test_CARGO_02_cargo_stands_in_one_line(name: str) -> None:
    line = sent(name).lines[0]
    other = line.replace(number=2, references=(line.references[0].replace(reference="CSNU8356338"),))
    assert verdict("CARGO-02", sent(name, lines=(line, other))) == held("CARGO-02")
    assert verdict("CARGO-02", sent(name, lines=(line, line.replace(number=2)))) == broken("CARGO-02", 1, 2)
    bill = line.references[0].replace(kind="MB", reference="EXOB2611101")
    sharing = tuple(each.replace(references=(bill, *each.references)) for each in (line, other))
    assert verdict("CARGO-02", sent(name, lines=sharing)) == held("CARGO-02")
    assert verdict("CARGO-02", sent(name, lines=(line,))) == not_applied("CARGO-02")


def test_MOVAPP_01_goods_move_elsewhere() -> None:
    assert verdict("MOVAPP-01", sent("MOVAPP")) == held("MOVAPP-01")
    assert verdict("MOVAPP-01", sent("MOVAPP", destination="FM27N")) == broken("MOVAPP-01")
    assert verdict("MOVAPP-01", sent("MOVAPP", origin=None)) == not_applied("MOVAPP-01")


@pytest.mark.parametrize("name", ["IMPED1", "IMPED2"])
def test_IMPED_01_a_period_lies_in_a_month(name: str) -> None:
    assert verdict("IMPED-01", sent(name)) == held("IMPED-01")
    assert verdict("IMPED-01", sent(name, period_end=date(2026, 12, 1))) == broken("IMPED-01")
    assert verdict("IMPED-01", sent(name, period_end=date(2027, 11, 30))) == broken("IMPED-01")
    assert verdict("IMPED-01", sent(name, period_start=date(2026, 11, 30), period_end=date(2026, 11, 1))) == broken(
        "IMPED-01"
    )
    assert verdict("IMPED-01", sent(name, period_end=None)) == not_applied("IMPED-01")


@pytest.mark.parametrize("name", ["IMPED1", "IMPED2"])
def test_IMPED_02_a_release_is_named_once(name: str) -> None:
    releases = sent(name).releases
    assert verdict("IMPED-02", sent(name)) == held("IMPED-02")
    assert verdict("IMPED-02", sent(name, releases=(*releases, releases[0]))) == broken("IMPED-02")
    assert verdict("IMPED-02", sent(name, releases=())) == not_applied("IMPED-02")


def test_IMPED2_01_lines_stand_under_the_last_release() -> None:
    first, last = sent("IMPED2").releases
    early = sent("IMPED2", releases=(first.replace(lines=last.lines), last.replace(lines=())))
    assert verdict("IMPED2-01", sent("IMPED2")) == held("IMPED2-01")
    assert verdict("IMPED2-01", early) == broken("IMPED2-01")
    assert verdict("IMPED2-01", sent("IMPED2", releases=())) == not_applied("IMPED2-01")


def test_IMPED2_02_there_is_a_line() -> None:
    bare = sent("IMPED2", releases=sent("IMPED2").releases[:1])
    assert verdict("IMPED2-02", sent("IMPED2")) == held("IMPED2-02")
    assert verdict("IMPED2-02", bare) == broken("IMPED2-02")
    assert verdict("IMPED2-02", bare.replace(function="50")) == not_applied("IMPED2-02")
