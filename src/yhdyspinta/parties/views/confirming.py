"""Whoever is asked twice a year says with one click that what is known of them is right, or what is not."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties.actions import confirm_person, report_mistake
from yhdyspinta.parties.actions.people import CONFIRM
from yhdyspinta.parties.forms.entrance import MistakeForm
from yhdyspinta.parties.links import LinkRefused, link_or_404, refuse_closed
from yhdyspinta.parties.models import Link, Person
from yhdyspinta.parties.roster import roles_of_person
from yhdyspinta.parties.views.access import by_link, posted, show_refusal


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is known of somebody; they confirm it, or write what is wrong. Either answers the link."""
    link = link_or_404(token, CONFIRM)
    person = _person(link)
    try:
        refuse_closed(link)
        return _answer(request, link, person)
    except LinkRefused as refused:
        return render(request, "parties/confirm_closed.html", {"person": person, "why": refused}, status=410)


def _answer(request: HttpRequest, link: Link, person: Person) -> HttpResponse:
    by = Actor("link", label=person.organisation.label)
    wrong = "text" in request.POST
    form = MistakeForm(posted(request) if wrong else None)
    status = 422 if wrong else 200
    if request.method == "POST" and (not wrong or form.is_valid()):
        try:
            if wrong:
                report_mistake(person, form.cleaned_data["text"], link=link, by=by)
            else:
                confirm_person(person, by=by, link=link)
        except ValidationError as error:
            status = 422
            show_refusal(form, error)
        else:
            return render(request, "parties/confirm_done.html", {"person": person, "reported": wrong})
    shown = {"person": person, "form": form, "roles": roles_of_person(person, private=True)}
    return render(request, "parties/confirm.html", shown, status=status)


def _person(link: Link) -> Person:
    """Return whom a link asks; 404 where nobody is left. One query."""
    kind, _colon, number = link.subject.partition(":")
    rows = Person.objects.select_related("organisation").filter(erased_at__isnull=True, merged_into__isnull=True)
    person = rows.filter(pk=number).first() if kind == "person" else None
    if person is None:
        raise Http404
    return person
