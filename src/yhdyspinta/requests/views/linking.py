"""Answering without an account: by the link to one request, or to a party's list of what waits. GET shows, POST acts.

Whoever holds the link answers for the party, and says who they are; the party's registry gets the receipt.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from yhdyspinta.bodies.queries import World, world_of
from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties.links import LinkRefused, link_or_404, refuse_closed
from yhdyspinta.parties.models import Link, Party
from yhdyspinta.parties.views.access import by_link
from yhdyspinta.requests.actions import Through
from yhdyspinta.requests.actions.sending import ANSWER
from yhdyspinta.requests.letters import deadline_words, paragraphs_of, sender_name, subject_name
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.queries import open_for, with_answer
from yhdyspinta.requests.reminding import INBOX
from yhdyspinta.requests.views.answering import give, status_for, told_of
from yhdyspinta.requests.views.papers import paper


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that somebody has opened: for which party, and to which request where it is to one."""

    link: Link
    token: str
    asked: Asked
    world: World
    home: str
    """The address of this request's page by the same link."""

    @property
    def actor(self) -> Actor:
        """Who acts: whoever holds the link, for the party. The journal names the party and no person."""
        return Actor("link", party=self.asked.party.slug, label=self.asked.party.organisation.label)


def _asked(number: str | int, **more: object) -> Asked:
    """Return a party that was asked with every version of its answer, or answer 404. At most five queries."""
    rows = Asked.objects.filter(pk=number, request__sent_at__isnull=False, **more)
    rows = rows.select_related(
        *("party__organisation", "letter", "request__agreement__chain", "request__sender__organisation"),
        "request__proposal",
    )
    found = rows.prefetch_related(with_answer(every=True)).first()
    if found is None:
        raise Http404
    found.standing = [each for each in found.versions if each.replaced_at is None]
    return found


def _by_link(token: str) -> Opened:
    """Return what a link to one request opens, or answer 404 where it was never one."""
    link = link_or_404(token, ANSWER)
    asked = _asked(link.subject.partition(":")[2])
    return Opened(link, token, asked, world_of(asked.request.agreement), reverse("requests:by-link", args=[token]))


def _in_inbox(token: str, number: int) -> Opened:
    """Return one request of the list that a link opens, or answer 404 where it is another party's."""
    link = link_or_404(token, INBOX)
    asked = _asked(number, party=link.subject.partition(":")[2])
    home = reverse("requests:in-inbox", args=[token, number])
    return Opened(link, token, asked, world_of(asked.request.agreement), home)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a request to whoever opened its link, and take the party's answer."""
    return _answered(request, _by_link(token))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer_in_inbox(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show one request of a party's list, and take the party's answer."""
    return _answered(request, _in_inbox(token, number), back=reverse("requests:inbox", args=[token]))


def _answered(request: HttpRequest, opened: Opened, back: str = "") -> HttpResponse:
    asked, row = opened.asked, opened.asked.request
    try:
        refuse_closed(opened.link)
        if row.withdrawn_at is not None:
            return _closed(request, row, "")
        giving = give(request, asked, Through(Answer.Way.LINK, opened.link), opened.actor)
    except LinkRefused as refused:
        return _closed(request, row, str(refused))
    shown = {
        "asking": row,
        "asked": asked,
        "party": asked.party,
        "giving": giving,
        "form": giving.form,
        "home": opened.home,
        "back": back,
        "charter": opened.world.charter,
        "sender": sender_name(row, opened.world.charter, get_language() or "fi"),
        "subject": subject_name(row, opened.world, get_language() or "fi"),
        "deadline": deadline_words(row),
        "late": row.is_late(),
        "paragraphs": paragraphs_of(row.background),
        "files": list(row.files.select_related("file")),
        "versions": asked.versions,
        "example": opened.world.charter.example,
    }
    if giving.made is not None:
        return render(request, "requests/given.html", shown | {"told": told_of(giving.made), "made": giving.made})
    return render(request, "requests/by_link.html", shown, status=status_for(request, giving))


def _closed(request: HttpRequest, row: Request, why: str) -> HttpResponse:
    """Say that the link does nothing any more, why, and whom to ask. Nothing of the request is shown but its title."""
    return render(request, "requests/link_closed.html", {"asking": row, "why": why}, status=410)


@by_link
@require_safe
def papers_by_link(request: HttpRequest, token: str, what: str) -> HttpResponseBase:
    """Hand out a paper of a request to whoever opened its link: letter, draft of a decision, attachment."""
    return _paper(request, _by_link(token), what)


@by_link
@require_safe
def papers_in_inbox(request: HttpRequest, token: str, number: int, what: str) -> HttpResponseBase:
    """Hand out a paper of one request of a party's list."""
    return _paper(request, _in_inbox(token, number), what)


def _paper(request: HttpRequest, opened: Opened, what: str) -> HttpResponseBase:
    try:
        refuse_closed(opened.link)
    except LinkRefused as refused:
        return _closed(request, opened.asked.request, str(refused))
    return paper(opened.asked, what, world=opened.world, organ=request.GET.get("toimielin", ""))


@by_link
@require_safe
def inbox(request: HttpRequest, token: str) -> HttpResponse:
    """Show a party's list of everything open, to whoever opened its link. Four queries."""
    link = link_or_404(token, INBOX)
    party = Party.objects.filter(pk=link.subject.partition(":")[2]).select_related("organisation", "agreement").first()
    if party is None:
        raise Http404
    try:
        refuse_closed(link)
    except LinkRefused as refused:
        return render(request, "requests/link_closed.html", {"why": str(refused)}, status=410)
    rows = [
        (row, deadline_words(row.request), row.request.is_late(), reverse("requests:in-inbox", args=[token, row.pk]))
        for row in open_for(party)
    ]
    return render(request, "requests/inbox.html", {"party": party, "rows": rows, "charter": None})
