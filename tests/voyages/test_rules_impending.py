"""The rules on impending arrivals that need what is stored: each with a case that passes and one that fails."""

from datetime import date, time, timedelta

from arrival_reports import (
    AGENT,
    ARRIVED,
    AT_SYDNEY,
    FLIGHT,
    MELBOURNE,
    NOW,
    OTHER,
    SHIP,
    SYDNEY,
    SYDNEY_AT,
    broken,
    change,
    decide,
    held,
    not_applied,
    told,
    verdict,
)
from openics.decision.findings import Severity

SECOND = SHIP.replace(sender_reference="SIA2", calls=(SYDNEY.replace(estimated_arrival_date=date(2026, 12, 4)),))
"""The second leg: Sydney again, after Melbourne."""


def test_IAR_05_legs_do_not_overlap() -> None:
    assert verdict("IAR-05", SECOND, told(SHIP)) == held("IAR-05")
    assert verdict("IAR-05", SHIP.replace(sender_reference="SIA2"), told(SHIP)) == broken("IAR-05")
    between = SECOND.replace(calls=(SYDNEY.replace(estimated_arrival_date=date(2026, 12, 1)),))
    assert verdict("IAR-05", between, told(SHIP)) == broken("IAR-05")
    assert verdict("IAR-05", SHIP) == not_applied("IAR-05")
    assert verdict("IAR-05", SHIP.replace(sender_reference="SIA2", voyage_number="9"), told(SHIP)) == not_applied(
        "IAR-05"
    )
    into = change(calls=(MELBOURNE.replace(action="A", estimated_arrival_date=date(2026, 12, 5)),))
    assert verdict("IAR-05", into, told(SHIP, SECOND)) == broken("IAR-05")
    assert verdict("IAR-05", SHIP.replace(sender_reference="SIA2"), told(SHIP, change(function="50"))) == not_applied(
        "IAR-05"
    )


def test_IAR_06_every_leg_is_reported_by_one_party() -> None:
    assert verdict("IAR-06", SECOND, told(SHIP)) == held("IAR-06")
    assert verdict("IAR-06", SECOND, told(SHIP), owner=AGENT) == held("IAR-06")
    assert verdict("IAR-06", SECOND, told(SHIP), owner=OTHER) == broken("IAR-06")
    assert verdict("IAR-06", SHIP) == not_applied("IAR-06")


def test_IAR_07_ports_of_call_are_known() -> None:
    assert verdict("IAR-07", SHIP) == held("IAR-07")
    assert verdict("IAR-07", SHIP.replace(calls=(SYDNEY, MELBOURNE.replace(port="AUXXX")))) == broken("IAR-07", 2)


def test_IAR_08_the_last_port_overseas_is_known() -> None:
    assert verdict("IAR-08", SHIP) == held("IAR-08")
    assert verdict("IAR-08", SHIP.replace(last_overseas_port="CNXXX")) == broken("IAR-08")


def test_IAR_09_who_unloads_is_a_client_or_an_establishment() -> None:
    assert verdict("IAR-09", SHIP) == held("IAR-09")
    assert verdict("IAR-09", SHIP.replace(calls=(SYDNEY.replace(unloader=OTHER),))) == held("IAR-09")
    assert verdict("IAR-09", SHIP.replace(calls=(MELBOURNE, SYDNEY.replace(unloader="ZZ99Z")))) == broken("IAR-09", 2)
    assert verdict("IAR-09", SHIP.replace(calls=(MELBOURNE,))) == not_applied("IAR-09")


def test_IAR_10_who_unloads_should_be_named() -> None:
    nobody = SHIP.replace(calls=(SYDNEY.replace(unloader=None), MELBOURNE))
    assert verdict("IAR-10", SHIP) == held("IAR-10")
    assert verdict("IAR-10", nobody) == broken("IAR-10", 1)
    assert (decide(nobody).accepted, decide(nobody).findings[0].severity) == (True, Severity.ADVICE)
    assert verdict("IAR-10", SHIP.replace(first_arrival_port="AUMEL", calls=(MELBOURNE,))) == not_applied("IAR-10")


def test_IAR_11_arrivals_follow_the_departure() -> None:
    assert verdict("IAR-11", SHIP) == held("IAR-11")
    late = {"overseas_departure_date": date(2026, 11, 29), "overseas_departure_time": time(3, 30)}
    assert verdict("IAR-11", SHIP.replace(**late)) == broken("IAR-11")
    text = decide(SHIP.replace(**late)).findings[-1].text
    assert text == "THE LAST OVERSEAS PORT IS LEFT NO EARLIER THAN PORT AUSYD IS REACHED"
    assert verdict("IAR-11", SHIP.replace(**{**late, "overseas_departure_time": time(3, 29)})) == held("IAR-11")
    known = told(SHIP, ARRIVED, now=AT_SYDNEY)
    after_arrival = {"overseas_departure_date": date(2026, 11, 29), "overseas_departure_time": time(4, 15)}
    assert verdict("IAR-11", change(**after_arrival), known) == broken("IAR-11")


def test_IAR_12_the_first_port_is_reached_first() -> None:
    assert verdict("IAR-12", SHIP) == held("IAR-12")
    assert verdict("IAR-12", SHIP.replace(first_arrival_port="AUMEL")) == broken("IAR-12")
    assert verdict("IAR-12", SHIP.replace(first_arrival_port="AUBNE")) == not_applied("IAR-12")
    assert verdict("IAR-12", SHIP.replace(first_arrival_port=None)) == not_applied("IAR-12")
    assert verdict("IAR-12", change(calls=(SYDNEY.replace(action="D"),)), told(SHIP)) == broken("IAR-12")


def test_IAR_13_a_ship_is_at_one_port_at_a_time() -> None:
    same = MELBOURNE.replace(estimated_arrival_date=date(2026, 11, 29), estimated_arrival_time=time(6, 30))
    assert verdict("IAR-13", SHIP) == held("IAR-13")
    assert verdict("IAR-13", SHIP.replace(calls=(SYDNEY, same))) == broken("IAR-13", 1, 2)
    brisbane = same.replace(port="AUBNE", estimated_arrival_time=time(5, 30))
    assert verdict("IAR-13", change(calls=(brisbane,)), told(SHIP)) == broken("IAR-13", 1)


def test_IAR_14_line_actions_fit_what_is_stored() -> None:
    known = told(SHIP)
    brisbane = MELBOURNE.replace(port="AUBNE")
    possible = change(calls=(brisbane, SYDNEY.replace(action="A"), MELBOURNE.replace(action="D")))
    assert verdict("IAR-14", possible, known) == held("IAR-14")
    impossible = change(calls=(SYDNEY, brisbane.replace(action="A"), brisbane.replace(port="AUADL", action="D")))
    assert verdict("IAR-14", impossible, known) == broken("IAR-14", 1, 2, 3)
    assert verdict("IAR-14", SHIP) == not_applied("IAR-14")


def test_IAR_15_a_port_is_changed_once() -> None:
    other = SYDNEY.replace(action="A", estimated_arrival_date=date(2026, 11, 30))
    assert verdict("IAR-15", change(calls=(other,)), told(SHIP)) == held("IAR-15")
    assert verdict("IAR-15", change(calls=(SYDNEY.replace(action="D"), other)), told(SHIP)) == broken("IAR-15", 1, 2)
    assert verdict("IAR-15", SHIP) == not_applied("IAR-15")


def test_IAR_16_a_port_that_is_reached_stays() -> None:
    known = told(SHIP, ARRIVED, now=AT_SYDNEY)
    for action in ("A", "D"):
        assert verdict("IAR-16", change(calls=(SYDNEY.replace(action=action),)), known) == broken("IAR-16", 1)
        assert verdict("IAR-16", change(calls=(MELBOURNE.replace(action=action),)), known) == held("IAR-16")
    assert verdict("IAR-16", change(calls=(SYDNEY.replace(action=None),)), known) == not_applied("IAR-16")


def test_IAR_17_a_voyage_that_arrived_is_not_withdrawn() -> None:
    assert verdict("IAR-17", change(function="50"), told(SHIP)) == held("IAR-17")
    assert verdict("IAR-17", change(function="50"), told(SHIP, ARRIVED, now=AT_SYDNEY)) == broken("IAR-17")
    taken_back = told(SHIP, ARRIVED, change(ARRIVED, "50"), now=AT_SYDNEY)
    assert verdict("IAR-17", change(function="50"), taken_back) == held("IAR-17")
    assert verdict("IAR-17", change(), told(SHIP)) == not_applied("IAR-17")


def test_IAR_18_a_port_is_left() -> None:
    both = change(calls=(SYDNEY.replace(action="D"), MELBOURNE.replace(action="D")))
    assert verdict("IAR-18", both, told(SHIP)) == broken("IAR-18")
    assert verdict("IAR-18", change(calls=(MELBOURNE.replace(action="D"),)), told(SHIP)) == held("IAR-18")
    assert verdict("IAR-18", SHIP) == not_applied("IAR-18")


def test_IAR_19_a_ship_is_reported_within_ten_days() -> None:
    earliest = SYDNEY_AT - timedelta(days=10)
    assert verdict("IAR-19", SHIP, now=earliest) == held("IAR-19")
    assert verdict("IAR-19", SHIP, now=earliest - timedelta(seconds=1)) == broken("IAR-19")
    assert decide(SHIP, now=earliest - timedelta(days=1)).accepted is True
    assert verdict("IAR-19", FLIGHT, now=earliest - timedelta(days=30)) == not_applied("IAR-19")
    assert verdict("IAR-19", change(), told(SHIP)) == not_applied("IAR-19")


def test_IAR_20_the_time_limit_follows_the_length_of_the_voyage() -> None:
    for length, limit in ((240, 96), (96, 96), (95, 72), (72, 72), (71, 48), (48, 48), (47, 24), (24, 24), (23, 12)):
        left = SYDNEY_AT + timedelta(hours=8) - timedelta(hours=length)
        sent = SHIP.replace(overseas_departure_date=left.date(), overseas_departure_time=left.time())
        last = SYDNEY_AT - timedelta(hours=limit)
        assert verdict("IAR-20", sent, now=last) == held("IAR-20")
        assert verdict("IAR-20", sent, now=last + timedelta(seconds=1)) == broken("IAR-20")
    assert verdict("IAR-20", change(), told(SHIP)) == not_applied("IAR-20")


def test_IAR_20_flights_are_reported_three_hours_before_and_short_ones_one() -> None:
    landing = NOW.replace(hour=11)
    for left, hours in ((time(10, 0), 3), (time(17, 30), 1)):
        sent = FLIGHT.replace(overseas_departure_time=left)
        assert verdict("IAR-20", sent, now=landing - timedelta(hours=hours)) == held("IAR-20")
        assert verdict("IAR-20", sent, now=landing - timedelta(hours=hours, seconds=-1)) == broken("IAR-20")


def test_IAR_21_a_time_at_which_the_clocks_change_is_told() -> None:
    left_out = SYDNEY.replace(estimated_arrival_date=date(2026, 10, 4), estimated_arrival_time=time(2, 30))
    twice = SYDNEY.replace(estimated_arrival_date=date(2027, 4, 4), estimated_arrival_time=time(2, 30))
    base = SHIP.replace(overseas_departure_date=date(2026, 9, 1))
    assert verdict("IAR-21", base) == held("IAR-21")
    assert verdict("IAR-21", base.replace(calls=(left_out,))) == broken("IAR-21", 1)
    assert verdict("IAR-21", base.replace(calls=(SYDNEY, twice))) == broken("IAR-21", 2)
    in_brisbane = left_out.replace(port="AUBNE")
    assert verdict("IAR-21", base.replace(calls=(in_brisbane,))) == held("IAR-21")
    assert decide(base.replace(calls=(left_out,))).accepted is True


def test_IAR_22_a_departure_at_which_the_clocks_change_is_told() -> None:
    left = {"overseas_departure_date": date(2026, 9, 27), "overseas_departure_time": time(2, 30)}
    assert verdict("IAR-22", SHIP) == held("IAR-22")
    assert verdict("IAR-22", SHIP.replace(last_overseas_port="NZAKL", **left)) == broken("IAR-22")
    assert verdict("IAR-22", SHIP.replace(**left)) == held("IAR-22")
