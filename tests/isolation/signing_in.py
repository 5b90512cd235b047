"""The routes of signing in, which allauth answers for the person itself: the gate counts, and what is asked for first."""

from isolation.door import Said
from isolation.route import Roles, Route
from isolation.world import ROLES
from openics.channels.interactive.access import Access

NOT_SIGNED_IN: Roles = frozenset({"anonymous", "closed"})
SIGNED_IN: Roles = frozenset(ROLES) - NOT_SIGNED_IN
NEWCOMER: Roles = frozenset({"newcomer"})


def route(name: str, gate: Access, *arguments: int, **told: Roles) -> Route:
    """A route that is only opened here; `done`, `missing` say who is sent on, and who finds nothing to do it with."""
    answers = {role: Said[said.upper()] for said, roles in told.items() for role in roles}
    everybody = {"": frozenset(ROLES)}
    return Route(name, gate, lambda _: {"": arguments}, everybody, own={"get": answers}, methods=("get",))


ROUTES = [
    route("account_login", Access.PUBLIC, done=SIGNED_IN),
    route("account_logout", Access.PUBLIC, done=NOT_SIGNED_IN),
    route("account_inactive", Access.PUBLIC),
    route("mfa_authenticate", Access.PUBLIC, done=SIGNED_IN, sign_in=NOT_SIGNED_IN),
    route("mfa_login_webauthn", Access.PUBLIC, done=SIGNED_IN, sign_in=NOT_SIGNED_IN),
    *(route(name, Access.SETUP) for name in ("account_reauthenticate", "account_change_password", "mfa_index")),
    route("mfa_list_webauthn", Access.SETUP),
    route("mfa_reauthenticate", Access.SETUP, done=NEWCOMER),
    route("mfa_deactivate_totp", Access.SETUP, done=SIGNED_IN - NEWCOMER, missing=NEWCOMER),
    *(
        route(name, Access.SETUP, done=SIGNED_IN)
        for name in (
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
        )
    ),
    *(
        route(name, Access.SETUP, missing=SIGNED_IN)
        for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes")
    ),
    *(route(name, Access.SETUP, 999_999, done=SIGNED_IN) for name in ("mfa_remove_webauthn", "mfa_edit_webauthn")),
]
