"""The posts of a party's organisation: added, handed over, left open, discontinued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.parties import actions, roster
from yhdyspinta.parties.actions.posts import refuse_hand_over
from yhdyspinta.parties.days import shown_day
from yhdyspinta.parties.forms.posts import HandOverForm, LastDayForm, PostForm
from yhdyspinta.parties.models import Post, Tenure
from yhdyspinta.parties.views.access import (
    Room,
    enter_as_party,
    enter_to_manage,
    posted,
    show_refusal,
    signed_in,
    status_of,
)


@signed_in
@require_safe
def post(request: HttpRequest, slug: str, party: str, post: int) -> HttpResponse:
    """Show a post: who holds it, who held it, and what follows it."""
    room = enter_as_party(request, slug, party)
    return render(request, "parties/post.html", room.context(line=roster.post_line(_post_or_404(room, post))))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_post(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Add an office to the party's organisation."""
    room = enter_to_manage(request, slug, party)
    form = PostForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_post(room.own_party.organisation, **form.cleaned_data, by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The post was added. Say next who holds it."))
            return redirect("parties:hand-over", slug=slug, party=party, post=made.pk)
    return render(request, "parties/post_form.html", room.context(form=form), status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, slug: str, party: str, post: int) -> HttpResponse:
    """Hand a post over: first shows what follows (POST ``esikatselu``), then does it (POST ``luovuta``)."""
    room = enter_to_manage(request, slug, party)
    office = _post_or_404(room, post)
    people = list(roster.present(office.organisation))
    form = HandOverForm(office, people, posted(request), initial={"person": request.GET.get("henkilo", "")})
    shown: dict[str, Any] = {"form": form, "people": people, "line": roster.post_line(office)}
    status = status_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            if "luovuta" in request.POST:
                return _handed_over(room, office, form)
            shown["preview"] = _preview(room, office, form)
            status = 200
        except ValidationError as error:
            show_refusal(form, error)
    return render(request, "parties/hand_over.html", room.context(**shown), status=status)


def _preview(room: Room, office: Post, form: HandOverForm) -> dict[str, Any]:
    """Return what handing over does: whose tenure ends, who begins, and what follows from that day."""
    held = refuse_hand_over(office, form.chosen, form.days)
    return {
        "ends": held,
        "ends_on": form.days[0] - timedelta(days=1),
        "begins": form.chosen,
        "first": form.days[0],
        "last": form.days[1],
        "following": roster.roles_following(office, *form.days),
        "data": form.cleaned_data | {"person": room.request.POST["person"]},
    }


def _handed_over(room: Room, office: Post, form: HandOverForm) -> HttpResponse:
    first_day, last_day = form.days
    actions.hand_over_post(
        office,
        person=form.chosen,
        first_day=first_day,
        last_day=last_day,
        basis=form.cleaned_data["basis"],
        by=room.actor(),
    )
    said = (
        _("The post is handed over to %(name)s from %(day)s.")
        if form.chosen
        else _("The post is left open from %(day)s.")
    )
    messages.success(room.request, said % {"name": form.chosen, "day": shown_day(first_day)})
    return _to(room, office)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end_tenure(request: HttpRequest, slug: str, party: str, post: int, tenure: int) -> HttpResponse:
    """Say what somebody's last day in a post is or was."""
    room = enter_to_manage(request, slug, party)
    office = _post_or_404(room, post)
    held = Tenure.objects.select_related("post__organisation", "person").filter(pk=tenure, post=office).first()
    if held is None:
        raise Http404
    form = LastDayForm.of(held, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_tenure(held, last_day=form.cleaned_data["last_day"], by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return _to(room, office)
    shown = room.context(form=form, line=roster.post_line(office), tenure=held)
    return render(request, "parties/end_tenure.html", shown, status=status_of(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discontinue_post(request: HttpRequest, slug: str, party: str, post: int) -> HttpResponse:
    """Let a post be no more after a day."""
    room = enter_to_manage(request, slug, party)
    office = _post_or_404(room, post)
    form = LastDayForm(posted(request), initial={"last_day": office.discontinued_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.discontinue_post(office, last_day=form.cleaned_data["last_day"], by=room.actor())
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return _to(room, office)
    shown = room.context(form=form, line=roster.post_line(office))
    return render(request, "parties/discontinue.html", shown, status=status_of(request))


def _post_or_404(room: Room, number: int) -> Post:
    """Return one of the posts of the room's party, or answer 404. One query."""
    found = room.own_party.organisation.posts.select_related("organisation").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _to(room: Room, office: Post) -> HttpResponse:
    return redirect("parties:post", slug=room.agreement.slug, party=room.own_party.slug, post=office.pk)
