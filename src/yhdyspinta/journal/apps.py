"""The journal as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """Makes the triggers that guard the journal again after every migrate."""

    name = "yhdyspinta.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for the end of a migrate, the one moment when tables may have been remade."""
        from yhdyspinta.journal import triggers  # noqa: PLC0415 -- models are loaded only now

        post_migrate.connect(triggers.make_after_migrate, sender=self)
