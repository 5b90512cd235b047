"""Public pages that help people to begin: the choice of a way, certificates, terms, continuity, information."""

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openics.channels.interactive.access import public
from openics.channels.interactive.guidance import checklist, choices, gateway, glossary
from openics.channels.interactive.guidance.accepted import ACCEPTED
from openics.exchange.handlers import HANDLERS
from openics.pki.errors import PkiError

WORDS: Final = 100
"""Characters of a search that are looked at."""
_MEDIA: Final = {"pem": "application/pem-certificate-chain", "cer": "application/pkix-cert"}


@require_safe
@public
def start(request: HttpRequest) -> HttpResponse:
    """The questions for first-time users; with all of them answered, the way that fits and its checklist.

    With `change` the questions are asked again, the answers filled in.
    """
    given = {each.name: request.GET.get(each.name, "") for each in choices.QUESTIONS}
    problems = choices.missing(given)
    if problems or "change" in request.GET:
        asked = any(given.values()) and problems
        about = {"questions": choices.QUESTIONS, "given": given, "problems": problems if asked else {}}
        return render(request, "guidance/start.html", about, status=422 if asked else 200)
    return render(request, "guidance/checklist.html", _checklist(given))


def _checklist(given: dict[str, str]) -> dict[str, Any]:
    advice = choices.choose(given)
    return {
        "advice": advice,
        "title": choices.TITLES[advice.way],
        "said": choices.said(given),
        "steps": checklist.steps(advice.way, given),
        "needed": checklist.needed(given, HANDLERS),
        "query": urlencode({name: value for name, value in given.items() if value}),
        "site": settings.EXCHANGE_POLICY.customs_site,
    }


@require_safe
@public
def certificates(request: HttpRequest) -> HttpResponse:
    """What certificates are, which are accepted, how to get and renew them."""
    return render(request, "guidance/certificates.html", {"accepted": ACCEPTED})


@require_safe
@public
def gateway_certificates(request: HttpRequest) -> HttpResponse:
    """The gateway's own certificates: the current one, the next one, and how to install them."""
    return render(request, "guidance/gateway_certificates.html", {"certificates": _published()})


@require_safe
@public
def gateway_certificate_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:  # noqa: ARG001 - as called
    """One certificate of the gateway as a file: PEM with its chain, or DER alone."""
    found = next((each for each in _published() if each.name == name), None)
    if found is None:
        raise Http404(f"certificate {name}")
    content = found.pem if kind == "pem" else found.der
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=_MEDIA[kind], headers=headers)


def _published() -> list[gateway.GatewayCertificate]:
    try:
        return list(gateway.published(settings.GATEWAY_DIRECTORY, timezone.now()))
    except PkiError:
        return []


@require_safe
@public
def terms(request: HttpRequest) -> HttpResponse:
    """Terms and acronyms: all, or those that hold the words of `q`."""
    words = request.GET.get("q", "")[:WORDS].strip()
    found = glossary.find(words) if words else glossary.terms()
    about = {
        "q": words,
        "found": found,
        "groups": [] if words else glossary.by_letter(found),
        "known": glossary.KNOWN,
        "anchor": glossary.anchor,
    }
    return render(request, "guidance/terms.html", about)


@require_safe
@public
def continuity(request: HttpRequest) -> HttpResponse:
    """What to do when something is down: what there is today, and what is not there yet."""
    return render(request, "guidance/continuity.html")


@require_safe
@public
def information(request: HttpRequest) -> HttpResponse:
    """Who may see what, and how to get at it: what there is today, and what is not there yet."""
    return render(request, "guidance/information.html")
