"""The way around an agreement: one entry for each thing that the rooms of this installation show."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Place(NamedTuple):
    """An entry of the navigation: its words, the page it leads to, and the other pages that belong under it."""

    label: str | Promise
    page: str
    under: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """A place as it stands on one page."""

    label: str | Promise
    href: str
    current: bool


PLACES = (
    Place(_("Agreement"), "desk:living", frozenset({"desk:clause", "desk:official"})),
    Place(_("Commitments"), "desk:duties", frozenset({"desk:duty"})),
    Place(_("Structure of cooperation"), "desk:structure", frozenset({"desk:body"})),
    Place(_("Parties"), "desk:matrix", frozenset({"desk:party"})),
    Place(_("Year wheel"), "desk:wheel"),
    Place(_("Time line"), "desk:timeline"),
    Place(
        _("Records"),
        "records:list",
        frozenset(
            f"records:{page}"
            for page in ("new", "show", "correct", "withdraw", "bring-in", "template", "preview", "remark")
        ),
    ),
)


def entries(slug: str, page: str) -> list[Entry]:
    """Return the navigation of an agreement as it stands on the page with this url name. No queries."""
    return [
        Entry(place.label, reverse(place.page, kwargs={"slug": slug}), page == place.page or page in place.under)
        for place in PLACES
    ]
