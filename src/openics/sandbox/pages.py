"""Pages of the test authority, in industry test only: ask for a certificate, download it, register it to a site.

A private key is made by the browser or by openssl and never reaches this side: what comes is a signing request.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openics.channels.interactive.access import may_amend_sites, public, site_keepers, traders
from openics.channels.interactive.database import raw_connection
from openics.channels.trust import trusted
from openics.clients.models import Client, Site
from openics.clients.register_errors import RegisterError
from openics.exchange import certificate_care
from openics.exchange.care import By
from openics.exchange.certificate_care import Wanted
from openics.information.interest import Viewer
from openics.pki.errors import PkiError
from openics.sandbox import asking, status
from openics.sandbox.authority import Authority, Issued, opened


def _authority() -> Authority:
    """The test authority; there is none in production, nor where another authority issues."""
    try:
        if settings.TEST_ENVIRONMENT:
            return opened(settings.PKI_DIRECTORY, settings.PUBLIC_URL)
    except PkiError:
        pass
    raise Http404("test authority")


def _own(authority: Authority, viewer: Viewer, serial: str) -> Issued:
    """A certificate that the viewer's client asked for; another client's does not exist for the viewer."""
    for each in authority.issued():
        if each.serial == serial and each.asked_by == viewer.client and viewer.client:
            return each
    raise Http404(serial)


def _sites(viewer: Viewer) -> list[Site]:
    return list(Site.objects.filter(site_id__in=viewer.sites, test=True).order_by("site_id"))


@require_http_methods(["GET", "HEAD", "POST"])
@traders
def certificates(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer's client has been issued, and the form that asks for more."""
    authority = _authority()
    client = Client.objects.get(client_id=viewer.client) if viewer.client else None
    offered = asking.purposes(_sites(viewer), viewer.email, request.user.name)  # type: ignore[union-attr]
    wanted = next((each for each in offered if each.value == request.POST.get("purpose")), None)
    text = _request_text(request)
    context: dict[str, Any] = {
        "offered": offered,
        "organisation": client.name if client else "",
        "chosen": wanted.value if wanted else offered[0].value,
        "text": text,
        "problem": "",
        "issued": [each for each in reversed(authority.issued()) if each.asked_by == viewer.client and viewer.client],
    }
    if request.method != "POST":
        return render(request, "sandbox/certificates.html", context)
    if wanted is None or not text:
        context["problem"] = "Give a signing request" if wanted else "Choose what the certificate is for"
        return render(request, "sandbox/certificates.html", context, status=422)
    try:
        made = asking.issue(authority, wanted, text, viewer.client, timezone.now())
    except PkiError as error:
        context["problem"] = f"{error.text} {error.fix}"
        return render(request, "sandbox/certificates.html", context, status=422)
    return HttpResponseRedirect(reverse("sandbox_certificate", args=[made.serial]))


def _request_text(request: HttpRequest) -> str:
    """The request from the file, where one was chosen, else from the text."""
    file = request.FILES.get("file")
    if file is not None:
        read: bytes = file.read(asking.LONGEST + 1)
        return read.decode("ascii", "replace").strip()
    return request.POST.get("request", "").strip()


@require_safe
@traders
def certificate(request: HttpRequest, viewer: Viewer, serial: str) -> HttpResponse:
    """One certificate: what it says, its file, and the site to which it can be registered."""
    authority = _authority()
    found = _own(authority, viewer, serial)
    made = authority.certificate_of(found)
    context = {
        "found": found,
        "text": asking.pem(authority, found).decode(),
        "certificate": made,
        "site": asking.site_for(found, made, _sites(viewer)) if may_amend_sites(viewer) else None,
        "revoked_at": authority.revoked_at(int(found.serial, 16)),
    }
    return render(request, "sandbox/certificate.html", context)


@require_safe
@traders
def certificate_file(request: HttpRequest, viewer: Viewer, serial: str) -> HttpResponse:  # noqa: ARG001 - Django's
    """The certificate as a file (PEM)."""
    authority = _authority()
    found = _own(authority, viewer, serial)
    headers = {"Content-Disposition": f'attachment; filename="{found.serial[:16]}.pem"'}
    return HttpResponse(asking.pem(authority, found), content_type="application/x-pem-file", headers=headers)


@require_POST
@site_keepers
def register(request: HttpRequest, viewer: Viewer, serial: str) -> HttpResponse:
    """Register a device's certificate to the site whose address it names, beside those that the site has."""
    authority = _authority()
    found = _own(authority, viewer, serial)
    site = asking.site_for(found, authority.certificate_of(found), _sites(viewer))
    if site is None:
        raise Http404(serial)
    trust = trusted()
    wanted = Wanted(site.site_id, asking.pem(authority, found))
    try:
        added = certificate_care.add(raw_connection(), wanted, trust, By(viewer.email, "web", timezone.now()))
    except RegisterError as error:
        messages.error(request, f"{error.text} {error.fix}")
        return HttpResponseRedirect(reverse("sandbox_certificate", args=[serial]))
    done = "is registered" if added.new else "was registered already"
    messages.success(request, f"Certificate {added.certificate.fingerprint[:16]} {done} to site {site.site_id}.")
    return HttpResponseRedirect(reverse("site", args=[site.site_id]))


@require_safe
@public
def root(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """The root certificate, for those who check what the gateway signs."""
    headers = {"Content-Disposition": 'attachment; filename="test-authority.pem"'}
    return HttpResponse(_authority().root_file(), content_type="application/x-pem-file", headers=headers)


@require_safe
@public
@never_cache
def revocation_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's
    """The authority's list of revoked certificates (DER)."""
    return HttpResponse(_authority().revocation_list(), content_type="application/pkix-crl")


@csrf_exempt
@require_POST
@public
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """How one of the authority's certificates stands (OCSP over HTTP, RFC 6960, appendix A)."""
    asked = request.read(status.LONGEST + 1)
    found = status.answer(_authority(), asked, timezone.now())
    return HttpResponse(found, content_type="application/ocsp-response")
