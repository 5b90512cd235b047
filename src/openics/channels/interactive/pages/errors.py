"""Errors that need a page of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: mostly because the page had been open for too long."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
