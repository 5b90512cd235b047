"""Seals what leaves by mail: interchanges signed and encrypted to the site, notices signed and readable by anybody.

An interchange is encrypted to every certificate of the site that is in force, so that the site can open it with
whichever key it holds while one certificate replaces another. A notice to an administrator is plain text, since nobody
knows of a certificate of theirs; it is signed (multipart/signed) so that it can be told from a forged one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from openics.decision.room import Cursor
from openics.exchange.outbox import Waiting
from openics.pki import smime
from openics.pki.certificates import may_encrypt_to, read_certificate
from openics.pki.ciphers import chosen
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity
from openics.pki.smime import Notice, Outgoing

Certificates = Mapping[str, Sequence[x509.Certificate]]
Ciphers = Mapping[str, Sequence[str]]
"""The ciphers that each site says it reads; a site that has not said is not there."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Mails by outbox id, and reasons for what could not be sealed, as `store_sealed` and `fail_sealing` take them."""

    mails: list[tuple[int, bytes]]
    failures: list[tuple[int, str]]


def load_certificates(cursor: Cursor, sites: Sequence[str], now: datetime) -> Certificates:
    """The certificates of the sites to which mail may be encrypted at `now`, in one query, the newest first."""
    cursor.execute(
        "SELECT site_id, der FROM site_certificate WHERE site_id = ANY(%s) AND not_before <= %s AND not_after > %s "
        "AND use <> 'signing' AND (removed_at IS NULL OR removed_at > %s) AND (revoked_at IS NULL OR revoked_at > %s) "
        "AND (suspended_at IS NULL OR suspended_at > %s OR resumed_at <= %s) ORDER BY not_before DESC, id DESC",
        (sorted(set(sites)), *(now,) * 6),
    )
    found: dict[str, list[x509.Certificate]] = {}
    for site, der in cursor.fetchall():
        certificate = read_certificate(bytes(der))
        if may_encrypt_to(certificate):
            found.setdefault(site, []).append(certificate)
    return found


def load_ciphers(cursor: Cursor, sites: Sequence[str]) -> Ciphers:
    """What the sites say they read, in one query."""
    cursor.execute(
        "SELECT site_id, ciphers FROM site WHERE site_id = ANY(%s) AND ciphers <> '{}'", (sorted(set(sites)),)
    )
    return dict(cursor.fetchall())


class MailSealer:
    """Seals with the gateway key that signs at the moment; `address` is the gateway's own.

    With `legacy`, triple DES is used towards a site that says it reads nothing better; without, such a site gets AES.
    """

    def __init__(self, gateway_keys: GatewayKeys, address: str, *, legacy: bool = False) -> None:
        self._gateway_keys = gateway_keys
        self._address = address
        self._legacy = legacy
        self._domain = address.rpartition("@")[2]

    def seal(
        self, waiting: Sequence[Waiting], certificates: Certificates, now: datetime, ciphers: Ciphers | None = None
    ) -> Sealed:
        """Seal what can be sealed; one that cannot, does not stop the others.

        Raises PkiError `no-gateway-key` when the gateway has no key to sign with: then nothing is sealed.
        """
        signer = self._gateway_keys.signing(now)
        sealed = Sealed([], [])
        for item in waiting:
            try:
                cipher = chosen([(ciphers or {}).get(item.site, ())], legacy=self._legacy)
                mail = self._mail(item, signer, certificates.get(item.site, ()), now, cipher)
                sealed.mails.append((item.id, mail))
            except PkiError as error:
                sealed.failures.append((item.id, f"{error.code}: {error}"))
        return sealed

    def _mail(
        self, item: Waiting, signer: Identity, certificates: Sequence[x509.Certificate], now: datetime, cipher: str
    ) -> bytes:
        message_id = f"<{item.id}.{now:%Y%m%d%H%M%S%f}@{self._domain}>"
        if item.content is None:
            notice = Notice(self._address, item.recipient, item.subject, item.notice, message_id, now)
            return smime.clear_sign(notice, signer)
        fields = (self._address, item.recipient, item.subject, item.filename, item.content, message_id, now)
        return smime.seal(Outgoing(*fields, automatic=True), signer, certificates, cipher)
