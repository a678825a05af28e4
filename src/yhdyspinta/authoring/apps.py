"""Authoring as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    """Holds drafts of agreements, from the text brought in until they are loaded."""

    name = "yhdyspinta.authoring"
    label = "authoring"
    default_auto_field = "django.db.models.BigAutoField"
