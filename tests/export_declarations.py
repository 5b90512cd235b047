"""Export declarations for tests: the published sample, a clear one, and what is known when they are decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient
from openics.decision.authority_numbers import authority_number
from openics.decision.conditions import Condition, State
from openics.decision.outcome import Outcome, Request
from openics.decision.rule import RuleResult
from openics.exports.codes import ConditionName
from openics.exports.decide import decide_declaration
from openics.exports.facts import ExportFacts, StoredDeclaration
from openics.exports.status import status
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.reference.facts import ReferenceFacts
from openics.reference.samples import samples

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
"""The day of NOW in Melbourne."""

OWNER = "51824753556"
OTHER = "53004085616"
EDN = authority_number(0)
"""The number of the first declaration."""
AGENT = "CHL9469934R"
SITE = "AAA676Y"

PUBLISHED_LINE = ExportLine(
    number=1,
    action="I",
    description="GOODS DESCRIPTION",
    origin_country="US",
    origin_code="YY-FO",
    net_quantity=Decimal(10),
    net_quantity_unit="KG",
    gross_weight=Decimal(10),
    gross_weight_unit="KG",
    fob_value=Decimal(5000),
    ahecc="03026200",
    permits=("PIF9999999",),
)
PUBLISHED = ExportDeclaration(
    sender_reference="200401270001",
    version=1,
    function="9",
    port_of_loading="AUMEL",
    first_port_of_discharge="USLAX",
    destination_country="US",
    warehouse_establishment="ABC123",
    intended_export_date=date(2003, 1, 28),
    confirming_export_type="N",
    customable_excisable="Y",
    reporting_party_type="O",
    cargo_type="N",
    goods_type="OT",
    transport_mode="11",
    consignee_name="DHL",
    consignee_city="MELBOURNE",
    invoice_currency="AUD",
    fob_currency="AUD",
    total_fob_value=Decimal(5000),
    lines=(PUBLISHED_LINE,),
    total_packages=25,
)
"""The export declaration of the published test script."""

LINE = PUBLISHED_LINE.replace(ahecc="03023601")
CLEAR = PUBLISHED.replace(
    intended_export_date=date(2026, 12, 1), prescribed_goods="N", consignee_city="LOS ANGELES", lines=(LINE,)
)
"""The published declaration with a date to come, a code in force and the indicator that it lacks."""


def lines(*changes: dict[str, Any]) -> tuple[ExportLine, ...]:
    """Copies of the clear line with changes, numbered from 1 unless they say otherwise."""
    return tuple(LINE.replace(**{"number": number, **change}) for number, change in enumerate(changes, start=1))


def client(client_id: str, *roles: str, kind: ClientKind = ClientKind.ABN, active: bool = True) -> RegisteredClient:
    """A registered client."""
    return RegisteredClient(client_id, kind, NOW, roles=roles, active=active)


CLIENTS = (
    client(OWNER, "EXPORTER"),
    client(OTHER, "EXPORTER"),
    client(AGENT, "EXPORTER AGENT", kind=ClientKind.ORGANISATION),
)


@cache
def reference() -> ReferenceFacts:
    """The sample reference data."""
    return ReferenceFacts(samples())


def request(document: Document, number: int = 1, **about: Any) -> Request:
    """The document as sent by the owner's site by mail."""
    given = {"site": SITE, "owner": OWNER, "channel": "mail", "received_at": NOW, **about}
    return Request(number=number, document=document, **given)


def facts(stored: Iterable[StoredDeclaration] = (), clients: Iterable[RegisteredClient] = CLIENTS) -> ExportFacts:
    """What is known, with numbers enough for requests 0 to 999."""
    return ExportFacts(
        stored,
        clients={each.client_id: each for each in clients},
        reference=reference(),
        edn_numbers={number: number for number in range(1000)},
        response_numbers={number: number for number in range(1000)},
    )


def decide(document: ExportDeclaration, known: ExportFacts | None = None, number: int = 1, **about: Any) -> Outcome:
    """Decide on a declaration; `now` may be given."""
    now = about.pop("now", NOW)
    return decide_declaration(request(document, number, **about), known or facts(), now)


def stored(document: ExportDeclaration = CLEAR, number: int = 0, **about: Any) -> StoredDeclaration:
    """The declaration as stored after it was lodged."""
    outcome = decide(document, number=number, **about)
    assert outcome.accepted, outcome.findings
    declaration: StoredDeclaration = outcome.change.declaration
    return declaration


def amendment(function: str = "5", base: ExportDeclaration = CLEAR, **changes: Any) -> ExportDeclaration:
    """The second version of a declaration that was lodged as request 0."""
    given = {"function": function, "version": 2, "declaration_number": EDN, **changes}
    return base.replace(**given)


def exported(declaration: StoredDeclaration) -> StoredDeclaration:
    """The declaration after a manifest named it."""
    conditions = [each for each in declaration.conditions if each.name != ConditionName.EXPORTED]
    conditions.append(Condition(ConditionName.EXPORTED, State.MET, "on a main manifest", NOW))
    return replace(declaration, conditions=tuple(conditions), status=status(conditions))


def verdict(rule: str, document: ExportDeclaration, known: ExportFacts | None = None, **about: Any) -> RuleResult:
    """What a rule said when the declaration was decided."""
    return {result.rule: result for result in decide(document, known, **about).results}[rule]


def held(rule: str) -> RuleResult:
    """The rule applied and holds."""
    return RuleResult(rule, applied=True)


def broken(rule: str, *places: int) -> RuleResult:
    """The rule is broken in these places: 0 the header, which is meant when none is given."""
    return RuleResult(rule, applied=True, broken=places or (0,))


def not_applied(rule: str) -> RuleResult:
    """The rule has nothing to say."""
    return RuleResult(rule, applied=False)
