"""The outbox as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Holds what is to be sent; has no pages of its own."""

    name = "yhdyspinta.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
