"""How one site, or all of them, stand to the gateway's new certificate: what they encrypt to, and what they said."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from openics.exchange.models import GatewayKeyConfirmation, Intake
from openics.exchange.notices.steps import roll_overs
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import read_public


@dataclass(frozen=True, slots=True)
class Line:
    """A site and a roll-over that is ahead or was lately: the new certificate, its dates, and how far the site has come.

    `last_at` is the last mail that was taken, `last_new` whether it was encrypted to the new certificate; `said_at` is when
    its people said that it has switched.
    """

    new_key: str
    open_from: datetime
    begins: datetime
    old_until: datetime
    last_at: datetime | None
    last_new: bool
    said_at: datetime | None
    now: datetime

    @property
    def may_confirm(self) -> bool:
        """Whether the site's people can say that it has switched: it can have, and they have not."""
        return self.open_from <= self.now and self.said_at is None and not self.last_new


def line(site: str, now: datetime) -> Line | None:
    """A site's line; None while no roll-over is ahead or was lately."""
    try:
        rolls = roll_overs(read_public(settings.GATEWAY_DIRECTORY), now)
    except PkiError:
        return None
    if not rolls:
        return None
    roll = rolls[-1]
    name = fingerprint(roll.new.certificate)
    mail = Intake.objects.filter(site=site, state=Intake.State.DONE, gateway_key__isnull=False).order_by("-id").first()
    return Line(
        name,
        roll.new.encrypt_from,
        roll.begins,
        roll.old.retire_at,
        mail.received_at if mail else None,
        mail is not None and mail.gateway_key == name,
        confirmations(name).get(site),
        now,
    )


def confirmations(gateway_key: str) -> dict[str, datetime]:
    """When each site's people said that it has switched to a certificate of the gateway."""
    return dict(GatewayKeyConfirmation.objects.filter(gateway_key=gateway_key).values_list("site", "at"))
