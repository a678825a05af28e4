"""Bringing in a table of people and posts: template, file, preview row by row, and one button."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.parties.actions.bringing import PlanChanged, bring_in_people, discard_table, keep_table, plan_of
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.days import shown_day, shown_days
from yhdyspinta.parties.forms.bringing import PeopleFileForm
from yhdyspinta.parties.models import Account, PeopleTable
from yhdyspinta.parties.planning import (
    ADD_PERSON,
    ADD_POST,
    BEGIN,
    CHANGE_PERSON,
    CHANGE_POST,
    CHANGED,
    EXAMPLE,
    NEW,
    REFUSED,
    SAME,
    Line,
    Plan,
    Step,
)
from yhdyspinta.parties.table import BY_KEY, TABLE_LIMITS, read_people, template_response
from yhdyspinta.parties.views.access import Room, enter_to_manage, posted, signed_in, status_of
from yhdyspinta.printing.unreadable import MEGABYTE, Unreadable

PER_PAGE = 100
# The words of the filter in the address bar, whatever the language of the page.
VERDICTS = {"lisataan": NEW, "muuttuvat": CHANGED, "ennallaan": SAME, "torjutaan": REFUSED, "esimerkit": EXAMPLE}
_SAID: Mapping[str, Any] = {
    NEW: gettext_lazy("Will be added"),
    CHANGED: gettext_lazy("Will be changed"),
    SAME: gettext_lazy("Stays as it is"),
    REFUSED: gettext_lazy("Cannot be brought in"),
    EXAMPLE: gettext_lazy("Example, skipped"),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring_people(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Explain, hand out the template, take a file and go to its preview."""
    room = enter_to_manage(request, slug, party)
    form = PeopleFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _kept(room, form.cleaned_data["file"])
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
        else:
            return redirect("parties:people-table", slug=slug, party=party, table=kept.pk)
    waiting = list(room.own_party.people_tables.defer("rows"))
    return render(
        request, "parties/bring_people.html", room.context(form=form, waiting=waiting), status=status_of(request)
    )


def _kept(room: Room, uploaded: Any) -> PeopleTable:
    if uploaded.size > TABLE_LIMITS.bytes:
        raise Unreadable("too-big", TABLE_LIMITS.bytes // MEGABYTE)
    rows = read_people(uploaded.read())
    return keep_table(room.own_party, rows, name=uploaded.name, by=room.actor())


@signed_in
@require_safe
def people_template(request: HttpRequest, slug: str, party: str, kind: str) -> HttpResponse:
    """Hand out the template; it holds nobody's data."""
    enter_to_manage(request, slug, party)
    return template_response(kind, name=_("people-template"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people_table(request: HttpRequest, slug: str, party: str, table: int) -> HttpResponse:
    """Show what becomes of every row, a hundred on a page (GET), and do what was shown (POST).

    Where it would be something else by now, it is shown again. Three queries for the plan, however many rows there are.
    """
    room = enter_to_manage(request, slug, party)
    found = _waiting(room, table)
    if found is None:
        return _gone(room)
    if request.method != "POST":
        return _preview(room, found)
    try:
        done = bring_in_people(found, seal=request.POST.get("seal", ""), by=room.actor())
    except PlanChanged:
        return _preview(room, found, changed=True)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("parties:people-table", slug=slug, party=party, table=table)
    messages.success(request, _done(done))
    return redirect("parties:people", slug=slug, party=party)


@signed_in
@require_POST
def discard_people(request: HttpRequest, slug: str, party: str, table: int) -> HttpResponse:
    """Throw a table away."""
    room = enter_to_manage(request, slug, party)
    found = _waiting(room, table)
    if found is None:
        return _gone(room)
    discard_table(found, by=room.actor())
    messages.success(request, _("Discarded. Nothing was changed."))
    return redirect("parties:bring-people", slug=slug, party=party)


def _waiting(room: Room, number: int) -> PeopleTable | None:
    """Return a table of the room's party that waits. One query."""
    rows = room.own_party.people_tables.select_related("party__organisation", "account")
    return rows.filter(pk=number).first()


def _gone(room: Room) -> HttpResponse:
    messages.info(room.request, _("This table does not wait any more: it was brought in or discarded."))
    return redirect("parties:people", slug=room.agreement.slug, party=room.own_party.slug)


def _preview(room: Room, table: PeopleTable, *, changed: bool = False) -> HttpResponse:
    plan = plan_of(table)
    word = room.request.GET.get("rivit", "")
    lines = [line for line in plan.lines if word not in VERDICTS or line.verdict == VERDICTS[word]]
    page = Paginator(lines, PER_PAGE).get_page(room.request.GET.get("sivu"))
    shown = room.context(
        table=table,
        plan=plan,
        changed=changed,
        changes=plan.counts[NEW] + plan.counts[CHANGED],
        total=len(plan.lines),
        counts=[
            (key, verdict, _SAID[verdict], plan.counts[verdict])
            for key, verdict in VERDICTS.items()
            if plan.counts[verdict]
        ],
        wanted=word if word in VERDICTS else "",
        page=page,
        lines=[_shown(line) for line in page.object_list],
    )
    people = _people_shown(page.object_list)
    note_look(room.standing, what=f"people-table:{table.pk}", people=people, organisation=room.own_party.organisation)
    return render(room.request, "parties/people_table.html", shown, status=409 if changed else 200)


def _people_shown(lines: Iterable[Line]) -> list[int]:
    """Return whose contact data, as it is known here, the changes of some rows show."""
    steps = (step for line in lines for step in line.steps if step.verb == CHANGE_PERSON)
    return [
        step.ref for step in steps if step.ref > 0 and {"email", "phone"} & {n for n, v in step.before.items() if v}
    ]


def _done(plan: Plan) -> str:
    counts = plan.counts
    said = [
        ngettext("%(number)s row was added", "%(number)s rows were added", counts[NEW]) % {"number": counts[NEW]},
        ngettext("%(number)s was changed", "%(number)s were changed", counts[CHANGED]) % {"number": counts[CHANGED]},
        ngettext("%(number)s was left out", "%(number)s were left out", counts[REFUSED]) % {"number": counts[REFUSED]},
    ]
    wanted = (counts[NEW], counts[CHANGED], counts[REFUSED])
    return ", ".join(text for text, number in zip(said, wanted, strict=True) if number) + "."


# Rows in words


def _shown(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "verdict": line.verdict,
        "said": _SAID[line.verdict],
        "who": line.who,
        "what": line.what,
        "changes": [text for step in line.steps for text in _WORDS.get(step.verb, _tenure_in_words)(step)],
        "why": [(BY_KEY[column].label if column in BY_KEY else "", message) for column, message in line.why],
    }


def _new_person(step: Step) -> Iterator[str]:
    reached = ", ".join(filter(None, (step.after["email"], step.after["phone"])))
    yield _("New person: %(reached)s") % {"reached": reached} if reached else _("New person")


def _changed_fields(step: Step) -> Iterator[str]:
    for name, after in step.after.items():
        yield _from_to(BY_KEY[name].label, _value(name, step.before[name]), _value(name, after))


def _new_post(step: Step) -> Iterator[str]:
    yield _("New post: %(post)s") % {"post": step.called}


def _changed_post(step: Step) -> Iterator[str]:
    yield _from_to(BY_KEY["post_email"].label, step.before["email"], step.after["email"])


def _begins(step: Step) -> Iterator[str]:
    days = shown_days(step.after["first"], step.after["last"])
    yield _("Holds the post %(post)s %(days)s") % {"post": step.called, "days": days}
    if step.before:
        said = {"name": step.before["name"], "day": shown_day(step.before["last"])}
        yield _("The last day of %(name)s in it is %(day)s") % said


def _tenure_in_words(step: Step) -> Iterator[str]:
    for name, column in (("valid_to", "until"), ("basis", "decision")):
        if name in step.after:
            yield _from_to(BY_KEY[column].label, _value(name, step.before[name]), _value(name, step.after[name]))


_WORDS: Mapping[str, Callable[[Step], Iterator[str]]] = {
    ADD_PERSON: _new_person,
    CHANGE_PERSON: _changed_fields,
    ADD_POST: _new_post,
    CHANGE_POST: _changed_post,
    BEGIN: _begins,
}


def _from_to(label: Any, before: str, after: str) -> str:
    return f"{label}: {before or '–'} → {after}"


def _value(name: str, value: str) -> str:
    if name == "language":
        return str(dict(Account.Language.choices).get(value, value))
    return shown_day(date.fromisoformat(value)) if name == "valid_to" and value else value
