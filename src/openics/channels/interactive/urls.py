"""Routes of the pages. Sign-in is allauth's, with only the routes that accounts made by customs need."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from openics.channels.interactive.access import needs_password, public, setup
from openics.channels.interactive.client_urls import client_routes
from openics.channels.interactive.pages import (
    alerts,
    browsers,
    calendars,
    certificate_sign_in,
    declarations,
    delegations,
    developers,
    downloads,
    drafts,
    gateway_keys,
    guidance,
    home,
    interchanges,
    invitations,
    messages,
    missing,
    my_certificates,
    my_sessions,
    notices,
    organisations,
    outages,
    outbox,
    own_certificates,
    own_sites,
    people,
    people_sign_in,
    programs,
    purposes,
    received,
    reference,
    reference_data,
    renewals,
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
    path("security/app/add/", setup(needs_password(totp.activate_totp)), name="mfa_activate_totp"),
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

sign_in_routes = [
    path("account/password/new/", setup(account.password_set), name="account_set_password"),
    path("account/certificate/", certificate_sign_in.certificate, name="certificate_sign_in"),
    path("account/certificate/ask/", certificate_sign_in.ask, name="certificate_ask"),
    path("account/certificates/", my_certificates.my_certificates, name="my_certificates"),
    path("account/certificates/<int:number>/remove/", my_certificates.remove, name="my_certificate_remove"),
    path("account/sessions/", my_sessions.my_sessions, name="my_sessions"),
    path("account/sessions/<int:number>/end/", my_sessions.end, name="my_session_end"),
    path("account/sessions/end/", my_sessions.end_others, name="my_sessions_end"),
    path("account/stay/", my_sessions.stay, name="stay"),
    path("account/invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("drafts/", drafts.draft_list, name="drafts"),
    path("drafts/kept/", drafts.kept, name="draft_kept"),
    path("drafts/save/", drafts.save, name="draft_save"),
    path("drafts/<int:number>/", drafts.draft, name="draft"),
    path("drafts/<int:number>/remove/", drafts.remove, name="draft_remove"),
    path("people/sign-in/", people_sign_in.people, name="people_sign_in"),
    path("people/<int:number>/sign-in/", people_sign_in.person, name="person_sign_in"),
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
    path("certificates/gateway/calendar.ics", calendars.gateway, name="gateway_calendar"),
    path("terms/", guidance.terms, name="terms"),
    path("continuity/", guidance.continuity, name="continuity"),
    path("information/", guidance.information, name="information"),
    path("status/", status.status, name="status"),
    path("browsers/", browsers.browsers, name="browsers"),
    path("status/outages.ics", calendars.outages, name="outage_calendar"),
]

notice_routes = [
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<int:number>/", notices.notice_page, name="notice"),
    path("outages/", outages.outage_list, name="outages"),
    path("outages/<int:number>/", outages.outage_page, name="outage"),
]

own_site_routes = [
    path("sites/calendar.ics", calendars.certificates, name="certificate_calendar"),
    path("sites/new/", own_sites.new, name="site_new"),
    path("sites/renewals/", renewals.renewals, name="renewals"),
    path("sites/<str:site>/renewal/", own_certificates.renewal, name="site_renewal"),
    path("sites/<str:site>/addresses/", own_sites.addresses, name="site_addresses"),
    path("sites/<str:site>/switched/", own_sites.switched, name="site_switched"),
    path("sites/<str:site>/own/<str:change>/", own_sites.change, name="own_site_change"),
    path(
        "sites/<str:site>/certificates/<int:number>/own/<str:change>/",
        own_certificates.change,
        name="own_certificate_change",
    ),
]

organisation_routes = [
    path("", organisations.organisation_list, name="organisations"),
    path("<str:client>/", organisations.organisation_page, name="organisation"),
    path("<str:client>/people/register/", people.register, name="register_person"),
    path("<str:client>/people/<int:number>/", people.person_page, name="person"),
    path("<str:client>/people/<int:number>/<str:change>/", people.person_change, name="person_change"),
    path("<str:client>/delegations/give/", delegations.give, name="delegate"),
    path("<str:client>/delegations/<int:number>/end/", delegations.end, name="delegation_end"),
]

urlpatterns = [
    path("", home.home, name="home"),
    *guidance_routes,
    path("account/", include(account_routes)),
    *sign_in_routes,
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
    path("outbox/again/", missing.again, name="outbox_again"),
    path("outbox/unanswered/", missing.unanswered, name="unanswered"),
    path("outbox/<int:number>/bytes", downloads.sealed, name="sealed_bytes"),
    path("outbox/<int:number>/again", outbox.send_again, name="send_again"),
    *notice_routes,
    *own_site_routes,
    path("sites/", sites.site_list, name="sites"),
    path("sites/<str:site>/", sites.site_page, name="site"),
    path(
        "sites/<str:site>/certificates/<int:number>/<str:change>/", site_changes.certificate, name="certificate_change"
    ),
    path("sites/<str:site>/<str:change>/", site_changes.site, name="site_change"),
    *client_routes,
    path("organisations/", include(organisation_routes)),
    path("alerts/", alerts.alerts, name="alerts"),
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
    path("api/", developers.developers, name="api"),
    path("programs/", programs.program_list, name="programs"),
    path("programs/new/", programs.make, name="program_new"),
    path("programs/<str:identifier>/<str:change>/", programs.change, name="program_change"),
    path("workshop/", workshop.workshop, name="workshop"),
]
