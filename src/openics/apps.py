"""The one Django application: every room's tables under one migration history."""

from django.apps import AppConfig


class OpenICSConfig(AppConfig):
    """Gathers the rooms' models under the label `openics`."""

    name = "openics"
    default_auto_field = "django.db.models.BigAutoField"
