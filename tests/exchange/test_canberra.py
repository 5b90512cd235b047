"""Times as people give them."""

from datetime import UTC, datetime

import pytest

from openics.exchange.canberra import in_canberra, read_instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2014-05-21T04:00", datetime(2014, 5, 20, 18, 0, tzinfo=UTC)),
        ("2014-05-08", datetime(2014, 5, 7, 14, 0, tzinfo=UTC)),
        ("2014-01-08T04:00", datetime(2014, 1, 7, 17, 0, tzinfo=UTC)),
        ("2014-05-20T18:00Z", datetime(2014, 5, 20, 18, 0, tzinfo=UTC)),
        ("2014-05-21T02:00+08:00", datetime(2014, 5, 20, 18, 0, tzinfo=UTC)),
        ("2014-04-06T02:30+10:00", datetime(2014, 4, 5, 16, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_zone_is_canberras(text: str, instant: datetime) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2014-04-06T02:30", "show 2014-04-06T02:30 twice on that day"),
        ("2014-10-05T02:30", "show 2014-10-05T02:30 never on that day"),
        ("soon", "'soon' is no time"),
    ],
)
def test_what_is_no_single_instant_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_instant(text)


def test_an_instant_is_read_in_canberra() -> None:
    assert in_canberra(datetime(2014, 5, 20, 18, 0, tzinfo=UTC)) == "Wed 21 May 2014 04:00 AEST"
