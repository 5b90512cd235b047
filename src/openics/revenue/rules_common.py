"""Rules that all messages on declarations, release, payment and drawback share, on the document alone.

Source: ICS software developers guide, business rules common to the messages of release 3B; where they are silent, as the
business rules of the cargo messages have it (inferred).
"""

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.messages.codes import LineAction, MessageFunction
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.imd_lines import ImportLine
from openics.messages.imports.imped import AggregatedPeriodicDeclaration, DetailedPeriodicDeclaration
from openics.messages.imports.movapp import MovementApplication
from openics.messages.imports.periodic import PeriodicLine
from openics.messages.imports.rcr import ReleaseRequest
from openics.messages.imports.sac import ClearanceLine, SelfAssessedClearance
from openics.messages.revenue.drwbck import DrawbackClaim, DrawbackLine
from openics.messages.revenue.payment import PaymentApproval
from openics.revenue.error_ids import ERROR_IDS

COMMON: Final = "business rules common to release 3B messages, ICS software developers guide"
CARGO: Final = "business rules of the import cargo messages, ICS software developers guide"

Periodic = DetailedPeriodicDeclaration | AggregatedPeriodicDeclaration
Declared = ImportDeclaration | SelfAssessedClearance | Periodic | DrawbackClaim
"""What has tariff lines."""
Request = ReleaseRequest | MovementApplication
DeclaredLine = ImportLine | ClearanceLine | PeriodicLine | DrawbackLine
WithBank = ImportDeclaration | SelfAssessedClearance | Periodic | DrawbackClaim | PaymentApproval

_NUMBERS: Final = {"RCR": "release_number", "DRWBCK": "claim_number"}
"""Where a message keeps its own number, other than in `declaration_number`."""


@rule("B03", error=ERROR_IDS["B03"], source=COMMON, evidence="D")
def original_from_version_one(document: Declared | Request | PaymentApproval) -> Verdict:
    """SENDER REFERENCE VERSION OF AN ORIGINAL MUST BE 1 OR HIGHER"""
    if document.function != MessageFunction.ORIGINAL or document.version is None:
        return None
    return document.version >= 1


@rule("DECL-01", error=ERROR_IDS["DECL-01"], source=CARGO, evidence="I")
def function_allowed(document: Declared | Request | PaymentApproval) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 4 OR 50"""
    return document.function in (MessageFunction.ORIGINAL, MessageFunction.CHANGE, MessageFunction.WITHDRAW)


@rule("DECL-02", error=ERROR_IDS["DECL-02"], source=CARGO, evidence="I")
def number_given(document: Declared | ReleaseRequest) -> Verdict:
    """THE NUMBER THAT CUSTOMS GAVE MUST BE SUPPLIED UNLESS THE MESSAGE IS AN ORIGINAL"""
    if document.function == MessageFunction.ORIGINAL:
        return None
    return getattr(document, _NUMBERS.get(document.name, "declaration_number")) is not None


@rule("DECL-03", error=ERROR_IDS["DECL-03"], source="import clearance manual, amendments", evidence="D")
def change_reason_given(document: ImportDeclaration | SelfAssessedClearance | DrawbackClaim) -> Verdict:
    """CHANGE REASON MUST BE SUPPLIED ON A CHANGE"""
    return document.change_reason is not None if document.function == MessageFunction.CHANGE else None


@rule("DECL-04", error=ERROR_IDS["DECL-04"], source=CARGO, evidence="I", per_line=True)
def original_inserts(line: DeclaredLine, document: Declared) -> Verdict:
    """LINE ACTION CODE OF LINE {line.number} CANNOT BE {line.action} ON AN ORIGINAL, WHICH INSERTS ALL LINES"""
    if line.action is None or document.function != MessageFunction.ORIGINAL:
        return None
    return line.action == LineAction.INSERT


@rule("DECL-05", error=ERROR_IDS["DECL-05"], source=CARGO, evidence="I", per_line=True)
def change_says_what_becomes_of_a_line(line: DeclaredLine, document: Declared) -> Verdict:
    """LINE ACTION CODE OF LINE {line.number} MUST BE I, A OR D ON A CHANGE"""
    return line.action in LineAction.meanings() if document.function == MessageFunction.CHANGE else None


@rule("DECL-06", error=ERROR_IDS["DECL-06"], source=CARGO, evidence="I", per_line=True)
def withdrawn_as_a_whole(line: DeclaredLine, document: Declared) -> Verdict:
    """A WITHDRAWAL APPLIES TO THE WHOLE; LINE {line.number} CANNOT BE AMENDED OR DELETED BY IT"""
    return line.action in (None, LineAction.INSERT) if document.function == MessageFunction.WITHDRAW else None


@rule("DECL-07", error=ERROR_IDS["DECL-07"], source=CARGO, evidence="I")
def line_numbers_differ(document: Declared | Request) -> Verdict:
    """EVERY LINE MUST HAVE A NUMBER OF ITS OWN"""
    numbers = [line.number for line in document.lines]
    return len(set(numbers)) == len(numbers) if numbers else None


@rule("BANK-01", error=ERROR_IDS["BANK-01"], source=COMMON, evidence="I")
def bank_data_complete(document: WithBank) -> Verdict:
    """BANK STATE BRANCH AND BANK ACCOUNT NUMBER MUST BE SUPPLIED BOTH OR NEITHER"""
    if document.bsb is None and document.bank_account is None:
        return None
    return document.bsb is not None and document.bank_account is not None


@rule("BANK-02", error=ERROR_IDS["BANK-02"], source=COMMON, evidence="I")
def account_named_with_number(document: WithBank) -> Verdict:
    """BANK ACCOUNT NAME MUST NOT BE SUPPLIED WITHOUT A BANK ACCOUNT NUMBER"""
    return document.bank_account is not None if document.bank_account_name is not None else None


BANK_RULES: Final[tuple[Rule, ...]] = (bank_data_complete, account_named_with_number)
"""The rules of messages that name a bank account."""

LINE_RULES: Final[tuple[Rule, ...]] = (
    line_numbers_differ,
    original_inserts,
    change_says_what_becomes_of_a_line,
    withdrawn_as_a_whole,
)
"""The rules of messages with tariff lines."""

REQUEST_RULES: Final[tuple[Rule, ...]] = (original_from_version_one, function_allowed)
"""The rules of messages that can be changed and withdrawn."""


def declares(document: Declared | Request) -> bool:
    """Whether a message carries its data; a withdrawal need not."""
    return document.function != MessageFunction.WITHDRAW


def stays(line: DeclaredLine) -> bool:
    """Whether a line carries its data; one that is deleted need not."""
    return line.action != LineAction.DELETE
