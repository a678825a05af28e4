"""Fetching with permission: what a page needs of an agreement, or the answer that it is not for this person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.journal import wording
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import agreement_or_404
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.records import policy, queries
from yhdyspinta.records.models import Record
from yhdyspinta.records.queries import Viewer
from yhdyspinta.records.words import Names

_PERIOD = re.compile(r"[a-z0-9]+([-@+][a-z0-9]+)*")  # 2024, 2021-2025, agreement, foorumi@2024-05-20


@dataclass
class Room:
    """What a page of the records needs: the agreement, who looks, and the names its facts use."""

    request: HttpRequest
    agreement: Agreement
    viewer: Viewer

    @cached_property
    def names(self) -> Names:
        """The names that facts may use. Two queries, once."""
        return queries.names_of(self.agreement)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of the room may use."""
        language = get_language() or self.names.charter.language
        return {
            "agreement": self.agreement,
            "viewer": self.viewer,
            "short_title": self.names.charter.short_title.get(language),
            "instrument": wording.capital(self.names.charter.instrument.get(language)),
            **more,
        }

    def party_names(self, slugs: Iterable[str]) -> list[tuple[str, str]]:
        """Return (id, name) of parties in the agreement's order and the language of the page."""
        language, wanted = get_language() or "", set(slugs)
        parties = self.names.charter.parties
        return [(slug, parties[slug].name.get(language)) for slug in parties if slug in wanted]

    def actor(self, facts: Iterable[Mapping[str, Any]] = (), *, party: str = "") -> Actor:
        """Return who acts: the installation, the party named, or that of this person's parties which the facts concern.

        Two queries for a party's administrator, none for the installation's.
        """
        user: Any = self.request.user
        if self.viewer.everything:
            return actor_for(user)
        givens = list(facts)
        rows = {row.slug: row for row in standing_of(user, self.agreement).administers}
        charter = self.names.charter
        fitting = [slug for slug in rows if all(policy.concerns(slug, given, charter) for given in givens)]
        chosen = party if party in rows else next(iter([*fitting, *rows]), "")
        return actor_for(user, _party(rows, chosen))


def may_change(room: Room, record: Record) -> bool:
    """Tell whether somebody may correct and withdraw a record. No queries where its facts are at hand."""
    if room.viewer.everything:
        return True
    party, charter = record.by_party, room.names.charter
    own = party in room.viewer.parties and policy.made_for(party, record)
    return own and all(policy.concerns(party, fact.given, charter) for fact in record.facts.all())


def _party(rows: Mapping[str, Party], slug: str) -> Party:
    if slug not in rows:
        raise NotAllowed(_("Records are made by the parties of the agreement."))
    return rows[slug]


def enter(request: HttpRequest, slug: str) -> Room:
    """Return the room of an agreement for whoever looks, or answer 404. One query, one more for someone signed in."""
    agreement = agreement_or_404(slug)
    user: Any = request.user
    return Room(request, agreement, queries.viewer(user, agreement))


def enter_to_record(request: HttpRequest, slug: str) -> Room:
    """Return the room for someone who may record, or answer 404.

    Raises:
        NotAllowed: the person administers neither a party of the agreement nor the installation.

    """
    room = enter(request, slug)
    if not room.viewer.may_record:
        raise NotAllowed(_("Records are made by the parties of the agreement. Ask your own party's administrator."))
    return room


def refuse_unknown(room: Room, period: str, object_: str) -> None:
    """Answer 404 where an address names what can be no period, or an object that the agreement does not know."""
    charter = room.names.charter
    if period and not _PERIOD.fullmatch(period):
        raise Http404
    if object_ and object_ not in {*charter.themes, *charter.parties, *room.names.bodies}:
        raise Http404
