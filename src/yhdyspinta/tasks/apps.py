"""Long work as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Holds what is to be done and how far it has come; has no pages of its own."""

    name = "yhdyspinta.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
