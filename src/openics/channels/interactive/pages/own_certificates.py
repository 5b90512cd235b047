"""Certificates of a client's own sites: a renewed one is registered, takes over, or is taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive import possession, site_queries
from openics.channels.interactive.access import refuse, site_keepers
from openics.channels.interactive.database import raw_connection
from openics.channels.trust import trusted
from openics.clients.certificate_rules import SHOWN, Use
from openics.clients.register_errors import RegisterError
from openics.exchange import certificate_care, own_site_care
from openics.exchange.canberra import in_canberra, read_instant
from openics.exchange.care import SITE, By
from openics.exchange.certificate_care import Added, Wanted
from openics.information import disclosures
from openics.information.interest import Viewer
from openics.pki.bundles import LARGEST, read_bundle
from openics.pki.certificates import described, fingerprint
from openics.pki.errors import PkiError
from openics.pki.possession import proved

KEEP: Final = timedelta(days=14)
"""How long the certificate that is replaced still counts, unless another moment is given."""
USES: Final = {
    "all": "All that it is made for",
    Use.BOTH.value: "Signing and encryption",
    Use.SIGNING.value: "Signing alone",
    Use.ENCRYPTION.value: "Encryption alone",
}
OVERLAPS: Final = ("days", "moment", "both")


class _ProblemError(Exception):
    """What is wrong with what was entered: the field, and the sentence."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the form holds; `overlap` is one of OVERLAPS, `moment` in Canberra's time."""

    challenge: str
    proof: bytes
    certificate: bytes
    use: str
    overlap: str
    moment: str

    @classmethod
    def read(cls, request: HttpRequest) -> "Renewal":
        """From a form as it was sent; files count before pasted text."""
        given = request.POST
        proof = _file(request, "proof_file") or given.get("proof", "").strip().encode()
        use, overlap = given.get("use", ""), given.get("overlap", "")
        return cls(
            given.get("challenge", ""),
            proof,
            _file(request, "certificate"),
            use if use in USES else "all",
            overlap if overlap in OVERLAPS else "days",
            given.get("moment", "").strip(),
        )

    def replace_at(self, now: datetime) -> datetime | None:
        """When the certificates that it serves in the place of end; None for not yet."""
        if self.overlap == "both":
            return None
        return now + KEEP if self.overlap == "days" else _moment(self.moment, now)


def _file(request: HttpRequest, name: str) -> bytes:
    found = request.FILES.get(name)
    return found.read(LARGEST + 1) if isinstance(found, UploadedFile) else b""


def _moment(text: str, now: datetime) -> datetime:
    if not text:
        raise _ProblemError("moment", "Enter the moment from which on only the new certificate counts")
    try:
        at = read_instant(text)
    except (ValueError, OverflowError) as error:
        raise _ProblemError("moment", str(error)) from error
    if at < now:
        raise _ProblemError("moment", "Enter a moment that is to come")
    return at


@require_http_methods(["GET", "HEAD", "POST"])
@site_keepers
def renewal(request: HttpRequest, viewer: Viewer, site: str) -> HttpResponse:
    """Say how to prove that one holds the key of the new certificate; on POST register it."""
    found = site_queries.site(viewer, site)
    if found is None:
        raise refuse(viewer, SITE, site)
    disclosures.record(viewer, SITE, f"{site} renewal")
    entered = Renewal.read(request) if request.method == "POST" else None
    problem: _ProblemError | None = None
    if entered is not None:
        try:
            added = _register(viewer, site, entered, timezone.now())
        except _ProblemError as error:
            problem = error
        else:
            _say(request, added)
            return HttpResponseRedirect(reverse("site", args=[site]))
    challenge = entered.challenge if entered is not None else ""
    if not possession.holds(challenge, site, viewer.signed_in):
        challenge = possession.challenge(site, viewer.signed_in)
    context = {
        "site": found,
        "challenge": challenge,
        "entered": entered,
        "problem": problem,
        "uses": USES,
        "keep": KEEP.days,
    }
    return render(request, "sites/renewal.html", context, status=422 if problem else 200)


def _register(viewer: Viewer, site: str, entered: Renewal, now: datetime) -> Added:
    file = _proved(viewer, site, entered)
    wanted = Wanted(site, file, None if entered.use == "all" else Use(entered.use), entered.replace_at(now))
    try:
        return certificate_care.add(raw_connection(), wanted, trusted(), By(viewer.email, "web", now))
    except (RegisterError, PkiError) as error:
        raise _ProblemError("proof", f"{error.text} {error.fix}") from error


def _proved(viewer: Viewer, site: str, entered: Renewal) -> bytes:
    """The certificate (PEM, its chain behind it) whose key signed the challenge."""
    if not entered.proof:
        raise _ProblemError("proof", "Paste the signed challenge, or choose the file that holds it")
    if not possession.holds(entered.challenge, site, viewer.signed_in):
        raise _ProblemError("proof", "The challenge was more than a day old. Sign the one that is shown now")
    try:
        signer, others = proved(entered.proof, entered.challenge)
        bundle = read_bundle(entered.certificate) if entered.certificate else [signer]
    except PkiError as error:
        raise _ProblemError(
            "certificate" if error.code == "bad-certificate" else "proof", f"{error.text} {error.fix}"
        ) from error
    if fingerprint(bundle[0]) != fingerprint(signer):
        text = f"The challenge was signed with another certificate: {described(signer)}."
        raise _ProblemError("proof", f"{text} Sign it with the key of the certificate that you chose")
    return _pem([signer, *bundle[1:], *others])


def _pem(certificates: list[x509.Certificate]) -> bytes:
    known = {fingerprint(each): each for each in certificates}
    return b"".join(each.public_bytes(Encoding.PEM) for each in known.values())


def _say(request: HttpRequest, added: Added) -> None:
    name = added.certificate.fingerprint[:SHOWN]
    if not added.new and not added.replaces:
        messages.info(request, f"Nothing was changed: certificate {name} is registered already.")
        return
    ends = [
        f"{each.fingerprint[:SHOWN]} counts until {in_canberra(each.removed_at)}"
        for each in added.replaces
        if each.removed_at
    ]
    messages.success(request, ". ".join([f"Certificate {name} is registered", *ends]) + ".")


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its page asks for it: verb, what it means, and whether it takes a moment."""

    verb: str
    meaning: str
    moment: bool = False


CHANGES: Final = {
    "take-over": Change(
        "Roll over to",
        "At the moment that you give, it takes over from your other certificates for the same use. Until then all count.",
        moment=True,
    ),
    "take-back": Change(
        "Take back",
        "From now on mail signed with it is refused, and nothing is encrypted to it. What it was to take over from goes on.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@site_keepers
def change(request: HttpRequest, viewer: Viewer, site: str, number: int, change: str) -> HttpResponse:
    """Show what rolling over to a certificate, or taking it back, means; on POST do it."""
    if change not in CHANGES:
        raise Http404(change)
    found = site_queries.site(viewer, site)
    row = found.certificates.filter(pk=number).first() if found else None
    if row is None:
        raise refuse(viewer, SITE, f"{site} certificate {number}")
    disclosures.record(viewer, SITE, f"{site} certificate {number} {change}")
    moment = request.POST.get("moment", "").strip()
    context: dict[str, Any] = {
        "change": CHANGES[change],
        "site": site,
        "what": f"certificate {row.fingerprint[:SHOWN]}",
        "moment": moment,
        "problem": "",
    }
    if request.method == "POST":
        try:
            messages.success(
                request, _changed(change, row.fingerprint, moment, By(viewer.email, "web", timezone.now()))
            )
            return HttpResponseRedirect(reverse("site", args=[site]))
        except (RegisterError, _ProblemError) as error:
            context["problem"] = f"{error.text} {error.fix}" if isinstance(error, RegisterError) else error.text
    return render(request, "sites/own_certificate.html", context, status=422 if context["problem"] else 200)


def _changed(change: str, name: str, moment: str, by: By) -> str:
    if change == "take-back":
        own_site_care.take_back(raw_connection(), name, by)
        return f"Certificate {name[:SHOWN]} counts no more."
    at = _moment(moment, by.now)
    ended = own_site_care.roll_over(raw_connection(), name, at, by)
    if not ended:
        return f"Nothing was changed: nothing else counts beyond {in_canberra(at)}."
    return f"Certificate {name[:SHOWN]} takes over on {in_canberra(at)}."
