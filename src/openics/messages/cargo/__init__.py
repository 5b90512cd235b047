"""Messages on cargo that arrives: reports, lists, discharge, outturn, movement, status."""

from typing import Final

from openics.messages.cargo.aircr import AirCargoReport
from openics.messages.cargo.aircrr import AirCargoReportResponse
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.airintr import AirIntegratedReportResponse
from openics.messages.cargo.airout import AirOutturn
from openics.messages.cargo.airoutr import AirOutturnResponse
from openics.messages.cargo.carlst import CargoList
from openics.messages.cargo.carlstr import CargoListResponse
from openics.messages.cargo.carst import CargoStatusAdvice
from openics.messages.cargo.prodis import ProgressiveDischarge
from openics.messages.cargo.prodisr import ProgressiveDischargeResponse
from openics.messages.cargo.seacr import SeaCargoReport
from openics.messages.cargo.seacrr import SeaCargoReportResponse
from openics.messages.cargo.seaint import SeaIntegratedReport
from openics.messages.cargo.seaintr import SeaIntegratedReportResponse
from openics.messages.cargo.seaout import SeaOutturn
from openics.messages.cargo.seaoutr import SeaOutturnResponse
from openics.messages.cargo.sei import EstablishmentInformation
from openics.messages.cargo.seq import EstablishmentQuery
from openics.messages.cargo.seqr import EstablishmentQueryResponse
from openics.messages.cargo.ubmreq import UnderbondRequest
from openics.messages.cargo.ubmreqe import UnderbondRequestErrors
from openics.messages.cargo.ubmreqr import UnderbondNoticeMessage
from openics.messages.document import Document

MESSAGES: Final[tuple[type[Document], ...]] = (
    AirCargoReport,
    AirCargoReportResponse,
    AirIntegratedReport,
    AirIntegratedReportResponse,
    AirOutturn,
    AirOutturnResponse,
    CargoList,
    CargoListResponse,
    CargoStatusAdvice,
    ProgressiveDischarge,
    ProgressiveDischargeResponse,
    SeaCargoReport,
    SeaCargoReportResponse,
    SeaIntegratedReport,
    SeaIntegratedReportResponse,
    SeaOutturn,
    SeaOutturnResponse,
    EstablishmentInformation,
    EstablishmentQuery,
    EstablishmentQueryResponse,
    UnderbondRequest,
    UnderbondRequestErrors,
    UnderbondNoticeMessage,
)
