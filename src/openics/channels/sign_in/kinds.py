"""Which certificates may sign a person in, and which of them do so without a second factor."""

from typing import Any

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.conf import settings

from openics.pki.certificates import described
from openics.pki.errors import malformed

_SIGN_IN = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)


class RefusedError(Exception):
    """Why a certificate does not sign in or is not registered: a stable code, what is wrong, and what helps."""

    def __init__(self, code: str, text: str, fix: str) -> None:
        super().__init__(f"{text} {fix}")
        self.code, self.text, self.fix = code, text, fix


def may_sign_in(certificate: x509.Certificate) -> None:
    """Return when a certificate is one that people sign in with; raise RefusedError (`14`) for a device's.

    A certificate without an extended key usage is taken as a person's. One that has it must name TLS client authentication:
    device (Type 3) certificates are made for mail alone.
    """
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        purposes, usage = _extension(certificate, x509.ExtendedKeyUsage), _extension(certificate, x509.KeyUsage)
    if purposes is not None and not any(purpose in _SIGN_IN for purpose in purposes):
        raise device_refusal(certificate)
    if usage is not None and not usage.digital_signature:
        text = f"The certificate {described(certificate)} is made for encryption alone (error 14: not authorised)."
        raise RefusedError("14", text, "Choose your signing certificate.")


def device_refusal(certificate: x509.Certificate) -> RefusedError:
    """What a device certificate is told."""
    text = f"The certificate {described(certificate)} is a device's (Type 3), which signs mail and stands for no person"
    fix = "Choose your own certificate, an individual or organisation one; or sign in with a passkey."
    return RefusedError("14", f"{text} (error 14: not authorised).", fix)


def signs_in_alone(certificate: x509.Certificate) -> bool:
    """Whether its policy says that its holder was identified, so that no second factor is asked for.

    The policies are the setting `sign_in_policies`; an issuer puts one only into certificates of people whose identity it
    proved and who keep the key to themselves.
    """
    with malformed("bad-certificate", "The policies of the certificate cannot be read", "Ask for a new certificate."):
        found = _extension(certificate, x509.CertificatePolicies) or ()
    return any(each.policy_identifier.dotted_string in settings.SIGN_IN_POLICIES for each in found)


def _extension(certificate: x509.Certificate, kind: type[Any]) -> Any:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
