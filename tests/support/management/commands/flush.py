"""Empties the database between tests, past the triggers that keep the journal from being emptied."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from yhdyspinta.journal import triggers


class Command(flush.Command):
    """Django's flush; the triggers are made again afterwards, and by ``post_migrate`` where it is sent."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.drop(connection)
        super().handle(**options)
        triggers.make(connection)
