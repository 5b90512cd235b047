"""Sample addresses for every page of the URL conf, with who looks at them; a route without any fails a test."""

from collections.abc import Callable, Sequence
from typing import Final

from django.urls import reverse

from openics.clients.models import SiteCertificate
from web import sample_rows as rows
from web.sample import Sample
from web.sample_sites import SITE

ANYBODY, TRADER, OFFICER, NEWCOMER = "", "trader", "officer", "newcomer"
Looked = tuple[str, str]
"""Who looks (an attribute of the sample, or nobody), and the address."""
Samples = Callable[[Sample], Sequence[Looked]]

NO_PAGES: Final = {
    "account_logout": "signs out, and leads to the home page",
    "interchange_bytes": "a file",
    "sealed_bytes": "a file",
    "received_bytes": "a file",
    "gateway_pem": "a file",
    "gateway_der": "a file",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for a script, and where its answer is sent",
    "mfa_authenticate": "comes after a password; test_accessible.py looks at it",
    "mfa_reauthenticate_webauthn": "leads to the page on which one confirms who one is",
    "send_again": "takes what a page sends, and leads back to it",
    "purpose_end": "takes what a page sends, and leads to the home page",
    **dict.fromkeys(("health", "live", "metrics"), "read by operators' tools"),
    **dict.fromkeys(("edi_interchanges", "edi_requests"), "for the software of sites"),
    **dict.fromkeys(("gateway_calendar", "outage_calendar", "certificate_calendar"), "a file"),
    **dict.fromkeys(("sandbox_certificate_file", "sandbox_root", "sandbox_revocation_list"), "a file"),
    **dict.fromkeys(("reference_manifest", "reference_file"), "a file"),
    "sandbox_status": "for the software of whoever checks a certificate",
    "sandbox_certificate": "shows what its form has just issued; test_certificates_page.py looks at it",
    "certificate_ask": "leads to the name at which a browser presents its certificate, and back",
    **dict.fromkeys(("draft_save", "stay"), "takes what a script sends, and says that it is done"),
    "draft_kept": "leads to the form that a draft is of",
    "own_client": "leads to the record of one's own client",
    "client_confirm": "takes what the form of an amendment sends; test_client_register.py looks at it",
    **dict.fromkeys(
        (
            *("my_session_end", "my_sessions_end", "draft_remove", "site_switched", "webhook_change"),
            *("application_approve", "application_refuse", "sandbox_register"),
        ),
        "takes what a page sends, and leads back to it",
    ),
}
"""Routes that show no page of their own, with the reason."""


def _by(who: str, *addresses: str) -> Samples:
    return lambda _: [(who, address) for address in addresses]


def _named(who: str, name: str, *arguments: object) -> Samples:
    return lambda _: [(who, reverse(name, args=arguments))]


def _looks(people: Sequence[str], address: str) -> list[Looked]:
    return [(who, address) for who in people]


def _certificate(number: int) -> str:
    return str(SiteCertificate.objects.order_by("pk").values_list("pk", flat=True)[number])


CHECKLIST: Final = "/start/?task=lodge&role=importer&volume=many&software=own"
PAGES: Final[dict[str, Samples]] = {
    "home": _by(ANYBODY, "/", "/nowhere"),
    "start": _by(ANYBODY, "/start/", "/start/?task=lodge", CHECKLIST, "/start/?task=look"),
    "certificates": _by(ANYBODY, "/certificates/"),
    "gateway_certificates": _by(ANYBODY, "/certificates/gateway/"),
    "terms": _by(ANYBODY, "/terms/", "/terms/?q=bill", "/terms/?q=zebra"),
    "continuity": _by(ANYBODY, "/continuity/"),
    "information": _by(ANYBODY, "/information/"),
    "status": _by(ANYBODY, "/status/"),
    "browsers": _by(ANYBODY, "/browsers/"),
    "account_login": _by(ANYBODY, "/account/sign-in/"),
    "account_inactive": _by(ANYBODY, "/account/closed/"),
    "account_reauthenticate": _named(TRADER, "account_reauthenticate"),
    "account_change_password": _named(TRADER, "account_change_password"),
    "mfa_index": lambda _: [(TRADER, reverse("mfa_index")), (NEWCOMER, reverse("mfa_index"))],
    "mfa_reauthenticate": _named(TRADER, "mfa_reauthenticate"),
    "mfa_activate_totp": _named(NEWCOMER, "mfa_activate_totp"),
    "mfa_deactivate_totp": _named(TRADER, "mfa_deactivate_totp"),
    "mfa_view_recovery_codes": _named(TRADER, "mfa_view_recovery_codes"),
    "mfa_generate_recovery_codes": _named(TRADER, "mfa_generate_recovery_codes"),
    "mfa_list_webauthn": _named(TRADER, "mfa_list_webauthn"),
    "mfa_add_webauthn": _named(TRADER, "mfa_add_webauthn"),
    "mfa_remove_webauthn": lambda sample: [(TRADER, reverse("mfa_remove_webauthn", args=[passkey(sample)]))],
    "mfa_edit_webauthn": lambda sample: [(TRADER, reverse("mfa_edit_webauthn", args=[passkey(sample)]))],
    "purpose": _by(OFFICER, "/purpose/"),
    "messages": lambda _: [
        *((TRADER, f"/messages/{query}") for query in ("", "?search=nothing", "?day=x")),
        (OFFICER, "/messages/"),
    ],
    "message": lambda sample: [
        (TRADER, reverse("message", args=[each.pk]))
        for each in (sample.accepted, sample.rejected, sample.invalid, sample.answer)
    ],
    "interchange": lambda sample: [(TRADER, reverse("interchange", args=[sample.duplicate.pk]))],
    "declarations": _by(TRADER, "/declarations/"),
    "declaration": lambda _: [
        *((TRADER, reverse("declaration", args=[edn])) for edn in ("AAAAAAAT4", "AAAAAAAW7", "AAAAAAAK9")),
        (OFFICER, reverse("declaration", args=["AAAAAAAK9"])),
    ],
    "withdrawal": _named(TRADER, "withdrawal", "AAAAAAAT4"),
    "outbox": lambda _: [(TRADER, "/outbox/"), (OFFICER, "/outbox/")],
    "sites": lambda _: [(TRADER, "/sites/"), (OFFICER, "/sites/"), (OFFICER, "/sites/?only=never&search=x")],
    "site": lambda _: [(who, reverse("site", args=[SITE])) for who in (TRADER, OFFICER)],
    "certificate_change": lambda _: [
        (OFFICER, reverse("certificate_change", args=[SITE, _certificate(number), change]))
        for number, change in ((1, "revoke"), (2, "resume"))
    ],
    "site_change": _named(OFFICER, "site_change", SITE, "pause"),
    "gateway": lambda _: [(TRADER, "/gateway/"), (OFFICER, "/gateway/"), (OFFICER, "/gateway/?state=parked")],
    "gateway_keys": _named(OFFICER, "gateway_keys"),
    "received": lambda sample: [
        (TRADER, reverse("received", args=[sample.duplicate.intake_id])),
        (OFFICER, reverse("received", args=[sample.refused.pk])),
    ],
    "reference": _by(ANYBODY, "/reference/"),
    "reference_search": _by(ANYBODY, "/reference/search/", "/reference/search/?q=port", "/reference/search/?q=zebra"),
    "reference_page": _by(
        ANYBODY,
        *(
            f"/reference/{path}"
            for path in ("messages/", "messages/EXD", "codes/GoodsType", "errors/contrl-13", "rules/")
        ),
    ),
    "reference_data": _by(ANYBODY, "/reference-data/"),
    "workshop": _by(ANYBODY, "/workshop/", "/workshop/?example=EXD"),
    "api": _by(ANYBODY, "/api/"),
    "account_set_password": lambda sample: [(NEWCOMER, rows.without_password(sample.newcomer))],
    "certificate_sign_in": _by(ANYBODY, "/account/certificate/"),
    "my_certificates": _named(TRADER, "my_certificates"),
    "my_certificate_remove": lambda sample: [(TRADER, rows.own_certificate(sample.trader))],
    "my_sessions": _named(TRADER, "my_sessions"),
    "invitation": lambda sample: [(ANYBODY, rows.invitation(sample.newcomer)), (ANYBODY, "/account/invitation/gone/")],
    "drafts": lambda sample: [(TRADER, rows.drafts(sample.trader)[0]), (OFFICER, "/drafts/")],
    "draft": lambda sample: [(TRADER, rows.drafts(sample.trader)[1])],
    "people_sign_in": _by(OFFICER, "/people/sign-in/", "/people/sign-in/?search=nothing"),
    "person_sign_in": lambda sample: [(who, f"/people/{sample.newcomer.pk}/sign-in/") for who in (TRADER, OFFICER)],
    "unanswered": lambda _: [(who, "/outbox/unanswered/") for who in (TRADER, OFFICER)],
    "outbox_again": lambda _: [(who, "/outbox/again/") for who in (TRADER, OFFICER)],
    "notices": lambda _: [
        (TRADER, "/notices/"),
        *_looks((TRADER, OFFICER), rows.notices()),
        (TRADER, "/notices/?only=open"),
    ],
    "notice": lambda _: _looks((TRADER, OFFICER), rows.notices()),
    "outages": lambda _: [(OFFICER, "/outages/"), *_looks((OFFICER,), rows.outage())],
    "outage": lambda _: _looks((OFFICER,), rows.outage()),
    "site_new": _named(TRADER, "site_new"),
    "renewals": _named(OFFICER, "renewals"),
    "site_renewal": _named(TRADER, "site_renewal", SITE),
    "site_addresses": _named(TRADER, "site_addresses", SITE),
    "own_site_change": _named(TRADER, "own_site_change", SITE, "pause"),
    "own_certificate_change": lambda _: [
        (TRADER, reverse("own_certificate_change", args=[SITE, _certificate(1), change]))
        for change in ("take-over", "take-back")
    ],
    "organisations": _by(OFFICER, "/organisations/", "/organisations/?search=nothing"),
    "organisation": lambda _: _looks((TRADER, OFFICER), reverse("organisation", args=[rows.OWN])),
    "register_person": _named(TRADER, "register_person", rows.OWN),
    "person": lambda sample: _looks((TRADER, OFFICER), reverse("person", args=[rows.OWN, sample.newcomer.pk])),
    "person_change": lambda sample: [
        (TRADER, reverse("person_change", args=[rows.OWN, sample.newcomer.pk, change]))
        for change in ("appoint", "close")
    ],
    "delegate": _named(TRADER, "delegate", rows.OWN),
    "delegation_end": lambda sample: [(TRADER, rows.delegation(sample.trader))],
    "alerts": _by(OFFICER, "/alerts/", "/alerts/?day=x"),
    "clients": _by(OFFICER, "/clients/", "/clients/?search=nothing"),
    "client": lambda _: [(TRADER, f"/clients/{rows.OWN}/"), *((OFFICER, f"/clients/{each}/") for each in rows.CLIENTS)],
    "client_history": lambda _: _looks((TRADER, OFFICER), f"/clients/{rows.OWN}/history/"),
    "client_amend": lambda _: _looks((TRADER, OFFICER), f"/clients/{rows.OWN}/amend/"),
    "client_standing": _named(OFFICER, "client_standing", rows.OWN),
    "client_merge": _by(OFFICER, f"/clients/{rows.CCID}/merge/", f"/clients/{rows.CCID}/merge/?other={rows.OWN}"),
    "client_entry_add": lambda _: [
        (OFFICER, reverse("client_entry_add", args=[rows.CCID, kind])) for kind in ("BROKER", "ROLE", "ESTABLISHMENT")
    ],
    "client_entry": _named(OFFICER, "client_entry", rows.CCID, 0),
    "client_entries": _by(OFFICER, *(f"/clients/entries/{kind}/" for kind in ("BROKER", "WAREHOUSE", "ROLE"))),
    "register": _by(ANYBODY, "/register/"),
    "register_step": _by(ANYBODY, "/register/identify/"),
    "register_status": _by(ANYBODY, "/register/status/"),
    "applications": _by(OFFICER, "/applications/"),
    "application": lambda _: [
        (OFFICER, reverse("application", args=[rows.application()])),
        (OFFICER, "/applications/"),
    ],
    "programs": lambda sample: [(TRADER, "/programs/"), (TRADER, rows.program(sample.trader))],
    "program_new": _named(TRADER, "program_new"),
    "program_change": lambda sample: [(TRADER, rows.program(sample.trader, change)) for change in ("secret", "end")],
    "webhooks": lambda sample: [*_looks((TRADER, OFFICER), "/webhooks/"), (TRADER, rows.webhook(sample.trader))],
    "webhook": lambda sample: _looks((TRADER, OFFICER), rows.webhook(sample.trader)),
    "sandbox_certificates": _by(TRADER, "/sandbox/certificates/"),
}
"""The pages of each route by its name."""


def passkey(sample: Sample) -> int:
    """The trader's passkey, made when first asked for; nobody can sign in with it."""
    from allauth.mfa.models import Authenticator

    known = {"user": sample.trader, "type": Authenticator.Type.WEBAUTHN}
    data = {"name": "office laptop", "credential": {}}
    return int(Authenticator.objects.get_or_create(**known, defaults={"data": data})[0].pk)
