"""Pages in the way somebody needs them: by keyboard alone, enlarged four times, in colours of their own, still, on paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from openics.channels.interactive.jinja import GUIDANCE_PAGES
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import overflow

PUBLIC = ["/", *(reverse(name) for name, _ in GUIDANCE_PAGES), "/reference/messages/EXD", "/workshop/"]
ENLARGED = {"width": 320, "height": 225}
"""What a window of 1280 by 900 pixels shows at 400 %."""
FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(each => each.type !== 'hidden' && !each.disabled && each.checkVisibility() && each.tabIndex >= 0)"""
HERE = f"() => ({FOCUSABLE})().indexOf(document.activeElement)"
MARKED = """() => { const style = getComputedStyle(document.activeElement)
    return !document.activeElement.matches(':focus') || style.outlineStyle !== 'none' && style.outlineWidth !== '0px'
        || style.boxShadow !== 'none' }"""
"""In a field for a date the keyboard comes to a button of the browser's own, which the browser marks itself."""
COVERED = """() => { const box = document.activeElement.getBoundingClientRect()
    return box.bottom <= 0 || box.top >= window.innerHeight }"""


def tabbed(page: Page, address: str) -> tuple[set[int], list[str]]:
    """The places among all that can have the keyboard to which Tab does not lead, and those that do not show it."""
    page.goto(address)
    wanted = set(range(page.evaluate(f"() => ({FOCUSABLE})().length")))
    reached, unmarked = set[int](), []
    for _ in range(len(wanted) + 20):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        reached.add(here)
        if here >= 0 and (not page.evaluate(MARKED) or page.evaluate(COVERED)):
            unmarked.append(page.evaluate("() => document.activeElement.outerHTML"))
        if wanted <= reached:
            break
    return wanted - reached, unmarked


@pytest.mark.parametrize("address", ["/", "/browsers/", "/terms/?q=bill", "/workshop/", "/account/sign-in/"])
def test_tab_leads_everywhere_and_shows_where_it_is(address: str, visit: OpenBrowser) -> None:
    assert tabbed(visit(), address) == (set(), [])


def test_tab_leads_everywhere_on_a_declaration_and_in_a_list(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader, viewport=ENLARGED)
    for address in ("/messages/", "/declarations/AAAAAAAT4/", "/declarations/AAAAAAAT4/withdrawal/"):
        assert (address, *tabbed(page, address)) == (address, set(), [])


def test_enlarged_four_times_nothing_is_cut_off_sideways(visit: OpenBrowser) -> None:
    page = visit(viewport=ENLARGED)
    for address in PUBLIC:
        page.goto(address)
        assert (address, overflow(page)) == (address, 0)


def test_nothing_moves_for_somebody_who_wants_it_still(visit: OpenBrowser) -> None:
    page = visit(reduced_motion="reduce")
    for address in PUBLIC:
        page.goto(address)
        assert (address, page.evaluate("() => document.getAnimations().length")) == (address, 0)


def test_the_mark_of_the_keyboard_stays_in_colours_of_ones_own(visit: OpenBrowser) -> None:
    page = visit(forced_colors="active")
    assert tabbed(page, "/account/sign-in/") == (set(), [])


def test_paper_has_the_text_and_not_what_only_a_screen_can_use(visit: OpenBrowser) -> None:
    page = visit()
    page.emulate_media(media="print")
    for address in PUBLIC:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for part in (".govuk-service-navigation", ".ics-footer__links", ".ics-header__account", ".govuk-skip-link"):
            assert (address, part, page.locator(part).is_visible()) == (address, part, False)
