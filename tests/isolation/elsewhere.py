"""Routes that are tried for their own and foreign records in the tests of their part, with the gate that they declare.

A route is here or in the table; one that is in neither fails. The path names the tests, under `tests`.
"""

from typing import Final

from openics.channels.interactive.access import Access

PAGES: Final = "channels/interactive"
ROUTES: Final[list[tuple[str, Access, tuple[str, ...]]]] = [
    (
        "channels/api/test_reading.py",
        Access.PUBLIC,  # a program is asked for its token behind the gate
        (
            *("api_myself", "api_sites", "api_site", "api_submissions", "api_one", "api_answers", "api_answers"),
            *("api_messages", "api_message", "api_interchanges", "api_interchange", "api_content"),
            *("api_declarations", "api_declaration", "api_versions", "api_about", "api_events", "api_explain"),
            *("api_reference_lists", "api_reference_list", "api_reference_code", "api_lists", "api_one_list"),
            *("api_documents", "api_document", "api_gateway_certificates", "api_openapi", "api_unknown"),
        ),
    ),
    ("channels/api/test_submitting.py", Access.PUBLIC, ("api_submit", "api_check")),
    ("channels/api/test_tokens.py", Access.PUBLIC, ("api_token", "api_end_token")),
    ("channels/https/test_collecting.py", Access.PUBLIC, ("edi_interchanges", "edi_requests")),
    (
        "sandbox/test_status.py",
        Access.PUBLIC,
        ("sandbox_root", "sandbox_revocation_list", "sandbox_status"),
    ),
    (f"{PAGES}/test_calendars.py", Access.PUBLIC, ("gateway_calendar", "outage_calendar")),
    (f"{PAGES}/test_calendars.py", Access.TRADER, ("certificate_calendar",)),
    (f"{PAGES}/test_browsers.py", Access.PUBLIC, ("browsers",)),
    (f"{PAGES}/test_public_pages.py", Access.PUBLIC, ("api",)),
    ("channels/sign_in/test_certificates.py", Access.PUBLIC, ("certificate_sign_in", "certificate_ask")),
    ("channels/sign_in/test_certificates.py", Access.SETUP, ("my_certificates", "my_certificate_remove")),
    ("channels/sign_in/test_invitations.py", Access.PUBLIC, ("invitation",)),
    ("channels/sign_in/test_invitations.py", Access.SETUP, ("account_set_password",)),
    ("channels/sign_in/test_sessions.py", Access.SETUP, ("my_sessions", "my_session_end", "my_sessions_end", "stay")),
    (
        "channels/sign_in/test_drafts.py",
        Access.SIGNED_IN,
        ("drafts", "draft_kept", "draft_save", "draft", "draft_remove"),
    ),
    (f"{PAGES}/test_registration.py", Access.PUBLIC, ("register", "register_status", "register_step")),
    (
        f"{PAGES}/test_registration.py",
        Access.OFFICER,
        ("applications", "application", "application_approve", "application_refuse"),
    ),
    (
        f"{PAGES}/test_clients.py",
        Access.RECORDS,
        ("client", "client_history", "client_amend", "client_confirm", "client_entry_add", "client_entry"),
    ),
    (f"{PAGES}/test_clients.py", Access.OFFICER, ("clients", "client_entries", "client_standing", "client_merge")),
    (f"{PAGES}/test_clients.py", Access.TRADER, ("own_client",)),
    (
        f"{PAGES}/test_reference_data.py",
        Access.PUBLIC,
        ("reference_data", "reference_manifest", "reference_file"),
    ),
    (f"{PAGES}/test_missing.py", Access.RECORDS, ("outbox_again", "unanswered")),
    (f"{PAGES}/test_notices.py", Access.RECORDS, ("notices", "notice")),
    (f"{PAGES}/test_outages.py", Access.OFFICER, ("outages", "outage")),
    (f"{PAGES}/test_renewal.py", Access.OFFICER, ("renewals",)),
    (f"{PAGES}/test_renewal.py", Access.SITES, ("site_renewal", "own_certificate_change")),
    (
        f"{PAGES}/test_own_sites.py",
        Access.SITES,
        ("site_new", "site_addresses", "site_switched", "own_site_change"),
    ),
    (f"{PAGES}/test_webhooks.py", Access.RECORDS, ("webhooks", "webhook")),
    (f"{PAGES}/test_webhooks.py", Access.TRADER, ("webhook_change",)),
    (f"{PAGES}/test_programs.py", Access.TRADER, ("programs", "program_new", "program_change")),
    ("channels/sign_in/test_certificates.py", Access.RECORDS, ("people_sign_in", "person_sign_in")),
    (
        f"{PAGES}/test_sandbox_pages.py",
        Access.TRADER,
        ("sandbox_certificates", "sandbox_certificate", "sandbox_certificate_file"),
    ),
    (f"{PAGES}/test_sandbox_pages.py", Access.SITES, ("sandbox_register",)),
]
