"""Notices on the web: whose they are, what they say, and the banner while one is to be done."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from channels.interactive.conftest import Browse
from channels.interactive.test_sites import text
from openics.exchange.models import Notice
from openics.information.models import Disclosure
from web.sample import Sample
from web.sample_notices import give_notices
from web.sample_sites import FOREIGN, SITE, add_certificates

BANNER = "Your sites need something done"


@pytest.fixture
def given(sample: Sample) -> None:
    give_notices()


def said(content: bytes) -> str:
    return unescape(text(content))


def test_the_list(sample: Sample, browse: Browse, given: None) -> None:
    page = said(browse(sample.trader).get("/notices/").content)
    for expected in (
        f"A certificate of site {SITE} ends in 13 days",
        "Planned outage of the mail gateway",
        "To be done",
    ):
        assert expected in page
    assert FOREIGN not in page
    only = said(browse(sample.trader).get("/notices/?only=open").content)
    assert ("ends in 13 days" in only, "Planned outage of" in only) == (True, False)
    foreign = said(browse(sample.stranger).get("/notices/").content)
    assert (FOREIGN in foreign, SITE in foreign, "ends in 13 days" in foreign) == (True, False, False)
    assert "Nothing is to be done." in said(browse(sample.stranger).get("/notices/?only=open").content)
    officers = said(browse(sample.officer, "Case 7").get("/notices/").content)
    assert (FOREIGN in officers, SITE in officers) == (True, True)


def test_one_notice(sample: Sample, browse: Browse, given: None) -> None:
    notice = Notice.objects.get(kind="certificate")
    answer = browse(sample.trader).get(f"/notices/{notice.pk}/")
    assert unescape(answer.content.decode()).count(notice.text.strip()) == 1
    assert "To be done" in said(answer.content)
    foreign = Notice.objects.get(site=FOREIGN).pk
    assert [browse(sample.trader).get(f"/notices/{number}/").status_code for number in (foreign, 10**9)] == [404, 404]
    assert [browse(who).get(f"/notices/{notice.pk}/").status_code for who in (None, sample.officer)] == [302, 302]
    logged = Disclosure.objects.order_by("id").values_list("subject_kind", "subject_key", "allowed")
    assert list(logged) == [
        ("NOTICE", str(notice.pk), True),
        ("NOTICE", str(foreign), False),
        ("NOTICE", "1000000000", False),
    ]


def test_the_banner_while_one_is_to_be_done(sample: Sample, browse: Browse, given: None) -> None:
    def shown(who: str = "trader", address: str = "/messages/") -> bool:
        return BANNER in said(browse(getattr(sample, who), "Case 7" if who == "officer" else "").get(address).content)

    assert [shown(who) for who in ("trader", "stranger", "officer")] == [True, False, False]
    assert shown(address="/terms/")
    assert not shown(address="/notices/")
    now = timezone.now()
    Notice.objects.update(act_until=now - timedelta(seconds=1))
    assert not shown()
    assert "Too late" in said(browse(sample.trader).get("/notices/").content)
    Notice.objects.update(act_until=None, settled_at=now)
    assert not shown()
    assert "Settled" in said(browse(sample.trader).get("/notices/").content)


def test_the_banner_names_three_and_leads_to_all(sample: Sample, browse: Browse, given: None) -> None:
    notice = Notice.objects.get(kind="certificate")
    for number in range(4):
        notice.pk, notice.step = None, f"step-{number}"
        notice.save()
    page = browse(sample.trader).get("/messages/").content.decode()
    assert page.count("ends in 13 days") == 3
    assert 'href="/notices/?only=open">All that is to be done' in page


def test_officers_see_who_has_not_renewed(sample: Sample, browse: Browse, given: None) -> None:
    add_certificates()
    address = "/sites/renewals/"
    page = said(browse(sample.officer, "Case 7").get(address).content)
    rows = page.partition("Last told")[2]
    assert rows.count("days left") == 1
    assert f"13 days left {SITE} Meridian Exports it@meridian.example" in rows
    assert "14 days" in rows
    refused = [browse(who).get(address).status_code for who in (None, sample.trader, sample.officer)]
    assert refused == [302, 403, 302]
