"""Sample addresses for every page of the URL conf, with who looks at them; a route without any fails a test."""

from collections.abc import Callable, Sequence
from typing import Final

from django.urls import reverse

from openics.clients.models import SiteCertificate
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
    "send_again": "takes what a page sends, and leads back to it",
    "purpose_end": "takes what a page sends, and leads to the home page",
}
"""Routes that show no page of their own, with the reason."""


def _by(who: str, *addresses: str) -> Samples:
    return lambda _: [(who, address) for address in addresses]


def _named(who: str, name: str, *arguments: object) -> Samples:
    return lambda _: [(who, reverse(name, args=arguments))]


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
    "mfa_authenticate": _named(ANYBODY, "mfa_authenticate"),
    "mfa_reauthenticate": _named(TRADER, "mfa_reauthenticate"),
    "mfa_activate_totp": _named(NEWCOMER, "mfa_activate_totp"),
    "mfa_deactivate_totp": _named(TRADER, "mfa_deactivate_totp"),
    "mfa_view_recovery_codes": _named(TRADER, "mfa_view_recovery_codes"),
    "mfa_generate_recovery_codes": _named(TRADER, "mfa_generate_recovery_codes"),
    "mfa_list_webauthn": _named(TRADER, "mfa_list_webauthn"),
    "mfa_add_webauthn": _named(TRADER, "mfa_add_webauthn"),
    "mfa_reauthenticate_webauthn": _named(TRADER, "mfa_reauthenticate_webauthn"),
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
    "workshop": _by(ANYBODY, "/workshop/", "/workshop/?example=EXD"),
}
"""The pages of each route by its name."""


def passkey(sample: Sample) -> int:
    """The trader's passkey, made when first asked for; nobody can sign in with it."""
    from allauth.mfa.models import Authenticator

    known = {"user": sample.trader, "type": Authenticator.Type.WEBAUTHN}
    data = {"name": "office laptop", "credential": {}}
    return int(Authenticator.objects.get_or_create(**known, defaults={"data": data})[0].pk)
