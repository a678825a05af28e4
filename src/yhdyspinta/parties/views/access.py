"""Fetching with permission: what a page of the parties needs, or the answer that it is not for this person.

What is for the parties: who has not signed in is sent to do so, a stranger with an account is told that there is no
such page, and who may see but not change gets 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.journal import wording
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import agreement_or_404, charter_of
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.standing import Standing, standing_of

View = Callable[..., HttpResponseBase]


@dataclass
class Room:
    """What a page of the parties needs: the agreement, who looks, and the party where the page is of one."""

    request: HttpRequest
    agreement: Agreement
    standing: Standing
    party: Party | None = None

    @cached_property
    def charter(self) -> Charter:
        """What the agreement's text says. One query, once."""
        return charter_of(self.agreement)

    @property
    def own_party(self) -> Party:
        """The party that the page is of; only on pages that are of one."""
        assert self.party is not None
        return self.party

    @property
    def language(self) -> str:
        """The language of the page."""
        return get_language() or self.charter.language

    @property
    def manages(self) -> bool:
        """Whether who looks may change what is the party's own."""
        return self.party is not None and self.standing.manages(self.party)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of the room may use."""
        return {
            "agreement": self.agreement,
            "standing": self.standing,
            "party": self.party,
            "manages": self.manages,
            "short_title": self.charter.short_title.get(self.language),
            "instrument": wording.capital(self.charter.instrument.get(self.language)),
            **more,
        }

    def actor(self) -> Actor:
        """Return who acts for the party. One query for a party's administrator."""
        user: Any = self.request.user
        return actor_for(user, self.party)


def enter(request: HttpRequest, slug: str) -> Room:
    """Return the room of an agreement for whoever looks, or answer 404. One query, one more for an account."""
    agreement = agreement_or_404(slug)
    user: Any = request.user
    return Room(request, agreement, standing_of(user, agreement))


def enter_as_party(request: HttpRequest, slug: str, party: str = "") -> Room:
    """Return the room for somebody of the parties; strangers learn of no such page. At most three queries."""
    room = enter(request, slug)
    if room.standing.public:
        raise Http404
    if party:
        room.party = party_or_404(room.agreement, party)
    return room


def enter_to_manage(request: HttpRequest, slug: str, party: str) -> Room:
    """Return the room for somebody who may change what is a party's own. At most three queries.

    Raises:
        NotAllowed: they may see it, and not change it.

    """
    room = enter_as_party(request, slug, party)
    if not room.manages:
        assert room.party is not None
        raise NotAllowed(_("You do not act for %(party)s.") % {"party": room.party.organisation})
    return room


def signed_in(view: View) -> View:
    """Send whoever is not signed in to sign in first, and back again."""
    return login_required(view)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_of(request: HttpRequest) -> int:
    """Return 422 for a form that comes back with mistakes, so that no machine takes it for done."""
    return 422 if request.method == "POST" else 200


def renew_version(form: BaseForm, version: int) -> None:
    """Let a form that came second be sent again over what stands now, which its page shows."""
    data: Any = form.data.copy()  # type: ignore[attr-defined] # it was posted
    data["version"] = version
    form.data = data


def show_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put what an action refused at the fields of a form, or above it where it has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def by_link(view: View) -> View:
    """Keep the address of a page that a signed link opens out of caches, other sites' logs and search engines.

    Its token may stand in no referrer; the origin is still sent, for by that Django knows its own forms.
    """

    @wraps(view)
    def kept_apart(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept_apart
