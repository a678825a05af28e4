"""A party's own words beside its mark, and its requests for correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in
from yhdyspinta.records import policy, queries
from yhdyspinta.records.actions import answer_request, ask_for_correction, withdraw_remark, write_remark
from yhdyspinta.records.forms import AnswerForm, CorrectionRequestForm, RemarkForm
from yhdyspinta.records.models import Remark
from yhdyspinta.records.showing import shown_period, shown_record
from yhdyspinta.records.views.access import Room, enter_to_record, refuse_unknown


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Write, change or take back what a party says beside its mark at a duty."""
    room = enter_to_record(request, slug)
    charter = room.names.charter
    duty = request.GET.get("sitoumus", "")
    if party not in charter.parties or duty not in charter.duties:
        raise Http404
    if not room.viewer.everything and party not in room.viewer.parties:
        raise NotAllowed(_("Only the party itself writes its remark."))
    period, object_ = request.GET.get("jakso", "")[:80] or "agreement", request.GET.get("kohde", "")[:80]
    refuse_unknown(room, period, object_)
    history = list(queries.remark_history(room.agreement, party, duty, period, object_))
    standing = next((row for row in history if row.open), None)
    form = RemarkForm(posted(request), initial={"text": standing.text if standing else ""})
    if request.method == "POST":
        key = (party, duty, period, object_ or None)
        if (done := _answered(room, form, standing, key)) is not None:
            return done
    names = {"party": party, "duty": duty, "period": period, "object": object_}
    shown = room.context(form=form, standing=standing, history=history, **_in_words(room, names))
    return render(request, "records/remark.html", shown, status=422 if request.method == "POST" else 200)


def _answered(room: Room, form: RemarkForm, standing: Remark | None, key: queries.RemarkKey) -> HttpResponse | None:
    """Do what was asked, or return nothing where the form has to come back."""
    actor = room.actor(party=key[0])
    back = redirect("records:remark", slug=room.agreement.slug, party=key[0])
    back["Location"] += f"?{room.request.GET.urlencode()}"
    if "withdraw" in room.request.POST:
        if standing is not None:
            withdraw_remark(standing, by=actor)
            messages.success(room.request, _("The remark was taken back. It stays in the history."))
        return back
    if not form.is_valid():
        return None
    try:
        write_remark(room.agreement, key, form.cleaned_data["text"], by=actor)
    except ValidationError as error:
        show_refusal(form, error)
        return None
    messages.success(room.request, _("The remark stands beside the mark now."))
    return back


def _in_words(room: Room, names: dict[str, str]) -> dict[str, Any]:
    language, charter = get_language() or "", room.names.charter
    duty = charter.duties[names["duty"]]
    return {
        "party": names["party"],
        "party_name": charter.parties[names["party"]].name.get(language),
        "duty": names["duty"],
        "duty_name": duty.name.get(language),
        "period": shown_period(names["period"], room.names),
        "object_name": capfirst(room.names.object_of(duty, names["object"])) if names["object"] else "",
        "party_url": reverse("desk:party", kwargs={"slug": room.agreement.slug, "party": names["party"]}),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, record: int) -> HttpResponse:
    """Ask that a record about one's own party be corrected."""
    room = enter_to_record(request, slug)
    found = queries.record_or_404(room.agreement, record, room.viewer)
    own = policy.may_ask(room.viewer.parties, found)
    if not own:
        raise NotAllowed(_("A party asks for the correction of records about itself."))
    form = CorrectionRequestForm(room.party_names(own), posted(request))
    if request.method == "POST" and form.is_valid():
        party, text = form.cleaned_data["party"], form.cleaned_data["text"]
        try:
            ask_for_correction(found, party, text, by=room.actor(party=party))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Whoever recorded it sees your request."))
            return redirect(found)
    shown = room.context(form=form, record=found, shown=shown_record(found, room.names, room.viewer))
    return render(request, "records/ask.html", shown, status=422 if request.method == "POST" else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, record: int, remark: int) -> HttpResponse:
    """Answer a request for correction in words."""
    room = enter_to_record(request, slug)
    found = queries.record_or_404(room.agreement, record, room.viewer)
    asked = get_object_or_404(Remark.objects.select_related("agreement", "by_person"), pk=remark, record=found)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        givens = [fact.given for fact in found.facts.all()]
        try:
            answer_request(asked, form.cleaned_data["text"], by=room.actor(givens, party=found.by_party))
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Answered."))
            return redirect(found)
    parties = dict(room.party_names(room.names.charter.parties))
    shown = room.context(
        form=form,
        record=found,
        asked=asked,
        asking=parties.get(asked.party, asked.party),
        shown=shown_record(found, room.names, room.viewer),
    )
    return render(request, "records/answer.html", shown, status=422 if request.method == "POST" else 200)
