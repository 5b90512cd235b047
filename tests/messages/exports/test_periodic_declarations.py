"""Requests for numbers, periodic declarations and the idle advice: what their examples say."""

from message_examples import example
from openics.messages.exports.exped1 import PeriodicDeclarationByNumber
from openics.messages.exports.exped2 import AggregatedPeriodicDeclaration
from openics.messages.writing import write_message


def test_an_accredited_client_asks_for_numbers() -> None:
    assert example("exports", "RACEAN").to_json() == {
        "sender_reference": "RACEAN2611020058",
        "version": 1,
        "function": "9",
        "accredited_client": "51824753556",
        "numbers_requested": 5,
    }


def test_the_numbers_are_given_out() -> None:
    assert example("exports", "RACEANR").to_json() == {
        "response_reference": "0A45 0000 79B0",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "RACEAN2611020058",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "RACEAN",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "numbers": [
            {"acean": "AAAAA4TFA"},
            {"acean": "AAAAA4TG3"},
            {"acean": "AAAAA4THR"},
            {"acean": "AAAAA4TJK"},
            {"acean": "AAAAA4TKE"},
        ],
    }


def test_a_periodic_declaration_has_lines_by_number() -> None:
    declaration = example("exports", "EXPED1").to_json()
    first, second = declaration.pop("consignments")
    assert declaration == {
        "sender_reference": "EXPED2611020063",
        "version": 1,
        "function": "9",
        "settlement_period": "202610",
        "accredited_client": "51824753556",
    }
    assert first == {
        "consignment_number": 1,
        "port_of_loading": "AUPHE",
        "first_port_of_discharge": "CNSHA",
        "destination_country": "CN",
        "transport_mode": "11",
        "invoice_currency": "USD",
        "fob_currency": "AUD",
        "lines": [
            {
                "number": 1,
                "origin_code": "AU-WA",
                "net_quantity": "12000",
                "net_quantity_unit": "T",
                "gross_weight": "12000",
                "gross_weight_unit": "T",
                "fob_value": "1450000",
                "ahecc": "26011120",
            }
        ],
        "acean": "AAAAA4TFA",
    }
    (line,) = second.pop("lines")
    assert line == first["lines"][0] | {"number": 2, "fob_value": "990000", "ahecc": "26011110"}
    assert {name for name in first if first[name] != second.get(name)} == {"consignment_number", "lines", "acean"}


def test_a_periodic_declaration_is_answered_with_its_number() -> None:
    assert example("exports", "EXPED1R").to_json() == {
        "response_reference": "0A45 0000 899G",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "EXPED2611020063",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "EXPED1",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "declaration_number": "AAAAA3RML",
    }


def test_an_aggregated_declaration_has_lines_over_several_numbers() -> None:
    assert example("exports", "EXPED2").to_json() == {
        "sender_reference": "EXPED2611020066",
        "version": 1,
        "function": "9",
        "settlement_period": "202610",
        "accredited_client": "51824753556",
        "consignments": [
            {
                "consignment_number": 1,
                "port_of_loading": "AUPHE",
                "first_port_of_discharge": "CNSHA",
                "destination_country": "CN",
                "transport_mode": "11",
                "invoice_currency": "USD",
                "fob_currency": "AUD",
                "lines": [
                    {
                        "number": 1,
                        "origin_code": "AU-WA",
                        "net_quantity": "12000",
                        "net_quantity_unit": "T",
                        "gross_weight": "12000",
                        "gross_weight_unit": "T",
                        "fob_value": "1450000",
                        "ahecc": "26011120",
                    },
                    {
                        "number": 2,
                        "origin_code": "AU-WA",
                        "net_quantity": "12000",
                        "net_quantity_unit": "T",
                        "gross_weight": "12000",
                        "gross_weight_unit": "T",
                        "fob_value": "990000",
                        "ahecc": "26011110",
                    },
                ],
                "aceans": ["AAAAA4TFA", "AAAAA4TG3", "AAAAA4THR"],
            }
        ],
    }


def test_an_aggregated_declaration_is_answered_with_its_number() -> None:
    assert example("exports", "EXPED2R").to_json() == {
        "response_reference": "0A45 0000 8E9A",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "EXPED2611020066",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "EXPED2",
        "answered_function": "9",
        "status_type": "CLEAR",
        "status_description": "ACCEPTED",
        "declaration_number": "AAAAA3RML",
    }


def test_idle_numbers_are_listed() -> None:
    assert example("exports", "IDL").to_json() == {
        "response_reference": "0A46 0000 6H1F",
        "response_version": 1,
        "function": "8",
        "recipient_site": "AAA676Y",
        "numbers": [
            {
                "kind": "EDN",
                "authority_number": "AAAAAMYFY",
                "status": "IDLE",
                "status_description": "NOT REPORTED AS EXPORTED 10 DAYS AFTER THE DATE STATED",
            }
        ],
    }


def test_lines_are_those_of_all_consignments() -> None:
    by_number = example("exports", "EXPED1")
    aggregated = example("exports", "EXPED2")
    assert isinstance(by_number, PeriodicDeclarationByNumber)
    assert isinstance(aggregated, AggregatedPeriodicDeclaration)
    assert [[line.number for line in each.lines] for each in by_number.consignments] == [[1], [2]]
    assert [line.number for line in by_number.lines] == [1, 2]
    assert [line.number for line in aggregated.lines] == [1, 2]


def test_assays_name_element_concentration_and_unit() -> None:
    segments = write_message(example("exports", "EXPED1", "every-item"), "1")
    assert [text for text in segments if text.startswith("MEA+CH")] == ["MEA+CH+:::CU+PC:27.5", "MEA+CH+:::AU+GT:4.1"]
