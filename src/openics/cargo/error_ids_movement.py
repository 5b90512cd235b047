"""Error ids of the rules on cargo lists, movements, discharge, outturn and enquiries.

Only the family CG is published, and its shape; the numbers are ours until the true ones are known (inferred).
"""

from typing import Final

ERROR_IDS: Final = {
    "G01-UBMREQ": "CG9601",
    "L02-SEAOUT": "CG9602",
    "LINE-01": "CG9611",
    "LINE-02": "CG9612",
    "LINE-03": "CG9613",
    "LINE-04": "CG9614",
    "LINE-05": "CG9615",
    "CONTAINER-01": "CG9621",
    "WAYBILL-01": "CG9622",
    "CARLST-01": "CG9631",
    "CARLST-02": "CG9632",
    "UBMREQ-01": "CG9641",
    "UBMREQ-02": "CG9642",
    "UBMREQ-03": "CG9643",
    "UBMREQ-04": "CG9644",
    "UBMREQ-05": "CG9645",
    "UBMREQ-06": "CG9646",
    "UBMREQ-07": "CG9647",
    "UBMREQ-08": "CG9648",
    "UBMREQ-09": "CG9649",
    "UBMREQ-10": "CG9650",
    "UBMREQ-11": "CG9651",
    "UBMREQ-12": "CG9652",
    "TS02": "CG9653",
    "PRODIS-01": "CG9661",
    "PRODIS-02": "CG9662",
    "PRODIS-03": "CG9663",
    "PRODIS-04": "CG9664",
    "AIROUT-01": "CG9671",
    "SEAOUT-01": "CG9681",
    "SEAOUT-02": "CG9682",
    "SEAOUT-03": "CG9683",
    "SEAOUT-04": "CG9684",
    "SEAOUT-05": "CG9685",
    "SEAOUT-06": "CG9686",
    "SEAOUT-07": "CG9687",
    "SEQ-01": "CG9691",
    "SEQ-02": "CG9692",
    "SEQ-03": "CG9693",
    "SEQ-04": "CG9694",
}
"""Error id by rule."""
