"""The requests as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Holds what is asked of the parties, and what each of them answered."""

    name = "yhdyspinta.requests"
    label = "requests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the journal how this room's facts are derived, and the parties how its rows follow people."""
        from yhdyspinta.journal import evidence as journal  # noqa: PLC0415 -- models are loaded only now
        from yhdyspinta.parties import following  # noqa: PLC0415 -- as above
        from yhdyspinta.requests import evidence  # noqa: PLC0415 -- as above
        from yhdyspinta.requests.following import NOMINATIONS  # noqa: PLC0415 -- as above

        following.register(NOMINATIONS)
        journal.register(evidence.NAME, evidence.derived)
