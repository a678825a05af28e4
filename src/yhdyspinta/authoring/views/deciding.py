"""What the text seems to say: shown with the words it rests on, confirmed or refused one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yhdyspinta.agreement.manuscript.confirming import OF_THE_WHOLE
from yhdyspinta.agreement.proposing import Proposal
from yhdyspinta.authoring import words
from yhdyspinta.authoring.actions import confirm_proposals, reconsider, refuse_proposals
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.forms.pieces import ProposalForm
from yhdyspinta.authoring.proposals import is_complete
from yhdyspinta.authoring.views.access import Study, enter_draft
from yhdyspinta.parties.views.access import posted, show_refusal, signed_in, status_of


@dataclass(frozen=True)
class Shown:
    """A proposal as the page shows it."""

    proposal: Proposal
    kind: str
    name: str
    clause: str
    pieces: list[tuple[str, str]]
    said: list[tuple[str, str]]
    why: str
    open: list[str]
    complete: bool
    editable: bool
    refused: bool = False


@signed_in
@require_safe
def proposals(request: HttpRequest, draft: int) -> HttpResponse:
    """Show what is proposed, by kind. Two queries."""
    study = enter_draft(request, draft)
    wanted = request.GET.get("laji", "")
    counts = Counter(each.kind for each in study.proposals.open)
    kinds = [(kind, words.proposal_kind(kind), counts[kind]) for kind in words.PROPOSAL_KINDS if counts[kind]]
    if wanted not in counts and wanted != "torjutut":
        wanted = next(iter(kind for kind, _label, _count in kinds), "")
    refused = wanted == "torjutut"
    chosen = study.proposals.refused if refused else study.proposals.open
    shown = [_shown(study, each, refused=refused) for each in chosen if refused or each.kind == wanted]
    context = study.context(kinds=kinds, wanted=wanted, shown=shown, complete=sum(each.complete for each in shown))
    return render(request, "authoring/proposals.html", context)


@signed_in
@require_POST
def decide(request: HttpRequest, draft: int) -> HttpResponse:
    """Confirm or refuse one proposal, or all of a kind that the text says whole."""
    study = enter_draft(request, draft)
    confirm = "vahvista" in request.POST
    keys = request.POST.getlist("vahvista" if confirm else "torju")
    chosen = [each for each in study.proposals.open if each.key in keys]
    back = redirect(f"{reverse('authoring:proposals', kwargs={'draft': draft})}?laji={request.POST.get('laji', '')}")
    if not chosen:
        messages.error(request, _("Somebody has decided this already, or the sentence has changed."))
        return back
    if confirm and len(chosen) == 1 and chosen[0].kind not in OF_THE_WHOLE and not is_complete(chosen[0]):
        return redirect("authoring:proposal", draft=draft, key=chosen[0].key)
    try:
        count = (confirm_proposals if confirm else refuse_proposals)(study.draft, chosen, by=study.account)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    messages.success(request, _told(count, confirm=confirm))
    return back


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, draft: int, key: str) -> HttpResponse:
    """Fill in what the text does not say, and confirm."""
    study = enter_draft(request, draft)
    found = study.proposals.by_key(key)
    if found is None or found.kind not in KINDS:
        raise Http404
    form = ProposalForm(found.kind, study.writing, posted(request), data=found.data, new=True)
    form.fields["clause"].initial = found.clause
    form.lead_with(found.open)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_proposals(study.draft, [found], data=form.block(), reading=form.reading(), by=study.account)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _told(1, confirm=True))
            return redirect(f"{reverse('authoring:proposals', kwargs={'draft': draft})}?laji={found.kind}")
    context = study.context(form=form, shown=_shown(study, found), kind=found.kind, laid_out=KINDS[found.kind], said={})
    return render(request, "authoring/proposal.html", context, status=status_of(request))


@signed_in
@require_POST
def propose_again(request: HttpRequest, draft: int) -> HttpResponse:
    """Let what was refused be proposed again."""
    study = enter_draft(request, draft)
    try:
        reconsider(study.draft, request.POST.get("ehdotus", ""), by=study.account)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('authoring:proposals', kwargs={'draft': draft})}?laji=torjutut")


def _shown(study: Study, proposal: Proposal, *, refused: bool = False) -> Shown:
    titles = {section.id: section.title for section in study.manuscript.sections}
    return Shown(
        proposal,
        words.proposal_kind(proposal.kind),
        words.proposal_name(proposal),
        titles.get(proposal.clause, ""),
        _pieces(proposal),
        words.said_of(proposal, study.manuscript, (*study.proposals.open, *study.proposals.refused)),
        words.rule(proposal.rule),
        [words.field(key) for key in proposal.open],
        is_complete(proposal),
        proposal.kind in KINDS,
        refused,
    )


def _pieces(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the sentence in pieces: words, and what they were read as; empty for words that say nothing here."""
    sentence, place = proposal.sentence, 0
    pieces: list[tuple[str, str]] = []
    for mark in sorted(proposal.marks):
        if mark.start < place:
            continue
        pieces += [(sentence[place : mark.start], ""), (sentence[mark.start : mark.end], words.role(mark.role))]
        place = mark.end
    pieces.append((sentence[place:], ""))
    return [(text, role) for text, role in pieces if text]


def _told(count: int, *, confirm: bool) -> str:
    if confirm:
        return ngettext("%(count)s proposal confirmed.", "%(count)s proposals confirmed.", count) % {"count": count}
    return ngettext("%(count)s proposal refused.", "%(count)s proposals refused.", count) % {"count": count}
