"""The export declaration, the status request and their answers: what their examples say."""

from message_examples import example


def test_a_declaration_of_cheese() -> None:
    assert example("exports", "EXD").to_json() == {
        "sender_reference": "EXD2611020001",
        "version": 1,
        "function": "9",
        "port_of_loading": "AUMEL",
        "first_port_of_discharge": "USLAX",
        "destination_country": "US",
        "intended_export_date": "2026-11-12",
        "confirming_export_type": "N",
        "customable_excisable": "N",
        "prescribed_goods": "N",
        "reporting_party_type": "O",
        "cargo_type": "C",
        "goods_type": "OT",
        "transport_mode": "11",
        "consignee_name": "EXAMPLE FOODS INC",
        "consignee_city": "LOS ANGELES",
        "invoice_currency": "USD",
        "total_fob_value": "95400",
        "fob_currency": "AUD",
        "lines": [
            {
                "number": 1,
                "description": "CHEDDAR CHEESE",
                "origin_code": "AU-VI",
                "net_quantity": "18000",
                "net_quantity_unit": "KG",
                "gross_weight": "19200",
                "gross_weight_unit": "KG",
                "fob_value": "95400",
                "ahecc": "04069010",
            }
        ],
        "total_packages": 720,
        "total_containers": 1,
    }


def test_a_declaration_is_answered_with_its_number() -> None:
    assert example("exports", "EXDR").to_json() == {
        "response_reference": "0A45 0000 09J8",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "EXD2611020001",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "EXD",
        "answered_function": "9",
        "declaration_number": "AAAAAMYFY",
        "status_type": "CLEAR",
        "status_description": "VALIDATED, AUTHORITY TO EXPORT GIVEN",
    }


def test_the_status_of_a_sub_manifest_is_asked() -> None:
    assert example("exports", "STREQ").to_json() == {
        "sender_reference": "STREQ2611020007",
        "version": 1,
        "function": "13",
        "authority_number": "AAAAANYM9",
    }


def test_a_stranger_learns_the_status_alone() -> None:
    assert example("exports", "STREQR").to_json() == {
        "response_reference": "0A45 0000 128D",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "STREQ2611020008",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "error_count": 0,
        "answered_message": "STREQ",
        "answered_function": "13",
        "authority_number": "AAAAAMYFY",
        "status_type": "CLEAR",
        "status_description": "VALIDATED, AUTHORITY TO EXPORT GIVEN",
    }


def test_a_party_learns_the_details() -> None:
    answer = example("exports", "STREQR", "every-item").to_json()
    assert [
        answer[name] for name in ("intended_export_date", "port_of_loading", "destination_country", "goods_owner")
    ] == [
        "2026-11-12",
        "AUMEL",
        "US",
        "51824753556",
    ]
