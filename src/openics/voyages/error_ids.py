"""Error ids of the rules on voyages.

Only the family CG of the cargo messages is published, and its shape; the numbers are ours until the true ones are known
(inferred).
"""

from typing import Final

ERROR_IDS: Final = {
    "G01": "CG9501",
    "G03": "CG9502",
    "G10": "CG9503",
    "L01": "CG9504",
    "L02": "CG9505",
    "IAR-01": "CG9511",
    "IAR-02": "CG9512",
    "IAR-03": "CG9513",
    "IAR-04": "CG9514",
    "AAR-01": "CG9521",
    "VESSEL-01": "CG9531",
    "D01": "CG9541",
    "DEPART-01": "CG9542",
    "DEPART-02": "CG9543",
    "DEPART-03": "CG9544",
    "DEPART-04": "CG9545",
    "DEPART-05": "CG9546",
    "DEPART-06": "CG9547",
    "DEPART-07": "CG9548",
    "DEPART-08": "CG9549",
}
"""Error id by rule."""
