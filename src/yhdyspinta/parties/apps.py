"""The parties as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Holds accounts (``AUTH_USER_MODEL``), organisations and parties."""

    name = "yhdyspinta.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
