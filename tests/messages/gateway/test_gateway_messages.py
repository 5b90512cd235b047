"""The messages of the gateway: what their examples say."""

from message_examples import example
from openics.messages.gateway.gentxt import GeneralText
from openics.messages.registry import by_wire
from openics.messages.writing import write_message


def test_an_outage_is_announced_with_its_times() -> None:
    assert example("gateway", "GENTXT").to_json() == {
        "sender_reference": "2A91 DI61 J6AE",
        "version": 1,
        "function": "9",
        "issued_at": "2026-11-01T22:05:14Z",
        "references": [
            {
                "kind": "AIV",
                "number": "OUTAGE-2026-11",
                "starts_at": "2026-11-07T11:00:00Z",
                "ends_at": "2026-11-07T15:00:00Z",
            }
        ],
        "sender_site": "AAA336C",
        "contact": "SERVICE DESK",
        "telephone": "+61255550100",
        "recipient_site": "AAA676Y",
        "text": [
            {
                "subject": "AID",
                "line": "MAINTENANCE: NO MESSAGES ARE ANSWERED IN THIS TIME.",
                "line_2": "WHAT ARRIVES IS ANSWERED AFTERWARDS.",
            }
        ],
    }


def test_a_data_error_names_the_message() -> None:
    assert example("gateway", "ERM").to_json() == {
        "response_reference": "CCF_AAA676Y_1_EXD_1",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "EXD2611020001",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "entries": [
            {
                "severity": "CCFERROR",
                "error": "22",
                "text": "The length of PORTOFLOADING in BODY is 4 characters which is less than the minimum field "
                "length of 5 characters",
            }
        ],
        "error_count": 1,
        "business_message": "EXD",
        "business_function": "9",
        "edifact_type": "CUSRES",
        "application": "CCF",
    }


def test_an_interchange_is_acknowledged() -> None:
    assert example("gateway", "CONTRL").to_json() == {
        "control_reference": "26110200000001",
        "sender": "AAA676Y",
        "owner": "AAA676Y",
        "recipient": "AAA336C",
        "action": "7",
        "messages": [
            {"reference": "1", "type": "CUSDEC", "version": "D", "release": "99B", "agency": "UN", "action": "7"}
        ],
    }


def test_a_refusal_tells_where() -> None:
    report = example("gateway", "CONTRL", "every-item").to_json()
    assert (report["action"], report["error"], report["service_segment"]) == ("4", 29, "UNZ")
    assert report["messages"][0]["segments"] == [
        {"position": 10, "error": 18, "elements": [{"error": 15, "element": 4, "component": 2}]},
        {"position": 14, "error": 35},
    ]


def test_a_text_goes_both_ways() -> None:
    question = example("gateway", "GENTXT", "smallest").to_json()
    notice = example("gateway", "GENTXT").to_json()
    assert (question["sender_site"], question["recipient_site"]) == ("AAA676Y", "AAA336C")
    assert (notice["sender_site"], notice["recipient_site"]) == ("AAA336C", "AAA676Y")
    assert by_wire("GENRAL", "GENTXT") is GeneralText
    assert GeneralText.guide.direction == "both"


def test_the_contact_belongs_to_the_sender() -> None:
    segments = write_message(example("gateway", "GENTXT", "every-item"), "1")
    start = segments.index("NAD+MS+AAA676Y::95")
    assert segments[start : start + 5] == [
        "NAD+MS+AAA676Y::95",
        "CTA+IC+:EXPORT DESK",
        "COM+?+61355550101:TE",
        "COM+DESK@EXAMPLE.COM:EM",
        "NAD+MR+AAA336C::95",
    ]
