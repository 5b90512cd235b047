"""An officer chooses how interchanges reach a site."""

import pytest

from channels.interactive.conftest import Browse
from openics.clients.models import Site
from openics.exchange.models import Event, OutboxItem
from web.sample import Sample


@pytest.fixture
def site(sample: Sample) -> Site:
    return Site.objects.get(pk=sample.parked_item.site)


def test_to_fetching_and_back(sample: Sample, browse: Browse, site: Site) -> None:
    officer = browse(sample.officer, "Case 7")
    page = officer.get(f"/sites/{site.pk}/").content.decode()
    assert ("By mail" in page, f'href="/sites/{site.pk}/fetch/"' in page) == (True, True)
    asked = officer.get(f"/sites/{site.pk}/fetch/").content.decode()
    assert f"Let site {site.pk} fetch its interchanges?" in asked
    OutboxItem.objects.filter(pk=sample.parked_item.pk).update(state="sealed")
    answer = officer.post(f"/sites/{site.pk}/fetch/", {"reason": "no mail server"})
    assert answer["Location"] == f"/sites/{site.pk}/"
    site.refresh_from_db()
    sample.parked_item.refresh_from_db()
    assert (site.delivery, sample.parked_item.state) == ("pull", "held")
    page = officer.get(f"/sites/{site.pk}/").content.decode()
    assert ("Fetched by the site over HTTPS" in page, "no mail server" in page) == (True, True)
    assert f"Site {site.pk} fetches its interchanges." in page
    officer.post(f"/sites/{site.pk}/mail/", {"reason": "has one now"})
    site.refresh_from_db()
    sample.parked_item.refresh_from_db()
    assert (site.delivery, sample.parked_item.state) == ("mail", "sealed")
    told = Event.objects.filter(code="site.delivery-changed").order_by("id").values_list("actor", "data")
    assert list(told) == [
        (sample.officer.email, {"delivery": "pull", "reason": "no mail server"}),
        (sample.officer.email, {"delivery": "mail", "reason": "has one now"}),
    ]


def test_only_officers_with_a_purpose_and_a_reason(sample: Sample, browse: Browse, site: Site) -> None:
    address = f"/sites/{site.pk}/fetch/"
    given = {"reason": "because"}
    assert [
        browse(None).post(address, given).status_code,
        browse(sample.trader).post(address, given).status_code,
        browse(sample.officer).post(address, given).status_code,
        browse(sample.officer, "Case 7").post(address, {"reason": " "}).status_code,
        browse(sample.officer, "Case 7").post("/sites/AAA999N/fetch/", given).status_code,
    ] == [302, 403, 302, 422, 404]
    site.refresh_from_db()
    assert (site.delivery, Event.objects.filter(code="site.delivery-changed").count()) == ("mail", 0)
