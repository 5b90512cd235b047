"""Rules on the header of an export declaration.

Sources: ICS software developers guide, EXD business rules with its table of dependencies; form B957 and the field guide
to export declarations. Items whose condition carries no published id are numbered here, EXD-H-nn.
"""

from typing import Final

from openics.clients.codes import ClientKind
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.exports.case import Case
from openics.exports.codes import codes_of
from openics.exports.error_ids import ERROR_IDS
from openics.exports.policy import DOUBTFUL_COUNTRY, PERSONAL_GOODS
from openics.messages.codes import (
    CargoType,
    ClientRole,
    ConfirmingExportType,
    GoodsType,
    Indicator,
    ReportingPartyType,
    TransportMode,
)
from openics.messages.exports.exd import ExportDeclaration
from openics.reference.codes import CodeList, EstablishmentKind

RULES_PAGE: Final = "EXD business rules, ICS software developers guide"
FORM: Final = "form B957, notes"
FIELD_GUIDE: Final = "completing export declarations, field guide"
DATA_QUALITY: Final = "improving export data, customs notice"

_FOR_THE_CARRIER: Final = (GoodsType.STORES, GoodsType.SPARES)
_ON_A_CRAFT: Final = (*_FOR_THE_CARRIER, GoodsType.BAGGAGE)
_WITH_CONTAINERS: Final = (CargoType.CONTAINERISED, CargoType.COMBINATION)


@rule("EXD-H-01", error=ERROR_IDS["EXD-H-01"], source=FORM, evidence="D")
def lines_given(document: ExportDeclaration) -> Verdict:
    """AT LEAST ONE LINE MUST BE DECLARED"""
    return len(document.lines) > 0


@rule("E02-A", error=ERROR_IDS["E02-A"], source=RULES_PAGE, evidence="D")
def sender_may_report(document: ExportDeclaration, facts: Case) -> Verdict:
    """SENDER {facts.request.owner} IS NOT REGISTERED AS EXPORTER, OR, REPORTING AS AGENT, AS EXPORTER AGENT"""
    sender = facts.client(facts.request.owner)
    return sender is not None and _needed_role(document) in sender.roles


@rule("E02-B", error=ERROR_IDS["E02-B"], source=RULES_PAGE, evidence="I")
def goods_owner_registered(document: ExportDeclaration, facts: Case) -> Verdict:
    """GOODS OWNER {document.goods_owner} IS NOT REGISTERED AS AN EXPORTER"""
    if document.goods_owner is None:
        return None
    owner = facts.client(document.goods_owner)
    return owner is not None and ClientRole.EXPORTER in owner.roles


@rule("E03", error=ERROR_IDS["E03"], source=RULES_PAGE, evidence="D")
def export_date_given(document: ExportDeclaration, facts: Case) -> Verdict:
    """INTENDED DATE OF EXPORT MUST BE SUPPLIED AND NOT BE LATER THAN {facts.last_day}, 180 DAYS FROM LODGEMENT"""
    return document.intended_export_date is not None and document.intended_export_date <= facts.last_day


@rule("EXD-H-02", error=ERROR_IDS["EXD-H-02"], source=RULES_PAGE, evidence="I")
def export_date_not_past(document: ExportDeclaration, facts: Case) -> Verdict:
    """INTENDED DATE OF EXPORT {document.intended_export_date} IS BEFORE TODAY, {facts.today} AT THE PORT OF LOADING"""
    day = document.intended_export_date
    if day is None or (facts.own is not None and day == facts.own.document.intended_export_date):
        return None
    return day >= facts.today


@rule("EXD-H-03", error=ERROR_IDS["EXD-H-03"], source=RULES_PAGE, evidence="D")
def customable_indicator_given(document: ExportDeclaration) -> Verdict:
    """CUSTOMABLE EXCISABLE INDICATOR MUST BE Y OR N"""
    return document.customable_excisable in codes_of(Indicator)


@rule("EXD-H-04", error=ERROR_IDS["EXD-H-04"], source=RULES_PAGE, evidence="D")
def prescribed_indicator_given(document: ExportDeclaration) -> Verdict:
    """PRESCRIBED GOODS INDICATOR MUST BE Y OR N"""
    return document.prescribed_goods in codes_of(Indicator)


@rule("E09-A", error=ERROR_IDS["E09-A"], source=RULES_PAGE, evidence="I")
def prescribed_is_customable(document: ExportDeclaration) -> Verdict:
    """PRESCRIBED GOODS MUST BE DECLARED CUSTOMABLE EXCISABLE"""
    return document.customable_excisable == Indicator.YES if document.prescribed_goods == Indicator.YES else None


@rule("EXD-H-05", error=ERROR_IDS["EXD-H-05"], source=RULES_PAGE, evidence="D")
def reporting_party_type_given(document: ExportDeclaration) -> Verdict:
    """REPORTING PARTY TYPE MUST BE O (OWNER) OR A (AGENT)"""
    return document.reporting_party_type in codes_of(ReportingPartyType)


@rule("EXD-H-06", error=ERROR_IDS["EXD-H-06"], source=RULES_PAGE, evidence="D")
def goods_owner_given(document: ExportDeclaration) -> Verdict:
    """GOODS OWNER PARTY ID MUST BE SUPPLIED WHEN AN AGENT REPORTS"""
    return document.goods_owner is not None if document.reporting_party_type == ReportingPartyType.AGENT else None


@rule("EXD-H-07", error=ERROR_IDS["EXD-H-07"], source=RULES_PAGE, evidence="D")
def confirming_type_given(document: ExportDeclaration) -> Verdict:
    """CONFIRMING EXPORT TYPE MUST BE N, Y OR C"""
    return document.confirming_export_type in codes_of(ConfirmingExportType)


@rule("EXD-H-08", error=ERROR_IDS["EXD-H-08"], source=RULES_PAGE, evidence="D")
def consignee_name_given(document: ExportDeclaration) -> Verdict:
    """CONSIGNEE NAME MUST BE SUPPLIED UNLESS THE GOODS TYPE IS ST OR SP"""
    return None if document.goods_type in _FOR_THE_CARRIER else document.consignee_name is not None


@rule("EXD-H-09", error=ERROR_IDS["EXD-H-09"], source=RULES_PAGE, evidence="D")
def consignee_city_given(document: ExportDeclaration) -> Verdict:
    """CONSIGNEE CITY MUST BE SUPPLIED UNLESS THE GOODS TYPE IS ST OR SP"""
    return None if document.goods_type in _FOR_THE_CARRIER else document.consignee_city is not None


@rule("EXD-H-10", error=ERROR_IDS["EXD-H-10"], source=RULES_PAGE, evidence="I", severity=Severity.ADVICE)
def consignee_city_overseas(document: ExportDeclaration, facts: Case) -> Verdict:
    """CONSIGNEE CITY {document.consignee_city} IS ALSO IN AUSTRALIA; THE CONSIGNEE MUST BE OVERSEAS"""
    if document.consignee_city is None:
        return None
    return facts.known(CodeList.AUSTRALIAN_PLACE, document.consignee_city) is None


@rule("EXD-H-11", error=ERROR_IDS["EXD-H-11"], source=RULES_PAGE, evidence="D")
def port_of_loading_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """PORT OF LOADING MUST BE THE UN/LOCODE OF AN AUSTRALIAN PORT"""
    code = document.port_of_loading or ""
    return code.startswith("AU") and facts.known(CodeList.PORT, code) is not None


@rule("EXD-H-12", error=ERROR_IDS["EXD-H-12"], source=RULES_PAGE, evidence="D")
def destination_given(document: ExportDeclaration) -> Verdict:
    """FINAL DESTINATION COUNTRY CODE MUST BE SUPPLIED UNLESS THE GOODS TYPE IS ST OR SP"""
    return None if document.goods_type in _FOR_THE_CARRIER else document.destination_country is not None


@rule("EXD-H-13", error=ERROR_IDS["EXD-H-13"], source="ISO 3166-1", evidence="D")
def destination_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """FINAL DESTINATION COUNTRY CODE {document.destination_country} IS NOT AN ISO 3166 COUNTRY"""
    code = document.destination_country
    return None if code is None else facts.known(CodeList.COUNTRY, code) is not None


@rule("EXD-H-14", error=ERROR_IDS["EXD-H-14"], source=RULES_PAGE, evidence="D")
def discharge_port_given(document: ExportDeclaration) -> Verdict:
    """FIRST PORT OF DISCHARGE MUST BE SUPPLIED UNLESS THE GOODS TYPE IS PO, ST OR SP OR THE EXPORT IS CONFIRMING"""
    if document.goods_type in (GoodsType.POSTAL, *_FOR_THE_CARRIER) or _details_follow(document):
        return None
    return document.first_port_of_discharge is not None


@rule("EXD-H-15", error=ERROR_IDS["EXD-H-15"], source="UN/LOCODE", evidence="D")
def discharge_port_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """FIRST PORT OF DISCHARGE {document.first_port_of_discharge} IS NOT A KNOWN UN/LOCODE"""
    code = document.first_port_of_discharge
    return None if code is None else facts.known(CodeList.PORT, code) is not None


@rule("EXD-H-16", error=ERROR_IDS["EXD-H-16"], source=RULES_PAGE, evidence="D")
def transport_mode_given(document: ExportDeclaration) -> Verdict:
    """MODE OF TRANSPORT MUST BE SUPPLIED, 11 (SEA) OR 6 (AIR), UNLESS THE GOODS TYPE IS PO"""
    if document.transport_mode is None and document.goods_type == GoodsType.POSTAL:
        return None
    return document.transport_mode in codes_of(TransportMode)


@rule("EXD-H-17", error=ERROR_IDS["EXD-H-17"], source=RULES_PAGE, evidence="D")
def goods_type_given(document: ExportDeclaration) -> Verdict:
    """EXPORT GOODS TYPE MUST BE OT, ST, SP, OP, AB OR PO"""
    return document.goods_type in codes_of(GoodsType)


@rule("EXD-H-18", error=ERROR_IDS["EXD-H-18"], source=RULES_PAGE, evidence="D")
def vessel_given(document: ExportDeclaration) -> Verdict:
    """VESSEL ID MUST BE SUPPLIED BY SEA WHEN THE GOODS TYPE IS ST, SP OR AB"""
    return document.vessel_id is not None if _goes_on(document, TransportMode.SEA) else None


@rule("EXD-H-19", error=ERROR_IDS["EXD-H-19"], source=RULES_PAGE, evidence="I")
def voyage_given(document: ExportDeclaration) -> Verdict:
    """VOYAGE NUMBER MUST BE SUPPLIED BY SEA WHEN THE GOODS TYPE IS ST, SP OR AB"""
    return document.voyage_or_flight is not None if _goes_on(document, TransportMode.SEA) else None


@rule("EXD-H-20", error=ERROR_IDS["EXD-H-20"], source=FIELD_GUIDE, evidence="I")
def flight_given(document: ExportDeclaration) -> Verdict:
    """AIRLINE CODE AND FLIGHT NUMBER MUST BE SUPPLIED BY AIR WHEN THE GOODS TYPE IS ST, SP OR AB"""
    if not _goes_on(document, TransportMode.AIR):
        return None
    return document.carrier is not None and document.voyage_or_flight is not None


@rule("EXD-H-21", error=ERROR_IDS["EXD-H-21"], source=RULES_PAGE, evidence="D")
def warehouse_given(document: ExportDeclaration) -> Verdict:
    """WAREHOUSE ESTABLISHMENT ID MUST BE SUPPLIED FOR CUSTOMABLE OR EXCISABLE GOODS"""
    return document.warehouse_establishment is not None if document.customable_excisable == Indicator.YES else None


@rule("EXD-H-22", error=ERROR_IDS["EXD-H-22"], source=RULES_PAGE, evidence="I")
def warehouse_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """WAREHOUSE ESTABLISHMENT ID {document.warehouse_establishment} IS NOT A LICENSED WAREHOUSE"""
    if document.warehouse_establishment is None:
        return None
    establishment = facts.known(CodeList.ESTABLISHMENT, document.warehouse_establishment)
    return establishment is not None and establishment.data["kind"] == EstablishmentKind.WAREHOUSE


@rule("EXD-H-23", error=ERROR_IDS["EXD-H-23"], source=FIELD_GUIDE, evidence="D")
def cargo_type_known(document: ExportDeclaration) -> Verdict:
    """CARGO TYPE MUST BE C, CO, N OR B"""
    return None if document.cargo_type is None else document.cargo_type in codes_of(CargoType)


@rule("EXD-H-24", error=ERROR_IDS["EXD-H-24"], source=FIELD_GUIDE, evidence="I", severity=Severity.ADVICE)
def containers_counted(document: ExportDeclaration) -> Verdict:
    """TOTAL CONTAINERS SHOULD BE SUPPLIED FOR CONTAINERISED CARGO"""
    return bool(document.total_containers) if document.cargo_type in _WITH_CONTAINERS else None


@rule("EXD-H-25", error=ERROR_IDS["EXD-H-25"], source=RULES_PAGE, evidence="D")
def invoice_currency_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """INVOICE CURRENCY CODE MUST BE SUPPLIED AND BE AN ISO 4217 CURRENCY"""
    return facts.known(CodeList.CURRENCY, document.invoice_currency) is not None


@rule("EXD-H-26", error=ERROR_IDS["EXD-H-26"], source=RULES_PAGE, evidence="D")
def fob_currency_known(document: ExportDeclaration, facts: Case) -> Verdict:
    """FOB CURRENCY CODE MUST BE SUPPLIED AND BE AN ISO 4217 CURRENCY"""
    return facts.known(CodeList.CURRENCY, document.fob_currency) is not None


@rule("EXD-H-27", error=ERROR_IDS["EXD-H-27"], source=RULES_PAGE, evidence="D")
def total_value_given(document: ExportDeclaration) -> Verdict:
    """TOTAL FOB VALUE MUST BE SUPPLIED, UNLESS THE EXPORT IS CONFIRMING, AND NOT BE NEGATIVE"""
    if document.total_fob_value is None:
        return _details_follow(document)
    return document.total_fob_value >= 0


@rule("EXD-H-28", error=ERROR_IDS["EXD-H-28"], source=FORM, evidence="I")
def lines_add_up(document: ExportDeclaration) -> Verdict:
    """FOB VALUES OF THE LINES DO NOT ADD UP TO THE TOTAL FOB VALUE {document.total_fob_value}"""
    values = [line.fob_value for line in document.lines if line.fob_value is not None]
    if document.total_fob_value is None or len(values) < len(document.lines):
        return None
    return sum(values) == document.total_fob_value


@rule("EXD-H-29", error=ERROR_IDS["EXD-H-29"], source=RULES_PAGE, evidence="D")
def consolidation_only_for_cargo(document: ExportDeclaration) -> Verdict:
    """CONSOLIDATION REFERENCE NUMBER IS ALLOWED ONLY BY SEA OR AIR AND WITH GOODS TYPE OT"""
    if document.consolidation_reference is None:
        return None
    return document.transport_mode in codes_of(TransportMode) and document.goods_type == GoodsType.OTHER


@rule("E08-A", error=ERROR_IDS["E08-A"], source=DATA_QUALITY, evidence="D", severity=Severity.ADVICE)
def personal_export_without_abn(document: ExportDeclaration, facts: Case) -> Verdict:
    """PERSONAL EXPORTS SHOULD NOT BE DECLARED UNDER A COMPANY'S ABN"""
    if document.goods_type not in PERSONAL_GOODS:
        return None
    owner = facts.client(document.goods_owner or facts.request.owner)
    return owner is None or owner.kind is not ClientKind.ABN


@rule("E08-B", error=ERROR_IDS["E08-B"], source=DATA_QUALITY, evidence="D", severity=Severity.ADVICE)
def discharge_overseas(document: ExportDeclaration) -> Verdict:
    """FIRST PORT OF DISCHARGE SHOULD BE THE FIRST PORT OVERSEAS WHERE THE GOODS ARE UNLOADED"""
    code = document.first_port_of_discharge
    return None if code is None else not code.startswith("AU")


@rule("E08-C", error=ERROR_IDS["E08-C"], source=DATA_QUALITY, evidence="D", severity=Severity.ADVICE)
def korea_checked(document: ExportDeclaration) -> Verdict:
    """DESTINATION KP IS NORTH KOREA; CHECK THAT KR, THE REPUBLIC OF KOREA, IS NOT MEANT"""
    return None if document.destination_country is None else document.destination_country != DOUBTFUL_COUNTRY


HEADER_RULES: Final[tuple[Rule, ...]] = (
    sender_may_report,
    lines_given,
    export_date_given,
    export_date_not_past,
    customable_indicator_given,
    prescribed_indicator_given,
    prescribed_is_customable,
    reporting_party_type_given,
    goods_owner_given,
    goods_owner_registered,
    confirming_type_given,
    consignee_name_given,
    consignee_city_given,
    consignee_city_overseas,
    port_of_loading_known,
    destination_given,
    destination_known,
    korea_checked,
    discharge_port_given,
    discharge_port_known,
    discharge_overseas,
    transport_mode_given,
    goods_type_given,
    vessel_given,
    voyage_given,
    flight_given,
    warehouse_given,
    warehouse_known,
    cargo_type_known,
    containers_counted,
    invoice_currency_known,
    fob_currency_known,
    total_value_given,
    lines_add_up,
    consolidation_only_for_cargo,
    personal_export_without_abn,
)
"""In the order in which their errors are reported."""


def _needed_role(document: ExportDeclaration) -> str:
    agent = document.reporting_party_type == ReportingPartyType.AGENT
    return (ClientRole.EXPORTER_AGENT if agent else ClientRole.EXPORTER).value


def _details_follow(document: ExportDeclaration) -> bool:
    """Whether value, quantities, weight and port of discharge may still be unknown (s114B)."""
    return document.confirming_export_type == ConfirmingExportType.CONFIRMING


def _goes_on(document: ExportDeclaration, mode: TransportMode) -> bool:
    return document.transport_mode == mode and document.goods_type in _ON_A_CRAFT
