"""Rules on release, movement and periodic declarations, on the document alone.

Sources: ICS software developers guide, guidelines of RCR, MOVAPP, IMPED1 and IMPED2.
"""

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.imports.error_ids import ERROR_IDS
from openics.messages.imports.imped import AggregatedPeriodicDeclaration
from openics.messages.imports.movapp import MovementApplication, MovementLine
from openics.messages.imports.rcr import ReleaseLine, ReleaseRequest
from openics.revenue.rules_common import Periodic, Request, declares

RELEASE: Final = "RCR and MOVAPP guidelines, ICS software developers guide"
PERIODIC: Final = "IMPED1 and IMPED2 guidelines, ICS software developers guide"


@rule("RCR-01", error=ERROR_IDS["RCR-01"], source=RELEASE, evidence="I")
def packages_add_up(document: ReleaseRequest) -> Verdict:
    """THE PACKAGES OF THE LINES DO NOT ADD UP TO THE TOTAL PACKAGES {document.total_packages}"""
    counts = [goods.packages for line in document.lines for each in line.references for goods in each.goods]
    if document.total_packages is None or not counts or None in counts:
        return None
    return sum(count or 0 for count in counts) == document.total_packages


@rule("CARGO-01", error=ERROR_IDS["CARGO-01"], source=RELEASE, evidence="I", per_line=True)
def packages_have_a_type(line: ReleaseLine | MovementLine, document: Request) -> Verdict:  # noqa: ARG001
    """PACKAGES OF LINE {line.number} MUST BE SUPPLIED WITH THEIR TYPE"""
    goods = [goods for each in line.references for goods in each.goods if goods.packages is not None]
    return all(each.package_type is not None for each in goods) if goods else None


@rule("CARGO-02", error=ERROR_IDS["CARGO-02"], source=RELEASE, evidence="I", per_line=True)
def cargo_referred_to_once(line: ReleaseLine | MovementLine, document: Request) -> Verdict:
    """LINE {line.number} NAMES THE SAME CARGO AS ANOTHER LINE"""
    others = [_cargo(other) for other in document.lines if other is not line]
    return _cargo(line) not in others if others else None


def _cargo(line: ReleaseLine | MovementLine) -> set[tuple[str | None, str | None]]:
    """What a line names; lines may share a bill, but not everything."""
    return {(each.kind, each.reference) for each in line.references}


@rule("MOVAPP-01", error=ERROR_IDS["MOVAPP-01"], source=RELEASE, evidence="I")
def moved_elsewhere(document: MovementApplication) -> Verdict:
    """ORIGIN AND DESTINATION ESTABLISHMENT ARE THE SAME"""
    if document.origin is None or document.destination is None:
        return None
    return document.origin != document.destination


@rule("IMPED-01", error=ERROR_IDS["IMPED-01"], source=PERIODIC, evidence="I")
def period_within_a_month(document: Periodic) -> Verdict:
    """THE PERIOD MUST LIE WITHIN ONE MONTH, ITS START NOT AFTER ITS END"""
    first, last = document.period_start, document.period_end
    if first is None or last is None:
        return None
    return first <= last and (first.year, first.month) == (last.year, last.month)


@rule("IMPED-02", error=ERROR_IDS["IMPED-02"], source=PERIODIC, evidence="I")
def releases_named_once(document: Periodic) -> Verdict:
    """EACH REQUEST FOR CARGO RELEASE MAY BE NAMED ONCE"""
    numbers = [release.release_number for release in document.releases]
    return len(set(numbers)) == len(numbers) if numbers else None


@rule("IMPED2-01", error=ERROR_IDS["IMPED2-01"], source=PERIODIC, evidence="D")
def lines_after_all_releases(document: AggregatedPeriodicDeclaration) -> Verdict:
    """ALL REQUESTS FOR CARGO RELEASE COME FIRST; TARIFF LINES STAND UNDER THE LAST OF THEM ONLY"""
    return not any(release.lines for release in document.releases[:-1]) if document.releases else None


@rule("IMPED2-02", error=ERROR_IDS["IMPED2-02"], source=PERIODIC, evidence="I")
def lines_declared(document: AggregatedPeriodicDeclaration) -> Verdict:
    """AT LEAST ONE TARIFF LINE MUST BE DECLARED"""
    return len(document.lines) > 0 if declares(document) else None


CARGO_RULES: Final[tuple[Rule, ...]] = (packages_have_a_type, cargo_referred_to_once)
"""The rules of the lines of both requests."""

PERIODIC_RULES: Final[tuple[Rule, ...]] = (period_within_a_month, releases_named_once)
"""The rules of both periodic declarations."""
