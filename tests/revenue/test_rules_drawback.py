"""The rules on drawback claims: each with a case that passes and one that fails."""

from decimal import Decimal
from typing import Any

from document_verdicts import broken, findings, held, not_applied, texts, verdict
from message_examples import example
from openics.messages.revenue.drwbck import DrawbackClaim


def drawback(**line: Any) -> DrawbackClaim:
    """The example, its second line changed."""
    document = example("revenue", "DRWBCK")
    assert isinstance(document, DrawbackClaim)
    first, second = document.lines
    return document.replace(lines=(first, second.replace(**line)))


def test_the_example_breaks_no_rule() -> None:
    assert findings(drawback()) == []
    assert findings(example("revenue", "DRWBCK", "smallest")) == []


def test_DRWBCK_01_a_claim_is_a_hundred_dollars_at_least() -> None:
    assert verdict("DRWBCK-01", drawback().replace(total=Decimal(100))) == held("DRWBCK-01")
    assert verdict("DRWBCK-01", drawback().replace(total=Decimal("99.99"))) == broken("DRWBCK-01")
    assert verdict("DRWBCK-01", drawback().replace(total=None)) == not_applied("DRWBCK-01")
    assert verdict("DRWBCK-01", drawback().replace(total=Decimal(1), function="50")) == not_applied("DRWBCK-01")


def test_DRWBCK_02_lines_make_the_total() -> None:
    assert verdict("DRWBCK-02", drawback()) == held("DRWBCK-02")
    assert verdict("DRWBCK-02", drawback(duty_claimed=Decimal("59.99"))) == broken("DRWBCK-02")
    assert verdict("DRWBCK-02", drawback(action="D").replace(total=Decimal(200))) == held("DRWBCK-02")
    assert verdict("DRWBCK-02", drawback().replace(lines=())) == not_applied("DRWBCK-02")
    assert verdict("DRWBCK-02", drawback().replace(total=Decimal(1), function="50")) == not_applied("DRWBCK-02")


def test_DRWBCK_03_a_claimant_is_named() -> None:
    nobody = drawback().replace(claimant_abn=None)
    assert verdict("DRWBCK-03", drawback()) == held("DRWBCK-03")
    assert verdict("DRWBCK-03", nobody.replace(claimant_id="AAA3436797Y")) == held("DRWBCK-03")
    assert verdict("DRWBCK-03", nobody) == broken("DRWBCK-03")
    assert verdict("DRWBCK-03", nobody.replace(function="50")) == not_applied("DRWBCK-03")


def test_DRWBCK_04_goods_keep_more_than_a_quarter_of_their_value() -> None:
    assert verdict("DRWBCK-04", drawback(export_price=Decimal("300.01"))) == held("DRWBCK-04")
    quarter = drawback(export_price=Decimal("300.00"))
    assert verdict("DRWBCK-04", quarter) == broken("DRWBCK-04", 2)
    assert texts(quarter) == ["FOB EXPORT PRICE 300.00 IS 25 PER CENT OR LESS OF THE IMPORT CUSTOMS VALUE 1200.00"]
    only = drawback(export_price=None)
    assert verdict("DRWBCK-04", only.replace(lines=only.lines[1:])) == not_applied("DRWBCK-04")


def test_DRWBCK_05_no_more_is_claimed_than_was_paid() -> None:
    assert verdict("DRWBCK-05", drawback()) == held("DRWBCK-05")
    assert verdict("DRWBCK-05", drawback(duty_paid=Decimal("59.99"))) == broken("DRWBCK-05", 2)
    only = drawback(duty_paid=None)
    assert verdict("DRWBCK-05", only.replace(lines=only.lines[1:])) == not_applied("DRWBCK-05")


def test_DRWBCK_06_the_import_is_named_unless_duty_is_imputed() -> None:
    assert verdict("DRWBCK-06", drawback()) == held("DRWBCK-06")
    for missing in ("import_declaration", "import_line", "duty_paid"):
        assert verdict("DRWBCK-06", drawback(**{missing: None})) == broken("DRWBCK-06", 2)
    assert verdict("DRWBCK-06", drawback(import_line=None, action="D")) == held("DRWBCK-06")
    assert verdict("DRWBCK-06", drawback(import_line=None).replace(method="C")) == not_applied("DRWBCK-06")
    assert verdict("DRWBCK-06", drawback(import_line=None).replace(function="50")) == not_applied("DRWBCK-06")
