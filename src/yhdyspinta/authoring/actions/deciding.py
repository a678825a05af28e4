"""What was proposed is confirmed or refused, one by one, by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement.manuscript import Manuscript, add_block, confirmed
from yhdyspinta.agreement.proposing import Proposal
from yhdyspinta.agreement.slugs import free
from yhdyspinta.authoring.actions.editing import edit_draft, locked
from yhdyspinta.authoring.models import Decision, Draft
from yhdyspinta.parties.models import Account


def confirm_proposals(
    draft: Draft,
    proposals: Iterable[Proposal],
    *,
    data: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
    by: Account,
) -> int:
    """Write what is proposed into the draft, as one change; return how many there were.

    ``data`` is what a person made of a single proposal, where that is more than was proposed, and ``reading`` the open
    question that it answers. What has an id that is taken by something else gets another one.

    Raises:
        ValidationError: one of them is decided already, or the draft has no clause.

    """
    chosen = list(proposals)
    things: dict[str, str] = {}

    def write(manuscript: Manuscript) -> Manuscript:
        for proposal in chosen:
            said = dict(data if data is not None else proposal.data)
            if "id" in said:
                others = manuscript.ids() - set(manuscript.things(proposal.kind))
                said["id"] = free(str(said["id"]), others)
            if reading is not None:
                said["reading"] = reading["id"]
            manuscript = confirmed(manuscript, proposal, said)
            if reading is not None:
                manuscript = add_block(
                    manuscript, manuscript.thing(proposal.kind, said["id"])[0].id, "reading", reading
                )
            things[proposal.key] = f"{proposal.kind}:{said.get('id', '')}"
        return manuscript

    about = _name_of(chosen[0]) if len(chosen) == 1 else ""
    with transaction.atomic():
        fresh = locked(draft, by)
        _refuse_decided(fresh, chosen)
        edit_draft(draft, write, deed="confirm", about=about, by=by)
        _decide(fresh, things, confirmed=True, by=by)
    return len(chosen)


def refuse_proposals(draft: Draft, proposals: Iterable[Proposal], *, by: Account) -> int:
    """Say that what is proposed is not so; it is not proposed again. Return how many there were.

    Raises:
        ValidationError: one of them is decided already.

    """
    chosen = list(proposals)
    with transaction.atomic():
        fresh = locked(draft, by)
        _refuse_decided(fresh, chosen)
        _decide(fresh, dict.fromkeys((each.key for each in chosen), ""), confirmed=False, by=by)
    return len(chosen)


def reconsider(draft: Draft, key: str, *, by: Account) -> None:
    """Let what was refused be proposed again."""
    with transaction.atomic():
        Decision.objects.filter(draft=locked(draft, by), key=key, confirmed=False).delete()


def _refuse_decided(draft: Draft, proposals: Iterable[Proposal]) -> None:
    if Decision.objects.filter(draft=draft, key__in=[each.key for each in proposals]).exists():
        raise ValidationError(_("Somebody has decided this already."), code="decided")


def _decide(draft: Draft, things: Mapping[str, str], *, confirmed: bool, by: Account) -> None:
    now = timezone.now()
    Decision.objects.bulk_create(
        Decision(draft=draft, key=key, confirmed=confirmed, thing=thing[:100], decided_at=now, decided_by=by)
        for key, thing in things.items()
    )


def _name_of(proposal: Proposal) -> str:
    name = proposal.data.get("name") or proposal.data.get("id") or proposal.kind
    return str(next(iter(name.values()))) if isinstance(name, Mapping) and name else str(name)
