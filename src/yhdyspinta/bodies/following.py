"""How memberships follow people and posts (``parties.following``)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.bodies.evidence import facts_by_key
from yhdyspinta.bodies.models import Membership
from yhdyspinta.bodies.words import role
from yhdyspinta.parties.following import Follower, Known, Said, beside_themselves
from yhdyspinta.parties.models import Person


def _every() -> QuerySet[Membership]:
    rows = Membership.objects.select_related("body__agreement", "party__organisation", "post")
    return rows.order_by("body__agreement", "body__slug", "role", "valid_from")


def _said(membership: Membership, charter: Charter) -> Said:
    """Return the role, the body, and the party that is represented."""
    body = membership.body
    written = charter.bodies.get(body.slug)
    name = written.name.get(get_language() or "") if written is not None else str(body)
    words = f"{role(membership.role)}: {name}"
    if membership.party is not None:
        words = f"{words} ({membership.party.organisation})"
    gender = membership.gender
    return Said(words, known=(Known("gender", gender, str(membership.get_gender_display())),) if gender else ())


def _in_the_way(kept: Person, gone: Person) -> str:
    rows = MEMBERSHIPS.standing()
    both = (kept, gone)
    if rows.filter(person__in=both, deputy_of__person__in=both).exists():
        return _("One of them is the other's deputy. End or withdraw that first.")
    if not beside_themselves(rows, ("body", "role", "party"), kept, gone):
        return ""
    return _("Both are in the same body in the same role at the same time. End or withdraw one of the two first.")


MEMBERSHIPS = Follower(
    name="memberships",
    every=_every,
    said=_said,
    agreement="body__agreement",
    posts=True,
    facts=facts_by_key,
    in_the_way=_in_the_way,
    erased={"gender": ""},
)
