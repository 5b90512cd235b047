"""The pages of programs and of the API in a real browser, without a mouse and for axe."""

from pathlib import Path

from channels.api.conftest import by
from openics.channels.api import programs
from openics.channels.api.models import Program
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import check


def test_a_program_is_made_given_another_secret_and_ended(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit(sample.trader)
    page.goto("/programs/")
    page.get_by_role("button", name="Make a program").click()
    page.get_by_label("Name").fill("Export desk")
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Choose at least one.").first.wait_for()
    check(page, assets)
    page.get_by_label("exports:lodge").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("heading", name="The secret of Export desk").wait_for()
    check(page, assets)
    page.get_by_role("link", name="All programs").click()
    page.get_by_role("link", name="New secret for Export desk").click()
    check(page, assets)
    page.get_by_label("For one day").check()
    page.get_by_role("button", name="Make another secret").click()
    page.get_by_role("link", name="All programs").click()
    check(page, assets)
    page.get_by_role("link", name="End Export desk").click()
    page.get_by_role("button", name="End it").click()
    page.get_by_text("Export desk is ended.").wait_for()
    assert [(each.ended_at is not None, each.secrets.count()) for each in Program.objects.all()] == [(True, 2)]


def test_the_page_of_the_api(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    assert sample.trader.client is not None
    programs.make(sample.trader.client, "Night batch", ["exports:read"], by())
    check(visit(), assets, "/api/")
