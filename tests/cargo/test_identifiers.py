"""Identifiers of cargo."""

from openics.cargo.identifiers import is_air_waybill, is_container


def test_a_waybill_ends_with_its_serial_modulo_7() -> None:
    assert is_air_waybill("08165004866")
    assert is_air_waybill("99912345675")
    assert [is_air_waybill(text) for text in ("08165004865", "0816500486", "081650048660", "081-6500486", "")] == [
        False
    ] * 5


def test_a_container_has_the_check_digit_of_iso_6346() -> None:
    numbers = ["CSQU3054383", "CSNU8356338", "JXJU3254348", "FBLU0238434", "FSCU8950375"]
    assert [is_container(number) for number in numbers] == [True] * 5
    wrong = ["CSQU3054384", "CSQU305438", "csqu3054383", "CSQU 305438 3", "CSQ3054383", ""]
    assert [is_container(number) for number in wrong] == [False] * 6
