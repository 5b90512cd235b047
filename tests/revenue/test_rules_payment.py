"""The rules on payment approvals: each with a case that passes and one that fails."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from document_verdicts import broken, findings, held, not_applied, texts, verdict
from message_examples import example
from openics.messages.revenue.payment import PaymentAmount, PaymentApproval

ALL = pytest.mark.parametrize("name", ["PAYSTD", "PAYPED", "PAYWK"])


def approval(name: str) -> PaymentApproval:
    document = example("revenue", name)
    assert isinstance(document, PaymentApproval)
    return document


@ALL
def test_the_example_breaks_no_rule(name: str) -> None:
    assert findings(approval(name)) == []
    assert findings(example("revenue", name, "smallest")) == []


@ALL
def test_PAY_02_something_is_paid(name: str) -> None:
    assert verdict("PAY-02", approval(name).replace(total=Decimal("0.01"))) == held("PAY-02")
    assert verdict("PAY-02", approval(name).replace(total=Decimal(0))) == broken("PAY-02")
    assert verdict("PAY-02", approval(name).replace(total=None)) == not_applied("PAY-02")


@ALL
def test_PAY_03_amounts_make_the_total(name: str) -> None:
    assert verdict("PAY-03", approval(name)) == held("PAY-03")
    wrong = approval(name).replace(total=Decimal("3078.01"))
    assert verdict("PAY-03", wrong) == broken("PAY-03")
    assert texts(wrong) == ["THE AMOUNTS DO NOT ADD UP TO THE TOTAL 3078.01"]
    assert verdict("PAY-03", approval(name).replace(amounts=())) == not_applied("PAY-03")


@ALL
def test_PAY_04_each_kind_of_amount_stands_once(name: str) -> None:
    twice = (PaymentAmount(kind="369", amount=Decimal(1)), PaymentAmount(kind="369", amount=Decimal(2)))
    assert verdict("PAY-04", approval(name)) == held("PAY-04")
    assert verdict("PAY-04", approval(name).replace(amounts=twice)) == broken("PAY-04")
    assert verdict("PAY-04", approval(name).replace(amounts=())) == not_applied("PAY-04")


@ALL
def test_PAY_05_payments_are_in_local_currency(name: str) -> None:
    assert verdict("PAY-05", approval(name).replace(currency="AUD")) == held("PAY-05")
    assert verdict("PAY-05", approval(name).replace(currency="NZD")) == broken("PAY-05")
    assert verdict("PAY-05", approval(name)) == not_applied("PAY-05")


@pytest.mark.parametrize("name", ["PAYPED", "PAYWK"])
def test_PAY_07_a_period_has_both_ends(name: str) -> None:
    periodic: Any = approval(name)
    open_ended = periodic.replace(period_end=None)
    assert verdict("PAY-07", periodic) == held("PAY-07")
    assert verdict("PAY-07", open_ended) == broken("PAY-07")
    assert verdict("PAY-07", periodic.replace(period_start=None)) == broken("PAY-07")
    assert verdict("PAY-07", periodic.replace(period_end=date(2026, 10, 1))) == broken("PAY-07")
    assert verdict("PAY-07", open_ended.replace(period_start=None)) == not_applied("PAY-07")


def test_PAY_08_a_week_is_over_before_it_is_paid() -> None:
    weekly = approval("PAYWK")
    assert verdict("PAY-08", weekly) == held("PAY-08")
    assert verdict("PAY-08", weekly.replace(period_start=date(2026, 10, 25))) == broken("PAY-08")
    assert verdict("PAY-08", weekly.replace(period_start=date(2026, 11, 2))) == not_applied("PAY-08")
    assert verdict("PAY-08", weekly.replace(payment_date=date(2026, 11, 1))) == broken("PAY-08")
    assert verdict("PAY-08", weekly.replace(period_start=None)) == not_applied("PAY-08")
