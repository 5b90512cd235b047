"""Sample rows for the pages: two traders with a site each, an officer, and messages in every state."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import make_password

from openics.clients import access_rules, people
from openics.clients.access_codes import Duty, Standing
from openics.clients.models import Client, Person, Site
from openics.exchange.models import Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from web.sample_data import BROKEN, CHECKS, EXD, HELD, NOT_APPLICABLE, SENTENCE_FAULT, WRONG_UNIT

PASSWORD = "seven-lighthouses-north"
START = datetime(2026, 3, 2, 4, 30, 12, tzinfo=UTC)


def document(**changes: Any) -> dict[str, Any]:
    """An export declaration in JSON form."""
    line = {
        "number": 1,
        "action": "I",
        "description": "LAMB, FROZEN, BONELESS",
        "origin_code": "AU-VI",
        "net_quantity": "12000",
        "net_quantity_unit": "KG",
        "gross_weight": "12650.5",
        "gross_weight_unit": "KG",
        "fob_value": "84000.00",
        "ahecc": "02044200",
        "permits": ["EX1234567"],
    }
    second = {
        **line,
        "number": 2,
        "description": "LAMB, CHILLED, BONE IN",
        "ahecc": "02042200",
        "fob_value": "12500.00",
    }
    return {
        "sender_reference": "PO-1001",
        "version": 1,
        "function": "9",
        "port_of_loading": "AUMEL",
        "first_port_of_discharge": "SGSIN",
        "destination_country": "AE",
        "intended_export_date": "2026-03-20",
        "customable_excisable": "N",
        "reporting_party_type": "O",
        "cargo_type": "C",
        "goods_type": "OT",
        "transport_mode": "11",
        "consignee_name": "GULF COLD STORES",
        "consignee_city": "DUBAI",
        "invoice_currency": "AUD",
        "fob_currency": "AUD",
        "total_fob_value": "96500.00",
        "lines": [line, second],
        "total_packages": 640,
        **changes,
    }


def condition(name: str, state: str = "met", **more: Any) -> dict[str, Any]:
    """A condition in JSON form."""
    blank = {"detail": "", "since": START.isoformat(), "message": None, "who": "", "action": ""}
    return {"name": name, "state": state, **blank, **more}


@dataclass(slots=True)
class Sample:
    """The rows that tests name."""

    trader: Person
    stranger: Person
    officer: Person
    newcomer: Person
    accepted: Message
    rejected: Message
    invalid: Message
    duplicate: Interchange
    answer: Message
    declaration: ExportDeclaration
    in_error: ExportDeclaration
    foreign: ExportDeclaration
    foreign_message: Message
    refused: Intake
    parked_item: OutboxItem


def person(email: str, name: str, client: Client | None, *, officer: bool = False, factor: bool = True) -> Person:
    """Somebody with the sample password and, unless told otherwise, one-time codes."""
    made = Person.objects.create(email=email, password=_hashed(), name=name, client=client, is_officer=officer)
    if client is not None:
        member = access_rules.registered(people.organisation(client, without=email), email)
        people.write_member(client, replace(member or access_rules.Member(email), standing=Standing.CONFIRMED))
        made.refresh_from_db()
    if officer:
        people.write_duties(made, Duty)
    if factor:
        TOTP.activate(made, generate_totp_secret())
    return made


@cache
def _hashed() -> str:
    """The sample password's hash; made once, as it is slow on purpose."""
    return make_password(PASSWORD)


def code_of(someone: Person) -> str:
    """The one-time code of this moment."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import decrypt

    secret = decrypt(Authenticator.objects.get(user=someone, type=Authenticator.Type.TOTP).data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30)))


def trader_client(number: int) -> tuple[Client, Site]:
    """A trader with one site."""
    names = ("Meridian Exports", "Southern Grain Traders")
    sites = ("AAA676Y", "BBB214K")
    domains = ("meridian.example", "southerngrain.example")
    client = Client.objects.create(
        client_id=("51824753556", "53004085616")[number],
        kind="ABN",
        name=names[number],
        match_key=names[number].upper(),
    )
    domain = domains[number]
    site = Site.objects.create(
        site_id=sites[number],
        owner=client,
        edi_address=f"edi@{domain}",
        administrator_address=f"it@{domain}",
        test=True,
    )
    return client, site


def evidence(direction: str, content: bytes) -> Evidence:
    """Bytes in the evidence log."""
    return Evidence.objects.create(
        direction=direction, channel="mail", digest=sha256(content).digest(), content=content
    )


def received(
    site: Site, reference: str, at: datetime, outcome: str = "accepted", faults: list[Any] | None = None
) -> Interchange:
    """An interchange that came by mail and was proved."""
    mail = evidence(
        "in", b"From: %s\r\n\r\nsealed %s" % (site.edi_address.encode(), reference.encode() + outcome.encode())
    )
    intake = Intake.objects.create(
        evidence=mail,
        channel="mail",
        lane=1,
        sender=site.edi_address,
        peer="192.0.2.17",
        received_at=at - timedelta(milliseconds=400),
        finished_at=at,
        state=Intake.State.DONE,
        site=site.site_id,
        checks=CHECKS,
    )
    return Interchange.objects.create(
        direction="in",
        intake=intake,
        site=site.site_id,
        control_reference=reference,
        test=True,
        outcome=outcome,
        counted=outcome != "duplicate",
        content=EXD % {b"reference": reference.encode()},
        faults=faults or [],
        recorded_at=at,
    )


def message(interchange: Interchange, name: str, owner: Client, **fields: Any) -> Message:
    """A message in an interchange."""
    known = {"direction": interchange.direction, "position": 0, "reference": "1", "site": interchange.site}
    return Message.objects.create(
        interchange=interchange,
        name=name,
        owner=owner.client_id,
        recorded_at=interchange.recorded_at,
        **{**known, "state": "sent" if interchange.direction == "out" else "accepted", **fields},
    )


def answered(
    to: Message | None, name: str, site: Site, number: int, at: datetime, state: str, body: dict[str, Any], **item: Any
) -> Message:
    """An answer with its outgoing mail."""
    reference = f"{number:014d}"
    interchange = Interchange.objects.create(
        direction="out", site=site.site_id, control_reference=reference, test=True, outcome="answer", recorded_at=at,
        content=b"UNB+UNOC:3+AAA336C+AAA676Y+260302:1530+%s'UNZ+1+%s'" % (reference.encode(), reference.encode()),
    )  # fmt: skip
    sealed = state in {"sealed", "delivered", "confirmed", "parked"}
    mail = evidence("out", b"Subject: AAA336C_%s\r\n\r\nsealed" % reference.encode()) if sealed else None
    sent = state in {"delivered", "confirmed", "parked"}
    OutboxItem.objects.create(
        interchange=interchange,
        subject=f"AAA336C_{reference}_{site.site_id}",
        site=site.site_id,
        recipient=site.edi_address,
        state=state,
        evidence=mail,
        created_at=at,
        sends=int(sent),
        next_attempt_at=at + timedelta(minutes=30),
        delivered_at=at + timedelta(seconds=1) if sent else None,
        confirmed_at=at + timedelta(seconds=4) if state == "confirmed" else None,
        **item,
    )
    body = {"sender_reference": to.sender_reference if to else None, **body}
    fields = {"document": body, "answers": to, "sender_reference": to.sender_reference if to else ""}
    return message(interchange, name, site.owner, function="11", **fields)


def contrl(to: Message | None, on: Interchange, site: Site, number: int, action: str = "7") -> Message:
    """The syntax report on an interchange."""
    body = {"control_reference": on.control_reference, "sender": site.site_id, "recipient": "AAA336C", "action": action}
    return answered(to, "CONTRL", site, number, on.recorded_at, "delivered", body, wants_confirmation=False)


def make() -> Sample:
    """All of it."""
    client, site = trader_client(0)
    other, other_site = trader_client(1)
    people = {
        "trader": person("clerk@meridian.example", "Export Clerk", client),
        "stranger": person("clerk@southerngrain.example", "Grain Clerk", other),
        "officer": person("duty.officer@customs.example", "Duty Officer", None, officer=True),
        "newcomer": person("new@meridian.example", "New Clerk", client, factor=False),
    }
    told = {**_accepted(client, site), **_rejected(client, site), **_invalid(client, site)}
    return Sample(**people, **told, **_foreign(other, other_site), refused=_refused())


def _accepted(client: Client, site: Site) -> dict[str, Any]:
    interchange = received(site, "26030200000001", START)
    about = {"subject_kind": "EDN", "subject_key": "AAAAAAAT4"}
    accepted = message(
        interchange, "EXD", client, sender_reference="PO-1001", version=1, function="9", document=document(),
        rules=[HELD, NOT_APPLICABLE], **about,
    )  # fmt: skip
    contrl(accepted, interchange, site, 1)
    body = {"declaration_number": "AAAAAAAT4", "status_type": "CLEAR", "responded_at": START.isoformat()}
    answer = answered(accepted, "EXDR", site, 2, START, "confirmed", body)
    later = START + timedelta(hours=3)
    changed = document(version=2, function="5", consignee_city="ABU DHABI", total_packages=650)
    second = message(
        received(site, "26030200000002", later), "EXD", client, sender_reference="PO-1001", version=2, function="5",
        document=changed, rules=[HELD], **about,
    )  # fmt: skip
    answered(second, "EXDR", site, 3, later, "delivered", {**body, "responded_at": later.isoformat()})
    conditions = [
        condition("not withdrawn", message=accepted.pk),
        condition("declared without errors", message=second.pk, since=later.isoformat()),
        condition("permits quoted", detail="EX1234567 on lines 1 and 2", message=accepted.pk),
        condition("not held by customs"),
        condition("goods reported as exported", "not applicable", since=None),
    ]
    declaration = _declared(client, site, "AAAAAAAT4", "CLEAR", conditions, changed, "PO-1001", 2)
    for version, sent, at in ((1, accepted, START), (2, second, later)):
        ExportDeclarationVersion.objects.create(
            declaration=declaration, version=version, function=sent.function, message=sent.pk, document=sent.document,
            status="CLEAR", recorded_at=at,
        )  # fmt: skip
        Event.objects.create(
            code=f"export.declaration.{'lodged' if version == 1 else 'replaced'}", subject_kind="EDN",
            subject_key="AAAAAAAT4", actor=client.client_id, channel="mail", at=at, message=sent,
        )  # fmt: skip
    return {"accepted": accepted, "answer": answer, "declaration": declaration}


def _declared(  # noqa: PLR0917
    client: Client,
    site: Site,
    edn: str,
    status: str,
    conditions: list[Any],
    body: dict[str, Any],
    ref: str,
    version: int,
) -> ExportDeclaration:
    return ExportDeclaration.objects.create(
        edn=edn,
        owner=client.client_id,
        site=site.site_id,
        channel="mail",
        sender_reference=ref,
        version=version,
        status=status,
        conditions=conditions,
        document=body,
        intended_export_date=START.date() + timedelta(days=18),
        lodged_at=START,
        changed_at=START + timedelta(hours=3),
    )


def _rejected(client: Client, site: Site) -> dict[str, Any]:
    at = START + timedelta(hours=5)
    interchange = received(site, "26030200000003", at)
    rejected = message(
        interchange, "EXD", client, sender_reference="PO-1002", version=1, function="9", state="rejected",
        document=document(sender_reference="PO-1002"), findings=[WRONG_UNIT], rules=[HELD, BROKEN, NOT_APPLICABLE],
    )  # fmt: skip
    contrl(rejected, interchange, site, 4)
    waiting = answered(
        rejected, "EXDR", site, 5, at, "parked", {"error_count": 1}, error="not confirmed after 5 deliveries"
    )
    conditions = [
        condition("not withdrawn"),
        condition(
            "permits quoted", "not met", detail="line 1: AHECC 02044200 needs a permit", who="Reporting party",
            action="quote the permit's prefix and number in a change (4) or replacement (5)", message=rejected.pk,
        ),
    ]  # fmt: skip
    in_error = _declared(client, site, "AAAAAAAW7", "ERROR", conditions, document(), "PO-1003", 1)
    return {"rejected": rejected, "in_error": in_error, "parked_item": waiting.interchange.outbox_item}


def _invalid(client: Client, site: Site) -> dict[str, Any]:
    at = START + timedelta(hours=6)
    interchange = received(site, "26030200000004", at, "rejected", [SENTENCE_FAULT])
    invalid = message(interchange, "CUSDEC", client, state="invalid", findings=[SENTENCE_FAULT])
    contrl(invalid, interchange, site, 6, action="4")
    fault = {
        **SENTENCE_FAULT,
        "code": 26,
        "meaning": "duplicate",
        "text": "control reference 26030200000001 was used before",
    }
    again = received(site, "26030200000001", at + timedelta(hours=1), "duplicate", [fault])
    contrl(None, again, site, 7, action="4")
    return {"invalid": invalid, "duplicate": again}


def _foreign(client: Client, site: Site) -> dict[str, Any]:
    interchange = received(site, "00000000000077", START)
    other = message(
        interchange, "EXD", client, sender_reference="GRAIN-7", version=1, function="9", subject_kind="EDN",
        subject_key="AAAAAAAK9", document=document(sender_reference="GRAIN-7"),
    )  # fmt: skip
    answered(other, "EXDR", site, 1, START, "delivered", {"declaration_number": "AAAAAAAK9"})
    body = document(sender_reference="GRAIN-7")
    foreign = _declared(client, site, "AAAAAAAK9", "CLEAR", [condition("not withdrawn")], body, "GRAIN-7", 1)
    return {"foreign": foreign, "foreign_message": other}


def _refused() -> Intake:
    checks = [
        *CHECKS[:2],
        {"name": "Signature", "passed": False, "detail": "the content was changed after it was signed", "rule": "E4"},
    ]
    return Intake.objects.create(
        evidence=evidence("in", b"From: somebody\r\n\r\ntampered"),
        channel="mail",
        lane=2,
        sender="edi@meridian.example",
        peer="203.0.113.9",
        received_at=START + timedelta(hours=2),
        finished_at=START + timedelta(hours=2, seconds=1),
        state=Intake.State.REFUSED,
        checks=checks,
        refusal={
            "code": "bad-signature",
            "text": "The signature does not fit the content: it was changed after it was signed",
            "fix": "Sign the interchange again and send it without a mail filter that rewrites attachments",
            "rule": "E4",
        },
    )
