"""The files that a draft begins with, from what a form says, and what a person has to look at in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.agreement.succession import CARRIED, Front, Note, empty, from_region, standing, successor_of
from yhdyspinta.agreement.words import LANGUAGES
from yhdyspinta.authoring.forms.beginning import COUNTY, SuccessorForm
from yhdyspinta.journal import queries
from yhdyspinta.journal.models import Agreement


class Begun(NamedTuple):
    """The files, what to look at in them, and the agreement that they are a new text of."""

    sources: dict[str, str]
    notes: Sequence[Note] = ()
    agreement: Agreement | None = None


def empty_sources(said: Mapping[str, Any]) -> Begun:
    """Return the files of an agreement that has a title and days and nothing else."""
    languages = _languages(said)
    return Begun(*empty(_front(said, languages), languages))


def region_sources(said: Mapping[str, Any]) -> Begun:
    """Return the files of an agreement between the public bodies of a region or county."""
    languages = _languages(said)
    kind, _dash, code = said["region"].partition("-")
    area = {"county": code} if kind == COUNTY else {"region": code}
    return Begun(*from_region(_front(said, languages), languages, **area))


def successor_sources(said: Mapping[str, Any]) -> Begun:
    """Return the files of a successor of an agreement, or the agreement's own as they are.

    Raises:
        ValidationError: the agreement has no last day and the form says no first one, or it is too early.

    """
    agreement = queries.agreement_or_404(said["agreement"])
    sources = queries.sources_in_force(agreement)
    if said["what"] == SuccessorForm.VERSION:
        return Begun(sources, (), agreement)
    charter = queries.charter_of(agreement)
    first_day = said["first_day"] or _day_after(charter.last_day)
    if first_day is None:
        raise ValidationError(
            {"first_day": _("The agreement has no last day: say from when its successor is in force.")}
        )
    if first_day <= charter.first_day:
        raise ValidationError({"first_day": _("What follows an agreement begins later than it.")})
    if said["last_day"] and said["last_day"] < first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    taken = set(queries.agreements().values_list("slug", flat=True))
    wanted = said["id"] or free(_named(agreement.slug, first_day), taken)
    left, choices = standing(queries.ledger_of(agreement).view(None), first_day)
    keep = (CARRIED & set(said["keep"] or ())) | {"parties", "terms"}
    front = Front(id=wanted, first_day=first_day, last_day=said["last_day"])
    return Begun(*successor_of(sources, front, left=left, choices=choices, keep=keep))


def _front(said: Mapping[str, Any], languages: Sequence[str]) -> Front:
    """Return what the form says of the whole; its words are in the first language, for a person to translate."""
    title, instrument = said["title"].strip(), (said["instrument"] or "").strip()
    return Front(
        id=said["id"],
        first_day=said["first_day"],
        last_day=said["last_day"],
        title=dict.fromkeys(languages, title),
        instrument=dict.fromkeys(languages, instrument) if instrument else None,
    )


def _languages(said: Mapping[str, Any]) -> list[str]:
    return [language for language in LANGUAGES if language in said["languages"]]


def _day_after(day: dt.date | None) -> dt.date | None:
    return day + dt.timedelta(days=1) if day else None


def _named(before: str, first_day: dt.date) -> str:
    """Return an id for a successor: the old one with another year."""
    stem = before.rstrip("0123456789").rstrip("-") or before
    return slug(f"{stem}-{first_day.year}")
