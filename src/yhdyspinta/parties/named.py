"""How this room's own namings follow people and posts: as every other room's rows do (``following``)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.parties.evidence import facts_by_key
from yhdyspinta.parties.following import Follower, Known, Said, beside_themselves
from yhdyspinta.parties.models import Naming, Person


def _every() -> QuerySet[Naming]:
    rows = Naming.objects.select_related("party__agreement", "party__organisation", "post")
    return rows.order_by("party__agreement", "party__order", "role", "theme", "valid_from")


def _said(naming: Naming, charter: Charter) -> Said:
    """Return what somebody is named as, the theme, and the party."""
    theme = charter.themes.get(naming.theme)
    about = theme.name.get(get_language() or "") if theme else naming.theme
    role = str(naming.get_role_display())
    named = f"{role}: {about}" if about else role
    hours = naming.hours_per_week
    known = () if hours is None else (Known("hours_per_week", float(hours)),)
    return Said(f"{named} ({naming.party.organisation})", about, known)


def _in_the_way(kept: Person, gone: Person) -> str:
    if not beside_themselves(NAMINGS.standing(), ("party", "role", "theme"), kept, gone):
        return ""
    return _("Both are named for the same theme at the same time. End or withdraw one of the two first.")


NAMINGS = Follower(
    name="namings", every=_every, said=_said, posts=True, facts=facts_by_key, in_the_way=_in_the_way
)  # fmt: skip
