"""The Django app of the records."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room where it is recorded by hand that something was done."""

    name = "yhdyspinta.records"
    label = "records"
