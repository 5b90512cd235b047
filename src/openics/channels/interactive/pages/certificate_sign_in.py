"""Signing in with a certificate that the browser presented to the front proxy."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from cryptography import x509
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openics.channels.interactive.access import public
from openics.channels.proxy import client_certificate, refused_certificate
from openics.channels.sign_in import certificates, kinds
from openics.channels.sign_in.kinds import RefusedError
from openics.exchange.care import By

ASKED = "If an account has the address in your certificate, its administrator and customs are asked to confirm it."


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
def certificate(request: HttpRequest) -> HttpResponse:
    """Show which certificate the browser presented; on POST sign in with it."""
    if request.method != "POST":
        return _page(request)
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    presented = client_certificate(request)
    if too_many or presented is None:
        return too_many or _page(request, status=422)
    try:
        return _sign_in(request, presented)
    except RefusedError as error:
        return _page(request, error, status=422)


@require_POST
@public
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the certificate that the browser presented to be registered."""
    too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    presented = client_certificate(request)
    if too_many or presented is None:
        return too_many or _page(request, status=422)
    try:
        certificates.ask_for(presented, By("", "web", timezone.now()))
    except RefusedError as error:
        return _page(request, error, status=422)
    messages.success(request, ASKED)
    return HttpResponseRedirect(reverse("account_login"))


def _sign_in(request: HttpRequest, presented: x509.Certificate) -> HttpResponse:
    now = timezone.now()
    found = certificates.holder(presented, now)
    certificates.used(found, now)
    alone = kinds.signs_in_alone(presented)
    record_authentication(request, found.person, method="certificate", certificate=found.pk, alone=alone)
    answer: HttpResponse = perform_login(request, Login(found.person, redirect_url=get_next_redirect_url(request)))
    return answer


def _page(request: HttpRequest, refusal: RefusedError | None = None, status: int = 200) -> HttpResponse:
    context = {
        "certificate": client_certificate(request),
        "refused_by_proxy": refused_certificate(request),
        "proxied": bool(settings.PROXY_SECRET),
        "refusal": refusal,
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "account/certificate.html", context, status=status)
