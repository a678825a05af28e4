"""What the bodies' room prints: who sits in a body on a day, as PDF by a task."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import get_language, gettext

from yhdyspinta.agreement.days import today
from yhdyspinta.bodies.queries import world_of
from yhdyspinta.bodies.roster import ALL, Place, Roster, Section, named_body, roster_of
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.wording import capital
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.printing.head import Head
from yhdyspinta.printing.pdf import make_pdf
from yhdyspinta.tasks.doing import Steps

TEMPLATE = Path(__file__).parent / "documents" / "roster.typ"
_STEPS = 2


def print_roster(progress: Steps, *, slug: str, body: str, day: str, account: int) -> dict[str, Any]:
    """Make the list of a body's members on a day as PDF and keep it; the work of a task.

    It holds what the account may see when it is made: who has left the parties meanwhile gets what the public sees.

    Raises:
        ValidationError: there is no such body, or no longer for this account.

    """
    agreement = Agreement.objects.filter(slug=slug).first()
    user = Account.objects.filter(pk=account).first()
    world = world_of(agreement, dt.date.fromisoformat(day)) if agreement is not None else None
    known = world.bodies.get(body) if world is not None else None
    if agreement is None or user is None or world is None or known is None:
        raise ValidationError(gettext("There is no such body in the agreement."))
    public = standing_of(user, agreement).public
    if public and known.preparedness:
        raise ValidationError(gettext("There is no such body in the agreement."))
    language = get_language() or "fi"
    shown = agreement.states_shown_to_public if public else ALL
    roster = roster_of(world, known, language=language, shown=shown)
    progress.step(1, _STEPS)
    short_title = world.charter.short_title.get(language)
    content = to_pdf(roster, language=language, made=today(), agreement=short_title, example=agreement.example)
    members = gettext("members")
    name = f"{slug}-{body}-{members}-{day}.pdf"
    file = keep_file(ContentFile(content, name=name))
    progress.step(_STEPS, _STEPS)
    return {"file": file.pk}


def to_pdf(roster: Roster, *, language: str, made: dt.date, agreement: str, example: bool = False) -> bytes:
    """Return a roster as PDF/A-3a, accessible. For tasks and commands: see ``printing.pdf``."""
    body = named_body(roster.known, language)
    title = gettext("%(body)s: members") % {"body": body}
    day = gettext("Situation on %(day)s") % {"day": shown_day(roster.day)}
    lead = [agreement, day]
    if roster.counts and roster.total:
        places = {"filled": roster.filled, "total": roster.total}
        lead.append(gettext("Places filled: %(filled)s of %(total)s") % places)
    data = {
        "lead": lead,
        "columns": [gettext("Party"), gettext("Name"), gettext("Days and decision")],
        "nobody": gettext("Nobody is known here on this day."),
        "sections": [
            {
                "name": section.name,
                "shared": _shared(section),
                "rows": [_row(place, section) for group in section.groups for place in group.places],
            }
            for section in roster.sections
            if section.groups
        ],
    }
    head = Head(
        made=gettext("Made %(day)s") % {"day": shown_day(made)},
        footer=f"{title}, {shown_day(roster.day)}",
        example=gettext("EXAMPLE – the records are invented") if example else "",
    )
    return make_pdf(TEMPLATE, data, title=title, language=language, made=made, head=head)


def _shared(section: Section) -> str:
    """Return what most of a section share, which is said once."""
    said = ", ".join(filter(None, (section.days, section.basis)))
    label = gettext("Unless said otherwise:")
    return f"{label} {said}" if said else ""


def _row(place: Place, section: Section) -> dict[str, Any]:
    about = [capital(place.role_name) if section.of_officers else "", capital(place.title)]
    about.append(gettext("ex officio") if place.ex_officio else "")
    if place.deputy_of:
        about.append(gettext("deputy of %(name)s") % {"name": place.deputy_of})
    empty = gettext("Nobody holds the post") if place.ex_officio else gettext("Empty place")
    return {
        "whose": place.whose,
        "vacant": place.vacant,
        "name": str(place.person) if place.person is not None else ": ".join(filter(None, (empty, place.title))),
        "about": ", ".join(filter(None, about)),
        "days": "" if place.days == section.days else place.days,
        "basis": "" if place.basis == section.basis else place.basis,
    }
