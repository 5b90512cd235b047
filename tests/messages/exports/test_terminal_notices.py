"""The notices of a terminal, their answers, and the advice to the carrier: what their examples say."""

from message_examples import example
from openics.edifact.raw import RawMessage
from openics.messages.reading import read_message
from openics.messages.writing import write_message


def faults(segments: list[str]) -> list[tuple[str | None, str]]:
    """What is wrong with a message, by tag."""
    return [(fault.tag, fault.text) for fault in read_message(RawMessage(segments)).faults]


def test_a_receival_notice_names_what_was_received_and_for_which_voyage() -> None:
    assert example("exports", "CTOREC").to_json() == {
        "sender_reference": "CTOREC2611020022",
        "version": 1,
        "function": "9",
        "cto_establishment": "GE65A",
        "transport_mode": "11",
        "lines": [
            {
                "number": 1,
                "authority_number": "AAAAANYM9",
                "cargo_id_type": "AAQ",
                "cargo_id": "CSQU3054383",
                "offload": "N",
                "voyage_or_flight": "044N",
                "vessel_id": "9477878",
                "goods_owner": "51824753556",
                "received_date": "2026-11-02",
                "received_time": "07:40",
            },
            {
                "number": 2,
                "authority_number": "AAAAAMYGP",
                "cargo_id_type": "AKR",
                "cargo_id": "MEL4711-02",
                "offload": "N",
                "voyage_or_flight": "044N",
                "vessel_id": "9477878",
                "goods_owner": "53004085616",
                "received_date": "2026-11-02",
                "received_time": "08:05",
            },
        ],
    }


def test_a_receival_notice_is_answered_line_by_line() -> None:
    assert example("exports", "CTORECR").to_json() == {
        "response_reference": "0A45 0000 2JG8",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "CTOREC2611020022",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "CTOREC",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "lines": [
            {"authority_number": "AAAAANYM9", "number": 1, "status": "LOAD"},
            {"authority_number": "AAAAAMYGP", "number": 2, "status": "DO NOT LOAD", "reason": "EDN NOT CLEAR"},
        ],
    }


def test_a_removal_notice_names_what_will_leave() -> None:
    assert example("exports", "CTOREM").to_json() == {
        "sender_reference": "CTOREM2611020027",
        "version": 1,
        "function": "9",
        "cto_establishment": "GE65A",
        "transport_mode": "11",
        "lines": [
            {"number": 1, "authority_number": "AAAAANYM9", "cargo_id_type": "AAQ", "cargo_id": "CSQU3054383"},
            {"number": 2, "authority_number": "AAAAAMYGP", "cargo_id_type": "AKR", "cargo_id": "MEL4711-02"},
        ],
    }


def test_a_removal_notice_is_answered_with_its_status() -> None:
    assert example("exports", "CTOREMR").to_json() == {
        "response_reference": "0A45 0000 3C5D",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "CTOREM2611020027",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "CTOREM",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
    }


def test_a_carrier_learns_what_may_be_loaded() -> None:
    assert example("exports", "CARMOV").to_json() == {
        "response_reference": "0A46 0000 3H57",
        "response_version": 1,
        "function": "8",
        "recipient_site": "AAA676Y",
        "voyage_or_flight": "044N",
        "transport_mode": "11",
        "vessel_id": "9477878",
        "cto_establishment": "GE65A",
        "cargo": [
            {
                "authority_number": "AAAAANYM9",
                "cargo_id_type": "AAQ",
                "cargo_id": "CSQU3054383",
                "status": "LOAD",
                "received_date": "2026-11-02",
                "received_time": "07:40",
            }
        ],
    }


def test_receival_has_a_date_and_a_time_of_day() -> None:
    segments = write_message(example("exports", "CTOREC"), "1")
    assert [text for text in segments if text.startswith("DTM")] == [
        "DTM+50:20261102:102",
        "DTM+50:0740:401",
        "DTM+50:20261102:102",
        "DTM+50:0805:401",
    ]


def test_a_line_names_one_thing() -> None:
    segments = write_message(example("exports", "CTOREM", "smallest"), "1")
    container = segments.index("RFF+AAQ:CSQU3054383")
    twice = [*segments[: container + 2], "RFF+AWB:08112345675", "GID+1", *segments[container + 2 :]]
    assert faults(segments) == []
    assert [tag for tag, _ in faults(twice)] != []


def test_a_cargo_id_of_another_kind_is_refused() -> None:
    segments = write_message(example("exports", "CTOREM", "smallest"), "1")
    changed = [text.replace("RFF+AAQ", "RFF+BM") for text in segments]
    assert [tag for tag, _ in faults(changed)] == ["RFF"]
