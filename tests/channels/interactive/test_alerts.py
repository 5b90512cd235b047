"""The page of alerts about looks at records."""

import re
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.clients.models import OfficerDuty
from openics.information.models import Disclosure
from web.sample import Sample


def refuse(sample: Sample, count: int, last: datetime) -> None:
    """So many refusals of the trader, the last one then."""
    who = {"person": sample.trader, "actor": sample.trader.email}
    for number in range(count):
        at = last - timedelta(minutes=number)
        Disclosure.objects.create(subject_kind="EDN", subject_key=f"A{number}", allowed=False, at=at, **who)


def shown(page: str) -> list[list[str]]:
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)[1:]
    cells = [re.findall(r'data-label="\w+".*?>(.*?)</t[hd]>', row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_what_stands_out_now_and_in_the_week_of_a_day(sample: Sample, browse: Browse) -> None:
    now = timezone.now()
    refuse(sample, 10, now - timedelta(hours=1))
    refuse(sample, 12, now - timedelta(days=30))
    client = browse(sample.officer, "Case 7")
    page = client.get(reverse("alerts")).content.decode()
    assert [row[:4] for row in shown(page)] == [[sample.trader.email, "Refusals", "", "10"]]
    day = (now - timedelta(days=28)).date().isoformat()
    earlier = client.get(reverse("alerts"), {"day": day}).content.decode()
    assert [row[:4] for row in shown(earlier)] == [[sample.trader.email, "Refusals", "", "12"]]
    logged = Disclosure.objects.filter(subject_kind="ALERTS").order_by("id").values_list("subject_key", "purpose")
    assert list(logged) == [("", "ENQUIRY: Case 7"), (day, "ENQUIRY: Case 7")]


def test_nothing_stands_out_and_what_would_is_said(sample: Sample, browse: Browse) -> None:
    page = browse(sample.officer, "Case 7").get(reverse("alerts"), {"day": "2020-01-05"}).content.decode()
    assert shown(page) == []
    assert ["Nothing stands out." in page, "10 refusals within 24 hours" in page] == [True, True]


def test_a_day_that_is_none(sample: Sample, browse: Browse) -> None:
    for day in ("2026-02-30", "9999-12-31", "x"):
        page = browse(sample.officer, "Case 7").get(reverse("alerts"), {"day": day}).content.decode()
        assert ("Enter the day as year, month and day" in page) is True


def test_it_is_for_the_duty_of_audit(sample: Sample, browse: Browse) -> None:
    OfficerDuty.objects.filter(duty="audit").delete()
    assert browse(sample.officer, "Case 7").get(reverse("alerts")).status_code == 403
    assert browse(sample.trader).get(reverse("alerts")).status_code == 403
