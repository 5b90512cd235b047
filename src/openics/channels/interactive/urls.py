"""Routes of the pages. Sign-in is allauth's, with only the routes that accounts made by customs need."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from openics.channels.interactive.access import public, setup
from openics.channels.interactive.pages import (
    declarations,
    downloads,
    gateway_keys,
    guidance,
    home,
    interchanges,
    messages,
    outbox,
    purposes,
    received,
    reference,
    reference_data,
    site_changes,
    sites,
    status,
    webhooks,
    withdrawals,
    workshop,
)

account_routes = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("closed/", public(account.account_inactive), name="account_inactive"),
    path("confirm/", setup(account.reauthenticate), name="account_reauthenticate"),
    path("password/", setup(account.password_change), name="account_change_password"),
    path("security/", setup(factors.index), name="mfa_index"),
    path("security/code/", public(factors.authenticate), name="mfa_authenticate"),
    path("security/confirm/", setup(factors.reauthenticate), name="mfa_reauthenticate"),
    path("security/app/add/", setup(totp.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", setup(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/recovery/", setup(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("security/recovery/new/", setup(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/recovery/download/", setup(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("security/passkeys/", setup(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("security/passkeys/add/", setup(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/confirm/", setup(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("security/passkeys/sign-in/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("security/passkeys/<int:pk>/remove/", setup(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("security/passkeys/<int:pk>/rename/", setup(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]

guidance_routes = [
    path("start/", guidance.start, name="start"),
    path("certificates/", guidance.certificates, name="certificates"),
    path("certificates/gateway/", guidance.gateway_certificates, name="gateway_certificates"),
    path(
        "certificates/gateway/<slug:name>.pem", guidance.gateway_certificate_file, {"kind": "pem"}, name="gateway_pem"
    ),
    path(
        "certificates/gateway/<slug:name>.cer", guidance.gateway_certificate_file, {"kind": "cer"}, name="gateway_der"
    ),
    path("terms/", guidance.terms, name="terms"),
    path("continuity/", guidance.continuity, name="continuity"),
    path("information/", guidance.information, name="information"),
    path("status/", status.status, name="status"),
]

urlpatterns = [
    path("", home.home, name="home"),
    *guidance_routes,
    path("account/", include(account_routes)),
    path("purpose/", purposes.give, name="purpose"),
    path("purpose/end/", purposes.end, name="purpose_end"),
    path("messages/", messages.message_list, name="messages"),
    path("messages/<int:number>/", messages.message_page, name="message"),
    path("interchanges/<int:number>/", interchanges.interchange_page, name="interchange"),
    path("interchanges/<int:number>/bytes", downloads.interchange, name="interchange_bytes"),
    path("declarations/", declarations.declaration_list, name="declarations"),
    path("declarations/<str:edn>/", declarations.declaration_page, name="declaration"),
    path("declarations/<str:edn>/withdrawal/", withdrawals.withdrawal, name="withdrawal"),
    path("outbox/", outbox.outbox_list, name="outbox"),
    path("outbox/<int:number>/bytes", downloads.sealed, name="sealed_bytes"),
    path("outbox/<int:number>/again", outbox.send_again, name="send_again"),
    path("sites/", sites.site_list, name="sites"),
    path("sites/<str:site>/", sites.site_page, name="site"),
    path(
        "sites/<str:site>/certificates/<int:number>/<str:change>/", site_changes.certificate, name="certificate_change"
    ),
    path("sites/<str:site>/<str:change>/", site_changes.site, name="site_change"),
    path("gateway/", received.gateway, name="gateway"),
    path("gateway/keys/", gateway_keys.gateway_keys, name="gateway_keys"),
    path("received/<int:number>/", received.received_page, name="received"),
    path("received/<int:number>/bytes", downloads.received, name="received_bytes"),
    path("reference/", reference.page, name="reference"),
    path("reference/search/", reference.search, name="reference_search"),
    path("reference/<path:path>", reference.page, name="reference_page"),
    path("reference-data/", reference_data.page, name="reference_data"),
    path("reference-data/manifest.json", reference_data.manifest, name="reference_manifest"),
    path("reference-data/<slug:code>.<slug:form>", reference_data.file, name="reference_file"),
    path("webhooks/", webhooks.webhook_list, name="webhooks"),
    path("webhooks/<int:number>/", webhooks.webhook_page, name="webhook"),
    path("webhooks/<int:number>/<str:change>/", webhooks.change, name="webhook_change"),
    path("workshop/", workshop.workshop, name="workshop"),
]
