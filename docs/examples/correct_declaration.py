"""Gives the published export declaration today's facts: a date to come, goods and a code that are in force.

Usage: correct_declaration.py FILE.json, as written by `openics edi show --json`; the file is changed in place.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

path = Path(sys.argv[1])
interchange = json.loads(path.read_text())
declaration = interchange["messages"][0]["document"]
declaration |= {
    "sender_reference": "MY-FIRST-EXPORT",
    "intended_export_date": (date.today() + timedelta(days=14)).isoformat(),  # noqa: DTZ011 - the trader's own calendar
    "customable_excisable": "N",
    "prescribed_goods": "N",
    "consignee_city": "LOS ANGELES",
}
declaration.pop("warehouse_establishment", None)
line = declaration["lines"][0]
line |= {"ahecc": "04069010", "description": "CHEDDAR CHEESE", "origin_code": "AU-VI"}
line.pop("origin_country", None)
line.pop("permits", None)
path.write_text(json.dumps(interchange, indent=2))
