"""The public home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openics.channels.interactive.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, who it is for, and how to get in."""
    return render(request, "home.html")
