"""A body's action plan and rules: each version is a draft until the body adopts it (C26)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from yhdyspinta.bodies.actions.common import anchored, known_in, refuse_who_does_not_manage
from yhdyspinta.bodies.evidence import facts_of_plan
from yhdyspinta.bodies.models import Plan
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.models import File


def draft_plan(
    agreement: Agreement, body: str, kind: str, *, text: str = "", file: File | None = None, by: Actor
) -> Plan:
    """Begin a new version of a body's plan or rules, as text, as a file, or both.

    Raises:
        NotAllowed: the actor does not look after the body.
        ValidationError: by field; there is a draft already, or the papers of a preparedness body stay elsewhere.

    """
    with change(agreement, by=by) as c:
        world, known = known_in(agreement, body)
        refuse_who_does_not_manage(c, world, known)
        row = anchored(agreement, body)
        if known.preparedness:
            raise ValidationError(_("Papers of preparedness bodies stay in the authority's own system."))
        if kind not in Plan.Kind.values:
            raise ValidationError({"kind": _("There is no such kind of paper.")})
        held = Plan.objects.filter(body=row, kind=kind)
        if held.filter(adopted_on__isnull=True, withdrawn_at__isnull=True).exists():
            raise ValidationError(_("There is a draft already: go on with that."))
        number = (held.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Plan(body=row, kind=kind, number=number, text=text.strip(), file=file, made_at=c.at)
        made.made_by_id = c.by.person
        _refuse_empty(made)
        made.save()
        c.enter("draft-plan", made.key, after=said_of(made))
        return made


def edit_plan(plan: Plan, *, version: int, text: str, file: File | None = None, by: Actor) -> None:
    """Change a draft. ``version`` is the one that was looked at; a file is replaced where a new one is given.

    Raises:
        NotAllowed: the actor does not look after the body.
        Conflict: somebody has changed the draft meanwhile.
        ValidationError: it is adopted already, or nothing is left in it.

    """
    agreement = plan.body.agreement
    with change(agreement, by=by) as c:
        _draft_to_change(c, plan, version, yours=text)
        before, plan.text = said_of(plan), text.strip()
        plan.file = file or plan.file
        _refuse_empty(plan)
        plan.version += 1
        plan.save()
        c.enter("edit-plan", plan.key, before, said_of(plan))


def adopt_plan(plan: Plan, *, version: int, on: date, where: str, by: Actor) -> None:
    """Say that the body has adopted this version, on which day and where.

    Raises:
        NotAllowed: the actor does not look after the body.
        Conflict: somebody has changed the draft meanwhile.
        ValidationError: by field; it is adopted already, or the day is still to come.

    """
    agreement = plan.body.agreement
    with change(agreement, by=by) as c:
        _draft_to_change(c, plan, version, yours="")
        if on > c.today:
            raise ValidationError({"on": _("This day is still to come.")})
        plan.adopted_on, plan.adopted_in = on, " ".join(where.split())
        plan.clean_fields(exclude=("body", "file", "made_by"))
        plan.version += 1
        plan.save()
        c.enter("adopt-plan", plan.key, after=said_of(plan))
        c.keep(plan.key, facts_of_plan(plan))


def withdraw_plan(plan: Plan, *, by: Actor) -> None:
    """Withdraw a draft, or an adoption that was recorded by mistake. The row and the journal keep that it was there.

    Raises:
        NotAllowed: the actor does not look after the body.
        ValidationError: it was withdrawn already.

    """
    agreement = plan.body.agreement
    with change(agreement, by=by) as c:
        world, known = known_in(agreement, plan.body.slug)
        refuse_who_does_not_manage(c, world, known)
        plan.refresh_from_db()
        if plan.withdrawn_at is not None:
            raise ValidationError(_("This was withdrawn already."))
        before, plan.withdrawn_at = said_of(plan), c.at
        plan.save(update_fields=["withdrawn_at"])
        c.enter("withdraw-plan", plan.key, before)
        c.keep(plan.key, facts_of_plan(plan))


def _draft_to_change(c: Change, plan: Plan, version: int, *, yours: str) -> None:
    agreement = plan.body.agreement
    world, known = known_in(agreement, plan.body.slug)
    refuse_who_does_not_manage(c, world, known)
    plan.refresh_from_db()
    if plan.withdrawn_at is not None:
        raise ValidationError(_("This was withdrawn already."))
    if plan.version != version:
        raise Conflict(theirs=plan.text, yours=yours)
    if plan.adopted_on is not None:
        raise ValidationError(_("This version is adopted. Begin a new one."))


def _refuse_empty(plan: Plan) -> None:
    if not plan.text and plan.file is None:
        raise ValidationError({"text": _("Write the text, or give it as a file.")})
    plan.clean_fields(exclude=("body", "file", "made_by"))


def said_of(plan: Plan) -> dict[str, Any]:
    """Return what the journal's detail tells of a version: not the whole text, but what it is."""
    return {
        "body": plan.body.slug,
        "kind": plan.kind,
        "number": plan.number,
        "version": plan.version,
        "length": len(plan.text),
        "file": plan.file.sha256 if plan.file else None,
        "adopted": plan.adopted_on.isoformat() if plan.adopted_on else None,
        "adopted_in": plan.adopted_in,
    }
