"""The Django app of the records."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room where it is recorded by hand that something was done."""

    name = "yhdyspinta.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the journal how this room's facts are derived."""
        from yhdyspinta.journal import evidence as journal  # noqa: PLC0415 -- models are loaded only now
        from yhdyspinta.records import evidence  # noqa: PLC0415 -- as above

        journal.register(evidence.NAME, evidence.derived)
