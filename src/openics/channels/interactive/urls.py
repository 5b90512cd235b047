"""Routes of Customs Interactive."""

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.urls"))]
