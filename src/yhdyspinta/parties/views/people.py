"""The people of a party: who they are, what they do, and that what is known of them is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties import actions, roster
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.actions.merging import why_not_merge
from yhdyspinta.parties.forms.people import EraseForm, MergeForm, PeopleFilter, PersonForm
from yhdyspinta.parties.models import Party, Person
from yhdyspinta.parties.queries import administrators_of
from yhdyspinta.parties.table import people_response
from yhdyspinta.parties.vcards import Card, vcards_response
from yhdyspinta.parties.views.access import (
    Room,
    enter_as_party,
    enter_to_manage,
    posted,
    renew_version,
    show_refusal,
    signed_in,
    status_of,
)
from yhdyspinta.parties.views.handing import link_to_hand_over

_AT_ONCE = 100


@signed_in
@require_safe
def people(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Show who is in a party's organisation: posts, people, and for whom it may: invitations."""
    room = enter_as_party(request, slug, party)
    form = PeopleFilter(request.GET)
    whole = roster.roster_of(room.own_party.organisation)
    found = roster.filtered(whole.people, form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, _AT_ONCE).get_page(request.GET.get("sivu"))
    shown = room.context(
        roster=whole,
        page=page,
        form=form,
        query=_query(request),
        filtered=any(form.cleaned_data.values()) if form.is_valid() else True,
        administrators=administrators_of(room.own_party),
    )
    if room.manages:
        shown["invitations"] = list(roster.open_invitations(room.own_party))
        shown["handed"] = link_to_hand_over(request)
    _look(room, "people", [line.person for line in page])
    return render(request, "parties/people.html", shown)


@signed_in
@require_safe
def people_file(request: HttpRequest, slug: str, party: str, kind: str) -> HttpResponse:
    """Hand out the people of the list as a table, with the same filters: the columns are those that can be brought."""
    room, lines = _found(request, slug, party)
    pks = {line.person.pk for line in lines}
    _look(room, f"people.{kind}", [line.person for line in lines])
    return people_response(room.own_party.organisation, name=_file_name(room), kind=kind, only=pks)


@signed_in
@require_safe
def people_cards(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Hand out the people of the list as vCards, for an address book."""
    room, lines = _found(request, slug, party)
    _look(room, "people.vcf", [line.person for line in lines])
    return vcards_response([_card(line, room.own_party) for line in lines], name=_file_name(room))


def _found(request: HttpRequest, slug: str, party: str) -> tuple[Room, list[roster.PersonLine]]:
    room = enter_as_party(request, slug, party)
    form = PeopleFilter(request.GET)
    whole = roster.roster_of(room.own_party.organisation)
    return room, roster.filtered(whole.people, form.cleaned_data if form.is_valid() else {})


def _card(line: roster.PersonLine, party: Party) -> Card:
    titles = [role.words for role in line.roles.now if role.said is None]
    named = [role for role in line.roles.now if role.said is not None]
    themes = dict.fromkeys(role.theme for role in named if role.theme)
    return Card(line.person, party.organisation.called(), titles, [role.words for role in named], list(themes))


def _file_name(room: Room) -> str:
    return f"{room.agreement.slug}-{room.own_party.slug}-henkilot"


@signed_in
@require_safe
def person(request: HttpRequest, slug: str, party: str, person: int) -> HttpResponse:
    """Show somebody with what they do, did and will do; a record that was merged leads to the one that is left."""
    room = enter_as_party(request, slug, party)
    known = person_or_404(room, person)
    if known.merged_into_id is not None:
        return redirect("parties:person", slug=slug, party=party, person=known.merged_into_id)
    _look(room, "person", [known])
    return render(request, "parties/person.html", room.context(person=known, roles=roster.roles_of_person(known)))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Add somebody; ``?tehtava=`` goes on to handing that post over to them."""
    room = enter_to_manage(request, slug, party)
    form = PersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_person(room.own_party.organisation, **form.said, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made})
            post = request.GET.get("tehtava", "")
            if post.isascii() and post.isdecimal() and len(post) < 10:
                onward = reverse("parties:hand-over", kwargs={"slug": slug, "party": party, "post": int(post)})
                return redirect(f"{onward}?henkilo={made.pk}")
            return _to(room, made)
    return render(request, "parties/person_form.html", room.context(form=form), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, slug: str, party: str, person: int) -> HttpResponse:
    """Put right what is known of somebody. Whoever comes second is shown what the other wrote, and keeps their own."""
    room = enter_to_manage(request, slug, party)
    known = _somebody_or_404(room, person)
    form = PersonForm(posted(request), instance=known)
    shown: dict[str, Any] = {"form": form, "person": known}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.update_person(known, form.said, version=version, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        except Conflict as conflict:
            renew_version(form, known.version)
            _look(room, "person", [known])
            return render(request, "parties/person_form.html", room.context(**shown, conflict=conflict), status=409)
        else:
            messages.success(request, _("Saved. It counts as confirmed today."))
            return _to(room, known)
    _look(room, "person", [known])
    return render(request, "parties/person_form.html", room.context(**shown), status=status_of(request))


@signed_in
@require_POST
def confirm_person(request: HttpRequest, slug: str, party: str, person: int) -> HttpResponse:
    """Say on somebody's behalf that what is known of them is still right."""
    room = enter_to_manage(request, slug, party)
    known = _somebody_or_404(room, person)
    actions.confirm_person(known, by=room.actor())
    messages.success(request, _("Confirmed today: what is known of %(name)s is right.") % {"name": known})
    return _to(room, known)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def merge_person(request: HttpRequest, slug: str, party: str, person: int) -> HttpResponse:
    """Choose which other record is the same person (GET ``?toinen=``), see what moves, and let them be one (POST)."""
    room = enter_to_manage(request, slug, party)
    kept = _somebody_or_404(room, person)
    others = [other for other in roster.present(kept.organisation) if other.pk != kept.pk]
    chosen = request.method == "POST" or "toinen" in request.GET
    chooser = MergeForm(others, request.GET if chosen else None)
    shown: dict[str, Any] = {"person": kept, "chooser": chooser, "form": Form(posted(request)), "others": others}
    if chooser.is_valid():
        gone = next(other for other in others if str(other.pk) == chooser.cleaned_data["toinen"])
        shown |= {
            "gone": gone,
            "why_not": why_not_merge(kept, gone),
            "roles": roster.roles_of_person(gone, private=True),
        }
        if request.method == "POST" and _done(shown["form"], lambda: actions.merge_people(kept, gone, by=room.actor())):
            messages.success(request, _("The two records are one now."))
            return _to(room, kept)
    _look(room, "merge", [kept, *others])
    status = 422 if request.method == "POST" or chooser.errors else 200
    return render(request, "parties/merge.html", room.context(**shown), status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: HttpRequest, slug: str, party: str, person: int) -> HttpResponse:
    """Erase who somebody is, after saying what remains."""
    room = enter_to_manage(request, slug, party)
    known = _somebody_or_404(room, person)
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(form, lambda: actions.erase_person(known, reason=reason, by=room.actor())):
            messages.success(request, _("Erased. What remains names nobody."))
            return redirect("parties:people", slug=slug, party=party)
    roles = roster.roles_of_person(known, private=True)
    shown = room.context(form=form, person=known, roles=roles)
    return render(request, "parties/erase.html", shown, status=status_of(request))


def person_or_404(room: Room, number: int) -> Person:
    """Return one of the people of the room's party, erased and merged ones too, or answer 404. One query."""
    rows = room.own_party.organisation.people.select_related("organisation", "account")
    known = rows.filter(pk=number).first()
    if known is None:
        raise Http404
    return known


def _somebody_or_404(room: Room, number: int) -> Person:
    known = person_or_404(room, number)
    if known.is_gone:
        raise Http404
    return known


def _done(form: BaseForm, act: Callable[[], None]) -> bool:
    """Do it, or put what the action refused at the form, and tell which."""
    try:
        act()
    except ValidationError as error:
        show_refusal(form, error)
        return False
    return True


def _look(room: Room, what: str, people: Iterable[Person]) -> None:
    """Note whose contact data this page shows to somebody."""
    seen = [each.pk for each in people if each.email or each.phone]
    note_look(
        room.standing, what=f"{what}:{room.own_party.slug}", people=seen, organisation=room.own_party.organisation
    )


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("sivu", None)
    return asked.urlencode()


def _to(room: Room, person: Person) -> HttpResponse:
    return redirect("parties:person", slug=room.agreement.slug, party=room.own_party.slug, person=person.pk)
