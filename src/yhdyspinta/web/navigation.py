"""The way around an agreement: one entry for each thing that the rooms of this installation show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models import Party


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
    Place(
        _("Structure of cooperation"),
        "desk:structure",
        frozenset({"desk:body"})
        | frozenset(
            f"bodies:{page}"
            for page in (
                *("propose", "proposal", "withdraw-proposal", "appoint", "end-group", "constitute"),
                *("plans", "new-plan", "edit-plan", "adopt-plan", "withdraw-plan"),
                *("roster", "name-member", "end-membership", "withdraw-membership", "seats"),
                *("representatives", "person"),
            )
        ),
    ),
    Place(
        _("Requests"),
        "requests:list",
        frozenset(
            f"requests:{page}"
            for page in (
                *("new", "show", "edit", "send", "extend", "withdraw", "close", "coordinate", "appoint"),
                *("party-answer", "answer", "record"),
            )
        ),
    ),
    Place(
        _("Parties and counterparts"),
        "desk:matrix",
        frozenset({"desk:party"})
        | frozenset(
            f"parties:{page}" for page in ("counterparts", "theme", "namings", "name", "end-naming", "withdraw-naming")
        )
        | frozenset(
            f"parties:{page}"
            for page in (
                *("people", "person", "add-person", "edit-person", "merge-person", "erase-person"),
                *("post", "add-post", "hand-over", "end-tenure", "discontinue-post"),
                *("invite", "end-administrator", "organisation", "bring-people", "people-table"),
            )
        ),
    ),
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


def own_pages(parties: Iterable[Party], path: str) -> list[Entry]:
    """Return an entry for each party that the person acts for, what is expected of it: "Luhangan asiat"."""
    return [_own_page(party, path) for party in parties]


def _own_page(party: Party, path: str) -> Entry:
    genitives = party.organisation.genitive
    genitive = genitives.get(get_language() or "") or next(iter(genitives.values()), str(party.organisation))
    href = party.get_absolute_url()
    return Entry(gettext("%(genitive)s matters") % {"genitive": genitive}, href, path == href)
