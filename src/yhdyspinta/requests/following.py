"""How nominations follow people (``parties.following``): told to who is proposed and to their party, to nobody else."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.parties.following import Follower, Known, Said
from yhdyspinta.parties.models import Person
from yhdyspinta.requests.models import Nomination


def _every() -> QuerySet[Nomination]:
    """Return all nominations with their days: from the answer to the end of the request."""
    rows = Nomination.objects.select_related(
        "answer__asked__request__agreement", "answer__asked__party__organisation", "person"
    )
    ends = Coalesce(TruncDate("answer__asked__request__closed_at"), TruncDate("answer__asked__request__withdrawn_at"))
    return rows.annotate(valid_from=TruncDate("answer__given_at"), valid_to=ends).order_by("pk")


def _said(nomination: Nomination, _charter: Charter) -> Said:
    """Return for what somebody is proposed, and by which party."""
    asked = nomination.answer.asked
    words = _("proposed: %(title)s (%(party)s)") % {"title": asked.request.title, "party": asked.party.organisation}
    known = [Known("title", nomination.title, nomination.title)] if nomination.title else []
    if nomination.gender:
        known.append(Known("gender", nomination.gender, str(nomination.get_gender_display())))
    return Said(words, known=tuple(known))


def _in_the_way(kept: Person, gone: Person) -> str:
    rows = Nomination.objects.filter(answer__replaced_at__isnull=True)
    if not rows.filter(person=gone, answer__in=rows.filter(person=kept).values("answer")).exists():
        return ""
    return _("Both are proposed in the same answer. Correct the answer first.")


NOMINATIONS = Follower(
    name="nominations",
    every=_every,
    said=_said,
    counts=Q(answer__replaced_at__isnull=True),
    agreement="answer__asked__request__agreement",
    party="",
    private=True,
    in_the_way=_in_the_way,
    erased={"title": "", "gender": ""},
)
