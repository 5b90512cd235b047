"""What we chose for the messages on voyages."""

from typing import Final

RESPONSIBLE_PARTY: Final = "ABP|ABN|XA|GN"
"""RFF 1153 of the responsible party: "declarant's Customs identity number" in UN/EDIFACT; the others are accepted in
its place."""

PRINCIPAL_AGENT: Final = "CG|CA|AG|DQ"
"""NAD 3035 of the principal agent of a ship: "carrier's agent" in UN/EDIFACT; the others are accepted in its place."""

UNLOADER: Final = "TR|DP|WH|CG"
"""NAD 3035 of the stevedore or the depot that unloads at a port: "terminal operator" in UN/EDIFACT; the others are
accepted in its place."""

FIRST_ARRIVAL_PORT: Final = "87|12|60|61"
"""LOC 3227 of the first port of arrival: "place/port of conveyance initial arrival" in UN/EDIFACT; the others are
accepted in its place."""

LAST_OVERSEAS_PORT: Final = "125|5|9|94"
"""LOC 3227 of the last overseas port: "last place/port of call of conveyance" in UN/EDIFACT; the others are accepted
in its place."""

PORT_OF_CALL: Final = "153|8|11|12|60|61"
"""LOC 3227 of a port line: "port of call" in UN/EDIFACT; the others are accepted in its place."""

PORT_OF_ARRIVAL: Final = "60|8|11|12|87|153"
"""LOC 3227 of the port of an actual arrival: "place of arrival" in UN/EDIFACT; the others are accepted in its place."""

OVERSEAS_DEPARTURE: Final = "136|133|186|189"
"""DTM 2005 of the departure from the last overseas port: as in the departure report, where it is seen; the others are
accepted in its place."""

LINE_ACTION_CATEGORY: Final = "1"
"""STS 9015 of the action on a port line; UN/EDIFACT has no list for it."""

DISCHARGE_CATEGORY: Final = "2"
"""STS 9015 of the indicator that cargo is discharged at a port; UN/EDIFACT has no list for it."""

PORT_TEXT: Final = "AAI|AAA|AAZ|ACB|ACD|ACF|AHN"
"""FTX 4451 of the text of a port line: "general information" in UN/EDIFACT; the others are accepted in its place. The table
has the text, not what it says (U)."""
