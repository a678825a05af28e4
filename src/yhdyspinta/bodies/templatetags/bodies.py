"""What the bodies' templates ask: where an empty place is filled."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from yhdyspinta.bodies.forms.members import OUTSIDE
from yhdyspinta.bodies.roster import Place

register = template.Library()


@register.filter
def naming_query(place: Place) -> str:
    """Return the query that chooses a place on the page where somebody is named: whose, which seat, in which role."""
    outside = place.seat is not None and bool(place.seat.outsider)
    asked = {
        "osapuoli": place.party.slug if place.party is not None else OUTSIDE if outside else "",
        "paikka": str(place.seat.pk) if place.seat is not None else "",
        "rooli": place.role,
    }
    return f"?{urlencode({name: said for name, said in asked.items() if said})}"
