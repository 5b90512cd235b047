"""Handing interchanges in over HTTPS: durable first, then a receipt that fits nothing else, then opened like a mail."""

import json
import socket
import time
from hashlib import sha256
from urllib.parse import urlsplit

import psycopg
import pytest
from pytest_django import Settings

from channels.https.offices import ADMINISTRATOR, Office, by_smtp, intakes, mail, pipeline, utc_now
from channels.mail.gateways import Gateway as MailGateway
from channels.mail.gateways import running
from openics.channels.https import bodies, handing_in
from openics.channels.mail.server import IntakeStore
from openics.exchange.intake import lane_of
from openics.exchange.models import Evidence, Intake, Interchange, Message, OutboxItem
from openics.exchange.worker import Worker
from openics.pki import cms, mime, receipts, statements
from openics.pki.directory import RELOAD_AFTER
from openics.pki.gateway_keys import gateway_key
from openics.pki.receipts import Receipt
from openics.pki.trust import TrustStore
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from trader.world import ADDRESS, GATEWAY, SITE

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/edi/interchanges"
NONCE = "ab" * 16


def receipt(office: Office, body: bytes) -> Receipt:
    signed = statements.open_signed(body)
    assert signed.signer_certificate == office.world.gateway.certificate
    return receipts.read(signed)


def problem(body: bytes) -> tuple[int, str]:
    said = json.loads(body)
    assert said["title"]
    assert said["detail"]
    return said["status"], said["code"]


def letter(content: bytes) -> tuple[bytes, dict[str, str]]:
    """The encrypted message of a mail, and the fields that take the place of its header."""
    outside = mime.parse(content)
    fields = {"From": outside.field("from"), "Subject": outside.field("subject")}
    return outside.decoded(), fields | {"Content_Type": outside.field("content-type")}


def test_a_mail_is_taken_with_a_receipt_and_handled_like_a_mail(office: Office, home: TraderHome) -> None:
    content = mail(home)
    before = utc_now()
    answer = office.post(PATH, content, Content_Type="message/rfc822", OpenICS_Nonce=NONCE)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        202,
        "application/pkcs7-mime; smime-type=signed-data",
        "no-store",
    )
    stored = Intake.objects.get()
    given = receipt(office, answer.data)
    assert given == Receipt(
        sha256(content).hexdigest(), len(content), stored.pk, stored.received_at, given.issued_at, False, "", NONCE
    )
    assert before <= given.received_at <= given.issued_at <= utc_now()
    assert bytes(stored.evidence.content) == content
    assert (stored.channel, stored.state, stored.sender, stored.peer) == ("https", "pending", ADDRESS, "127.0.0.1")
    assert stored.lane == lane_of(ADDRESS)
    office.work()
    assert intakes() == [("https", "done", SITE, 0)]
    assert list(Message.objects.order_by("id").values_list("direction", "name", "state")) == [
        ("in", "EXD", "accepted"),
        ("out", "CONTRL", "sent"),
        ("out", "EXDR", "sent"),
    ]
    assert list(OutboxItem.objects.values_list("state", flat=True)) == ["delivered", "delivered"]


def test_the_same_bytes_again_are_the_same_intake_and_the_receipt_says_so(office: Office, home: TraderHome) -> None:
    content = mail(home)
    first = receipt(office, office.post(PATH, content, Content_Type="message/rfc822").data)
    office.work()
    again = receipt(office, office.post(PATH, content, Content_Type="message/rfc822", OpenICS_Nonce=NONCE).data)
    assert again == Receipt(
        first.digest, first.size, first.intake, first.received_at, again.issued_at, True, SITE, NONCE
    )
    assert again.issued_at > first.issued_at
    office.work()
    assert intakes() == [("https", "done", SITE, 1)]
    assert Evidence.objects.filter(direction="in").count() == 1
    assert Interchange.objects.filter(direction="in").count() == 1


def test_what_was_refused_stays_refused_when_the_same_bytes_come_again(office: Office, home: TraderHome) -> None:
    content = mail(home).replace(b"Subject: ", b"Subject: no ")
    for _ in range(2):
        given = receipt(office, office.post(PATH, content, Content_Type="message/rfc822").data)
        office.work()
    assert (given.again, given.site) == (True, "")
    assert intakes() == [("https", "refused", SITE, 1)]
    refusal = Intake.objects.get().refusal
    assert refusal is not None
    assert (refusal["code"], refusal["rule"]) == ("bad-subject", "E6")
    assert OutboxItem.objects.get().recipient == ADMINISTRATOR


def test_the_encrypted_message_alone_with_the_fields_of_a_mail(office: Office, home: TraderHome) -> None:
    body, fields = letter(mail(home))
    answer = office.post(PATH, body, **fields)
    assert (answer.status, receipt(office, answer.data).digest) == (202, sha256(body).hexdigest())
    office.work()
    assert intakes() == [("https", "done", SITE, 0)]


def clear_signed(home: TraderHome, kind: str) -> tuple[bytes, dict[str, str]]:
    """A signed message that is not encrypted, in one of the two forms of S/MIME."""
    _, fields = letter(mail(home))
    identity = signing_identity(home, utc_now())
    content = next(home.sent.glob("*.edi")).read_bytes()
    name = next(home.sent.glob("*.edi")).stem
    inner = (
        b'Content-Type: application/octet-stream; name="%b_%b.edi"\r\nContent-Transfer-Encoding: binary\r\n\r\n%b'
        % (SITE.encode(), name.encode(), content)
    )
    if kind == "application/pkcs7-mime":
        return cms.sign(inner, identity), fields | {"Content_Type": f"{kind}; smime-type=signed-data"}
    signature = b"Content-Type: application/pkcs7-signature\r\n\r\n" + cms.sign_detached(inner, identity)
    body = b"--b\r\n" + inner + b"\r\n--b\r\n" + signature + b"\r\n--b--\r\n"
    return body, fields | {"Content_Type": f"{kind}; boundary=b"}


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "multipart/signed"])
def test_signed_only_is_enough_where_the_connection_encrypts(office: Office, home: TraderHome, kind: str) -> None:
    body, fields = clear_signed(home, kind)
    assert office.post(PATH, body, **fields).status == 202
    office.work()
    assert intakes() == [("https", "done", SITE, 0)]
    checks = {each["name"]: each for each in Intake.objects.get().checks}
    assert checks["encryption"]["detail"] == (
        "by the connection (HTTPS); the message itself is signed and not encrypted"
    )


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "multipart/signed"])
def test_signed_only_is_refused_where_the_connection_does_not(
    office: Office, home: TraderHome, kind: str, settings: Settings
) -> None:
    strict = pipeline(office.keys, TrustStore.load(settings.TRUST_DIRECTORY), signed_only=False)
    body, fields = clear_signed(home, kind)
    assert office.post(PATH, body, **fields).status == 202
    Worker(office.connection, strict).run_once()
    refusal = Intake.objects.get().refusal
    assert refusal is not None
    assert (refusal["code"], refusal["rule"]) == ("not-encrypted", "E4")
    assert Interchange.objects.count() == 0


def test_a_changed_signed_message_is_refused(office: Office, home: TraderHome) -> None:
    body, fields = clear_signed(home, "multipart/signed")
    office.post(PATH, body.replace(b"EXPORT-1", b"EXPORT-2"), **fields)
    office.work()
    refusal = Intake.objects.get().refusal
    assert refusal is not None
    assert (refusal["code"], refusal["rule"]) == ("bad-signature", "E4")
    assert Interchange.objects.count() == 0


RFC822 = {"Content_Type": "message/rfc822"}
CMS = {"Content_Type": "application/pkcs7-mime", "From": ADDRESS, "Subject": "x"}


@pytest.mark.parametrize(
    ("body", "fields", "status", "code"),
    [
        (b"x", {}, 415, "unsupported-type"),
        (b"x", {"Content_Type": "application/edifact"}, 415, "unsupported-type"),
        (b"", RFC822, 400, "no-content"),
        (b"Subject: x\r\n\r\n", RFC822, 400, "not-mail"),
        (b"From: a@b.example, c@d.example\r\n\r\n", RFC822, 400, "not-mail"),
        (b"x", CMS | {"From": ""}, 400, "no-field"),
        (b"x", CMS | {"Subject": " "}, 400, "no-field"),
        (b"x", CMS | {"From": "nobody"}, 400, "not-mail"),
        (b"x", CMS | {"Subject": "x" * 999}, 400, "bad-header"),
        (b"x", CMS | {"Content_Transfer_Encoding": "uuencode"}, 400, "bad-encoding"),
        (b"x", CMS | {"OpenICS_Nonce": "short"}, 400, "bad-nonce"),
        (b"x", CMS | {"OpenICS_Nonce": "AB" * 16}, 400, "bad-nonce"),
    ],
)
def test_what_cannot_be_taken_is_said_at_once_and_nothing_is_stored(
    office: Office, body: bytes, fields: dict[str, str], status: int, code: str
) -> None:
    answer = office.post(PATH, body, **fields)
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert problem(answer.data) == (status, code)
    assert (Intake.objects.count(), Evidence.objects.count()) == (0, 0)


def raw(office: Office, head: str, body: bytes = b"") -> bytes:
    """What the web server says to a request written by hand."""
    parts = urlsplit(office.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as peer:
        peer.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        peer.shutdown(socket.SHUT_WR)
        answer = b""
        while chunk := peer.recv(65_536):
            answer += chunk
    return answer


def test_a_body_that_is_too_large_is_not_read(office: Office, settings: Settings) -> None:
    settings.MAX_MAIL_BYTES = 1000
    answer = office.post(PATH, b"x" * 1001, **RFC822)
    assert problem(answer.data) == (413, "too-large")
    head = f"POST {PATH} HTTP/1.1\nHost: localhost\nContent-Type: message/rfc822\nContent-Length: 30000001"
    assert raw(office, head).startswith(b"HTTP/1.1 413 ")
    assert Intake.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"POST {PATH} HTTP/1.0\nHost: localhost\nContent-Type: message/rfc822", b"411"),
        (f"GET {PATH} HTTP/1.0\nHost: localhost", b"405"),
        (f"PUT {PATH} HTTP/1.0\nHost: localhost\nContent-Length: 0", b"405"),
    ],
)
def test_a_request_without_length_or_with_another_method(office: Office, head: str, status: bytes) -> None:
    assert raw(office, head).split()[1] == status
    assert Intake.objects.count() == 0


def test_a_body_that_is_cut_off_is_not_taken(office: Office) -> None:
    head = f"POST {PATH} HTTP/1.0\nHost: localhost\nContent-Type: message/rfc822\nContent-Length: 500"
    raw(office, head, b"From: a@b.example\r\n\r\n")
    assert Intake.objects.count() == 0


def test_without_a_database_nothing_is_acknowledged(office: Office, home: TraderHome) -> None:
    content = mail(home)
    with psycopg.connect(office.database_url) as other:
        other.execute("LOCK TABLE intake IN ACCESS EXCLUSIVE MODE")
        office.connection.execute("ALTER ROLE CURRENT_USER SET lock_timeout = '200ms'")
        try:
            answer = office.post(PATH, content, **RFC822)
        finally:
            office.connection.execute("ALTER ROLE CURRENT_USER RESET lock_timeout")
    assert problem(answer.data) == (503, "away")
    assert answer.headers["Retry-After"] == "60"
    assert (Intake.objects.count(), Evidence.objects.count()) == (0, 0)
    assert office.post(PATH, content, **RFC822).status == 202


def test_a_machine_without_the_key_takes_nothing(office: Office, home: TraderHome, settings: Settings) -> None:
    settings.GATEWAY_DIRECTORY = settings.GATEWAY_DIRECTORY / "none"
    assert problem(office.post(PATH, mail(home), **RFC822).data) == (503, "no-gateway-key")
    assert Intake.objects.count() == 0


def test_what_is_held_at_the_same_time_is_bounded(
    office: Office, home: TraderHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = mail(home)
    monkeypatch.setattr(handing_in, "ROOM", bodies.Room(len(content) - 1))
    assert problem(office.post(PATH, content, **RFC822).data) == (503, "no-room")
    assert Intake.objects.count() == 0
    monkeypatch.setattr(handing_in, "ROOM", bodies.Room(len(content)))
    assert [office.post(PATH, content, **RFC822).status for _ in range(2)] == [202, 202]


def test_one_interchange_by_mail_and_over_https_counts_once(office: Office, home: TraderHome) -> None:
    content = mail(home)
    store = IntakeStore(office.database_url)
    with running(MailGateway(GATEWAY, smtp_port=0), store) as gateway:
        by_smtp(gateway.smtp, content)
    store.close()
    office.work()
    office.post(PATH, content, **RFC822)
    office.work()
    assert intakes() == [("mail", "done", SITE, 0), ("https", "done", SITE, 0)]
    assert list(Interchange.objects.filter(direction="in").order_by("id").values_list("outcome", "counted")) == [
        ("accepted", True),
        ("duplicate", False),
    ]


def test_a_receipt_of_the_present_key_after_a_roll_over(office: Office, home: TraderHome, settings: Settings) -> None:
    office.post(PATH, mail(home), **RFC822)
    gateway_key("second", office.world.next_gateway, utc_now()).save(settings.GATEWAY_DIRECTORY)
    time.sleep(RELOAD_AFTER + 0.1)
    signed = statements.open_signed(office.post(PATH, mail(home, "EXPORT-2"), **RFC822).data)
    assert signed.signer_certificate == office.world.next_gateway.certificate
