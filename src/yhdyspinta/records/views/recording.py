"""Recording that something was done, correcting it, withdrawing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yhdyspinta.agreement import KINDS as FACTS
from yhdyspinta.agreement import Duty, Fact, Right, day_of, today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.queries import assess, ledger_of
from yhdyspinta.papers.actions import forget_file
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in
from yhdyspinta.records import queries
from yhdyspinta.records.actions import correct_record, record_done, withdraw_record
from yhdyspinta.records.actions.recording import TOKEN_TAKEN, At
from yhdyspinta.records.forms import FactForm, ProofForm, Section, WithdrawForm, sections_at, sections_of
from yhdyspinta.records.forms.fact import initial_of
from yhdyspinta.records.forms.sections import Place
from yhdyspinta.records.kinds import BY_HAND, GROUPS, KINDS
from yhdyspinta.records.models import Record
from yhdyspinta.records.policy import DECIDED_TOGETHER
from yhdyspinta.records.showing import shown_day, shown_days, shown_period, shown_record
from yhdyspinta.records.views.access import Room, enter_to_record, may_change, refuse_unknown
from yhdyspinta.records.words import Names


@dataclass
class Filled:
    """The forms of one event: a form for each fact, and one for where it rests."""

    facts: list[FactForm]
    proof: ProofForm

    def is_valid(self) -> bool:
        """Check every form, so that all mistakes are shown at once."""
        sound = [form.is_valid() for form in self.facts]
        if not any(form.included for form in self.facts):
            self.proof.add_error(None, _("Choose at least one thing to record."))
        return all([*sound, self.proof.is_valid()])

    @property
    def givens(self) -> list[dict[str, Any]]:
        """The facts that were filled in. Ask only when the forms are valid."""
        return [form.given for form in self.facts if form.included]

    def refuse(self, error: ValidationError) -> None:
        """Put what the action refused at the fields it speaks of: ``fact-field``, or a field of the proof."""
        if not hasattr(error, "error_dict"):
            self.proof.add_error(None, error)
            if any(one.code == TOKEN_TAKEN for one in error.error_list):
                self.proof.renew_token()
            return
        included = [form for form in self.facts if form.included]
        for name, errors in error.error_dict.items():
            number, dash, field = name.partition("-")
            form: Any = included[int(number)] if dash and number.isdigit() else self.proof
            show_refusal(form, ValidationError({field if dash else name: errors}))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what happened and record it. The address says at which duty, or which kind of event."""
    room = enter_to_record(request, slug)
    place = place_of(request, room)
    sections = _sections(request, room, place)
    if not sections:
        return render(request, "records/choose.html", room.context(**_about(room, place), groups=_groups(room)))
    filled = _filled(request, room, sections)
    if request.method == "POST" and filled.is_valid():
        record = _try(filled, lambda: _record(room, filled, place))
        if record is not None:
            messages.success(request, _("Recorded. The agreement's pages show it now."))
            return redirect(record)
    shown = room.context(**_about(room, place), filled=filled, kinds=[section.kind for section in sections])
    return render(request, "records/form.html", shown, status=_status(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, record: int) -> HttpResponse:
    """Put something right. Whoever comes second is shown what the other wrote, and keeps what was typed."""
    room = enter_to_record(request, slug)
    old = _changeable(room, record)
    if not old.standing and request.method != "POST":
        return redirect(queries.newest_of(old) or old)
    filled = _filled(request, room, _sections_again(old), record=old)
    shown: dict[str, Any] = {"filled": filled, "record": old, "old": shown_record(old, room.names, room.viewer)}
    if request.method == "POST" and filled.is_valid():
        try:
            made = _try(filled, lambda: _correct(room, old, filled))
        except Conflict as conflict:
            shown |= {"conflict": conflict, "newest": _newest_to_correct(old)}
            return render(request, "records/form.html", room.context(**shown), status=409)
        if made is not None:
            messages.success(request, _("Corrected. The earlier record stays in the history."))
            return redirect(made)
    return render(request, "records/form.html", room.context(**shown), status=_status(request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, record: int) -> HttpResponse:
    """Withdraw a record, with a reason."""
    room = enter_to_record(request, slug)
    old = _changeable(room, record)
    form = WithdrawForm(posted(request))
    shown: dict[str, Any] = {"form": form, "record": old, "old": shown_record(old, room.names, room.viewer)}
    if not old.standing and request.method != "POST":
        return redirect(queries.newest_of(old) or old)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_record(old, reason=form.cleaned_data["reason"], by=_actor(room, old))
        except Conflict as conflict:
            shown |= {"conflict": conflict, "newest": _newest_to_correct(old)}
            return render(request, "records/withdraw.html", room.context(**shown), status=409)
        messages.success(request, _("Withdrawn. What it proved counts no longer."))
        return redirect(old)
    return render(request, "records/withdraw.html", room.context(**shown), status=_status(request))


# What is asked


def place_of(request: HttpRequest, room: Room) -> Place:
    """Return at which duty something is recorded, as the address says; 404 for what the agreement does not know."""
    asked = request.GET
    place = Place(*(asked.get(name, "")[:80] for name in ("sitoumus", "jakso", "kohde", "osapuoli")))
    if place.duty and place.duty not in room.names.charter.duties:
        raise Http404
    refuse_unknown(room, place.period, place.object)
    return place


def _sections(request: HttpRequest, room: Room, place: Place) -> list[Section]:
    """Return what the form asks: what the duty's evidence needs, or the kind chosen; nothing yet where neither is."""
    kind = request.GET.get("laji", "")
    if kind in {known.name for known in BY_HAND}:
        own = room.viewer.parties[0] if len(room.viewer.parties) == 1 else ""
        given = {"party": place.party or own, "period": place.period, "body": place.object, "theme": place.object}
        return sections_of(kind, {**given, "subject": place.object, "duty": place.duty})
    return sections_at(place, room.names) if place.duty else []


def _sections_again(record: Record) -> list[Section]:
    """Return what the form of a correction asks: the facts of the record, as they are."""
    return [Section(KINDS[fact.kind], initial=initial_of(fact.given)) for fact in record.facts.all()]


def _filled(request: HttpRequest, room: Room, sections: Sequence[Section], *, record: Record | None = None) -> Filled:
    facts: list[FactForm] = []
    for number, section in enumerate(sections):
        form = FactForm(
            section,
            room.names,
            today=today(),
            data=posted(request),
            prefix=str(number),
            several=len(sections) > 1,
            before=facts[0] if facts else None,
        )
        facts.append(form)
    if request.method != "POST" and record is None and len(sections) > 1:
        _leave_out_recorded(room, place_of(request, room), facts)
    may_keep = record is not None and may_change(room, record)
    files, person = request.FILES or None, request.user.pk
    proof = ProofForm(posted(request), files, person=person, record=record, may_keep_file=may_keep)
    return Filled(facts, proof)


def _leave_out_recorded(room: Room, place: Place, forms: Sequence[FactForm]) -> None:
    """Untick what is recorded already for the duty's period, say so, and suggest its meeting to what hangs on it."""
    view = ledger_of(room.agreement).view()
    for form in forms:
        known = [fact for fact in view.of_kind(FACTS[form.section.kind.name]).facts if _is_recorded(form, place, fact)]
        if not known:
            continue
        day = day_of(known[-1])
        form.initial["include"] = False
        form.fields["include"].help_text = _("Recorded already: %(day)s.") % {"day": shown_day(day)}
        if form is forms[0]:
            for other in forms[1:]:
                if other.section.same_meeting:
                    other.initial["meeting"] = day


def _is_recorded(form: FactForm, place: Place, fact: Fact) -> bool:
    """Tell whether a fact is what the form asks for, in the year of the period."""
    fits = all(getattr(fact, name, None) == value for name, value in form.section.fixed.items())
    return fits and place.period[:4] == str(day_of(fact).year)


def _groups(room: Room) -> list[tuple[Any, list[Any]]]:
    """Return the kinds to choose from under their headings, without those that this person may not record."""
    allowed = [
        (heading, [KINDS[name] for name in names if room.viewer.everything or name not in DECIDED_TOGETHER])
        for heading, names in GROUPS
    ]
    return [(heading, kinds) for heading, kinds in allowed if kinds]


def _about(room: Room, place: Place) -> dict[str, Any]:
    """Return what the page says of where something is recorded."""
    language = get_language() or ""
    charter = room.names.charter
    duty = charter.duties.get(place.duty)
    if duty is None:
        return {"place": place, "query": room.request.GET.urlencode()}
    return {
        "place": place,
        "duty_name": duty.name.get(language),
        "clause": charter.clause_by_id.get(duty.clause),
        "clause_title": charter.clause_by_id[duty.clause].title.get(language),
        "concerning": _concerning(room.names, duty, place),
        "period": shown_period(place.period, room.names) if isinstance(duty, Duty) else "",
        "window": _window(room, place),
        "unmeasured": not duty.evidence,
        "query": room.request.GET.urlencode(),
    }


def _concerning(names: Names, duty: Duty | Right, place: Place) -> list[str]:
    """Return what the duty is about here and who bears it, as far as the address names what there is."""
    known = {*names.charter.parties, *names.bodies}
    about = [names.object_of(duty, place.object)] if place.object in known | {*names.charter.themes} else []
    bearer = [names.name_of(place.party)] if known.issuperset(place.party.split("+")) else []
    return [capfirst(name) for name in about + bearer]


def _window(room: Room, place: Place) -> str:
    """Return between which days it is due, where the agreement says so. A bearer may have a term of its own."""
    all_of_duty = (one for one in assess(room.agreement).occurrences if one.duty == place.duty)
    fitting = [one for one in all_of_duty if one.period == place.period and one.opens and one.due]
    own = [one for one in fitting if one.bearer == place.party]
    return next((shown_days(one.opens, one.due) for one in [*own, *fitting] if one.opens and one.due), "")


# What is done


def _try(filled: Filled, act: Callable[[], Record]) -> Record | None:
    """Do it, or put what the action refused at the fields."""
    try:
        return act()
    except ValidationError as error:
        filled.refuse(error)
        if "file" in getattr(error, "error_dict", {}):
            _forget(filled.proof)
        return None


def _forget(proof: ProofForm) -> None:
    """Keep nothing of a file that may not be here: papers of preparedness are secret (DESIGN §5)."""
    kept, proof.kept = proof.kept, None
    if kept is not None and not Record.objects.filter(file=kept).exists():
        forget_file(kept)


def _record(room: Room, filled: Filled, place: Place) -> Record:
    return record_done(
        room.agreement,
        filled.givens,
        proof=filled.proof.proof,
        at=At(place.duty, place.period),
        token=filled.proof.cleaned_data["token"],
        by=room.actor(filled.givens),
    )


def _correct(room: Room, old: Record, filled: Filled) -> Record:
    token = filled.proof.cleaned_data["token"]
    return correct_record(old, filled.givens, proof=filled.proof.proof, token=token, by=_actor(room, old))


def _actor(room: Room, old: Record) -> Actor:
    """Return who changes a record: the party that it was made for, where this person administers it."""
    return room.actor((fact.given for fact in old.facts.all()), party=old.by_party)


def _changeable(room: Room, number: int) -> Record:
    return queries.record_or_404(room.agreement, number, room.viewer)


def _newest_to_correct(old: Record) -> Mapping[str, str] | None:
    """Return where what holds now is shown and corrected, when something holds."""
    newest = queries.newest_of(old)
    if newest is None or not newest.standing:
        return None
    names = {"slug": old.agreement.slug, "record": newest.pk}
    return {
        "correct": reverse("records:correct", kwargs=names),
        "withdraw": reverse("records:withdraw", kwargs=names),
        "show": newest.get_absolute_url(),
    }


def _status(request: HttpRequest) -> int:
    """Return 422 for a form that comes back with mistakes, so that no machine takes it for done."""
    return 422 if request.method == "POST" else 200
