"""The notices of warehouses and depots, their answers, and the advice to a depot: what their examples say."""

from message_examples import example
from openics.edifact.raw import RawMessage
from openics.messages.reading import read_message
from openics.messages.writing import write_message


def test_a_warehouse_releases_goods_of_a_declaration() -> None:
    assert example("exports", "WARREL").to_json() == {
        "sender_reference": "WARREL2611020034",
        "version": 1,
        "function": "9",
        "warehouse": "9034P",
        "other_establishment": "9053M",
        "declaration_number": "AAAAAMYGP",
        "lines": [
            {"number": 1, "ahecc": "22083000", "quantity": "1250.5", "unit": "LA", "description": "SINGLE MALT WHISKY"},
            {"number": 2, "ahecc": "22085000", "quantity": "400", "unit": "LA", "description": "GIN"},
        ],
        "release_date": "2026-11-03",
        "release_time": "09:30",
    }


def test_a_release_is_answered_with_match_or_no_match() -> None:
    assert example("exports", "WARRELR").to_json() == {
        "response_reference": "0A45 0000 49EC",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "WARREL2611020034",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "WARREL",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "match_status": "MATCH",
        "match_description": "GOODS ARE THOSE OF THE DECLARATION",
    }


def test_a_warehouse_takes_goods_back() -> None:
    assert example("exports", "WARRET").to_json() == {
        "sender_reference": "WARRET2611020039",
        "version": 1,
        "function": "9",
        "warehouse": "9034P",
        "other_establishment": "9053M",
        "declaration_number": "AAAAAMYGP",
        "lines": [
            {"number": 1, "ahecc": "22083000", "quantity": "20", "unit": "LA", "description": "SINGLE MALT WHISKY"}
        ],
    }


def test_a_return_is_answered() -> None:
    assert example("exports", "WARRETR").to_json() == {
        "response_reference": "0A45 0000 523H",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "WARRET2611020039",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "WARRET",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "match_status": "MATCH",
        "match_description": "GOODS ARE THOSE OF THE DECLARATION",
    }


def test_a_depot_receives_goods_of_several_numbers() -> None:
    assert example("exports", "DEPREC").to_json() == {
        "sender_reference": "DEPREC2611020044",
        "version": 1,
        "function": "9",
        "origin": "9034P",
        "destination": "9053M",
        "authority_numbers": ["AAAAAMYGP", "AAAAAMYHJ"],
        "received_date": "2026-11-03",
        "received_time": "13:10",
    }


def test_a_depot_gets_the_authority_to_consolidate() -> None:
    assert example("exports", "DEPRECR").to_json() == {
        "response_reference": "0A45 0000 5ED2",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "DEPREC2611020044",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "DEPREC",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "numbers": [
            {
                "kind": "EDN",
                "authority_number": "AAAAAMYGP",
                "status": "CONSOLIDATE",
                "status_description": "THE DEPOT MAY CONSOLIDATE THE GOODS",
            }
        ],
    }


def test_a_depot_releases_consolidations() -> None:
    assert example("exports", "DEPREL").to_json() == {
        "sender_reference": "DEPREL2611020049",
        "version": 1,
        "function": "9",
        "origin": "9053M",
        "destination": "GE65A",
        "authority_numbers": ["AAAAANYM9", "AAAAANYNY"],
    }


def test_a_release_of_a_depot_is_answered() -> None:
    assert example("exports", "DEPRELR").to_json() == {
        "response_reference": "0A45 0000 6727",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "DEPREL2611020049",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "DEPREL",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
    }


def test_a_depot_learns_what_will_arrive() -> None:
    assert example("exports", "DEPARR").to_json() == {
        "response_reference": "0A46 0000 6C21",
        "response_version": 1,
        "function": "8",
        "recipient_site": "AAA676Y",
        "goods": [{"authority_number": "AAAAAMYGP", "origin": "9034P", "destination": "9053M"}],
    }


def test_goods_that_do_not_match_stay() -> None:
    answer = example("exports", "WARRELR", "every-item").to_json()
    assert (answer["status_type"], answer["match_status"], answer["error_count"]) == ("REJECTED", "NO MATCH", 1)
    assert answer["entries"][1] == {
        "line": 2,
        "severity": "ERROR",
        "error": "EX9592",
        "text": "AHECC CODE 22085000 IS NOT ON THE DECLARATION",
    }


def test_a_return_notice_has_no_date() -> None:
    segments = write_message(example("exports", "WARRET"), "1")
    dated = [*segments[:2], "DTM+204:20261103:102", *segments[2:]]
    assert [fault.text for fault in read_message(RawMessage(dated)).faults] == ["DTM is not expected here"]


def test_a_notice_of_a_depot_has_no_lines() -> None:
    segments = write_message(example("exports", "DEPREL"), "1")
    assert [text[:3] for text in segments] == ["UNH", "BGM", "LOC", "LOC", "RFF", "RFF", "UNT"]
