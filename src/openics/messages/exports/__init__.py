"""Messages on export declarations, manifests, and the notices of terminals, depots and warehouses."""

from typing import Final

from openics.messages.document import Document
from openics.messages.exports.carmov import CarrierMovementAdvice
from openics.messages.exports.ctorec import ReceivalNotice
from openics.messages.exports.ctorecr import ReceivalNoticeResponse
from openics.messages.exports.ctorem import RemovalNotice
from openics.messages.exports.ctoremr import RemovalNoticeResponse
from openics.messages.exports.deparr import DepotArrivalNotice
from openics.messages.exports.deprec import DepotReceival
from openics.messages.exports.deprecr import DepotReceivalResponse
from openics.messages.exports.deprel import DepotRelease
from openics.messages.exports.deprelr import DepotReleaseResponse
from openics.messages.exports.emm import MainManifest
from openics.messages.exports.emmr import MainManifestResponse
from openics.messages.exports.esm import SubManifest
from openics.messages.exports.esmr import SubManifestResponse
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.exped1 import PeriodicDeclarationByNumber
from openics.messages.exports.exped1r import PeriodicDeclarationByNumberResponse
from openics.messages.exports.exped2 import AggregatedPeriodicDeclaration
from openics.messages.exports.exped2r import AggregatedPeriodicDeclarationResponse
from openics.messages.exports.idl import IdleAdvice
from openics.messages.exports.racean import AccreditedNumberRequest
from openics.messages.exports.raceanr import AccreditedNumberResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.exports.streqr import StatusRequestResponse
from openics.messages.exports.warrel import WarehouseRelease
from openics.messages.exports.warrelr import WarehouseReleaseResponse
from openics.messages.exports.warret import WarehouseReturn
from openics.messages.exports.warretr import WarehouseReturnResponse

MESSAGES: Final[tuple[type[Document], ...]] = (
    ExportDeclaration,
    ExportDeclarationResponse,
    SubManifest,
    SubManifestResponse,
    MainManifest,
    MainManifestResponse,
    ReceivalNotice,
    ReceivalNoticeResponse,
    RemovalNotice,
    RemovalNoticeResponse,
    CarrierMovementAdvice,
    WarehouseRelease,
    WarehouseReleaseResponse,
    WarehouseReturn,
    WarehouseReturnResponse,
    DepotReceival,
    DepotReceivalResponse,
    DepotRelease,
    DepotReleaseResponse,
    DepotArrivalNotice,
    StatusRequest,
    StatusRequestResponse,
    AccreditedNumberRequest,
    AccreditedNumberResponse,
    PeriodicDeclarationByNumber,
    PeriodicDeclarationByNumberResponse,
    AggregatedPeriodicDeclaration,
    AggregatedPeriodicDeclarationResponse,
    IdleAdvice,
)
