"""Who represents whom: the matrix of parties and bodies, the same as a file, and one person's memberships."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdyspinta.bodies.forms.members import RepresentationForm
from yhdyspinta.bodies.representation import (
    SOON,
    Asked,
    Representation,
    career_of,
    people_of,
    representation_of,
)
from yhdyspinta.bodies.views.access import BodyRoom, enter_body, enter_body_as_party
from yhdyspinta.bodies.views.roster import by_revision, shown_to
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.models import Person
from yhdyspinta.parties.views.access import signed_in
from yhdyspinta.printing.columns import Cell
from yhdyspinta.printing.writing import Table


@by_revision
def representatives(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how many places each party has filled in each body. Seven queries in a warm process for the public.

    Bodies of preparedness are left out for the public.
    """
    room = enter_body(request, slug)
    form = _form(room)
    found = _found(room, form)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    shown = room.context(
        form=form,
        found=found,
        query=query,
        filtered=any(form.said(name) for name in ("osapuoli", "taso", "paattyy")),
        within=form.said("paattyy") or SOON,
        whole=not room.standing.public,
        levels={level.number: capfirst(level.name.get(room.language)) for level in room.charter.levels},
    )
    return render(request, "bodies/representatives.html", shown)


def _form(room: BodyRoom) -> RepresentationForm:
    """Return the filters with the parties and levels that can be chosen. No queries."""
    language, charter = room.language, room.charter
    parties = [(slug, charter.name_of(slug, language)) for slug in room.world.parties]
    levels = [(str(each.number), f"{each.number}. {capfirst(each.name.get(language))}") for each in charter.levels]
    return RepresentationForm(parties, levels, room.request.GET)


def _found(room: BodyRoom, form: RepresentationForm) -> Representation:
    """Return what fits the filters. Four queries after entering."""
    level, within = form.said("taso"), form.said("paattyy")
    asked = Asked(form.said("osapuoli") or "", int(level) if level else None, int(within) if within else None)
    return representation_of(
        room.world,
        asked,
        language=room.language,
        shown=shown_to(room),
        preparedness=not room.standing.public,
    )


@by_revision
def representatives_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand out everybody who sits in the bodies as a table; with contact data to the parties. Seven queries."""
    room = enter_body(request, slug)
    found = _found(room, _form(room))
    whole = not room.standing.public
    if whole:
        people = [person.pk for person in people_of(found.places) if person.email or person.phone]
        note_look(room.standing, what=f"representatives.{kind}", people=people)
    word = _("representatives")
    name = f"{slug}-{word}-{found.day}"
    return _table(found, whole=whole).response(name, kind, _("Representatives"))


def _table(found: Representation, *, whole: bool) -> Table:
    headings = [
        (_("Level"), 8), (_("Body"), 34), (_("Party"), 30), (_("Role"), 22), (_("Name"), 28), (_("Post"), 28),
        (_("From"), 12), (_("To"), 12), (_("Decision"), 40),
    ]  # fmt: skip
    headings += [(_("E-mail"), 34), (_("Phone"), 18)] if whole else []
    rows: list[list[Cell]] = []
    for column, place in found.places:
        person = place.person
        row: list[Cell] = [column.known.level, column.name, place.whose, place.role_name]
        row += [str(person) if person is not None else _("empty place"), place.title]
        row += [place.first, place.last, place.basis]
        if whole:
            row += [person.email, person.phone] if person is not None else ["", ""]
        rows.append(row)
    return Table(headings, rows)


@signed_in
@require_safe
def person(request: HttpRequest, slug: str, person: int) -> HttpResponse:
    """Show somebody's memberships over time, to the parties. Eight queries, one more where they can be reached."""
    room = enter_body_as_party(request, slug)
    rows = Person.objects.filter(pk=person, erased_at__isnull=True, merged_into__isnull=True)
    found = rows.select_related("organisation").first()
    career = career_of(room.world, found, room.language) if found is not None else None
    if found is None or not career:
        raise Http404
    if found.email or found.phone:
        note_look(room.standing, what=f"representative:{found.pk}", people=[found.pk])
    return render(request, "bodies/person.html", room.context(person=found, career=career))
