"""The parties as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Holds accounts (``AUTH_USER_MODEL``), organisations and parties."""

    name = "yhdyspinta.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the journal how this room's facts are derived, and how its namings follow people and posts."""
        from yhdyspinta.journal import evidence as journal  # noqa: PLC0415 -- models are loaded only now
        from yhdyspinta.parties import evidence, following, named  # noqa: PLC0415 -- as above

        journal.register(evidence.NAME, evidence.derived)
        following.register(named.NAMINGS)
