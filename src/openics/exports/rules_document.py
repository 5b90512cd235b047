"""Rules on an export declaration as a document: its reference, its version, and what it may change.

Source: ICS software developers guide, EXD business rules and the business rules common to the export messages.
"""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.exports.case import Case
from openics.exports.codes import Status, codes_of
from openics.exports.error_ids import ERROR_IDS
from openics.exports.policy import INTERACTIVE_CHANNEL, MOST_AMENDMENTS, MOST_LINES, STALE
from openics.messages.codes import DeclarationFunction, LineAction
from openics.messages.exports.exd import ExportDeclaration, ExportLine

RULES_PAGE: Final = "EXD business rules, ICS software developers guide"
COMMON: Final = "business rules of the export messages, ICS software developers guide"
TEST_SCRIPTS: Final = "EDI test routines and scripts, ICS software developers guide"
FORWARDER: Final = "export FAQ of a software vendor; ABF on arrival reports"


@rule("EXD-D-01", error=ERROR_IDS["EXD-D-01"], source=RULES_PAGE, evidence="D")
def transaction_type_known(document: ExportDeclaration) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 4, 5, 20 OR 50"""
    return document.function in codes_of(DeclarationFunction)


@rule("EXD-D-02", error=ERROR_IDS["EXD-D-02"], source=RULES_PAGE, evidence="D")
def sender_reference_given(document: ExportDeclaration) -> Verdict:
    """SENDER REFERENCE MUST BE SUPPLIED"""
    return bool(document.sender_reference)


@rule("X02", error=ERROR_IDS["X02"], source=TEST_SCRIPTS, evidence="D")
def sender_reference_unused(document: ExportDeclaration, facts: Case) -> Verdict:
    """SENDER REFERENCE {document.sender_reference} IS ALREADY USED FOR EXPORT DECLARATION {facts.namesake.edn}"""
    return facts.namesake is None if facts.original else None


@rule("X03", error=ERROR_IDS["X03"], source=COMMON, evidence="D")
def version_from_one(document: ExportDeclaration) -> Verdict:
    """SENDER REFERENCE VERSION MUST BE 1 OR HIGHER"""
    return document.version is not None and document.version >= 1


@rule("EXD-D-03", error=ERROR_IDS["EXD-D-03"], source=RULES_PAGE, evidence="D")
def declaration_number_given(document: ExportDeclaration, facts: Case) -> Verdict:
    """EXPORT DECLARATION NUMBER MUST BE SUPPLIED UNLESS THE DECLARATION IS AN ORIGINAL"""
    return None if facts.original else document.declaration_number is not None


@rule("X05", error=ERROR_IDS["X05"], source=COMMON, evidence="D")
def original_stored(document: ExportDeclaration, facts: Case) -> Verdict:
    """THERE IS NO EXPORT DECLARATION TO CHANGE, REPLACE OR WITHDRAW; SEND AN ORIGINAL"""
    return None if facts.original else facts.stored is not None


@rule("X07", error=ERROR_IDS["X07"], source=COMMON, evidence="I")
def same_reporting_party(document: ExportDeclaration, facts: Case) -> Verdict:
    """ONLY THE ORIGINAL REPORTING PARTY MAY CHANGE, REPLACE OR WITHDRAW EXPORT DECLARATION {facts.stored.edn}"""
    return None if facts.stored is None else facts.lodged_by_sender


@rule("EXD-D-04", error=ERROR_IDS["EXD-D-04"], source=TEST_SCRIPTS, evidence="I")
def number_and_reference_agree(document: ExportDeclaration, facts: Case) -> Verdict:
    """SENDER REFERENCE {document.sender_reference} IS NOT THAT OF EXPORT DECLARATION {facts.stored.edn}"""
    return None if facts.own is None else facts.own.sender_reference == document.sender_reference


@rule("X08", error=ERROR_IDS["X08"], source=COMMON, evidence="I")
def not_withdrawn(document: ExportDeclaration, facts: Case) -> Verdict:
    """EXPORT DECLARATION {facts.own.edn} IS WITHDRAWN AND CANNOT BE CHANGED OR WITHDRAWN AGAIN"""
    return None if facts.own is None else facts.own.status is not Status.WITHDRAWN


@rule("X06", error=ERROR_IDS["X06"], source=COMMON, evidence="D")
def version_not_stale(document: ExportDeclaration, facts: Case) -> Verdict:
    """VERSION {document.version} IS STALE; THE LATEST VERSION STORED IS {facts.own.version}"""
    if facts.own is None or document.version is None:
        return None
    return not STALE[document.name](document.version, facts.own.version)


@rule("X04", error=ERROR_IDS["X04"], source=COMMON, evidence="I")
def amendments_limited(document: ExportDeclaration, facts: Case) -> Verdict:
    """AN EXPORT DECLARATION CANNOT BE CHANGED, REPLACED OR WITHDRAWN MORE THAN 998 TIMES"""
    return None if facts.own is None else facts.own.amendments < MOST_AMENDMENTS


@rule("X14", error=ERROR_IDS["X14"], source=FORWARDER, evidence="D")
def not_touched_interactively(document: ExportDeclaration, facts: Case) -> Verdict:
    """EXPORT DECLARATION {facts.own.edn} WAS CHANGED IN CUSTOMS INTERACTIVE; AMEND OR WITHDRAW IT THERE"""
    if facts.own is None or facts.request.channel == INTERACTIVE_CHANNEL:
        return None
    return facts.own.channel != INTERACTIVE_CHANNEL


@rule("EXD-W-01", error=ERROR_IDS["EXD-W-01"], source="Customs Act 1901 s119A", evidence="D")
def withdrawn_before_export(document: ExportDeclaration, facts: Case) -> Verdict:
    """EXPORT DECLARATION {facts.own.edn} CANNOT BE WITHDRAWN: THE GOODS ARE EXPORTED"""
    if facts.own is None or document.function != DeclarationFunction.WITHDRAW:
        return None
    return facts.own.status not in (Status.EXPIRED, Status.EXPIRED_ERROR)


@rule("E01", error=ERROR_IDS["E01"], source=RULES_PAGE, evidence="D")
def at_most_999_lines(document: ExportDeclaration) -> Verdict:
    """AT MOST 999 LINES MAY BE DECLARED"""
    return len(document.lines) <= MOST_LINES


@rule("X09-A", error=ERROR_IDS["X09-A"], source=COMMON, evidence="D")
def heading_without_lines(document: ExportDeclaration) -> Verdict:
    """REPLACE HEADING (20) CARRIES THE HEADER ONLY; SEND NO LINES"""
    return not document.lines if document.function == DeclarationFunction.REPLACE_HEADING else None


@rule("X09-B", error=ERROR_IDS["X09-B"], source=COMMON, evidence="D", per_line=True)
def line_action_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """LINE ACTION CODE MUST BE I, A OR D ON A CHANGE"""
    return line.action in codes_of(LineAction) if document.function == DeclarationFunction.CHANGE else None


@rule("X09-C", error=ERROR_IDS["X09-C"], source=COMMON, evidence="I", per_line=True)
def line_action_possible(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """LINE {line.number} CANNOT BE AMENDED OR DELETED IF IT DOES NOT EXIST, NOR INSERTED IF IT DOES"""
    if document.function != DeclarationFunction.CHANGE or facts.own is None:
        return None
    return (line.number in facts.stored_numbers) is (line.action != LineAction.INSERT)


@rule("X09-D", error=ERROR_IDS["X09-D"], source=COMMON, evidence="I", per_line=True)
def line_changed_once(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """LINE {line.number} OCCURS MORE THAN ONCE IN THE CHANGE"""
    return line.number not in facts.repeated_numbers if document.function == DeclarationFunction.CHANGE else None


DOCUMENT_RULES: Final[tuple[Rule, ...]] = (
    transaction_type_known,
    sender_reference_given,
    sender_reference_unused,
    version_from_one,
    declaration_number_given,
    original_stored,
    same_reporting_party,
    number_and_reference_agree,
    not_withdrawn,
    version_not_stale,
    amendments_limited,
    not_touched_interactively,
    withdrawn_before_export,
    at_most_999_lines,
    heading_without_lines,
    line_action_given,
    line_action_possible,
    line_changed_once,
)
"""In the order in which their errors are reported."""
