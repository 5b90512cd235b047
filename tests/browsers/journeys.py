"""The main journeys: each is written once, and every browser goes it, with its scripts and without.

The names and titles are part of the published result (`guidance/browsers.json`); a test holds the two together.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from browsers.driver import ENTER, Ability, Driver, Window, button, field, heading, link
from openics.channels.interactive.jinja import GUIDANCE_PAGES
from openics.clients.models import Person
from web.conftest import session_of
from web.sample import PASSWORD, Sample, code_of

INTERCHANGE: Final = (
    "UNB+UNOC:3+AAA676Y+AAA336C+260302:1430+77'UNH+1+CUSDEC:D:99B:UN'BGM+830:::EXD+MY-1:1+9'UNT+3+1'UNZ+1+77'"
)
PASSKEYS: Final = frozenset({Ability.SCRIPTS, Ability.PASSKEYS})
CHECKLIST: Final = "/start/?task=lodge&role=broker&volume=many&software=package"


@dataclass(slots=True)
class Visit:
    """Somebody at a browser's window, and the records of the system that it looks at."""

    window: Window
    sample: Sample

    def sign_in(self, person: Person) -> None:
        """Have somebody signed in already."""
        self.window.driver.give_cookie(self.window.base, "openics_session", session_of(person))


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey; its name is its function's, its title what the public page calls it, `needs` what the browser must have."""

    title: str
    go: Callable[[Visit], None]
    needs: frozenset[Ability] = frozenset()

    @property
    def name(self) -> str:
        """Its key in the published result."""
        return self.go.__name__

    def applies(self, driver: type[Driver], *, scripts: bool) -> bool:
        """Whether it can be gone at all with such a driver, while pages may run scripts or not."""
        has = {*driver.abilities, Ability.SCRIPTS} if scripts else driver.abilities
        return self.needs <= has


def public_pages(visit: Visit) -> None:
    """From the home page to each page of help."""
    window = visit.window
    window.open("/")
    window.see(heading("Report cargo to customs, and see why it moves or does not"))
    for name, text in GUIDANCE_PAGES:
        window.click(f"//footer{link(text)}")
        window.arrive(reverse(name))
        assert window.see("//h1") != ""


def checklist(visit: Visit) -> None:
    """First-time users: questions, a forgotten answer, the checklist, other answers."""
    window = visit.window
    window.open("/start/")
    window.click(field("Lodge reports or declarations"))
    window.click(button("Show my checklist"))
    window.see('//h2[normalize-space()="There is a problem"]')
    for answer in ("Licensed customs broker", "Some every day, or more", "Software that we write ourselves"):
        window.click(field(answer))
    window.click(button("Show my checklist"))
    window.see(heading("Communicate by EDI"))
    window.click(link("Change your answers"))
    window.see(heading("First time users"))
    window.click(field("None of these"))
    window.click(button("Show my checklist"))
    window.see(heading("Let a bureau communicate for you"))


def terms(visit: Visit) -> None:
    """A search in the terms, and a term's own address."""
    window = visit.window
    window.open("/terms/")
    window.fill(field("Search the terms"), "underbond")
    window.click(button("Search"))
    window.see('//dt[starts-with(normalize-space(), "UBM / UBMR")]')
    window.click(link("All terms"))
    window.see('//h2[@id="letter-A"]')
    window.open("/terms/#edn")
    assert window.see('//div[@id="edn"]/dt').startswith("EDN") is True


def reference(visit: Visit) -> None:
    """A search in the reference, and a message's page."""
    window = visit.window
    window.open("/reference/")
    window.fill(field("Search the reference"), "EXD")
    window.type(ENTER)
    window.see(heading("Search for “EXD”"))
    window.click('//ol[@class="ics-hits"]/li[1]/a')
    window.arrive("/reference/messages/EXD")
    assert window.see("//h1").startswith("EXD") is True


def workshop(visit: Visit) -> None:
    """An interchange pasted into the workshop, its errors, and the same as JSON."""
    window = visit.window
    window.open("/workshop/")
    window.fill(field("EDIFACT"), INTERCHANGE)
    window.click(button("Decode"))
    window.see(heading("Interchange 77"))
    assert window.count('//ol[@class="ics-problems__list"]/li') > 0
    window.open("/workshop/?example=EXD")
    window.click(button("Edit as JSON"))
    window.see(button("Make EDIFACT of it"))


def give_password(window: Window, person: Person) -> None:
    """The first step of signing in."""
    window.open("/account/sign-in/")
    window.fill(field("E-mail address"), person.email)
    window.fill(field("Password"), PASSWORD)
    window.click(button("Sign in with password"))


def fresh_code(person: Person) -> str:
    """The one-time code of somebody, which will hold for as long as a slow machine takes to type it."""
    left = 30 - time.time() % 30
    if left < 6:
        time.sleep(left)
    return code_of(person)


def password_and_code(visit: Visit) -> None:
    """Signing in with a password and a one-time code, and out again."""
    window, trader = visit.window, visit.sample.trader
    give_password(window, trader)
    window.fill(field("Code from your app"), fresh_code(trader))
    window.click(button("Continue"))
    window.see(heading("Messages"))
    window.click(button("Sign out"))
    window.see(link("Sign in"))
    window.open("/messages/")
    window.see(heading("Sign in"))


def passkey(visit: Visit) -> None:
    """A first passkey, and signing in with it alone."""
    window = visit.window
    window.driver.give_passkeys()
    give_password(window, visit.sample.newcomer)
    window.see(heading("Set up a second factor"))
    window.click(button("Add a passkey"))
    window.fill(field("Name of this passkey"), "office laptop")
    window.click(button("Add the passkey"))
    window.see(heading("Recovery codes"))
    window.click(button("Sign out"))
    window.see(link("Sign in"))
    window.open("/account/sign-in/")
    window.click(button("Sign in with a passkey"))
    window.see(heading("Messages"))


def message(visit: Visit) -> None:
    """From the list of messages to one message's journey."""
    window = visit.window
    visit.sign_in(visit.sample.trader)
    window.open("/messages/")
    window.fill(field("Reference, EDN, site or message"), "PO-1002")
    window.click(button("Find"))
    window.see(link("Clear"))
    window.click(f'//a[@href="/messages/{visit.sample.rejected.pk}/"]')
    window.see(heading("Export declaration PO-1002 Rejected"))
    assert window.count('//ol[@class="ics-journey"]/li') == 7


def declaration(visit: Visit) -> None:
    """From the list of export declarations to one declaration's status and timeline."""
    window = visit.window
    visit.sign_in(visit.sample.trader)
    window.open("/declarations/")
    window.click(link("AAAAAAAT4"))
    window.see(heading("Export declaration AAAAAAAT4 is clear"))
    assert window.count('//ol[@class="ics-timeline"]/li') == 2


def withdrawal(visit: Visit) -> None:
    """The question before a declaration is withdrawn, and the way back."""
    window = visit.window
    visit.sign_in(visit.sample.trader)
    window.open("/declarations/AAAAAAAT4/")
    window.click(button("Withdraw this declaration"))
    window.see(heading("Withdraw export declaration AAAAAAAT4?"))
    window.see(button("Withdraw the declaration"))
    window.click(link("Keep it"))
    window.see(heading("Export declaration AAAAAAAT4 is clear"))


def print_button(visit: Visit) -> None:
    """The button to print is there only where it can do something, and opens the browser's own dialogue."""
    window = visit.window
    window.open(CHECKLIST)
    window.see(heading("Communicate by EDI"))
    assert window.shown(button("Print this page")) is window.driver.scripts
    if window.driver.scripts:
        window.driver.evaluate("() => { window.print = () => { document.title = 'printed' } }")
        window.click(button("Print this page"))
        assert window.driver.evaluate("() => document.title") == "printed"


def on_paper(visit: Visit) -> None:
    """The checklist and a declaration, printed."""
    window = visit.window
    visit.sign_in(visit.sample.trader)
    for address in (CHECKLIST, "/declarations/AAAAAAAT4/"):
        window.open(address)
        assert (address, window.driver.print()[:5]) == (address, b"%PDF-")


def widths(visit: Visit) -> None:
    """No sideways scrolling at 1280 and at 320 pixels."""
    window, sample = visit.window, visit.sample
    visit.sign_in(sample.trader)
    window.fits(
        *("/", "/start/", CHECKLIST, "/certificates/", "/terms/?q=bill", "/status/", "/browsers/"),
        *("/reference/messages/EXD", "/workshop/", "/workshop/?example=EXD"),
        *("/messages/", f"/messages/{sample.rejected.pk}/", "/declarations/AAAAAAAT4/", "/outbox/", "/sites/"),
    )


def keyboard(visit: Visit) -> None:
    """Signing in and opening a message by the keyboard alone."""
    window, trader = visit.window, visit.sample.trader
    window.open("/")
    window.tab_to(link("Skip to main content"))
    window.tab_to(f"//header{link('Sign in')}")
    window.type(ENTER)
    window.see(heading("Sign in"))
    window.tab_to(field("E-mail address"))
    window.type(trader.email)
    window.tab_to(field("Password"))
    window.type(PASSWORD + ENTER)
    window.see(heading("Enter your one-time code"))
    window.tab_to(field("Code from your app"))
    window.type(fresh_code(trader) + ENTER)
    window.see(heading("Messages"))
    window.tab_to(f'//a[@href="/messages/{visit.sample.accepted.pk}/"]')
    window.type(ENTER)
    window.see(heading("Export declaration PO-1001 Accepted"))


JOURNEYS: Final[Sequence[Journey]] = (
    Journey("Home page and the public pages", public_pages),
    Journey("Checklist for first-time users", checklist),
    Journey("Search in the terms", terms),
    Journey("Search in the reference", reference),
    Journey("Decoding an interchange in the workshop", workshop),
    Journey("Signing in with password and one-time code", password_and_code),
    Journey("Adding a passkey and signing in with it", passkey, PASSKEYS),
    Journey("From the list of messages to a message's journey", message),
    Journey("Status of an export declaration", declaration),
    Journey("Withdrawing an export declaration", withdrawal),
    Journey("The button that prints, shown only where scripts run", print_button),
    Journey("A page on paper", on_paper, frozenset({Ability.PAPER})),
    Journey("No sideways scrolling at 1280 and at 320 pixels", widths),
    Journey("Signing in and opening a message by the keyboard alone", keyboard),
)
