"""The Django app of the desk."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room of the public pages; it stores nothing of its own."""

    name = "yhdyspinta.desk"
    label = "desk"
