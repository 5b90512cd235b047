"""ERM: the answer to data that the dictionary forbids."""

from datetime import UTC, datetime

from openics.edifact.raw import RawMessage
from openics.messages.gateway.erm import report_data_faults
from openics.messages.reading import read_message
from openics.messages.writing import write_message


def test_data_faults_become_entries() -> None:
    raw = RawMessage(text="UNH+1+GENRAL:D:99B:UN'BGM+23:::STREQ+R1:1+13'RFF+TN:AAAA'UNT+4+1'")
    reading = read_message(raw)
    assert reading.document is not None
    now = datetime(2026, 5, 30, 1, 55, 42, tzinfo=UTC)
    message = report_data_faults(reading.document, reading.data_faults, reference="CCF_1", site="AAA676Y", now=now)
    assert write_message(message, "1")[1:-1] == [
        "BGM+963:::ERM+CCF_1:1+11",
        "FTX+ACX+++STREQ",
        "FTX+ADN+++13",
        "FTX+AAO+++CUSRES",
        "FTX+AAH+++CCF",
        "NAD+MR+AAA676Y::95",
        "RFF+AAY:R1::1",
        "DTM+310:20260530015542:204",
        "ERP+1",
        "ERC+CCFERROR:80:95",
        "ERC+22:6:95",
        "FTX+AAO+++Length of CUSTOMSAUTHORITYNUMBER in BODY is 4 characters, less than the minimum field length of 9",
        "CNT+55:1",
    ]
