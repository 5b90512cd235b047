"""Routes of the test authority."""

from django.urls import path

from openics.sandbox import pages

urlpatterns = [
    path("certificates/", pages.certificates, name="sandbox_certificates"),
    path("certificates/<str:serial>/", pages.certificate, name="sandbox_certificate"),
    path("certificates/<str:serial>/register", pages.register, name="sandbox_register"),
    path("certificates/<str:serial>.pem", pages.certificate_file, name="sandbox_certificate_file"),
    path("authority/root.pem", pages.root, name="sandbox_root"),
    path("authority/revoked.crl", pages.revocation_list, name="sandbox_revocation_list"),
    path("authority/ocsp", pages.answer, name="sandbox_status"),
]
