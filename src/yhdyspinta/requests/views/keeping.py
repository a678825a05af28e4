"""What becomes of a request that was sent: more time, taken back, closed; and its links."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of
from yhdyspinta.requests.actions import close_request, extend_deadline, renew_link, revoke_link, withdraw_request
from yhdyspinta.requests.forms.asking import ExtendForm, ReasonForm, SummaryForm
from yhdyspinta.requests.letters import deadline_words
from yhdyspinta.requests.queries import asked_of
from yhdyspinta.requests.showing import matrix_of
from yhdyspinta.requests.views.access import RequestRoom, asked_in, enter_to_keep


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Give the parties more time."""
    room = enter_to_keep(request, slug, request_id)
    form = ExtendForm(posted(request))

    def done() -> None:
        said = form.cleaned_data
        extend_deadline(room.asking, deadline=form.moment, note=said["note"], by=room.acting_for(room.asking.sender))

    return _kept(room, form, done, "requests/extend.html", _("The parties have more time now."))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Take a request back, with a reason."""
    room = enter_to_keep(request, slug, request_id)
    form = ReasonForm(posted(request))

    def done() -> None:
        reason = form.cleaned_data["reason"]
        withdraw_request(room.asking, reason=reason, by=room.acting_for(room.asking.sender))

    return _kept(room, form, done, "requests/withdraw.html", _("The request is taken back. What was answered stays."))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """Close a request with a summary, which begins with the counts of what was answered."""
    room = enter_to_keep(request, slug, request_id)
    matrix = matrix_of(room.asking, asked_of(room.asking))
    lines = [_("%(answered)s of %(total)s have answered.") % {"answered": matrix.answered, "total": matrix.total}]
    lines += [f"{words}: {number}" for words, number in matrix.counts]
    form = SummaryForm(posted(request), initial={"summary": "\n".join(lines)})

    def done() -> None:
        summary = form.cleaned_data["summary"]
        close_request(room.asking, summary=summary, by=room.acting_for(room.asking.sender))

    return _kept(room, form, done, "requests/close.html", _("The request is closed."), matrix=matrix)


def _kept(
    room: RequestRoom, form: Form, done: Callable[[], None], template: str, told: str, **more: object
) -> HttpResponse:
    """Show a form, and do what it is for when it was filled in."""
    request = room.request
    if request.method == "POST" and form.is_valid():
        try:
            done()
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, told)
            return redirect(room.asking)
    shown = room.context(form=form, deadline=deadline_words(room.asking), **more)
    return render(request, template, shown, status=status_of(request))


@signed_in
@require_POST
def renew(request: HttpRequest, slug: str, request_id: int, party: str) -> HttpResponse:
    """Send a party its letter once more with a new link, and close the one before."""
    told = _("A letter with a new link is on its way; the old one is closed.")
    return _of_party(request, slug, request_id, party, renew_link, told)


@signed_in
@require_POST
def revoke(request: HttpRequest, slug: str, request_id: int, party: str) -> HttpResponse:
    """Close a party's link."""
    return _of_party(request, slug, request_id, party, revoke_link, _("The link is closed."))


def _of_party(
    request: HttpRequest, slug: str, request_id: int, party: str, act: Callable[..., object], told: str
) -> HttpResponse:
    room = enter_to_keep(request, slug, request_id)
    asked = asked_in(room, party)
    try:
        act(asked, by=room.acting_for(room.asking.sender))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, told)
    return redirect("requests:party-answer", slug=slug, request_id=request_id, party=party)
