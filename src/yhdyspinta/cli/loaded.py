"""Agreements in the database, for commands that also work without one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from yhdyspinta.agreement import Assessment, Charter, View

if TYPE_CHECKING:
    from yhdyspinta.journal.models import Agreement


def start_django() -> None:
    """Start Django with the installation's settings."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yhdyspinta.web.settings")
    django.setup()


def loaded_charter(slug: str) -> Charter | None:
    """Return a loaded agreement's charter; None when it is not loaded or there is no database."""
    agreement = _agreement(slug)
    if agreement is None:
        return None
    from yhdyspinta.journal import queries

    return queries.charter_of(agreement)


def loaded_text(slug: str) -> tuple[Mapping[str, str], View] | None:
    """Return a loaded agreement's text in force and what is known of it; None when it is not loaded."""
    agreement = _agreement(slug)
    if agreement is None:
        return None
    from yhdyspinta.journal import queries

    return queries.sources_in_force(agreement), queries.ledger_of(agreement).view()


def assess_loaded(
    slug: str, as_of: dt.date, known_at: dt.date | None, records_from: dt.date | None
) -> tuple[Charter, Assessment] | None:
    """Judge a loaded agreement by the facts in the database; None when it is not loaded."""
    agreement = _agreement(slug)
    if agreement is None:
        return None
    from yhdyspinta.agreement import assess
    from yhdyspinta.journal import queries

    charter = queries.charter_of(agreement)
    begins = records_from or agreement.records_from
    return charter, assess(charter, queries.ledger_of(agreement), as_of, known_at, begins)


def _agreement(slug: str) -> Agreement | None:
    start_django()
    from django.db import DatabaseError

    from yhdyspinta.journal.models import Agreement

    try:
        return Agreement.objects.filter(slug=slug).first()
    except DatabaseError:
        return None
