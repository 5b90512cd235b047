"""The sub-manifest and the main manifest: what their examples say."""

from message_examples import example
from openics.edifact.raw import RawMessage
from openics.messages.reading import read_message
from openics.messages.writing import write_message


def faults(segments: list[str]) -> list[tuple[str | None, str]]:
    """What is wrong with a message, by tag."""
    return [(fault.tag, fault.text) for fault in read_message(RawMessage(segments)).faults]


def test_a_consolidation_lists_numbers_and_an_exemption_with_its_goods() -> None:
    assert example("exports", "ESM").to_json() == {
        "sender_reference": "ESM2611020012",
        "version": 1,
        "function": "9",
        "transport_mode": "11",
        "departure_date": "2026-11-12",
        "total_packages": 802,
        "total_containers": 1,
        "report_type": "C",
        "lines": [
            {"number": 1, "packages": 720, "authority_number": "AAAAAMYFY"},
            {"number": 2, "packages": 65, "authority_number": "AAAAAMYGP"},
            {
                "number": 3,
                "packages": 17,
                "exemption": "EXPE",
                "destination_country": "US",
                "goods_owner_name": "EXAMPLE RELOCATIONS PTY LTD",
                "description": "HOUSEHOLD EFFECTS",
            },
        ],
    }


def test_a_sub_manifest_is_answered_with_its_number() -> None:
    assert example("exports", "ESMR").to_json() == {
        "response_reference": "0A45 0000 1EHI",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "ESM2611020012",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "ESM",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "consolidation_reference": "AAAAANYM9",
    }


def test_a_main_manifest_lists_what_a_ship_loaded() -> None:
    assert example("exports", "EMM").to_json() == {
        "sender_reference": "EMM2611020017",
        "version": 1,
        "function": "9",
        "transport_mode": "11",
        "departure_date": "2026-11-01",
        "total_packages": 817,
        "total_containers": 2,
        "voyage_or_flight": "044N",
        "vessel_id": "9477878",
        "port_of_departure": "AUMEL",
        "destination_country": "US",
        "lines": [
            {"number": 1, "packages": 802, "containers": 1, "authority_number": "AAAAANYM9"},
            {"number": 2, "containers": 1, "authority_number": "AAAAAXJME"},
            {"number": 3, "packages": 15, "exemption": "EXSP"},
        ],
    }


def test_a_main_manifest_is_answered_with_its_number() -> None:
    assert example("exports", "EMMR").to_json() == {
        "response_reference": "0A45 0000 2773",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "EMM2611020017",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "EMM",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "manifest_number": "AAAAATAM4",
    }


def test_a_line_action_stands_in_the_fourth_place_of_its_composite() -> None:
    segments = write_message(example("exports", "ESM", "every-item"), "1")
    assert [text for text in segments if text.startswith("CNI")] == ["CNI+1+:::A", "CNI+2+:::I", "CNI+3+:::D"]


def test_every_reference_has_its_goods_item() -> None:
    segments = write_message(example("exports", "EMM"), "1")
    tags = [text[:6] for text in segments if text.startswith(("RFF+T", "GID"))]
    assert tags == ["RFF+TN", "GID+1", "RFF+TN", "GID+1", "RFF+TL", "GID+1"]
    segments.remove("GID+1")
    assert faults(segments) == [("GID", "GID is missing; it is mandatory here")]


def test_goods_are_described_with_an_exemption_code_alone() -> None:
    segments = write_message(example("exports", "ESM"), "1")
    number = segments.index("RFF+TN:AAAAAMYGP")
    assert faults([*segments[: number + 1], "LOC+28+US::5", *segments[number + 1 :]]) != []
    assert faults(segments) == []


def test_a_function_that_a_manifest_does_not_have_is_refused() -> None:
    segments = write_message(example("exports", "ESM"), "1")
    segments[1] = segments[1].removesuffix("9") + "13"
    assert [tag for tag, _ in faults(segments)] == ["BGM"]
