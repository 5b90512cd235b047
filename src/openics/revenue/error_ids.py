"""Error ids of the rules on payments and drawback, and of those that all declarations share.

Only the family ID and its shape are published; these numbers are ours until the true ones are known (inferred).
"""

from typing import Final

ERROR_IDS: Final = {
    "B03": "ID9001",
    "DECL-01": "ID9002",
    "DECL-02": "ID9003",
    "DECL-03": "ID9004",
    "DECL-04": "ID9005",
    "DECL-05": "ID9006",
    "DECL-06": "ID9007",
    "DECL-07": "ID9008",
    "BANK-01": "ID9009",
    "BANK-02": "ID9010",
    "PAY-02": "ID9012",
    "PAY-03": "ID9013",
    "PAY-04": "ID9014",
    "PAY-05": "ID9015",
    "PAY-07": "ID9017",
    "PAY-08": "ID9018",
    "DRWBCK-01": "ID9019",
    "DRWBCK-02": "ID9020",
    "DRWBCK-03": "ID9021",
    "DRWBCK-04": "ID9022",
    "DRWBCK-05": "ID9023",
    "DRWBCK-06": "ID9024",
}
"""Error id by rule."""
