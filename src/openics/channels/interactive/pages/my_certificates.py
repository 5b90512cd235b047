"""The certificates that somebody signs in with: list, add, remove."""

from allauth.account.decorators import reauthentication_required
from cryptography import x509
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openics.channels.interactive.access import setup
from openics.channels.proxy import client_certificate, refused_certificate
from openics.channels.sign_in import certificates, sessions
from openics.channels.sign_in.kinds import RefusedError
from openics.channels.sign_in.models import PersonCertificate
from openics.clients.models import Person
from openics.pki.certificates import fingerprint, read_certificate
from openics.pki.errors import PkiError

LARGEST = 20_000
"""Bytes of a certificate file."""


@require_http_methods(["GET", "HEAD", "POST"])
@setup
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def my_certificates(request: HttpRequest) -> HttpResponse:
    """One's certificates; on POST add the one that the browser presented, or one from a file, which is to be confirmed."""
    if request.method != "POST":
        return _page(request)
    try:
        added = _add(request, _person(request))
    except RefusedError as error:
        return _page(request, error)
    if added.confirmed_at:
        messages.success(request, "The certificate is added. From now on you can sign in with it.")
    else:
        messages.success(request, "The certificate is registered. It signs you in when somebody has confirmed it.")
    return HttpResponseRedirect(reverse("my_certificates"))


@require_http_methods(["GET", "HEAD", "POST"])
@setup
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether to remove a certificate; on POST do it."""
    person = _person(request)
    found = next((each for each in certificates.certificates_of(person) if each.pk == number), None)
    if found is None:
        raise Http404(f"certificate {number}")
    if request.method != "POST":
        return render(request, "account/certificate_remove.html", {"certificate": found})
    certificates.remove(found, sessions.by_person(person))
    messages.success(request, "The certificate is removed. Nobody can sign in with it any more.")
    return HttpResponseRedirect(reverse("my_certificates"))


def _add(request: HttpRequest, person: Person) -> PersonCertificate:
    by = sessions.by_person(person)
    if request.POST.get("from") != "file":
        presented = client_certificate(request)
        if presented is None:
            fix = "Choose it when the browser asks, or close the browser and open this page again."
            raise RefusedError("not-presented", "Your browser did not present a certificate.", fix)
        return certificates.add(person, presented, by, confirmed=True)
    return certificates.add(person, from_file(request), by, confirmed=False)


def from_file(request: HttpRequest) -> x509.Certificate:
    """The certificate in the file that was chosen; raises RefusedError."""
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        fix = "Choose the file of the certificate alone, without its key (.cer, .crt or .pem)."
        raise RefusedError("no-file", "No certificate was chosen." if file is None else "The file is too large.", fix)
    try:
        return read_certificate(file.read())
    except PkiError as error:
        raise RefusedError(error.code, error.text, error.fix) from error


def _page(request: HttpRequest, refusal: RefusedError | None = None) -> HttpResponse:
    presented, held = client_certificate(request), certificates.certificates_of(_person(request))
    context = {
        "certificates": held,
        "presented": presented,
        "known": presented is not None
        and fingerprint(presented) in {each.fingerprint for each in held if each.confirmed_at},
        "refused_by_proxy": refused_certificate(request),
        "refusal": refusal,
        "moment": timezone.now(),
    }
    return render(request, "account/certificates.html", context, status=422 if refusal else 200)


def _person(request: HttpRequest) -> Person:
    person = request.user
    if not isinstance(person, Person):  # the access rule has seen to it
        raise Http404
    return person
