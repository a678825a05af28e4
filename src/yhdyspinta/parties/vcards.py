"""People as vCards 3.0 (RFC 2426), which every address book reads: one for each, with where they work and as what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import vobject
from django.conf import settings
from django.http import HttpResponse

from yhdyspinta.parties.models import Person


@dataclass(frozen=True, slots=True)
class Card:
    """A person with their organisation, titles (posts), roles ("counterpart: ICT") and themes, in words."""

    person: Person
    organisation: str
    titles: Sequence[str] = ()
    roles: Sequence[str] = ()
    themes: Sequence[str] = ()


def to_vcards(cards: Iterable[Card]) -> str:
    """Return cards as one text in UTF-8's characters. No queries."""
    return "".join(_card(card).serialize() for card in cards)


def vcards_response(cards: Iterable[Card], *, name: str) -> HttpResponse:
    """Return cards as a file to download, ``<name>.vcf``."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.vcf"'}
    return HttpResponse(to_vcards(cards), content_type="text/vcard; charset=utf-8", headers=headers)


def _card(card: Card) -> vobject.base.Component:
    person = card.person
    made = vobject.vCard()
    made.add("uid").value = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.ADDRESS}/{person.key}')}"
    made.add("fn").value = person.name
    given, _space, family = person.name.rpartition(" ")
    made.add("n").value = vobject.vcard.Name(family=family, given=given)
    made.add("org").value = [card.organisation]
    for name, values in (("title", card.titles), ("role", card.roles)):
        if values:
            made.add(name).value = "; ".join(values)
    if card.themes:
        made.add("categories").value = list(card.themes)
    for name, value in (("tel", person.phone), ("email", person.email)):
        if value:
            line = made.add(name)
            line.value, line.type_param = value, "WORK" if name == "tel" else "INTERNET"
    seen = person.confirmed_on or person.made_at.date()
    made.add("rev").value = f"{seen:%Y%m%d}T000000Z"
    return made
