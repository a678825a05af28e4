"""Fetching with permission: what a page of the requests needs, or the answer that it is not for this person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from yhdyspinta.bodies.views.access import BodyRoom
from yhdyspinta.journal import wording
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.queries import agreement_or_404
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.requests import policy
from yhdyspinta.requests.models import Asked, Request
from yhdyspinta.requests.queries import asked_or_404, request_or_404

of_revision = cache_control(public=True, no_cache=True)
"""Marks a page that depends on the agreement's revision and the day alone: the first middleware keeps it."""


@dataclass
class RequestRoom(BodyRoom):
    """What a page of the requests needs: the agreement, who looks, and the request where the page is of one."""

    row: Request | None = None

    @property
    def asking(self) -> Request:
        """The request that the page is of; only on pages that are of one."""
        assert self.row is not None
        return self.row

    @cached_property
    def keeps(self) -> bool:
        """Whether who looks may change, send and close the request. No queries, two where a body asks; once."""
        if self.standing.public:
            return False
        by_office = bool(self.asking.on_behalf_of) and policy.may_keep(self.acting, self.asking)
        return self.standing.manages(self.asking.sender) or by_office

    @cached_property
    def coordinates(self) -> bool:
        """Whether who looks may fit the proposals together. At most six queries, once; none for other kinds."""
        if self.standing.public or self.asking.kind != "nomination":
            return False
        return policy.may_coordinate(self.acting, self.asking, self.charter)

    @property
    def subject(self) -> str:
        """What the request is about, in the language of the page; empty where it is about nothing by name."""
        known = self.world.bodies.get(self.asking.subject)
        return wording.capital(known.name.get(self.language)) if known is not None else self.asking.subject

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of the room may use."""
        row = self.row
        own = {"asking": row, "subject": self.subject, "keeps": self.keeps} if row is not None else {}
        return super().context(**(own | more))


def enter_requests(request: HttpRequest, slug: str) -> RequestRoom:
    """Return the room of an agreement for whoever looks, or answer 404. One query, one more for an account."""
    agreement = agreement_or_404(slug)
    user: Any = request.user
    return RequestRoom(request, agreement, standing_of(user, agreement))


def enter_request(request: HttpRequest, slug: str, number: int) -> RequestRoom:
    """Return the room of a request for whoever may see it, or answer 404.

    A draft is seen by who keeps it; what is asked about a body of preparedness is for the parties (DESIGN §5).
    """
    row = request_or_404(slug, number)
    user: Any = request.user
    room = RequestRoom(request, row.agreement, standing_of(user, row.agreement), row=row)
    known = room.world.bodies.get(row.subject)
    secret = known is not None and known.preparedness
    if room.standing.public and (secret or row.state == Request.State.DRAFT):
        raise Http404
    if row.state == Request.State.DRAFT and not room.keeps:
        raise Http404
    return room


def enter_request_as_party(request: HttpRequest, slug: str, number: int) -> RequestRoom:
    """Return the room of a request for somebody of the parties; strangers learn of no such page."""
    room = enter_request(request, slug, number)
    if room.standing.public:
        raise Http404
    return room


def enter_to_keep(request: HttpRequest, slug: str, number: int) -> RequestRoom:
    """Return the room of a request for somebody who keeps it.

    Raises:
        NotAllowed: they may see it, and not change it.

    """
    room = enter_request_as_party(request, slug, number)
    if not room.keeps:
        raise NotAllowed(_("The request is kept by who asks."))
    return room


def enter_to_coordinate(request: HttpRequest, slug: str, number: int) -> RequestRoom:
    """Return the room of a request for nominations for somebody who fits the proposals together (C25).

    Raises:
        NotAllowed: they may see it, and not coordinate.

    """
    room = enter_request_as_party(request, slug, number)
    if room.asking.kind != "nomination" or room.asking.state == Request.State.DRAFT:
        raise Http404
    if not room.coordinates:
        raise NotAllowed(_("The proposals are fitted together by the body that coordinates them."))
    return room


def asked_in(room: RequestRoom, party: str) -> Asked:
    """Return one party that was asked, with every version of its answer, or answer 404. At most five queries.

    Raises:
        Http404: it was not asked, or is another party's answer and who looks is of none.

    """
    return asked_or_404(room.asking, party)


def senders(room: RequestRoom) -> list[Party]:
    """Return the parties in whose name who looks may ask. One query for the installation's administrator."""
    if room.standing.everything:
        return list(Party.objects.filter(agreement=room.agreement).select_related("organisation", "agreement"))
    return list(room.standing.administers)
