"""Opens what was posted over HTTPS: the steps of a mail, in the same order, with one difference.

Where the gateway's public address is https, the connection has encrypted the interchange on its way to the gateway, and a
message that is only signed is taken too. A mail passes through other people's servers, so there encryption is required.
"""

from openics.channels.mail.opening import Case, MailOpener
from openics.pki import smime
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.smime import Bounds
from openics.pki.trust import TrustStore

CHANNEL = "https"


class HttpsOpener(MailOpener):
    """As `MailOpener`; `signed_only` says whether a message that is signed and not encrypted is taken."""

    def __init__(
        self,
        gateway_keys: GatewayKeys,
        trust: TrustStore,
        *,
        test: bool,
        signed_only: bool,
        max_interchange_bytes: int = 10_000_000,
        bounds: Bounds | None = None,
        legacy: bool = False,
    ) -> None:
        size = max_interchange_bytes
        super().__init__(gateway_keys, trust, test=test, max_interchange_bytes=size, bounds=bounds, legacy=legacy)
        self._signed_only = signed_only

    def _read_envelope(self, case: Case) -> str:
        outside = smime.signed_only(case.received.content, self._bounds) if self._signed_only else None
        if outside is None:
            return super()._read_envelope(case)
        case.envelope = outside
        return f"from {outside.sender}"

    def _decrypt(self, case: Case) -> str:
        if case.envelope.enveloped:
            return super()._decrypt(case)
        case.decrypted = case.received.content
        return "by the connection (HTTPS); the message itself is signed and not encrypted"
