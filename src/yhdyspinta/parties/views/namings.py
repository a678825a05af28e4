"""A party's own namings: who is named for which theme, and naming, ending and withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.agreement import today
from yhdyspinta.parties.actions import end_naming, name_for_themes, withdraw_naming
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.actions.namings import Named
from yhdyspinta.parties.counterparts import (
    COORDINATOR,
    COUNTERPART,
    NAMED,
    WHOLE,
    Cell,
    Holder,
    Picture,
    history_of,
    picture_of,
    with_holders,
)
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.forms.counterparts import ROLES
from yhdyspinta.parties.forms.namings import EndForm, NameForm
from yhdyspinta.parties.models import Naming, Party
from yhdyspinta.parties.queries import parties_of
from yhdyspinta.parties.roster import present
from yhdyspinta.parties.views.access import (
    Room,
    enter_as_party,
    enter_to_manage,
    posted,
    show_refusal,
    signed_in,
    status_of,
)


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with who is named for it now, who comes, and who was."""

    theme: str
    name: str
    cell: Cell
    now: list[Holder]
    coming: list[Holder]
    past: list[Holder]


@signed_in
@require_safe
def namings(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Show whom a party has named for each theme. Eight queries in a warm process."""
    room = enter_as_party(request, slug, party)
    picture = _picture(room)
    assert room.party is not None
    history = history_of(room.party, picture.role, picture.day)
    whole = {WHOLE: _("All themes together")} if picture.role == COORDINATOR else {}
    themes = whole | picture.themes
    lines = [_line(picture, party, theme, name, history) for theme, name in themes.items()]
    shown = room.context(
        picture=picture,
        coordination=picture.role == COORDINATOR,
        lines=lines,
        done=sum(line.cell.state == NAMED for line in lines if line.theme),
        total=len(picture.charter.themes),
        name=picture.name_of(party),
    )
    return render(request, "parties/namings.html", shown)


def _picture(room: Room) -> Picture:
    """Return who is named today as what the address asks for. Two queries in a warm process."""
    role = ROLES.get(room.request.GET.get("rooli", ""), COUNTERPART)
    picture = picture_of(room.agreement, role, today(), language=room.language, whole=True, party=room.party)
    room.charter = picture.charter
    return picture


def _line(picture: Picture, party: str, theme: str, name: str, history: Sequence[Holder]) -> ThemeLine:
    own = [holder for holder in history if holder.naming.theme == theme]
    return ThemeLine(
        theme,
        name,
        picture.cell(party, theme),
        [each for each in own if each.naming.holds(picture.day)],
        [each for each in own if each.naming.valid_from > picture.day],
        [each for each in own if each.naming.valid_to is not None and each.naming.valid_to < picture.day],
    )


# Naming


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Name somebody for themes: one of our people or posts, another party's person, or somebody new."""
    room = enter_to_manage(request, slug, party)
    picture = _picture(room)
    others = [each for each in parties_of(room.agreement) if each.slug != party]
    other = next((each for each in others if each.slug == request.GET.get("osapuoli")), None)
    before = _before(room, picture.role)
    form = _name_form(room, picture, other, before)
    if request.method == "POST" and form.is_valid():
        try:
            made = _name(room, picture, form, before)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _told(room, picture, made))
            return redirect(_address(room, picture.role))
    shown = room.context(
        picture=picture,
        coordination=picture.role == COORDINATOR,
        form=form,
        others=[(each.slug, picture.name_of(each.slug)) for each in others],
        other=other,
        before=before,
        name=picture.name_of(party),
        back=_address(room, picture.role),
    )
    _look(room, form)
    return render(request, "parties/name.html", shown, status=status_of(request))


def _look(room: Room, form: NameForm) -> None:
    """Note whose addresses the page shows. One query where there are any."""
    organisation = room.own_party.organisation
    note_look(room.standing, what=f"name:{room.own_party.slug}", people=form.addressed, organisation=organisation)


def _before(room: Room, role: str) -> Naming | None:
    """Return the naming of the party that another is to take the place of, where the address names one. One query."""
    number = room.request.GET.get("tilalle", "")
    if not number.isdecimal():
        return None
    rows = Naming.objects.standing().filter(party=room.party, role=role).select_related("person", "post", "party")
    return rows.filter(pk=number).first()


def _name_form(room: Room, picture: Picture, other: Party | None, before: Naming | None) -> NameForm:
    """Return the form with who may be named. Two queries, one more for another party's people."""
    assert room.party is not None
    organisation = room.party.organisation
    people = list(present(organisation))
    posts = list(organisation.posts.filter(discontinued_on__isnull=True))
    others = list(present(other.organisation)) if other is not None else []
    for person in others:
        person.organisation = other.organisation  # type: ignore[union-attr] # they are its own
    offered = dict(picture.charter.themes)
    themes = [(id_, _offered(picture, room.party.slug, id_)) for id_ in offered]
    if picture.role == COORDINATOR:
        themes.insert(0, ("*", _("All themes together")))
    chosen = [theme for theme in room.request.GET.getlist("teema") if theme in offered or theme == "*"]
    initial: dict[str, Any] = {"first_day": today(), "themes": chosen, "holder": "" if people or posts else "new"}
    if before is not None:
        holder = before.person or before.post
        assert holder is not None
        hours = "" if before.hours_per_week is None else localize(before.hours_per_week.normalize())
        initial |= {"themes": [before.theme or "*"], "holder": holder.key, "hours_per_week": hours}
    return NameForm(
        people, posts, others, themes, posted(room.request), initial=initial, asks_hours=picture.asks_hours
    )  # fmt: skip


def _offered(picture: Picture, party: str, theme: str) -> str:
    """Return a theme to choose, with who is named for it now."""
    name = capfirst(picture.charter.themes[theme].name.get(picture.language))
    held = [each.person.name for each in picture.cell(party, theme).holders if each.person is not None]
    if not held:
        return name
    return _("%(theme)s (now %(names)s)") % {"theme": name, "names": ", ".join(held)}


def _name(room: Room, picture: Picture, form: NameForm, before: Naming | None) -> list[Naming]:
    assert room.party is not None
    said = form.cleaned_data
    named = Named(
        form.chosen,
        said["first_day"],
        said["last_day"],
        said["hours_per_week"],
        said.get("agreed", ""),
        said["basis"],
    )
    themes = [WHOLE if theme == "*" else theme for theme in said["themes"]]
    return name_for_themes(room.party, picture.role, themes, named, instead_of=before, by=room.actor())


def _told(room: Room, picture: Picture, made: Sequence[Naming]) -> str:
    """Return the sentence about what was done, with the way to the clause that it keeps."""
    first = made[0]
    said = ngettext(
        "%(name)s is named for %(number)s theme.", "%(name)s is named for %(number)s themes.", len(made)
    ) % {"name": first.person or first.post, "number": len(made)}
    if first.valid_from > today():
        said += " " + _("It counts from %(day)s.") % {"day": shown_day(first.valid_from)}
    if picture.asks_hours and first.hours_per_week is None:
        said += " " + _("The commitment counts as kept only when the time is said.")
    for clause, heading in picture.clauses[:1]:
        url = reverse("desk:clause", kwargs={"slug": room.agreement.slug, "clause": clause})
        return format_html('{} <a href="{}">{}</a>', said, url, _("See the clause “%(clause)s”") % {"clause": heading})
    return said


# Ending and withdrawing


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, slug: str, party: str, naming: int) -> HttpResponse:
    """Say somebody's last day as counterpart or coordinator."""
    room, found = _own(request, slug, party, naming)
    if found.naming.withdrawn_at is not None:
        return _gone(room, found.naming)
    form = EndForm(posted(request), initial={"last_day": found.naming.valid_to or today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_naming(found.naming, last_day=form.cleaned_data["last_day"], by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            day = shown_day(form.cleaned_data["last_day"])
            messages.success(request, _("The last day is %(day)s.") % {"day": day})
            return redirect(_address(room, found.naming.role))
    return _ask(room, found, form, "parties/end_naming.html")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, party: str, naming: int) -> HttpResponse:
    """Withdraw a naming that was a mistake; it then counts on no day."""
    room, found = _own(request, slug, party, naming)
    if found.naming.withdrawn_at is not None:
        return _gone(room, found.naming)
    form = Form(posted(request))
    if request.method == "POST":
        try:
            withdraw_naming(found.naming, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The naming is withdrawn and counts on no day."))
            return redirect(_address(room, found.naming.role))
    return _ask(room, found, form, "parties/withdraw_naming.html")


def _own(request: HttpRequest, slug: str, party: str, number: int) -> tuple[Room, Holder]:
    """Return a naming of a party for who may change it, or answer 404. One query after entering."""
    room = enter_to_manage(request, slug, party)
    assert room.party is not None
    found = with_holders(Naming.objects.filter(party=room.party, pk=number), today()).first()
    if found is None:
        raise Http404
    found.party = room.party
    return room, Holder.of(found)


def _ask(room: Room, found: Holder, form: Form, template: str) -> HttpResponse:
    naming = found.naming
    theme = room.charter.themes.get(naming.theme)
    shown = room.context(
        holder=found,
        naming=naming,
        theme=theme.name.get(room.language) if theme else _("All themes together"),
        form=form,
        back=_address(room, naming.role),
    )
    return render(room.request, template, shown, status=status_of(room.request))


def _gone(room: Room, naming: Naming) -> HttpResponse:
    messages.warning(room.request, _("It was withdrawn already."))
    return redirect(_address(room, naming.role))


def _address(room: Room, role: str) -> str:
    """Return the page of the party's namings of a role."""
    assert room.party is not None
    page = reverse("parties:namings", kwargs={"slug": room.agreement.slug, "party": room.party.slug})
    return f"{page}?rooli=koordinaatio" if role == COORDINATOR else page
