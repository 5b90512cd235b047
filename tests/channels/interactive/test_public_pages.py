"""The public pages: what they say, that their links are answered, and that looking at them writes nothing."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from cryptography import x509
from django.apps import apps
from django.test import Client
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.channels.interactive import standing
from openics.channels.interactive.jinja import GUIDANCE_PAGES
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import gateway_key
from openics.sandbox.authority import Authority
from web.sample import Sample

pytestmark = pytest.mark.django_db

PATHS = [reverse(name) for name, _ in GUIDANCE_PAGES]
CHECKLIST = "/start/?task=lodge&role=exporter&volume=some&software=own"
SHOWN = [*PATHS, "/", CHECKLIST, f"{CHECKLIST}&change=yes", "/start/?task=look", "/terms/?q=bill", "/terms/?q=zebra"]
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    standing.forget()


@pytest.fixture
def keys(tmp_path: Path, settings: object) -> Path:
    """A folder with a key in use and the next one."""
    authority = Authority.create(tmp_path / "authority", NOW)
    for name, start in (("first", NOW - timedelta(days=100)), ("second", NOW + timedelta(days=7))):
        identity = authority.issue("CCF E-mail Gateway", "ccf@customs.example", "Customs", start - timedelta(days=20))
        gateway_key(name, identity, start).save(tmp_path / "gateway")
    settings.GATEWAY_DIRECTORY = tmp_path / "gateway"  # type: ignore[attr-defined]
    return tmp_path / "gateway"


def get(address: str, status: int = 200) -> str:
    """A page as anybody sees it."""
    answer = Client().get(address)
    assert (address, answer.status_code) == (address, status)
    return answer.content.decode()


def text(page: str) -> str:
    """What a page says, without its marks, in one line."""
    main = page.partition('id="main-content"')[2].partition("<footer")[0].partition(">")[2]
    without = re.sub(r"<[^>]+>", "", re.sub(r"</(?:td|th|dt|dd|div|li|p|h\d)>", " ", main))
    return re.sub(r"\s+", " ", unescape(without)).strip()


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize(("name", "heading"), GUIDANCE_PAGES)
def test_every_page_has_its_heading_and_title(name: str, heading: str) -> None:
    page = get(reverse(name))
    assert [unescape(each) for each in re.findall(r"<h1[^>]*>([^<]+)</h1>", page)] == [heading]
    assert f"<title>{heading} \N{EN DASH} OpenICS</title>" in unescape(page)


@pytest.mark.parametrize("address", ["/", "/reference/", "/account/sign-in/", *PATHS])
def test_every_page_leads_to_all_of_them(address: str) -> None:
    footer = get(address).partition("<footer")[2]
    assert re.findall(r'<li><a class="govuk-link" href="([^"]+)">', footer) == PATHS


def test_the_home_page_shows_them() -> None:
    home = get("/").partition("<footer")[0]
    assert [path for path in PATHS if f'<a class="govuk-link" href="{path}">' not in home] == []


def test_every_link_is_answered_and_every_place_is_there(keys: Path) -> None:
    links = {link for address in SHOWN for link in re.findall(r'href="([^"]+)"', get(address)) if link.startswith("/")}
    client = Client()
    pages = {unescape(link.partition("#")[0]) for link in links if not link.startswith("/static/")}
    elsewhere = {
        page: client.get(page).headers.get("Location") for page in pages if client.get(page).status_code != 200
    }
    assert elsewhere == {"/programs/": "/account/sign-in/?next=%2Fprograms%2F"}, "for administrators of an organisation"
    for link in links:
        path, _, place = link.partition("#")
        assert not place or f'id="{place}"' in get(path)
    assert len(pages) >= 20


@pytest.mark.parametrize("address", ["/terms/", "/certificates/", CHECKLIST])
def test_links_within_a_page_lead_to_places_in_it(address: str) -> None:
    page = get(address)
    assert [place for place in re.findall(r'href="#([^"]+)"', page) if f'id="{place}"' not in page] == []


def test_looking_writes_nothing(sample: Sample, browse: Browse, keys: Path) -> None:
    before = rows()
    for person in (None, sample.trader, sample.officer):
        for address in SHOWN:
            client = browse(person)
            client.get("/")
            begun = rows()
            assert client.get(address).status_code == 200
            assert rows() == begun == {**before, **{name: begun[name] for name in ("Session", "SignIn")}}


@pytest.mark.parametrize("address", PATHS)
def test_nothing_is_taken_by_these_pages(address: str) -> None:
    assert Client().post(address).status_code == 405


def test_the_questions_are_radios_that_work_without_javascript() -> None:
    page = get("/start/")
    assert '<form method="get" action="/start/" novalidate>' in page
    assert set(re.findall(r'name="(\w+)" type="radio"', page)) == {"task", "role", "volume", "software"}
    assert "There is a problem" not in page
    assert " checked" not in page


def test_answers_that_are_missing_are_asked_for() -> None:
    page = get("/start/?task=lodge&role=pirate&volume=few", 422)
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', page) == [
        ("role", "Say what your part in the trade is"),
        ("software", "Say what software you have"),
    ]
    assert re.findall(r'value="(\w+)" checked', page) == ["lodge", "few"]
    assert "<title>Error: First time users \N{EN DASH} OpenICS</title>" in page


def test_answers_can_be_changed() -> None:
    change = unescape(re.findall(r'<a class="govuk-back-link" href="([^"]+)"', get(CHECKLIST))[0])
    assert change == f"{CHECKLIST}&change=yes"
    assert re.findall(r'value="(\w+)" checked', get(change)) == ["lodge", "exporter", "some", "own"]


def test_a_checklist_for_edi() -> None:
    page = get(CHECKLIST)
    said = text(page)
    assert said.startswith(
        "Communicate by EDI You have software that can send and receive messages, and EDI takes any number of them."
    )
    assert page.count("<li><span>") == 12
    assert (
        "Mail address of the gateway ccf@customs.example Site id of customs AAA336C Environment Industry test" in said
    )
    assert "EXD Export declaration decided on and answered STREQ Status request decided on and answered" in said
    assert "What is your part in the trade? I export goods" in said


def test_a_checklist_says_what_is_not_decided_on() -> None:
    said = text(get("/start/?task=lodge&role=importer&volume=few&software=none"))
    assert said.startswith("Let a licensed broker lodge for you")
    assert "IMD Import declaration not decided on yet" in said
    assert "Mail address of the gateway" not in said


def test_error_code_14_is_explained() -> None:
    said = text(get("/certificates/"))
    assert (
        "“Not authorised”, error code 14 The web pages of the Australian ICS say this to whoever signs in with a device "
        "(Type 3) certificate." in said
    )
    assert "Device (Type 3) A server Signing EDI mail and opening answers." in said
    assert "Key of a certificate RSA with 2048 to 8192 bits, or P-256 or P-384" in said


def test_the_current_and_the_next_certificate_are_shown(keys: Path) -> None:
    page = get("/certificates/gateway/")
    said = text(page)
    assert re.findall(r"<h2[^>]* id=\"(current|next|leaving)-\d\">([^<]+)", page) == [
        ("current", "In use now"),
        ("next", "The next one"),
    ]
    assert "In use now Customs signs with this certificate. Encrypt to it." in said
    assert re.search(
        r"The next one Customs will sign with this certificate from .+ on\. Install it before\. You may encrypt", said
    )
    for name in ("first", "second"):
        certificate = x509.load_pem_x509_certificate((keys / f"{name}.crt").read_bytes())
        digits = fingerprint(certificate).upper()
        assert ":".join(re.findall("..", digits)) in said


def test_certificates_can_be_taken_away(keys: Path) -> None:
    page = get("/certificates/gateway/")
    files = re.findall(r'href="([^"]+\.(?:pem|cer))"', page)
    assert len(files) == 4
    answers = [Client().get(file) for file in files]
    assert [answer["Content-Type"] for answer in answers] == [
        "application/pem-certificate-chain",
        "application/pkix-cert",
    ] * 2
    assert [answer["Content-Disposition"] for answer in answers] == [
        f'attachment; filename="{file.rpartition("/")[2]}"' for file in files
    ]
    first = x509.load_pem_x509_certificate((keys / "first.crt").read_bytes())
    assert x509.load_pem_x509_certificate(answers[0].content) == first
    assert x509.load_der_x509_certificate(answers[1].content) == first
    assert re.fullmatch(
        rf"/certificates/gateway/gateway-{first.not_valid_after_utc:%Y%m%d}-{fingerprint(first)[:8]}\.pem", files[0]
    )


def test_no_private_key_is_needed_and_none_is_given(keys: Path) -> None:
    for path in keys.glob("*.key"):
        path.unlink()
    assert "In use now" in get("/certificates/gateway/")
    for name in ("first.key", "first.pem", "gateway-20260101-00000000.pem", "..%2Ffirst.pem"):
        assert Client().get(f"/certificates/gateway/{name}").status_code == 404


def test_a_certificate_that_leaves_is_shown_until_it_retires(keys: Path) -> None:
    first, second = keys / "first.json", keys / "second.json"
    second.write_text(
        json.dumps({**json.loads(second.read_text()), "sign_from": (NOW - timedelta(days=1)).isoformat()})
    )
    assert json.loads(first.read_text())["sign_from"] < json.loads(second.read_text())["sign_from"]
    said = text(get("/certificates/gateway/"))
    assert (
        "On its way out Customs does not sign with this certificate. What is encrypted to it is still opened until"
        in said
    )
    assert "The next one" not in said


@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_without_certificates_the_page_says_so(broken: str, keys: Path, settings: object) -> None:
    if broken == "missing":
        settings.GATEWAY_DIRECTORY = keys / "nowhere"  # type: ignore[attr-defined]
    else:
        (keys / "first.crt").write_text("no certificate")
    said = text(get("/certificates/gateway/"))
    assert "No certificate of the gateway can be shown at the moment. Ask customs for it." in said
    assert "How to install it" in said


def test_the_terms() -> None:
    page = get("/terms/")
    assert page.count("<dt>") == 274
    assert '<div id="edn">' in page
    assert "EDN Export declaration number The number under which declared goods may be exported. See CAN." in text(page)
    assert "CFS Container freight station" in text(page)


@pytest.mark.parametrize(
    ("query", "lead"),
    [
        ("EDN", "terms hold “EDN”."),
        ("licensed broker", "3 terms hold “licensed broker”."),
        ("ABN-DSC", "1 term holds “ABN-DSC”."),
        ("zebra", "0 terms hold “zebra”."),
        ("<b>", "0 terms hold “<b>”."),
    ],
)
def test_searching_the_terms(query: str, lead: str) -> None:
    page = Client().get("/terms/", {"q": query}).content.decode()
    assert lead in text(page)
    assert "<b>" not in page


def test_continuity_and_information_say_what_is_not_there() -> None:
    assert "Contingency files are not taken: no files of comma-separated values" in text(get("/continuity/"))
    assert "within 24 hours after the second notice" in text(get("/continuity/"))
    assert "Reports: payments and refunds by EFT, deferred GST" in text(get("/information/"))
    assert "An officer of customs The records that the officer's duties open, after saying what for." in text(
        get("/information/")
    )


def test_terms_are_linked_once_on_a_page_and_in_the_reference() -> None:
    page = get(CHECKLIST)
    assert len(re.findall(r'href="/terms/#edi"', page)) == 1
    reference = get("/reference/messages/EXD")
    assert re.findall(r'href="/terms/#edn" title="([^"]+)"', reference) == ["Export declaration number"]
    assert 'class="govuk-link ics-term"' not in get("/terms/")
