"""The registration of a client and its answers: what their examples say."""

from message_examples import example, examples


def test_a_supplier_is_registered_by_name_and_address() -> None:
    assert example("clients", "CLREG").to_json() == {
        "sender_reference": "CLREG2611020073",
        "version": 1,
        "function": "9",
        "client_name": "EXAMPLE OVERSEAS LIMITED",
        "contact_name": "DUTY OFFICER",
        "contact_title": "SALES",
        "client_kind": "ORG",
        "contacts": [
            {"kind": "BP", "prefix": "+86755", "value": "55550100", "purpose": "OFFICE HOURS"},
            {"kind": "EA", "value": "DESK@EXAMPLE.COM"},
        ],
        "addresses": [
            {
                "kind": "BA",
                "street": "ROOM 1, EXAMPLE BUILDING",
                "city": "SHENZHEN",
                "postcode": "518000",
                "state": "GD",
                "country": "CN",
            }
        ],
        "roles": ["SUPPLIER"],
    }


def test_a_registration_is_answered_with_advices() -> None:
    assert example("clients", "CLREGR").to_json() == {
        "response_reference": "0A45 0000 998C",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "CLREG2611020072",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:14Z",
        "entries": [
            {
                "severity": "ADVICE",
                "error": "MS5202",
                "text": "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS",
            },
            {"severity": "ADVICE", "error": "CL0377", "text": "ABN =51824753556 REGISTERED SUCCESSFULLY"},
        ],
        "error_count": 0,
        "answered_message": "CLREG",
        "answered_function": "9",
        "abn": "51824753556",
    }


def test_duplicates_are_listed() -> None:
    assert example("clients", "CLNTDUP").to_json() == {
        "response_reference": "0A45 0000 9E86",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "CLREG2611020073",
        "sender_reference_version": 1,
        "matches": [
            {
                "client_id": "AAA3436797Y",
                "name": "EXAMPLE OVERSEAS LIMITED",
                "street": "ROOM 1, EXAMPLE BUILDING",
                "city": "SHENZHEN",
                "postcode": "518000",
                "state": "GD",
                "country": "CN",
                "roles": ["SUPPLIER"],
            }
        ],
        "match_count": 1,
    }


def test_a_registration_has_an_abn_or_a_name() -> None:
    by_abn, by_name = (document.to_json() for document in examples("clients", "CLREG", "every-item"))
    assert (by_abn["abn"], by_abn["client_activity_centre"], by_abn.get("client_name")) == ("51824753556", "002", None)
    assert (by_name["client_name"], by_name["client_kind"], by_name.get("abn")) == (
        "EXAMPLE OVERSEAS LIMITED",
        "ORG",
        None,
    )
    assert [contact["kind"] for contact in by_abn["contacts"]] == ["BP", "AP", "MO", "EA", "FA"]
