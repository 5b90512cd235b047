"""Rules on drawback claims, on the document alone.

Sources: Customs Regulation 2015; the ruling on drawback in the legal database of the ATO; customs guidance on drawback.
"""

from decimal import Decimal
from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.messages.revenue.codes import ClaimMethod
from openics.messages.revenue.drwbck import DrawbackClaim, DrawbackLine
from openics.revenue.error_ids import ERROR_IDS
from openics.revenue.rules_common import (
    BANK_RULES,
    LINE_RULES,
    REQUEST_RULES,
    change_reason_given,
    declares,
    number_given,
    stays,
)

GUIDANCE: Final = "customs guidance on drawback; Customs Regulation 2015"
SMALLEST_CLAIM: Final = Decimal(100)
LEAST_SHARE: Final = Decimal("0.25")
"""The export price must be more than this share of the customs value at import."""


@rule("DRWBCK-01", error=ERROR_IDS["DRWBCK-01"], source=GUIDANCE, evidence="D")
def claim_large_enough(document: DrawbackClaim) -> Verdict:
    """TOTAL CLAIMED {document.total} IS LESS THAN AUD 100"""
    return document.total >= SMALLEST_CLAIM if declares(document) and document.total is not None else None


@rule("DRWBCK-02", error=ERROR_IDS["DRWBCK-02"], source=GUIDANCE, evidence="I")
def lines_make_the_total(document: DrawbackClaim) -> Verdict:
    """THE DUTY CLAIMED BY LINE DOES NOT ADD UP TO THE TOTAL CLAIMED {document.total}"""
    if document.total is None or not document.lines or not declares(document):
        return None
    claimed = (line.duty_claimed or Decimal(0) for line in document.lines if stays(line))
    return sum(claimed, Decimal(0)) == document.total


@rule("DRWBCK-03", error=ERROR_IDS["DRWBCK-03"], source=GUIDANCE, evidence="I")
def claimant_given(document: DrawbackClaim) -> Verdict:
    """CLAIMANT ABN OR CLAIMANT ID MUST BE SUPPLIED"""
    if not declares(document):
        return None
    return document.claimant_abn is not None or document.claimant_id is not None


@rule("DRWBCK-04", error=ERROR_IDS["DRWBCK-04"], source=GUIDANCE, evidence="D", per_line=True)
def exported_for_a_real_price(line: DrawbackLine, document: DrawbackClaim) -> Verdict:  # noqa: ARG001
    """FOB EXPORT PRICE {line.export_price} IS 25 PER CENT OR LESS OF THE IMPORT CUSTOMS VALUE {line.customs_value}"""
    if line.export_price is None or line.customs_value is None:
        return None
    return line.export_price > line.customs_value * LEAST_SHARE


@rule("DRWBCK-05", error=ERROR_IDS["DRWBCK-05"], source=GUIDANCE, evidence="I", per_line=True)
def no_more_than_was_paid(line: DrawbackLine, document: DrawbackClaim) -> Verdict:  # noqa: ARG001
    """DUTY CLAIMED {line.duty_claimed} IS MORE THAN THE DUTY PAID {line.duty_paid}"""
    if line.duty_claimed is None or line.duty_paid is None:
        return None
    return line.duty_claimed <= line.duty_paid


@rule("DRWBCK-06", error=ERROR_IDS["DRWBCK-06"], source=GUIDANCE, evidence="I", per_line=True)
def import_named(line: DrawbackLine, document: DrawbackClaim) -> Verdict:
    """IMPORT DECLARATION, ITS LINE AND THE DUTY PAID MUST BE SUPPLIED UNLESS THE CLAIM IS BY IMPUTATION"""
    if document.method == ClaimMethod.IMPUTATION or not declares(document) or not stays(line):
        return None
    return None not in (line.import_declaration, line.import_line, line.duty_paid)


DRAWBACK_RULES: Final[tuple[Rule, ...]] = (
    *REQUEST_RULES,
    number_given,
    change_reason_given,
    *LINE_RULES,
    *BANK_RULES,
    claim_large_enough,
    lines_make_the_total,
    claimant_given,
    exported_for_a_real_price,
    no_more_than_was_paid,
    import_named,
)
"""The rules of a drawback claim, in the order in which their errors are reported."""
