"""The pages of the client register on real rows: search, record, history, amendment, entries, status and merging."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.channels.interactive.database import raw_connection
from openics.clients.codes import ClientKind, EntryKind
from openics.clients.facts import RegisteredClient
from openics.clients.models import Client, Site
from openics.clients.record import insert_record
from openics.clients.register_models import ClientEntry, ClientVersion
from openics.clients.register_record import ClientRecord, Entry
from openics.exchange import client_care
from openics.exchange.care import By
from openics.exchange.models import Event
from openics.information.models import Disclosure
from openics.reference.loader import load_samples
from web.sample import Sample

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OWN, FOREIGN = "51824753556", "53004085616"
CCID = "AAA3333333A"
SCRIPT = "<script>alert(1)</script>"
ADDRESS = {"street": "1 QUAY ROAD", "city": "AUCKLAND", "country": "NZ"}


@pytest.fixture
def register(sample: Sample) -> None:
    """The sample's two clients, and one with an entry of each kind that officers enter."""
    entries = (
        Entry(
            EntryKind.BROKER_LICENCE, "01234", date(2025, 1, 1), None, "", {}, "LICENCE HOLDER", "04321", "gazette 7"
        ),
        Entry(EntryKind.DEPOT_LICENCE, "D100", date(2020, 1, 1), date(2021, 1, 1), evidence="old licence"),
        Entry(EntryKind.ESTABLISHMENT, "9034P", date(2025, 1, 1), name="NORTH DEPOT", address=ADDRESS, evidence="D100"),
        Entry(EntryKind.ROLE, "SUPPLIER", date(2025, 1, 1), evidence="form 1"),
    )
    record = ClientRecord(CCID, ClientKind.ORGANISATION, f"QUAY {SCRIPT} LIMITED", address=ADDRESS, entries=entries)
    facts = RegisteredClient(CCID, record.kind, NOW, name=record.name, address=ADDRESS, roles=("SUPPLIER",))
    with connection.cursor() as cursor:
        load_samples(cursor, NOW)
        insert_record(cursor, facts, record, "AAR399A", "mail")


def text(answer: object) -> str:
    """The words of a page."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))  # type: ignore[attr-defined]


def listed(browser: Browser, query: str = "") -> list[str]:
    return re.findall(r'id="client-(\w+)"', browser.get(reverse("clients") + query).content.decode())


def test_search(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    names = {row.client_id: row.name for row in Client.objects.all()}
    assert listed(officer) == [CCID, FOREIGN, OWN]
    assert listed(officer, f"?search={OWN[:2]}+{OWN[2:]}") == [OWN]
    assert listed(officer, f"?search={names[OWN].split()[0].lower()}") == [OWN]
    for code in ("01234", "9034p", "D100", CCID.lower()):
        assert listed(officer, f"?search={code}") == [CCID]
    for nothing in ("9034", "%25", "%00", "SUPPLIER", "x" * 5000):
        assert listed(officer, f"?search={nothing}") == ([CCID, FOREIGN, OWN] if nothing == "%00" else [])
    assert listed(officer, "?role=SUPPLIER") == [CCID]
    assert listed(officer, "?only=NOBODY") == [CCID]
    assert listed(officer, "?only=CANCELLED") == []
    assert Disclosure.objects.filter(subject_kind="CLIENTS", subject_key="role=SUPPLIER", allowed=True).count() == 1


def test_lists_of_licences_and_places(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    brokers = text(officer.get(reverse("client_entries", args=["BROKER"])))
    assert "01234 In force AAA3333333A" in brokers
    assert "Nominee LICENCE HOLDER, licence 04321 gazette 7" in brokers
    assert "D100 Ended" in text(officer.get(reverse("client_entries", args=["DEPOT"])))
    assert "D100" not in text(officer.get(reverse("client_entries", args=["DEPOT"]) + "?only=now"))
    assert "9034P" in text(officer.get(reverse("client_entries", args=["ESTABLISHMENT"]) + "?search=north"))
    assert "Nothing here." in text(officer.get(reverse("client_entries", args=["WAREHOUSE"])))
    assert officer.get(reverse("client_entries", args=["NOTHING"])).status_code == 404


def test_who_may_open_what(sample: Sample, browse: Browse, register: None) -> None:
    officers = [reverse("clients"), reverse("client_entries", args=["ROLE"]), reverse("applications")]
    officers += [reverse("client_merge", args=[OWN]), reverse("client_standing", args=[OWN])]
    both = [reverse(name, args=[OWN]) for name in ("client", "client_history", "client_amend")]
    both.append(reverse("client_entry_add", args=[OWN, "BRANCH"]))
    people = (None, sample.trader, sample.stranger)
    for address in officers:
        assert [browse(person).get(address).status_code for person in people] == [302, 403, 403]
        assert browse(sample.officer).get(address).status_code == 302
        assert browse(sample.officer, "Case 7").get(address).status_code == 200
    for address in both:
        assert [browse(person).get(address).status_code for person in people] == [302, 200, 404]
        assert browse(sample.officer, "Case 7").get(address).status_code == 200
    own = browse(sample.trader).get(reverse("own_client"))
    assert (own.status_code, own["Location"]) == (302, reverse("client", args=[OWN]))


def test_another_organisations_id_is_answered_like_one_that_is_not_there(
    sample: Sample, browse: Browse, register: None
) -> None:
    trader = browse(sample.trader)
    before = ClientVersion.objects.count()
    for name in ("client", "client_history", "client_amend"):
        answers = [trader.get(reverse(name, args=[client])) for client in (FOREIGN, "83914571673")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert text(answers[0]) == text(answers[1])
    for name, more in (("client_amend", {"name": "X"}), ("client_confirm", {"proposal": "x"})):
        assert trader.post(reverse(name, args=[FOREIGN]), more).status_code == 404
    refused = Disclosure.objects.filter(subject_kind="CLIENT", allowed=False)
    assert set(refused.values_list("subject_key", flat=True)) == {FOREIGN, "83914571673"}
    assert ClientVersion.objects.count() == before


def test_a_script_in_a_name_is_shown_as_text(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    for address in (
        *(reverse("clients"), reverse("client", args=[CCID]), reverse("client_amend", args=[CCID])),
        *(reverse("client_history", args=[CCID]), reverse("client_merge", args=[CCID])),
        reverse("client_merge", args=[OWN]) + f"?other={CCID}",
    ):
        page = officer.get(address).content.decode()
        assert (SCRIPT in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_an_organisation_sees_what_customs_holds_about_it(sample: Sample, browse: Browse, register: None) -> None:
    page = text(browse(sample.trader).get(reverse("client", args=[OWN])))
    client = Client.objects.get(client_id=OWN)
    for said in (f"{client.name} is active", "What customs holds about you", OWN, "EDI sites AAA676Y"):
        assert said in page
    for only_officers in ("Similar clients", "Cancel it", "Broker licence"):
        assert only_officers not in page


FORM = {
    "name": "MERIDIAN FOODS PTY LTD",
    "street": "12 HARBOUR STREET",
    "city": "FREMANTLE",
    "postcode": "6160",
    "state": "WA",
    "country": "au",
    "contact_name": "",
    "contact_title": "DUTY CLERK",
    "contact_0_kind": "BP",
    "contact_0_prefix": "+61",
    "contact_0_value": "0400 000 000",
}


def proposal(answer: object) -> str:
    found = re.search(r'name="proposal" value="([^"]+)"', answer.content.decode())  # type: ignore[attr-defined]
    assert found is not None
    return html.unescape(found[1])


def test_an_amendment_is_checked_confirmed_and_kept(sample: Sample, browse: Browse, register: None) -> None:
    trader = browse(sample.trader)
    asked = trader.post(reverse("client_amend", args=[OWN]), FORM)
    assert asked.status_code == 200
    for said in ("Nothing is changed yet.", "12 HARBOUR STREET, FREMANTLE, 6160, WA, AU", "BP +61 0400 000 000"):
        assert said in text(asked)
    assert ClientVersion.objects.filter(client__client_id=OWN).count() == 0
    done = trader.post(
        reverse("client_confirm", args=[OWN]), {"proposal": proposal(asked), "reason": "we moved"}, follow=True
    )
    assert "The record is amended." in text(done)
    row = Client.objects.get(client_id=OWN)
    assert (row.name, row.address["city"], row.contact_title, row.version) == (
        *("MERIDIAN FOODS PTY LTD", "FREMANTLE", "DUTY CLERK", 2),
    )
    history = text(trader.get(reverse("client_history", args=[OWN])))
    assert f"by {sample.trader.email}, through these pages. Reason: we moved" in history
    seen_by_officer = text(browse(sample.officer, "Case 7").get(reverse("client_history", args=[OWN])))
    assert sample.trader.email in seen_by_officer


def test_what_is_wrong_is_said_in_its_place(sample: Sample, browse: Browse, register: None) -> None:
    trader = browse(sample.trader)
    wrong = {**FORM, "name": "x" * 3000, "country": "XX", "contact_0_kind": "MO", "street": ""}
    answer = trader.post(reverse("client_amend", args=[OWN]), wrong)
    assert answer.status_code == 422
    for said in (
        *(
            "Use 200 characters or fewer; there are 2000",
            "Enter the address line 1",
            "Enter the two letters of a country",
        ),
        "A prefix goes only with business telephone, after-hours telephone and fax (CL0467)",
    ):
        assert said in text(answer)
    assert ClientVersion.objects.filter(client__client_id=OWN).count() == 0


def test_an_amendment_from_elsewhere_is_not_made(sample: Sample, browse: Browse, register: None) -> None:
    trader = browse(sample.trader)
    given = proposal(trader.post(reverse("client_amend", args=[OWN]), FORM))
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(sample.trader)
    assert strict.post(reverse("client_confirm", args=[OWN]), {"proposal": given}).status_code == 403
    officer = browse(sample.officer, "Case 7")
    assert officer.post(reverse("client_confirm", args=[OWN]), {"proposal": given, "reason": "r"}).status_code == 404
    told = trader.post(reverse("client_confirm", args=[OWN]), {"proposal": given + "x"}, follow=True)
    assert "That amendment waited for too long." in text(told)
    assert ClientVersion.objects.filter(client__client_id=OWN).count() == 0


def test_the_second_of_two_amendments_is_refused(sample: Sample, browse: Browse, register: None) -> None:
    trader = browse(sample.trader)
    first, second = (
        proposal(trader.post(reverse("client_amend", args=[OWN]), {**FORM, "name": name}))
        for name in ("FIRST", "SECOND")
    )
    trader.post(reverse("client_confirm", args=[OWN]), {"proposal": first})
    told = trader.post(reverse("client_confirm", args=[OWN]), {"proposal": second}, follow=True)
    assert "Somebody amended it meanwhile" in text(told)
    assert Client.objects.get(client_id=OWN).name == "FIRST"


def test_a_client_adds_a_centre_and_customs_a_licence(sample: Sample, browse: Browse, register: None) -> None:
    trader, officer = browse(sample.trader), browse(sample.officer, "Case 7")
    centre = {"code": "001", "street": "9 NEW ROAD", "city": "PERTH", "country": "AU", "valid_from": "2026-01-01"}
    asked = trader.post(reverse("client_entry_add", args=[OWN, "CENTRE"]), centre)
    trader.post(reverse("client_confirm", args=[OWN]), {"proposal": proposal(asked)})
    assert Client.objects.get(client_id=OWN).address["street"] == "9 NEW ROAD"
    assert trader.get(reverse("client_entry_add", args=[OWN, "DEPOT"])).status_code == 404
    licence = {"code": "d200", "valid_from": "2026-01-01", "evidence": "licence document 7"}
    asked = officer.post(reverse("client_entry_add", args=[OWN, "DEPOT"]), licence)
    answer = officer.post(reverse("client_confirm", args=[OWN]), {"proposal": proposal(asked), "reason": " "})
    assert (answer.status_code, "No reason is given." in text(answer)) == (422, True)
    officer.post(reverse("client_confirm", args=[OWN]), {"proposal": proposal(asked), "reason": "licence sighted"})
    kept = ClientEntry.objects.filter(client__client_id=OWN).exclude(kind="ROLE").order_by("position")
    assert list(kept.values_list("kind", "code")) == [("CENTRE", "001"), ("DEPOT", "D200")]


@pytest.mark.parametrize("hostile", ["\0", "%00", "' OR 1=1 --", "x" * 5000, "\u202e", "../../clients"])
def test_hostile_ids_and_codes_find_nothing(sample: Sample, browse: Browse, register: None, hostile: str) -> None:
    officer = browse(sample.officer, "Case 7")
    assert officer.get(reverse("client_merge", args=[OWN]), {"other": hostile}).status_code in {200, 422}
    assert officer.get(reverse("client_entries", args=["BROKER"]), {"search": hostile}).status_code == 200
    if "/" not in hostile:
        assert officer.get(reverse("client", args=[hostile])).status_code == 404
        assert officer.get(reverse("application", args=[hostile])).status_code == 404
    form = {"code": hostile, "valid_from": hostile, "evidence": hostile}
    assert officer.post(reverse("client_entry_add", args=[CCID, "DEPOT"]), form).status_code == 422
    assert officer.post(reverse("register_status"), {"reference": hostile, "code": hostile}).status_code == 422
    assert ClientVersion.objects.filter(client__client_id=CCID).count() == 1


def test_an_entry_is_ended(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("client_entry", args=[CCID, 3])
    assert "Change: Role" in text(officer.get(address))
    given = {"code": "SUPPLIER", "valid_from": "2025-01-01", "valid_until": "2024-01-01", "evidence": "form 1"}
    assert "The last day must not be before the first" in text(officer.post(address, given))
    asked = officer.post(address, {**given, "valid_until": "2025-12-31"})
    officer.post(reverse("client_confirm", args=[CCID]), {"proposal": proposal(asked), "reason": "no more"})
    assert Client.objects.get(client_id=CCID).roles == []
    assert officer.get(reverse("client_entry", args=[CCID, 99])).status_code == 404


def test_the_record_as_it_was(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("client_history", args=[CCID])
    assert "Put on the register." in text(officer.get(address))
    assert "Version 1, in force at the end of 2026-03-01" in text(officer.get(address + "?on=2026-03-01"))
    assert "No version was kept by then." in text(officer.get(address + "?on=2026-02-27"))
    assert officer.get(address + "?on=yesterday").status_code == 422


def test_cancelling(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("client_standing", args=[CCID])
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert f"Client {CCID} is cancelled." in text(officer.post(address, {"reason": "ceased"}, follow=True))
    assert Client.objects.get(client_id=CCID).status == "CANCELLED"
    assert listed(officer, "?only=CANCELLED") == [CCID]


def test_merging_two_records(sample: Sample, browse: Browse, register: None) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("client_merge", args=[OWN])
    assert officer.get(address + "?other=AAC3333333F").status_code == 422
    assert "takes over" in text(officer.get(address + f"?other={CCID}"))
    assert officer.post(address, {"other": CCID, "reason": ""}).status_code == 422
    done = text(officer.post(address, {"other": CCID, "reason": "same company"}, follow=True))
    assert f"{CCID} is merged into {OWN} and answers with this record." in done
    shown = text(browse(sample.trader).get(reverse("client", args=[CCID])))
    assert f"You asked for {CCID}, which was merged into {OWN}." in shown
    assert listed(officer, "?only=MERGED") == [CCID]
    assert Event.objects.filter(code="client.merged").count() == 1


def test_people_sites_and_messages_of_a_merged_client_are_the_survivors(
    sample: Sample, browse: Browse, register: None
) -> None:
    client_care.merge(raw_connection(), OWN, FOREIGN, "same company", By("officer", "web", NOW))
    assert Site.objects.get(site_id=sample.foreign_message.site).owner.client_id == FOREIGN
    for person in (sample.trader, sample.stranger):
        for found in (sample.answer, sample.foreign_message):
            assert browse(person).get(reverse("message", args=[found.pk])).status_code == 200
        page = text(browse(person).get(reverse("client", args=[OWN])))
        assert f"{sample.foreign_message.site} , registered under {FOREIGN}" in page
    own = browse(sample.stranger).get(reverse("own_client"))
    assert own["Location"] == reverse("client", args=[OWN])
