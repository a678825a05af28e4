"""The papers as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Holds the files; has no pages of its own."""

    name = "yhdyspinta.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"
