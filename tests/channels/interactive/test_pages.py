"""What the pages show, and what looking at them leaves in the log."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.views.defaults import server_error

from channels.interactive.conftest import Browse
from openics.exchange.models import Message
from openics.information.models import Disclosure
from web.sample import Sample


def text(content: bytes) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


def shown(client: Client, query: str = "") -> list[int]:
    """The numbers of the messages in the list."""
    page = client.get(f"/messages/{query}").content.decode()
    return [int(number) for number in re.findall(r'id="message-(\d+)"', page)]


def test_the_list_shows_all_own_messages_newest_first(sample: Sample, browse: Browse) -> None:
    own = Message.objects.filter(owner="51824753556").order_by("-id").values_list("id", flat=True)
    assert shown(browse(sample.trader)) == list(own)
    assert shown(browse(sample.officer, "Case 7")) == list(Message.objects.order_by("-id").values_list("id", flat=True))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?search=PO-1002", ["EXDR", "CONTRL", "EXD"]),
        ("?search=PO-10", ["EXDR", "CONTRL", "EXD", "EXDR", "EXD", "EXDR", "CONTRL", "EXD"]),
        ("?search=aaaaaaat4", ["EXD", "EXD"]),
        ("?search=26030200000003", ["EXD"]),
        ("?search=exdr", ["EXDR", "EXDR", "EXDR"]),
        ("?search=GRAIN", []),
        ("?state=rejected", ["EXD"]),
        ("?direction=in&name=EXD", ["EXD", "EXD", "EXD"]),
        ("?direction=in&name=business", ["CUSDEC", "EXD", "EXD", "EXD"]),
        ("?day=2026-03-01", []),
        ("?day=2026-03-02&state=invalid", ["CUSDEC"]),
        (
            "?search=%00",
            ["CONTRL", "CONTRL", "CUSDEC", "EXDR", "CONTRL", "EXD", "EXDR", "EXD", "EXDR", "CONTRL", "EXD"],
        ),
    ],
)
def test_search_and_filters(query: str, names: list[str], sample: Sample, browse: Browse) -> None:
    found = shown(browse(sample.trader), query)
    assert [Message.objects.get(pk=number).name for number in found] == names


def test_a_wrong_day_is_said(sample: Sample, browse: Browse) -> None:
    page = browse(sample.trader).get("/messages/?day=yesterday").content.decode()
    assert "Enter the day as year, month and day, for example 2026-03-31" in page
    assert 'value="yesterday"' in page


def test_a_refreshed_list_is_a_fragment_and_one_look(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    client.get("/messages/?state=sent")
    for _ in range(3):
        fragment = client.get("/messages/?state=sent", headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<div id="rows" data-live hx-get="/messages/?state=sent"')
    assert list(Disclosure.objects.values_list("subject_kind", "subject_key")) == [("MESSAGES", "state=sent")]


def test_the_journey_shows_everything(sample: Sample, browse: Browse) -> None:
    page = text(browse(sample.trader).get(reverse("message", args=[sample.rejected.pk])).content)
    for words in (
        "Export declaration PO-1002 Rejected",
        "Decided rejected",
        "NET QUANTITY UNIT NR IS NOT THE UNIT OF AHECC CODE 02044200 Error EX9310, line 1, rule EXD-L-10",
        "1 broken, 1 passed, 1 not applicable",
        "Consignee Name GULF COLD STORES",
        "LAMB, FROZEN, BONELESS",
        "valid, not revoked, registered to AAA676Y",
        "not confirmed after 5 deliveries",
        "Mail as received, signed and encrypted (.eml)",
        "UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+260302:1530+26030200000003++++1++1",
    ):
        assert words in page


def test_a_syntax_report_leads_to_its_interchange(sample: Sample, browse: Browse) -> None:
    report = Message.objects.get(name="CONTRL", document__action="4", answers=None)
    page = browse(sample.trader).get(reverse("message", args=[report.pk])).content.decode()
    assert f'href="{reverse("interchange", args=[sample.duplicate.pk])}">interchange 26030200000001</a>' in page


def test_each_look_is_recorded_with_an_officers_purpose(sample: Sample, browse: Browse) -> None:
    browse(sample.officer, "Case 7").get(reverse("declaration", args=["AAAAAAAT4"]))
    browse(sample.trader).get(reverse("received_bytes", args=[sample.accepted.interchange.intake_id]))
    assert list(
        Disclosure.objects.order_by("id").values_list("person", "subject_kind", "subject_key", "purpose", "allowed")
    ) == [
        (sample.officer.pk, "EDN", "AAAAAAAT4", "ENQUIRY: Case 7", True),
        (sample.trader.pk, "RECEIVED", f"{sample.accepted.interchange.intake_id} bytes", "", True),
    ]


def test_the_title_of_a_declaration_is_its_status(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    titles = []
    for declaration in (sample.declaration, sample.in_error):
        page = client.get(reverse("declaration", args=[declaration.edn])).content
        titles.append(text(re.search(rb"<h1.*?</h1>", page, re.DOTALL)[0]))  # type: ignore[index]
    assert titles == ["Export declaration AAAAAAAT4 is clear", "Export declaration AAAAAAAW7 is in error"]


def test_a_declaration_says_why_and_who_acts_next(sample: Sample, browse: Browse) -> None:
    page = text(browse(sample.trader).get(reverse("declaration", args=["AAAAAAAW7"])).content)
    action = "quote the permit's prefix and number in a change (4) or replacement (5)".replace("'", "&#39;")
    assert f"Reporting party must act next: {action}" in page
    assert "Permits quoted Not met line 1: AHECC 02044200 needs a permit, since" in page


def test_a_declaration_shows_versions_and_what_they_changed(sample: Sample, browse: Browse) -> None:
    page = text(browse(sample.trader).get(reverse("declaration", args=["AAAAAAAT4"])).content)
    assert "Consignee City: was DUBAI now ABU DHABI" in page
    assert "Total Packages: was 640 now 650" in page
    assert "Export declaration replaced" in page


def test_goods_owner_sees_the_declaration_but_not_the_messages(sample: Sample, browse: Browse) -> None:
    sample.declaration.goods_owner = "53004085616"
    sample.declaration.save()
    page = text(browse(sample.stranger).get(reverse("declaration", args=["AAAAAAAT4"])).content)
    assert "Export declaration AAAAAAAT4 is clear" in page
    assert "The messages belong to the reporting party and are not shown to you." in page
    assert "Withdraw this declaration" not in page
    assert f'/messages/{sample.accepted.pk}/"' not in page


@pytest.mark.parametrize(
    ("query", "edns"),
    [
        ("", ["AAAAAAAW7", "AAAAAAAT4"]),
        ("?status=ERROR", ["AAAAAAAW7"]),
        ("?search=aaaaaaat4", ["AAAAAAAT4"]),
        ("?search=PO-1003", ["AAAAAAAW7"]),
        ("?search=AAAAAAAK9", []),
    ],
)
def test_list_of_declarations(query: str, edns: list[str], sample: Sample, browse: Browse) -> None:
    page = browse(sample.trader).get(f"/declarations/{query}").content.decode()
    assert re.findall(r'id="edn-(\w+)"', page) == edns


def test_the_gateway_lists_what_was_refused_and_why(sample: Sample, browse: Browse) -> None:
    page = text(browse(sample.officer, "Case 7").get("/gateway/").content)
    assert "The signature does not fit the content: it was changed after it was signed" in page
    assert "Sign the interchange again and send it without a mail filter that rewrites attachments" in page
    assert "No received item is parked" in text(browse(sample.officer, "Case 7").get("/gateway/?state=parked").content)


def test_downloads_are_the_very_bytes(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    interchange = sample.accepted.interchange
    mail = client.get(reverse("received_bytes", args=[interchange.intake_id]))
    assert mail.content == bytes(interchange.intake.evidence.content)
    assert mail["Content-Type"] == "message/rfc822"
    inner = client.get(reverse("interchange_bytes", args=[interchange.pk]))
    assert inner.content == bytes(interchange.content)
    assert inner["Content-Disposition"] == 'attachment; filename="AAA676Y-26030200000001.edi"'
    item = sample.answer.interchange.outbox_item
    sealed = client.get(reverse("sealed_bytes", args=[item.pk]))
    assert sealed.content == bytes(item.evidence.content)


def test_errors_help(sample: Sample, browse: Browse) -> None:
    missing = browse(sample.trader).get("/nowhere")
    assert (missing.status_code, b"There is nothing here that you can see" in missing.content) == (404, True)
    stale = Client(enforce_csrf_checks=True).post("/account/sign-in/", {})
    assert (stale.status_code, b"Your page had been open for too long" in stale.content) == (403, True)


def test_a_field_left_empty_says_what_to_enter(db: None) -> None:
    page = Client().post("/account/sign-in/", {"login": "", "password": ""}).content
    assert (page.count(b"Enter your e-mail address"), page.count(b"Enter your password")) == (2, 2)
    assert b"This field is required" not in page


def test_a_number_typed_in_small_letters_is_found(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    answer = client.get("/declarations/aaaaaaat4/")
    assert (answer.status_code, answer["Location"]) == (302, "/declarations/AAAAAAAT4/")
    found = client.get("/declarations/", {"search": "po-1001"})
    assert b"AAAAAAAT4" in found.content


def test_a_failure_of_ours_has_a_page_of_its_own(db: None) -> None:
    answer = server_error(HttpRequest())
    assert (answer.status_code, b"Something went wrong on our side" in answer.content) == (500, True)
