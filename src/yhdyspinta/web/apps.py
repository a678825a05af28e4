from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room that looks at all others: settings, addresses, navigation, design."""

    name = "yhdyspinta.web"
