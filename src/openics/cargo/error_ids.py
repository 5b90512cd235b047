"""Error ids of the rules on cargo reports.

Only the family CG and its shape are published; the numbers are ours until the true ones are known (inferred).
"""

from typing import Final

ERROR_IDS: Final = {
    "G01": "CG9001",
    "G03": "CG9002",
    "G10": "CG9003",
    "L01": "CG9004",
    "L02": "CG9005",
    "IN01": "CG9011",
    "IN05": "CG9012",
    "IN06": "CG9013",
    "INT-01": "CG9014",
    "INT-02": "CG9015",
    "INT-03": "CG9016",
    "CR06-A": "CG9101",
    "CR06-B": "CG9102",
    "CR08": "CG9103",
    "CR09": "CG9104",
    "PARTY-01": "CG9111",
    "PARTY-02": "CG9112",
    "PARTY-03": "CG9113",
    "PARTY-04": "CG9114",
    "AIRCR-01": "CG9201",
    "AIRCR-02": "CG9202",
    "AIRCR-03": "CG9203",
    "AIRCR-04": "CG9204",
    "SEACR-01": "CG9301",
    "SEACR-02": "CG9302",
    "SEACR-03": "CG9303",
    "SEACR-04": "CG9304",
    "SEACR-05": "CG9305",
    "SEACR-06": "CG9306",
    "SEACR-07": "CG9307",
    "SEACR-08": "CG9308",
}
"""Error id by rule."""
