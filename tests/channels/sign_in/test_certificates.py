"""People's certificates: which may sign in, how they are added, confirmed, removed, and what ends with them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from channels.interactive.conftest import Browse
from channels.sign_in.conftest import Presents, Trusted
from openics.channels.sign_in import certificates, kinds
from openics.channels.sign_in.kinds import RefusedError
from openics.channels.sign_in.models import PersonCertificate, SignIn
from openics.clients.models import Person, SiteCertificate
from openics.exchange.care import By
from openics.exchange.models import Event
from openics.pki.certificates import der, described, fingerprint
from openics.pki.kinds import Kind
from person_certificates import POLICY, Held, authority, of_person
from web import sample as samples
from web.sample import Sample

NOW = datetime.now(UTC)
BY = By("clerk@meridian.example", "web", NOW)
SIGN_IN, MINE = "/account/certificate/", "/account/certificates/"


def codes() -> list[str]:
    """The events of people, in order."""
    return list(Event.objects.filter(subject_kind="PERSON").order_by("id").values_list("code", flat=True))


def add_colleague(sample: Sample) -> Person:
    """A person of the trader's organisation who does not administer it."""
    return samples.person("second@meridian.example", "Second Clerk", sample.trader.client)


def refusal(held: Held) -> str:
    """Why a certificate does not sign in; empty when it does."""
    try:
        certificates.check(held.certificate, datetime.now(UTC))
    except RefusedError as error:
        return error.code
    return ""


def test_a_persons_certificate_may_sign_in(trusted: Trusted, db: None) -> None:
    assert refusal(trusted.person()) == ""


def test_what_may_not(trusted: Trusted, tmp_path: Any, db: None) -> None:
    authority(tmp_path / "other", name="Another Authority")
    revoked = trusted.person()
    trusted.revoke(revoked)
    found = {
        "expired": refusal(trusted.person(days=(-30, -1))),
        "not yet": refusal(trusted.person(days=(2, 30))),
        "foreign": refusal(of_person(tmp_path / "other")),
        "revoked": refusal(revoked),
    }
    assert found == {
        "expired": "expired",
        "not yet": "not-yet-valid",
        "foreign": "unknown-issuer",
        "revoked": "revoked",
    }


def test_a_device_is_refused_with_the_old_code(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    device = trusted.authority.issue("GATEWAY OF EXAMPLE", "edi@meridian.example")
    held = Held(device.certificate, device.private_key)  # type: ignore[arg-type]
    page = presents(held).post(SIGN_IN)
    assert page.status_code == 422
    assert "is a device&#39;s (Type 3), which signs mail and stands for no person (error 14: not authorised)." in (
        page.content.decode()
    )
    assert SignIn.objects.count() == 0


@pytest.mark.parametrize("kind", Kind)
def test_the_marks_of_the_authority_say_who_signs_in(kind: Kind, trusted: Trusted, db: None) -> None:
    made = trusted.authority.issue("EXPORT CLERK", "clerk@meridian.example", kind=kind)
    held = Held(made.certificate, made.private_key)  # type: ignore[arg-type]
    assert refusal(held) == ("" if kind.is_person else "14")


def test_one_that_is_not_made_for_signing_in_is_refused_with_the_old_code(trusted: Trusted, db: None) -> None:
    """Without marks the usages say it: what is made for mail alone is not taken for a person's."""
    (trusted.trust / "kinds.toml").write_text("")
    device = trusted.authority.issue("GATEWAY OF EXAMPLE", "edi@meridian.example")
    with pytest.raises(RefusedError) as caught:
        certificates.check(device.certificate, datetime.now(UTC))
    assert (caught.value.code, caught.value.text, caught.value.fix) == (
        "14",
        f"The certificate {described(device.certificate)} is not made for signing in (error 14: not authorised).",
        "Sign in with a certificate whose extended key usage allows client authentication; "
        "the authority sets it when it issues one.",
    )


def test_revocation_is_as_strict_as_the_settings_say(trusted: Trusted, settings: Any, db: None) -> None:
    held = trusted.person()
    for path in (trusted.trust / "crls").iterdir():
        path.unlink()
    assert refusal(held) == "revocation-unknown"
    settings.REVOCATION_REQUIRED = False
    assert refusal(held) == ""


def test_a_certificate_registered_to_a_site_is_a_devices(trusted: Trusted, sample: Sample) -> None:
    held = trusted.person()
    SiteCertificate.objects.create(
        site_id="AAA676Y", fingerprint=fingerprint(held.certificate), der=b"", not_before=NOW, not_after=NOW
    )
    assert refusal(held) == "14"


def test_who_needs_no_second_factor_is_said_by_the_policy(trusted: Trusted, settings: Any) -> None:
    held = [trusted.person(policy=policy) for policy in (POLICY, "1.2.3.4", "")]
    assert [kinds.signs_in_alone(each.certificate) for each in held] == [True, False, False]
    settings.SIGN_IN_POLICIES = frozenset()
    assert [kinds.signs_in_alone(each.certificate) for each in held] == [False, False, False]


def test_a_signed_in_person_adds_the_one_the_browser_presents(
    trusted: Trusted, presents: Presents, sample: Sample
) -> None:
    held = trusted.person(policy=POLICY)
    answer = presents(held, sample.trader).post(MINE, {"from": "browser"})
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    row = PersonCertificate.objects.get()
    assert (row.person, row.confirmed_by, bytes(row.der)) == (sample.trader, sample.trader.email, der(held.certificate))
    assert codes() == ["person.certificate-added", "person.certificate-confirmed"]
    client = presents(held)
    assert client.post(SIGN_IN)["Location"] == "/messages/"
    assert client.get("/messages/").status_code == 200
    row.refresh_from_db()
    assert row.used_at is not None


def test_adding_it_again_changes_nothing(trusted: Trusted, sample: Sample) -> None:
    held = trusted.person()
    rows = {certificates.add(sample.trader, held.certificate, BY, confirmed=True).pk for _ in range(2)}
    assert (len(rows), len(codes())) == (1, 2)


def test_somebody_elses_is_refused(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    held = trusted.person()
    certificates.add(sample.trader, held.certificate, BY, confirmed=True)
    page = presents(held, sample.stranger).post(MINE, {"from": "browser"})
    assert (page.status_code, b"This certificate belongs to another account." in page.content) == (422, True)
    assert sample.trader.email.encode() not in page.content
    assert PersonCertificate.objects.get().person == sample.trader


def test_none_presented_adds_none(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    page = presents(None, sample.trader).post(MINE, {"from": "browser"})
    assert (page.status_code, b"Your browser did not present a certificate." in page.content) == (422, True)
    assert PersonCertificate.objects.count() == 0


def test_ten_and_no_more(trusted: Trusted, sample: Sample) -> None:
    for _ in range(certificates.MOST):
        certificates.add(sample.trader, trusted.person().certificate, BY, confirmed=True)
    with pytest.raises(RefusedError) as caught:
        certificates.add(sample.trader, trusted.person().certificate, BY, confirmed=True)
    assert caught.value.code == "too-many"
    assert PersonCertificate.objects.count() == certificates.MOST


def upload(client: Client, address: str, content: bytes, **more: str) -> Any:
    """Send a certificate as a file."""
    return client.post(address, {"file": SimpleUploadedFile("certificate.cer", content), **more})


def test_one_from_a_file_waits_until_an_officer_confirms_it(
    trusted: Trusted, presents: Presents, browse: Browse, sample: Sample
) -> None:
    held = trusted.person(policy=POLICY)
    client = presents(None, sample.trader)
    assert upload(client, MINE, held.certificate.public_bytes(Encoding.DER), **{"from": "file"}).status_code == 302
    row = PersonCertificate.objects.get()
    assert row.confirmed_at is None
    page = presents(held).post(SIGN_IN)
    assert (page.status_code, b"nobody has confirmed it yet" in page.content) == (422, True)
    officer = browse(sample.officer, "Case 7")
    assert sample.trader.email.encode() in officer.get("/people/sign-in/").content
    address = f"/people/{sample.trader.pk}/sign-in/"
    assert officer.post(address, {"do": f"confirm:{row.pk}"})["Location"] == address
    row.refresh_from_db()
    assert (row.confirmed_at is not None, row.confirmed_by) == (True, sample.officer.email)
    assert presents(held).post(SIGN_IN)["Location"] == "/messages/"
    before = codes()
    officer.post(address, {"do": f"confirm:{row.pk}"})
    assert codes() == before == ["person.certificate-added", "person.certificate-confirmed"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----", b"x" * 20_001])
def test_a_file_that_is_no_certificate(content: bytes, presents: Presents, sample: Sample) -> None:
    page = upload(presents(None, sample.trader), MINE, content, **{"from": "file"})
    assert (page.status_code, b"There is a problem" in page.content) == (422, True)
    assert PersonCertificate.objects.count() == 0


def test_an_officer_registers_one_for_a_person(
    trusted: Trusted, presents: Presents, browse: Browse, sample: Sample
) -> None:
    held, officer = trusted.person(policy=POLICY), browse(sample.officer, "Case 7")
    address = f"/people/{sample.trader.pk}/sign-in/"
    assert upload(officer, address, held.pem, do="add:").status_code == 302
    assert presents(held).post(SIGN_IN)["Location"] == "/messages/"
    assert PersonCertificate.objects.get().confirmed_by == sample.officer.email


def test_only_administrators_and_officers_look_after_others(sample: Sample, browse: Browse) -> None:
    """An administrator looks after the people of one organisation: those of others are not there for it."""
    own, foreign = (f"/people/{person.pk}/sign-in/" for person in (sample.trader, sample.stranger))
    second = add_colleague(sample)
    for method in ("get", "post"):
        asked = [(None, own), (second, own), (second, foreign), (sample.trader, foreign)]
        answers = [getattr(browse(person), method)(address, {"do": "end", "reason": "x"}) for person, address in asked]
        assert [answer.status_code for answer in answers] == [302, 403, 403, 404]
    assert browse(sample.officer, "Case 7").get("/people/999999/sign-in/").status_code == 404
    assert codes() == []


def test_an_administrator_looks_after_the_people_of_its_organisation(sample: Sample, browse: Browse) -> None:
    second = add_colleague(sample)
    page = browse(sample.trader).get("/people/sign-in/", {"search": "example"}).content.decode()
    found = re.findall(r'href="/people/(\d+)/sign-in/"', page)
    assert found == [str(person.pk) for person in (sample.trader, sample.newcomer, second)]
    address, theirs = f"/people/{second.pk}/sign-in/", browse(second)
    assert theirs.get("/messages/").status_code == 200
    assert browse(sample.trader).post(address, {"do": "end", "reason": "left"})["Location"] == address
    assert theirs.get("/messages/").status_code == 302
    event = Event.objects.get(subject_kind="PERSON", subject_key=second.email)
    assert (event.code, event.actor, event.data["reason"]) == ("person.sessions-ended", sample.trader.email, "left")


def test_asking_makes_one_that_waits_and_says_nothing(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    known, unknown = trusted.person(), trusted.person("nobody@meridian.example")
    answers = []
    for held in (known, known, unknown):
        client = presents(held)
        assert b"Ask for it to be registered" not in client.get(SIGN_IN).content
        answer = client.post("/account/certificate/ask/", follow=True)
        answers.append(re.sub(rb'value="[^"]{40,}"', b"", answer.content))
    assert answers[0] == answers[1] == answers[2]
    row = PersonCertificate.objects.get()
    assert (row.person, row.confirmed_at) == (sample.trader, None)
    assert codes() == ["person.certificate-added"]


def test_one_that_is_not_registered_can_be_asked_for(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    page = presents(trusted.person()).post(SIGN_IN)
    assert page.status_code == 422
    assert b"This certificate is not registered to anybody." in page.content
    assert b"Ask for it to be registered" in page.content


def test_removing_it_ends_its_sessions_and_no_other(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    held = trusted.person(policy=POLICY)
    row = certificates.add(sample.trader, held.certificate, BY, confirmed=True)
    began = presents(held)
    began.post(SIGN_IN)
    other = presents(None, sample.trader)
    assert other.get(f"{MINE}{row.pk}/remove/").status_code == 200
    assert other.post(f"{MINE}{row.pk}/remove/")["Location"] == MINE
    assert [began.get("/messages/").status_code, other.get("/messages/").status_code] == [302, 200]
    assert presents(held).post(SIGN_IN).status_code == 422
    assert codes()[-1] == "person.certificate-removed"


def test_nobody_removes_somebody_elses(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    row = certificates.add(sample.trader, trusted.person().certificate, BY, confirmed=True)
    stranger = presents(None, sample.stranger)
    assert [
        stranger.get(f"{MINE}{row.pk}/remove/").status_code,
        stranger.post(f"{MINE}{row.pk}/remove/").status_code,
    ] == [
        404,
        404,
    ]
    row.refresh_from_db()
    assert row.removed_at is None


def test_one_of_a_closed_account_signs_nobody_in(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    held = trusted.person(policy=POLICY)
    certificates.add(sample.trader, held.certificate, BY, confirmed=True)
    Person.objects.filter(pk=sample.trader.pk).update(is_active=False)
    assert presents(held).post(SIGN_IN)["Location"] == "/account/closed/"
    assert SignIn.objects.count() == 0


def test_a_newcomer_whose_certificate_is_enough_needs_no_second_factor(
    trusted: Trusted, presents: Presents, sample: Sample
) -> None:
    for policy, expected in ((POLICY, 200), ("", 302)):
        held = trusted.person(sample.newcomer.email, policy)
        certificates.add(sample.newcomer, held.certificate, BY, confirmed=True)
        client = presents(held)
        assert client.post(SIGN_IN)["Location"] == "/messages/"
        assert client.get("/messages/").status_code == expected


def test_where_to_go_afterwards_is_inside(trusted: Trusted, presents: Presents, sample: Sample) -> None:
    held = trusted.person(policy=POLICY)
    certificates.add(sample.trader, held.certificate, BY, confirmed=True)
    places = [presents(held).post(SIGN_IN, {"next": to})["Location"] for to in ("/outbox/", "https://evil.example/")]
    assert places == ["/outbox/", "/messages/"]
