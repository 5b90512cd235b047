"""Routes for the software of sites: a signature is the proof, nobody is signed in."""

from django.urls import path

from openics.channels.https.collecting import requests
from openics.channels.https.handing_in import interchanges

urlpatterns = [
    path("interchanges", interchanges, name="edi_interchanges"),
    path("requests", requests, name="edi_requests"),
]
