"""Which certificates may sign a person in, and which of them do so without a second factor."""

from datetime import datetime

from cryptography import x509
from django.conf import settings

from openics.channels.trust import trusted
from openics.pki.certificates import described, extension
from openics.pki.errors import PkiError, malformed
from openics.pki.kinds import DENIED


class RefusedError(Exception):
    """Why a certificate does not sign in or is not registered: a stable code, what is wrong, and what helps."""

    def __init__(self, code: str, text: str, fix: str) -> None:
        super().__init__(f"{text} {fix}")
        self.code, self.text, self.fix = code, text, fix


def may_sign_in(certificate: x509.Certificate, now: datetime) -> None:
    """Return when a certificate is trusted at `now` and one that people sign in with; raise RefusedError.

    Which kinds there are, and what each may do, `pki.kinds` knows, by the marks of the trust directory. Every certificate
    whose kind or usages stand against signing in is refused with `14`.
    """
    try:
        problem = trusted().sign_in_problem(certificate, (), now)
    except PkiError as error:
        problem = error
    if problem is None:
        return
    if problem.code == "not-for-people":
        raise device_refusal(certificate)
    if problem.code == "wrong-usage":
        raise RefusedError(DENIED, _denied(problem.text), problem.fix)
    raise RefusedError(problem.code, problem.text, problem.fix)


def device_refusal(certificate: x509.Certificate) -> RefusedError:
    """What a device certificate is told."""
    text = (
        f"The certificate {described(certificate)} is a device's (Type 3), which signs mail and stands for no person."
    )
    fix = "Choose your own certificate, an individual or organisation one; or sign in with a passkey."
    return RefusedError(DENIED, _denied(text), fix)


def signs_in_alone(certificate: x509.Certificate) -> bool:
    """Whether its policy says that its holder was identified, so that no second factor is asked for.

    The policies are the setting `sign_in_policies`; an issuer puts one only into certificates of people whose identity it
    proved and who keep the key to themselves.
    """
    with malformed("bad-certificate", "The policies of the certificate cannot be read", "Ask for a new certificate."):
        found = extension(certificate, x509.CertificatePolicies) or ()
    return any(each.policy_identifier.dotted_string in settings.SIGN_IN_POLICIES for each in found)


def _denied(text: str) -> str:
    return f"{text.removesuffix('.')} (error {DENIED}: not authorised)."
