"""The bodies as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Holds the bodies' seats and members, appointments, plans and rules."""

    name = "yhdyspinta.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the journal how this room's facts are derived, and the parties how its rows follow people."""
        from yhdyspinta.bodies import evidence  # noqa: PLC0415 -- models are loaded only now
        from yhdyspinta.bodies.following import MEMBERSHIPS  # noqa: PLC0415 -- as above
        from yhdyspinta.journal import evidence as journal  # noqa: PLC0415 -- as above
        from yhdyspinta.parties import following  # noqa: PLC0415 -- as above

        following.register(MEMBERSHIPS)

        for name, deriver in evidence.DERIVERS.items():
            journal.register(name, deriver)
